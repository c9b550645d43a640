"""How Django knows this app."""

from django.apps import AppConfig


class LegalAidConfig(AppConfig):
    name = "legal_aid"
    label = "legal_aid"

    def ready(self) -> None:
        """Whoever leaves fast leaves the case closed."""
        from hrdplatform.web import leaving  # noqa: PLC0415  # views load after the apps are ready
        from legal_aid.views.plain_return import close  # noqa: PLC0415

        leaving.register("legal_aid", close)
