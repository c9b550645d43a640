"""How Django knows this app."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "hrdplatform.office"
    label = "office"
