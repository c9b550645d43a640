"""How Django knows this app."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "hrdplatform.web"
    label = "web"

    def ready(self) -> None:
        from hrdplatform.web import checks  # noqa: F401, PLC0415 - registers itself once apps are loaded
