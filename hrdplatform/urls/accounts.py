"""People's accounts, which stand at the office door and at the aid door, each with its own cookies."""

from django.urls import URLPattern, URLResolver, include, path

rooms: list[URLPattern | URLResolver] = [
    path("account/", include("hrdplatform.organisations.urls")),
    path("account/", include("hrdplatform.accounts.urls")),
]
