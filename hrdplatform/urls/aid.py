"""The aid door: legal help, the case desk and people's accounts. No Wagtail behind it."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
