"""The bodies of records: messages and notes with their text, entities with their data; parsed and emitted exactly.

Kinds 02 to 04 carry `attachments` and `text`; from 05 on `data`, `entity` and `replaces` stand in their place. Every
body has a random `salt`, since without it a record id would confirm a guessed short text. sealing.md 4.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from hrdplatform.sealing import canonical, fields, records
from hrdplatform.sealing.canonical import CanonicalError, Value

LONGEST_TEXT = 20_000
LONGEST_NAME = 255
LONGEST_TYPE = 100
MOST_ATTACHMENTS = 64

SHARED_KEYS = frozenset({"after", "author", "card", "case", "chain", "epoch", "salt", "sent", "v"})
MESSAGE_KEYS = SHARED_KEYS | {"attachments", "text"}
ENTITY_KEYS = SHARED_KEYS | {"data", "entity", "replaces"}
ATTACHMENT_KEYS = frozenset({"digest", "key", "name", "parts", "sealed", "size", "type"})


@dataclass(frozen=True)
class Place:
    """Where a record stands and who wrote it when: the part that all bodies share."""

    case: str
    chain: str
    epoch: int
    card: str
    author: str
    after: tuple[str, ...]
    sent: datetime
    salt: str


@dataclass(frozen=True)
class Attachment:
    """An entry of the manifest: where a file's ciphertext is found (`digest`) and what opens it (`key`, a seed)."""

    digest: str
    key: bytes = field(repr=False)
    name: str = field(repr=False)
    parts: int
    sealed: int
    size: int
    type: str = field(repr=False)


@dataclass(frozen=True)
class Message:
    """The body of a message, a note or an `opened` mark."""

    place: Place
    text: str = field(repr=False)
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class Entity:
    """A version of a thing kept in records. `data` None removes it; `replaces` names the versions it stands for."""

    place: Place
    entity: str
    data: Mapping[str, Value] | None = field(repr=False)
    replaces: tuple[str, ...] = ()


Body: TypeAlias = Message | Entity


def typed(words: str) -> str:
    """Return the text as typed, with CRLF and CR turned into LF and lone surrogates into U+FFFD; nothing else is
    touched.
    """
    return words.replace("\r\n", "\n").replace("\r", "\n").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def parse(kind: records.Kind, raw: bytes) -> Body:
    """Return the body of a record of `kind`. Raises `CanonicalError`; a card's body is read by `cards.parse`."""
    if kind is records.CARD:
        raise CanonicalError("a card is no body of a record")
    found = canonical.parse_object(raw, ENTITY_KEYS if kind.carries_data else MESSAGE_KEYS)
    fields.literal(found["v"], 1)
    place = _place(found)
    if place.chain not in kind.chains:
        raise CanonicalError(f"a {kind.name} on the chain {place.chain}")
    return _entity(place, found) if kind.carries_data else _message(kind, place, found)


def emit(body: Body) -> bytes:
    """Return the canonical bytes of `body`. Raises `CanonicalError` if a text has a lone surrogate."""
    return canonical.emit(_spell_place(body.place) | _spell_content(body))


def _place(found: Mapping[str, Value]) -> Place:
    return Place(
        case=fields.hex16(found["case"]),
        chain=fields.choice(found["chain"], "case", "notes"),
        epoch=fields.number(found["epoch"], least=1),
        card=fields.hash_hex(found["card"]),
        author=fields.author(found["author"]),
        after=fields.hashes(found["after"]),
        sent=fields.minute(found["sent"]),
        salt=fields.hex16(found["salt"]),
    )


def _message(kind: records.Kind, place: Place, found: Mapping[str, Value]) -> Message:
    entries = found["attachments"]
    if not isinstance(entries, list) or len(entries) > MOST_ATTACHMENTS:
        raise CanonicalError(f"no array of at most {MOST_ATTACHMENTS} attachments")
    body = Message(place, fields.text(found["text"], most=LONGEST_TEXT), tuple(attachment(entry) for entry in entries))
    if kind is records.OPENED and (body.text or body.attachments):
        raise CanonicalError("an opened mark says nothing more")
    return body


def _entity(place: Place, found: Mapping[str, Value]) -> Entity:
    data = found["data"]
    if data is not None and not isinstance(data, dict):
        raise CanonicalError("data is neither an object nor null")
    return Entity(place, fields.hex16(found["entity"]), data, fields.hashes(found["replaces"]))


def attachment(entry: Value) -> Attachment:
    """Return one entry of a manifest. Raises `CanonicalError`."""
    found = canonical.exact(entry, ATTACHMENT_KEYS)
    kind = fields.text(found["type"], most=LONGEST_TYPE)
    if not kind.isascii():
        raise CanonicalError("a type that is not ASCII")
    return Attachment(
        digest=fields.hash_hex(found["digest"]),
        key=fields.octets(found["key"], fields.SEED_LENGTH),
        name=fields.text(found["name"], most=LONGEST_NAME),
        parts=fields.number(found["parts"], least=1),
        sealed=fields.number(found["sealed"], least=1),
        size=fields.number(found["size"]),
        type=kind,
    )


def spell_attachment(entry: Attachment) -> dict[str, Value]:
    """Return the object that `attachment` reads."""
    return {
        "digest": entry.digest,
        "key": fields.spell(entry.key),
        "name": entry.name,
        "parts": entry.parts,
        "sealed": entry.sealed,
        "size": entry.size,
        "type": entry.type,
    }


def _spell_place(place: Place) -> dict[str, Value]:
    return {
        "after": list(place.after),
        "author": place.author,
        "card": place.card,
        "case": place.case,
        "chain": place.chain,
        "epoch": place.epoch,
        "salt": place.salt,
        "sent": fields.spell_minute(place.sent),
        "v": 1,
    }


def _spell_content(body: Body) -> dict[str, Value]:
    if isinstance(body, Message):
        return {"attachments": [spell_attachment(entry) for entry in body.attachments], "text": body.text}
    return {
        "data": None if body.data is None else dict(body.data),
        "entity": body.entity,
        "replaces": list(body.replaces),
    }
