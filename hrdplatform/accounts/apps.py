"""How Django knows this app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "hrdplatform.accounts"
    label = "accounts"
