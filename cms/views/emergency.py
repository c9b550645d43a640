"""Emergency numbers, on one page that prints on one sheet."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from cms.domain.catalogue import ROOM
from cms.models import EmergencyContact
from cms.views.framing import framed
from hrdplatform.web.languages import NAMES
from hrdplatform.web.pagecache import kept


@dataclass(frozen=True)
class Contact:
    """A number as it is listed."""

    row: EmergencyContact

    @property
    def dial(self) -> str:
        """What a telephone dials, without what was written beside it."""
        return "".join(sign for sign in self.row.telephone if sign in "+0123456789")

    @property
    def spoken(self) -> list[tuple[str, str]]:
        """Languages with their own names."""
        return [(code, NAMES.get(code, code)) for code in self.row.spoken.split()]


@require_safe
@kept(ROOM)
def emergency(request: HttpRequest) -> HttpResponse:
    """First who answers in danger, then everybody else, each with hours and languages."""
    lead = gettext("A call may stay on your phone and on your bill. Use another phone if somebody watches yours.")
    context = framed(request, gettext("Emergency numbers"), lead, learning=False)
    contacts = [Contact(row) for row in EmergencyContact.objects.all()]
    context["groups"] = [
        (gettext("In danger now"), [contact for contact in contacts if contact.row.immediate]),
        (gettext("Advice and help"), [contact for contact in contacts if not contact.row.immediate]),
    ]
    return render(request, "cms/emergency.html", context)
