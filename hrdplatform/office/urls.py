"""Addresses of the office: Wagtail's admin, without the doors of its own that would go round our sign-in."""

from django.urls import URLPattern, URLResolver, include, path, re_path
from wagtail.admin import urls as wagtail_admin

from hrdplatform.office.views import doors

urlpatterns: list[URLPattern | URLResolver] = [
    path("login/", doors.sign_in, name="wagtailadmin_login"),
    path("logout/", doors.sign_out, name="wagtailadmin_logout"),
    re_path(r"^password_reset/", doors.closed),
    path("", include(wagtail_admin)),
]
