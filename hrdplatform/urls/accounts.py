"""People's accounts, which stand at the office door and at the aid door, each with its own cookies."""

from django.urls import URLPattern, URLResolver

rooms: list[URLPattern | URLResolver] = []
