"""The JSON bodies of the sealed doors, parsed strictly into what the verbs take. See docs/developer/sealed-api.md."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Mapping
from typing import TypeVar

from legal_aid.domain.correspondence import NewRecords
from legal_aid.domain.epochs import NewEpochs
from legal_aid.domain.intake import NewCase
from legal_aid.domain.sealed_rows import NewCard, NewRecord, OldWrap
from legal_aid.domain.uploads import Claim, Owner

MOST_ITEMS = 2000
LARGEST = 2**53 - 1

Parsed = TypeVar("Parsed")


class BodyMalformedError(Exception):
    """The body is not JSON of the kind that this address takes."""


class Body:
    """One JSON object; each getter returns a value of its type or raises `BodyMalformedError`."""

    def __init__(self, value: object) -> None:
        if not isinstance(value, Mapping):
            raise BodyMalformedError
        self._value = value

    @classmethod
    def read(cls, raw: bytes) -> Body:
        """The object in `raw`."""
        try:
            return cls(json.loads(raw))
        except (ValueError, RecursionError) as error:
            raise BodyMalformedError from error

    def text(self, name: str, *, most: int = 255) -> str:
        found = self._value.get(name)
        if not isinstance(found, str) or len(found) > most or not found.isprintable():
            raise BodyMalformedError
        return found

    def number(self, name: str) -> int:
        found = self._value.get(name)
        if type(found) is not int or not 0 <= found <= LARGEST:
            raise BodyMalformedError
        return found

    def flag(self, name: str) -> bool:
        found = self._value.get(name)
        if not isinstance(found, bool):
            raise BodyMalformedError
        return found

    def octets(self, name: str) -> bytes:
        return _octets(self._value.get(name))

    def long_text(self, name: str, *, most: int) -> str:
        """A text that may have line ends."""
        found = self._value.get(name)
        if not isinstance(found, str) or len(found) > most:
            raise BodyMalformedError
        return found

    def object(self, name: str) -> Body:
        return Body(self._value.get(name))

    def many(self, name: str, one: Callable[[Body], Parsed]) -> tuple[Parsed, ...]:
        found = self._value.get(name)
        if not isinstance(found, list) or len(found) > MOST_ITEMS:
            raise BodyMalformedError
        return tuple(one(Body(item)) for item in found)

    def octets_by_name(self, name: str) -> dict[str, bytes]:
        found = self._value.get(name)
        if not isinstance(found, Mapping) or len(found) > MOST_ITEMS or any(len(key) > 8 for key in found):
            raise BodyMalformedError
        return {str(key): _octets(value) for key, value in found.items()}


def new_case(raw: bytes, owner: Owner) -> NewCase:
    """The body of `POST cases/`."""
    body = Body.read(raw)
    return NewCase(
        team=body.text("team"),
        locator=body.text("locator"),
        urgency=body.text("urgency"),
        card=_card(body.object("card")),
        records=body.many("records", _record),
        claims=body.many("uploads", _claim),
        owner=owner,
    )


def new_records(raw: bytes, owner: Owner) -> NewRecords:
    """The body of `POST records/`."""
    body = Body.read(raw)
    return NewRecords(
        case=body.text("case"),
        chain=body.text("chain"),
        epoch=body.number("epoch"),
        records=body.many("records", _record),
        claims=body.many("uploads", _claim),
        owner=owner,
    )


def new_epochs(raw: bytes) -> NewEpochs:
    """The body of `POST cards/`."""
    body = Body.read(raw)
    return NewEpochs(
        case=body.text("case"),
        cards=body.many("cards", _card),
        rows_seen=body.number("rows_seen"),
        wraps=body.many("wraps", _old_wrap),
        locator=body.text("locator"),
        records=body.many("records", _record),
    )


def upload_size(raw: bytes) -> tuple[int, int]:
    """The body of `POST uploads/`: sealed octets and parts."""
    body = Body.read(raw)
    return body.number("sealed"), body.number("parts")


def named_case(raw: bytes) -> str:
    """The body of `POST erase/`."""
    return Body.read(raw).text("case")


def own_sealed(raw: bytes) -> bytes:
    """The body of `PUT own/<name>/`."""
    return Body.read(raw).octets("sealed")


def _card(body: Body) -> NewCard:
    return NewCard(body.text("chain"), body.number("epoch"), body.octets("card"), body.octets_by_name("wraps"))


def _record(body: Body) -> NewRecord:
    return NewRecord(body.text("id"), body.text("kind"), body.octets("sealed"))


def _old_wrap(body: Body) -> OldWrap:
    return OldWrap(body.text("chain"), body.number("epoch"), body.text("reader", most=8), body.octets("wrap"))


def _claim(body: Body) -> Claim:
    return Claim(body.text("upload"), body.text("digest"), body.number("parts"), body.number("sealed"))


def _octets(value: object) -> bytes:
    if not isinstance(value, str):
        raise BodyMalformedError
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BodyMalformedError from error
