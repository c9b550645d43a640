"""How Django knows this app."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "hrdplatform.organisations"
    label = "organisations"
