"""How Django knows this app."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "hrdplatform.operations"
    label = "operations"
