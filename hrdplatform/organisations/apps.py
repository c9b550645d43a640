"""How Django knows this app."""

from django.apps import AppConfig

from hrdplatform.web import slots


class OrganisationsConfig(AppConfig):
    name = "hrdplatform.organisations"
    label = "organisations"

    def ready(self) -> None:
        from hrdplatform.organisations.views.panels import own_organisations  # noqa: PLC0415 - models load first

        slots.register("account.home", "organisations", own_organisations, order=20)
