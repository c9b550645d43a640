"""A case as the server stores and hands it out: rows of sealed bytes, nothing judged; and who is looking at it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from hrdplatform.sealing.pins import Pin


@dataclass(frozen=True)
class StoredCard:
    """The container of a card, under the chain and epoch that its row claims."""

    chain: str
    epoch: int
    container: bytes


@dataclass(frozen=True)
class StoredWrap:
    """A wrap of the viewer's own."""

    chain: str
    epoch: int
    sealed: bytes


@dataclass(frozen=True)
class StoredRecord:
    """A sealed record; `kind` is the server's unsigned copy."""

    row: str
    chain: str
    epoch: int
    kind: str
    sealed: bytes


@dataclass(frozen=True)
class StoredCase:
    """All rows of one case that its viewer gets, and the texts of the lists they name, by hash."""

    case: str
    cards: tuple[StoredCard, ...]
    wraps: tuple[StoredWrap, ...]
    records: tuple[StoredRecord, ...]
    lists: Mapping[str, str]


@dataclass(frozen=True)
class ChainPin:
    """What a member remembers of a chain: the newest epoch seen, its card, the number of its list."""

    epoch: int
    card: str
    list_seq: int


@dataclass(frozen=True)
class Defender:
    """The holder of a receipt: two 32-byte seeds made from its words."""

    kem_seed: bytes = field(repr=False)
    sig_seed: bytes = field(repr=False)


@dataclass(frozen=True)
class Member:
    """A member of the team: `kem_seeds` newest first (older identity files open older wraps), and what was pinned."""

    id: str
    kem_seeds: tuple[bytes, ...] = field(repr=False)
    sig_seed: bytes = field(repr=False)
    pinned: Pin | None = None
    chain_pins: Mapping[str, ChainPin] = field(default_factory=dict)


Viewer = Defender | Member
