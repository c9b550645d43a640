"""The office door: Wagtail's admin and people's accounts."""

from django.urls import include, path
from wagtail.admin import urls as wagtail_admin

urlpatterns = [
    path("office/", include(wagtail_admin)),
]
