"""How Django knows this app."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "hrdplatform.office"
    label = "office"

    def ready(self) -> None:
        """Brings Wagtail's choosers under our content policy (see `markers`), silences its mails (see `mails`), makes
        its exports safe to open (see `exports`), keeps titles of drafts to who may change them (see `titles`) and names
        and tags to who may see whose they are (see `seen`), and sets headings as the language does (see `headings`).
        """
        from wagtail.admin.views import editing_sessions, tags  # noqa: PLC0415  # needs loaded models
        from wagtail.admin.widgets import BaseChooser  # noqa: PLC0415

        from hrdplatform.office.markers import render_chooser  # noqa: PLC0415
        from hrdplatform.office.views.suggested import suggested  # noqa: PLC0415
        from hrdplatform.office.views.unattended import by_itself  # noqa: PLC0415

        BaseChooser.render = render_chooser
        # Before the addresses of the office are laid out:
        tags.autocomplete = suggested
        editing_sessions.ping = by_itself(editing_sessions.ping)

        from hrdplatform.office import exports, headings, mails, seen, titles  # noqa: PLC0415

        mails.silence()
        exports.neutralise()
        titles.stand()
        seen.stand()
        headings.set_as_spoken()

        from hrdplatform.office.views.account_home import office_door  # noqa: PLC0415
        from hrdplatform.web import slots  # noqa: PLC0415

        slots.register("account.home", "office", office_door, order=10)
