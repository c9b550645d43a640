"""How Django knows this app."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "hrdplatform.office"
    label = "office"

    def ready(self) -> None:
        """Brings Wagtail's choosers under our content policy: one method replaced, see `markers`."""
        from wagtail.admin.widgets import BaseChooser  # noqa: PLC0415  # needs loaded models

        from hrdplatform.office.markers import render_chooser  # noqa: PLC0415

        BaseChooser.render = render_chooser
