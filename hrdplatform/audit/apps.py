"""How Django knows this app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "hrdplatform.audit"
    label = "audit"
