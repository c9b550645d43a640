"""Adding sealed records to a case: messages of both sides, notes, and what else stands on the two chains.

Under the case's lock the answers come in one order: the case exists, the sender may, the id is known (then nothing more
happens), the epoch is the newest; else the sender fetches, verifies and writes anew. sealing.md 5, *Write*.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Sum
from django.db.models.functions import Length

from hrdplatform import audit
from hrdplatform.audit import Event
from legal_aid.models import Card, Case, FormNumber, Record
from legal_aid.models.plain_session import spent
from legal_aid.states import Sender

from . import space, uploads, waiting
from .sealed_rows import NewRecord, SealedRefusedError, check_records, last_row, note_news, record_rows
from .space import TextsFullError
from .speakers import Speaker
from .uploads import Claim, Owner, QuotaReachedError

MOST_ROWS = 1000
MOST_OCTETS = 64 * 1024 * 1024
"""What a defender may write in one case, sealed: who opens it loads and verifies all of it at once."""


class EpochMovedError(Exception):
    """A newer epoch exists than the one that was written under."""


@dataclass(frozen=True)
class NewRecords:
    """Records of one chain and epoch, with the uploads that the messages name."""

    case: str
    chain: str
    epoch: int
    records: Sequence[NewRecord]
    claims: Sequence[Claim] = ()
    owner: Owner = field(default_factory=Owner)
    form: str = ""


def add_records(new: NewRecords, *, speaker: Speaker, at: datetime) -> bool:
    """Add records; True if any is new, False when every id was known. Raises `UnknownCaseError`, `EpochMovedError`,
    `SealedRefusedError`, `ClaimRefusedError`, `QuotaReachedError`, `StorageFullError`.
    """
    if new.chain not in {"case", "notes"} or not new.records:
        raise SealedRefusedError
    check_records(new.records, chain=new.chain, sender=speaker.id)
    if new.claims and not _known(new, speaker):
        uploads.check_claims(new.claims, owner=new.owner)
    with space.refusing(TextsFullError), transaction.atomic():
        case = speaker.lock(new.case)
        fresh = unknown(case, new.records)
        if not fresh or (new.form and _form_used(case, new.form)):
            return False
        card = newest_card(case, new.chain)
        if card is None or card.epoch != new.epoch:
            raise EpochMovedError
        uploads.claim(new.claims, owner=new.owner, case=case)
        insert(fresh, case=case, card_id=card.pk, speaker=speaker, at=at)
        audit.record(
            Event.RECORDS_ADDED, actor=speaker.actor, object=f"trace:{case.trace}", at=at, door="aid", chain=new.chain
        )
    return True


def unknown(case: Case, records: Sequence[NewRecord]) -> list[NewRecord]:
    """Those whose ids the case does not know yet."""
    ids = [record.id for record in records]
    known = set(Record.objects.filter(case=case, record__in=ids).values_list("record", flat=True))
    return [record for record in records if record.id not in known]


def newest_card(case: Case, chain: str) -> Card | None:
    """The newest card of a chain."""
    return case.newest if chain == "case" else case.newest_notes


def insert(  # noqa: PLR0913 - keyword-only, a sentence has this many parts
    records: Sequence[NewRecord], *, case: Case, card_id: str, speaker: Speaker, at: datetime, fresh_card: bool = False
) -> None:
    """Insert rows of a locked case and renew what the queue shows of it. Raises `QuotaReachedError`,
    `StorageFullError`.
    """
    if speaker.side == Sender.DEFENDER:
        _check_room(case, records)
        waiting.check_records(case, records)
    before = 0 if fresh_card else Record.objects.filter(card=card_id).count()
    rows = record_rows(records, case=case, card_id=card_id, side=speaker.side, first_number=before + 1, at=at)
    Record.objects.bulk_create(rows)
    changed = note_news(case, speaker, len(rows))
    summary = last_row(rows, "summary")
    if summary is not None:
        case.summary = summary
        changed.append("summary")
    case.save(update_fields=changed)


def _check_room(case: Case, more: Sequence[NewRecord]) -> None:
    """Raise `QuotaReachedError` where a case would grow until nobody could open it any more."""
    held = Record.objects.filter(case=case, sender=Sender.DEFENDER).aggregate(
        rows=Count("pk"), octets=Sum(Length("sealed"))
    )
    octets = (held["octets"] or 0) + sum(len(record.sealed) for record in more)
    if held["rows"] + len(more) > MOST_ROWS or octets > MOST_OCTETS:
        raise QuotaReachedError


def _known(new: NewRecords, speaker: Speaker) -> bool:
    """Whether this is a repeat: its uploads are claimed already, and must not be judged again."""
    case = speaker.case(new.case)
    return not unknown(case, new.records)


def _form_used(case: Case, number: str) -> bool:
    """Note a form's number; True if it was used before."""
    _, made = FormNumber.objects.get_or_create(number=spent(number), defaults={"case": case})
    return not made
