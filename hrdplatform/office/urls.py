"""Addresses of the office: Wagtail's admin, without the doors of its own that would go round our sign-in.

Closed are also: passwords, own profile and avatar (they live under /account/), making, deleting and switching off
people in bulk (people are invited), and the page that only throws an error.
"""

from django.urls import URLPattern, URLResolver, include, path, re_path
from wagtail.admin import urls as wagtail_admin
from wagtail.admin.views.reports.audit_logging import LogEntriesView
from wagtail.utils.urlpatterns import decorate_urlpatterns

from hrdplatform.office.views import around, doors

reports: list[URLPattern | URLResolver] = [
    path("", around.administrators_only(LogEntriesView.as_view())),
    path("results/", around.administrators_only(LogEntriesView.as_view(results_only=True))),
]

admin = decorate_urlpatterns(wagtail_admin.urlpatterns, around.refusable)

urlpatterns: list[URLPattern | URLResolver] = [
    path("login/", doors.sign_in),
    path("logout/", doors.sign_out),
    path("account/", doors.own_account),
    re_path(r"^password_reset/", doors.closed),
    re_path(r"^bulk/accounts/user/", doors.closed),
    path("failwhale/", doors.closed),
    re_path(r"^api/main/pages/\d+/action/", doors.closed),  # a second way to do what the pages' own views do
    re_path(r"^localize/reports/", doors.closed),  # our list knows the same and asks whose pages they are
    path("reports/site-history/", include(decorate_urlpatterns(reports, around.spoken))),
    path("", include(decorate_urlpatterns(admin, around.spoken))),
]
