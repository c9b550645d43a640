"""The form of every page: when it goes live and ends."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from hrdplatform.web import clock

DATES: Final = ("go_live_at", "expire_at")


class DatedForm(WagtailAdminPageForm):
    """Refuses to go live in the past, which would be at once, and says why a date is refused where it is seen: Wagtail
    says it only inside a dialog that has closed.
    """

    def __init__(self, *arguments: Any, **words: Any) -> None:
        super().__init__(*arguments, **words)
        for name in self.fields.keys() & set(DATES):
            self.fields[name].help_text = _("In Luxembourg’s time, as 2030-12-31 09:00.")

    def clean(self) -> dict[str, Any]:
        """Adds an error for a day that is past, unless the page had it before."""
        cleaned: dict[str, Any] = super().clean()
        moment = cleaned.get("go_live_at")
        if moment and moment < clock.now() and moment != minute(self.initial.get("go_live_at")):
            self.add_error("go_live_at", _("This moment is past. Choose one to come, or none."))
        return cleaned

    def _post_clean(self) -> None:
        """Where the form as a whole is wrong, too, Wagtail lists all that is wrong above the page."""
        super()._post_clean()
        if self.errors.keys() & set(DATES):
            self.add_error(None, _("Nothing was saved: correct the publishing schedule under Status."))


def minute(moment: datetime | None) -> datetime | None:
    """A moment as the form shows it: without its seconds."""
    return moment and moment.replace(second=0, microsecond=0)
