"""How Django knows this app."""

from django.apps import AppConfig


class CmsConfig(AppConfig):
    name = "cms"
    label = "cms"

    def ready(self) -> None:
        """Fills the public door's slots, gives organisations their sections, guards what goes live, hears Wagtail."""
        from cms import guard, holding, menus, panels, receivers  # noqa: PLC0415  # models are not loaded before
        from cms.domain import sections  # noqa: PLC0415
        from hrdplatform.media.holding import register_holder  # noqa: PLC0415
        from hrdplatform.organisations.domain import founding  # noqa: PLC0415
        from hrdplatform.web import slots  # noqa: PLC0415

        slots.register("header.menu", "cms.sections", menus.header_menu, order=40)
        slots.register("header.menu", "cms.search", menus.search_item, order=80)
        slots.register("header.menu", "cms.emergency", menus.emergency_item, order=85)
        slots.register("footer.links", "cms.emergency", menus.emergency_link, order=30)
        slots.register("footer.links", "cms.pages", menus.footer_links, order=40)
        slots.register("error.ways", "cms.learning", menus.error_ways, order=40)
        slots.register("home.ways", "cms.search", menus.search_way, order=40)
        slots.register("home.panels", "cms.newest", panels.newest, order=40)
        slots.register("home.margin", "cms.trainings", panels.trainings, order=40)
        founding.register_room("cms", furnish=sections.open_section, clear=sections.close_section)
        register_holder(holding.pages_that_hold)
        guard.stand()
        receivers.listen()
