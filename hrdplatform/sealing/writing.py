"""Writing a record: a body for its place, signed by its author, padded, sealed to the epoch's identity.

Pure functions that return the bytes to send. The epoch is one that `cases.verify` found or `epochs` made; the caller
has verified the list for writing and opened a new epoch first where `readers.outdated` says so. sealing.md 5.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex

from hrdplatform.sealing import bodies, records
from hrdplatform.sealing.age import sealed
from hrdplatform.sealing.bodies import Attachment, Body, Entity, Message, Place
from hrdplatform.sealing.canonical import Value
from hrdplatform.sealing.entities import Version
from hrdplatform.sealing.epochs import Author
from hrdplatform.sealing.verdicts import Epoch


@dataclass(frozen=True)
class NewRecord:
    """What goes to the server: id (the idempotency key), the kind's name, the sealed bytes."""

    id: str
    kind: str
    sealed: bytes


@dataclass(frozen=True)
class Turn:
    """Who writes, when by the writer's clock, and after which records of this epoch (`reading.heads`)."""

    author: Author
    at: datetime
    after: tuple[str, ...] = ()


def write_message(epoch: Epoch, turn: Turn, text: str, attachments: Sequence[Attachment] = ()) -> NewRecord:
    """Return a message on the case chain, or a note on the notes chain.

    Line ends become LF; else the text is kept as typed. Raises `CanonicalError` beyond 20,000 code points or 64
    attachments.
    """
    kind = records.MESSAGE if epoch.signed.card.chain == "case" else records.NOTE
    return _sealed(epoch, turn, kind, Message(_place(epoch, turn), bodies.typed(text), tuple(attachments)))


def write_opened(epoch: Epoch, turn: Turn) -> NewRecord:
    """Return the mark that a case made with scripts was opened on the plain path, where the server saw its text."""
    return _sealed(epoch, turn, records.OPENED, Message(_place(epoch, turn), ""))


def write_entity(
    epoch: Epoch,
    turn: Turn,
    kind: records.Kind,
    data: Mapping[str, Value] | None,
    replacing: Sequence[Version] = (),
) -> NewRecord:
    """Return a version of an entity: a new one, or the next after the current versions in `replacing`, all of one
    entity; `data` None removes it.
    """
    entity = replacing[0].body.entity if replacing else token_hex(16)
    replaces = tuple(sorted(version.id for version in replacing))
    return _sealed(epoch, turn, kind, Entity(_place(epoch, turn), entity, data, replaces))


def _place(epoch: Epoch, turn: Turn) -> Place:
    return Place(
        case=epoch.signed.case,
        chain=epoch.signed.card.chain,
        epoch=epoch.number,
        card=epoch.signed.id,
        author=turn.author.id,
        after=tuple(sorted(turn.after)),
        sent=turn.at,
        salt=token_hex(16),
    )


def _sealed(epoch: Epoch, turn: Turn, kind: records.Kind, body: Body) -> NewRecord:
    raw = bodies.emit(body)
    # Read back as every reader will: nothing is sent that the others would refuse.
    bodies.parse(kind, raw)
    container = records.build(kind, raw, turn.author.sig_seed)
    return NewRecord(records.record_id(raw), kind.name, sealed.seal(container, epoch.signed.card.kem))
