"""How Django knows this app."""

from django.apps import AppConfig


class MediaConfig(AppConfig):
    name = "hrdplatform.media"
    label = "media"

    def ready(self) -> None:
        """Has what a video shows noted from the first row on, also where no office is open: see `queries.is_public`."""
        from wagtail.models import ReferenceIndex  # noqa: PLC0415  # models are not loaded before

        from hrdplatform.media.models import PlatformVideo  # noqa: PLC0415

        ReferenceIndex.register_model(PlatformVideo)
