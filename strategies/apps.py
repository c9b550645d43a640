"""How Django knows this app."""

from django.apps import AppConfig


class StrategiesConfig(AppConfig):
    name = "strategies"
    label = "strategies"
