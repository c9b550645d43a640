"""How rows are spelled in the JSON of the sealed doors. See docs/developer/sealed-api.md."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from typing import Any

from legal_aid.models import Card, Case, KeyWrap, Record
from legal_aid.queries import CaseRows
from legal_aid.states import defender_word


def b64(raw: bytes | memoryview) -> str:
    """Standard padded base64."""
    return base64.b64encode(raw).decode("ascii")


def record_row(record: Record) -> dict[str, Any]:
    """A RECORD row; its card is loaded with it."""
    return {
        "row": record.row,
        "epoch": record.card.epoch,
        "kind": record.kind,
        "day": record.day.isoformat(),
        "from": record.sender,
        "sealed": b64(record.sealed),
    }


def card_row(card: Card) -> dict[str, Any]:
    return {"chain": card.chain, "epoch": card.epoch, "card": b64(card.container)}


def wrap_row(wrap: KeyWrap) -> dict[str, Any]:
    """A wrap of the caller's own; its card is loaded with it."""
    return {"chain": wrap.card.chain, "epoch": wrap.card.epoch, "wrap": b64(wrap.sealed)}


def case_rows(rows: CaseRows, *, salt: bytes) -> dict[str, Any]:
    """What both sides get of a case."""
    newest = rows.case.team.newest
    return {
        "case": rows.case.pk,
        "team": rows.case.team.hex,
        "status": defender_word(rows.case.status),
        "arrival": rows.case.arrival,
        "salt": salt.hex(),
        "newest": newest.text if newest else "",
        "lists": rows.lists,
        "cards": [card_row(card) for card in rows.cards],
        "wraps": [wrap_row(wrap) for wrap in rows.wraps],
        "records": [{"chain": record.card.chain, **record_row(record)} for record in rows.records],
    }


def queue_row(case: Case, wraps: Iterable[KeyWrap]) -> dict[str, Any]:
    """One line of the desk's queue, with the caller's wraps of the newest epochs."""
    own = {wrap.card_id: b64(wrap.sealed) for wrap in wraps}
    notes = case.newest_notes
    return {
        "case": case.pk,
        "reference": case.reference,
        "status": case.status,
        "urgency": case.urgency,
        "received": case.received_on.isoformat(),
        "unread": case.unread,
        "with": case.held_by,
        "arrival": case.arrival,
        "epoch": case.newest.epoch,
        "card": b64(case.newest.container),
        "wrap": own.get(case.newest_id, ""),
        "notes": {"epoch": notes.epoch, "card": b64(notes.container), "wrap": own[notes.pk]}
        if notes is not None and notes.pk in own
        else None,
        "first": record_row(case.first) if case.first else None,
        "summary": record_row(case.summary) if case.summary else None,
    }
