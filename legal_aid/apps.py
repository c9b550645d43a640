"""How Django knows this app."""

from django.apps import AppConfig


class LegalAidConfig(AppConfig):
    name = "legal_aid"
    label = "legal_aid"
