"""How Django knows this app."""

from django.apps import AppConfig


class MediaConfig(AppConfig):
    name = "hrdplatform.media"
    label = "media"
