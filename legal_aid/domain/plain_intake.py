"""Opening a case for somebody without scripts: sealed here, in memory, within one request, and marked "encrypted on
arrival".

The text is in the database as ciphertext only; the receipt is drawn from the visitor's cookie (`plain_receipt`). A
double click finds the case of the first click by the locator that both draw. sealing.md 5, *Without scripts*.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from hrdplatform.sealing import epochs, records, writing
from hrdplatform.sealing.bodies import Attachment
from hrdplatform.sealing.epochs import Author, NewEpoch
from hrdplatform.sealing.receipts import ReceiptKeys
from hrdplatform.sealing.stored import Defender
from hrdplatform.sealing.writing import Turn
from legal_aid.models import Case
from legal_aid.states import Arrival

from . import intake, lists, plain_receipt, plain_session
from .contact import Contact
from .intake import ListOverError, NewCase, ReceiptTakenError
from .plain_receipt import Shown
from .plain_session import Opened, Visit
from .sealed_rows import NewCard, NewRecord
from .speakers import DEFENDER
from .uploads import Claim


@dataclass(frozen=True)
class Story:
    """What somebody wrote. `form` is the form's random number (hex32), `language` that of the page."""

    team: str
    text: str = field(repr=False)
    urgency: str
    contact: Contact = field(repr=False)
    form: str
    language: str


def send(story: Story, *, visit: Visit, at: datetime) -> Shown:
    """Seal a request, open its case, and return the receipt to show. Sent again, the same receipt and no second case.

    Raises `NoSuchTeamError`, `ListOverError`, `TooBusyError`, `ClaimRefusedError`, `FormSpentError`.
    """
    plain_session.check_form(story.form)
    shown = plain_receipt.draw(visit.secret, story.form, story.language)
    keys = plain_receipt.stretch(shown.indices)
    case = _known(keys)
    if case is None:
        case = _open(story, keys, visit=visit, at=at)
    plain_session.open_case(visit, Opened(case, _defender(keys)), at=at)
    return shown


def shown_again(visit: Visit, form: str, language: str) -> Shown:
    """The receipt that `send` showed, for the page that asks for two of its words."""
    return plain_receipt.draw(visit.secret, form, language)


def claims_of(visit: Visit, files: Sequence[Attachment]) -> tuple[Claim, ...]:
    """What a message says of the sealed files of this visit."""
    found = plain_session.uploads_of(visit, files)
    return tuple(Claim(found[one.digest].pk, one.digest, one.parts, one.sealed) for one in files if one.digest in found)


def row_of(record: writing.NewRecord) -> NewRecord:
    """A record as the verbs of storing take it."""
    return NewRecord(record.id, record.kind, record.sealed)


def card_of(opened: NewEpoch) -> NewCard:
    """A card as the verbs of storing take it."""
    return NewCard(opened.epoch.signed.card.chain, opened.epoch.number, opened.container, opened.wraps)


def _open(story: Story, keys: ReceiptKeys, *, visit: Visit, at: datetime) -> str:
    team = lists.open_team(story.team)
    if not lists.may_write(team, at=at):
        raise ListOverError
    defender = _defender(keys)
    files = plain_session.draft(visit, at=at)
    opened = epochs.open_case(lists.newest(team), defender, arrival=Arrival.SERVER)
    author = Author(DEFENDER, defender.sig_seed, Arrival.SERVER)
    message = writing.write_message(opened.epoch, Turn(author, at), story.text, files)
    contact = writing.write_entity(opened.epoch, Turn(author, at, (message.id,)), records.CONTACT, story.contact.data())
    request = NewCase(
        team=story.team,
        locator=keys.locator.hex(),
        urgency=story.urgency,
        card=card_of(opened),
        records=[row_of(message), row_of(contact)],
        claims=claims_of(visit, files),
        owner=visit.owner,
    )
    try:
        case, _ = intake.open_case(request, at=at)
    except ReceiptTakenError:
        # The other click of a double click was quicker: its case has the locator that only this visitor can draw.
        case = _known(keys) or ""
        if not case:
            raise
    return case


def _known(keys: ReceiptKeys) -> str | None:
    return Case.objects.filter(locator=keys.locator.hex()).values_list("pk", flat=True).first()


def _defender(keys: ReceiptKeys) -> Defender:
    return Defender(keys.kem, keys.sig)
