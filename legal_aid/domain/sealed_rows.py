"""What arrives at the sealed doors, and the checks that need no key: sizes, labels, ids. Rows are made of it
afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from hrdplatform.sealing import checks
from hrdplatform.sealing.errors import SealingError
from legal_aid.models import Card, Case, KeyWrap, Record
from legal_aid.states import Sender

from .speakers import Speaker

HASH = re.compile(r"[0-9a-f]{64}")
MOST_RECORDS = 64


class SealedRefusedError(Exception):
    """What came cannot be a sealed thing of this place; nothing of it was kept."""


@dataclass(frozen=True)
class NewRecord:
    """`id` = H(body), the idempotency key; `kind` is an unsigned copy of the signed one."""

    id: str
    kind: str
    sealed: bytes = field(repr=False)


@dataclass(frozen=True)
class NewCard:
    """A card's container with its wraps by reader."""

    chain: str
    epoch: int
    container: bytes = field(repr=False)
    wraps: Mapping[str, bytes] = field(repr=False)


@dataclass(frozen=True)
class OldWrap:
    """A wrap of an earlier epoch, for a new reader or a new receipt."""

    chain: str
    epoch: int
    reader: str
    sealed: bytes = field(repr=False)


def check_records(records: Sequence[NewRecord], *, chain: str, sender: str) -> None:
    """Raise `SealedRefusedError` unless each can be a record of this chain by this sender, and none comes twice."""
    ids = {record.id for record in records}
    if len(ids) != len(records) or len(records) > MOST_RECORDS or not all(map(HASH.fullmatch, ids)):
        raise SealedRefusedError
    try:
        for record in records:
            checks.check_label(record.kind, chain, sender)
            checks.check_record(record.sealed)
    except SealingError as error:
        raise SealedRefusedError from error


def record_rows(  # noqa: PLR0913 - keyword-only, a sentence has this many parts
    records: Sequence[NewRecord], *, case: Case, card_id: str, side: Sender, first_number: int, at: datetime
) -> list[Record]:
    """Unsaved rows, in order; of their time only the day."""
    day = timezone.localdate(at)
    return [
        Record(
            case_id=case.pk,
            card_id=card_id,
            record=record.id,
            number=first_number + place,
            kind=record.kind,
            day=day,
            sender=side,
            sealed=record.sealed,
        )
        for place, record in enumerate(records)
    ]


def card_row(card: NewCard, *, id_: str, case_id: str, list_hash: str) -> Card:
    """The unsaved row of a checked card."""
    return Card(id=id_, case_id=case_id, chain=card.chain, epoch=card.epoch, list=list_hash, container=card.container)


def wrap_rows(card_id: str, wraps: Mapping[str, bytes]) -> list[KeyWrap]:
    """Unsaved rows of a card's wraps."""
    return [KeyWrap(card_id=card_id, reader=reader, sealed=sealed) for reader, sealed in wraps.items()]


def last_row(rows: Sequence[Record], kind: str) -> Record | None:
    """The last of the rows of one kind."""
    return next((row for row in reversed(rows) if row.kind == kind), None)


def note_news(case: Case, speaker: Speaker, count: int) -> list[str]:
    """Count what the team has not seen; returns the changed fields."""
    if speaker.side == Sender.DEFENDER:
        case.unread += count
        case.news = True
        return ["unread", "news"]
    case.unread = 0
    return ["unread"]
