"""How Django knows this app."""

from django.apps import AppConfig


class CmsConfig(AppConfig):
    name = "cms"
    label = "cms"

    def ready(self) -> None:
        """Fills the slots of the public door and guards translations (see `guard`) and hears Wagtail."""
        from cms import guard, menus, receivers  # noqa: PLC0415  # models are not loaded before
        from hrdplatform.web import slots  # noqa: PLC0415

        slots.register("header.menu", "cms.sections", menus.header_menu, order=40)
        slots.register("footer.links", "cms.pages", menus.footer_links, order=40)
        guard.stand()
        receivers.listen()
