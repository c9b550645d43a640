"""How Django knows this app."""

from django.apps import AppConfig


class LegalAidConfig(AppConfig):
    name = "legal_aid"
    label = "legal_aid"

    def ready(self) -> None:
        """Whoever leaves fast leaves the case closed; team leads keep the signed heads of the audit record."""
        from hrdplatform.audit import anchors  # noqa: PLC0415  # models and views load after the apps are ready
        from hrdplatform.web import leaving, slots  # noqa: PLC0415
        from legal_aid.queries import lead_addresses  # noqa: PLC0415
        from legal_aid.views.account_home import desk_door  # noqa: PLC0415
        from legal_aid.views.plain_return import close  # noqa: PLC0415

        leaving.register("legal_aid", close)
        anchors.register(lead_addresses)
        slots.register("account.home", "legal_aid", desk_door, order=5)
        for place in ("header.menu", "error.ways"):
            slots.register_template(place, "legal_aid/slots/header_menu.html", order=90)
