"""What verifying a case finds: the named failures, and the frozen results that a page shows.

A failure is shown, never skipped, and never repaired. The codes are stable: pages and the browser twin know them by
name and say them in the reader's language.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from hrdplatform.sealing.bodies import Body, Entity
from hrdplatform.sealing.cards import SignedCard
from hrdplatform.sealing.entities import Version, current
from hrdplatform.sealing.lists import MemberList


class Failure(StrEnum):
    """Everything that can be wrong with a case as the server hands it out."""

    CARD_ABSENT = "card_absent"
    CARD_UNREADABLE = "card_unreadable"
    CARD_MISPLACED = "card_misplaced"
    CARD_AUTHOR = "card_author"
    CARD_SIGNATURE = "card_signature"
    LIST_ABSENT = "list_absent"
    LIST_UNREADABLE = "list_unreadable"
    LIST_NOT_DESCENDED = "list_not_descended"
    LIST_DIFFERS = "list_differs"
    LIST_FALSE = "list_false"
    READER_UNLISTED = "reader_unlisted"
    READER_BARRED = "reader_barred"
    BARRED_SHORTENED = "barred_shortened"
    RECEIPT_CHANGED = "receipt_changed"
    BASE = "base"
    PIN_ABSENT = "pin_absent"
    PIN_OLDER_LIST = "pin_older_list"
    RECEIPT_NOT_YOURS = "receipt_not_yours"
    NEVER_SIGNED_BY_YOU = "never_signed_by_you"
    WRAP_ABSENT = "wrap_absent"
    WRAP_UNOPENED = "wrap_unopened"
    WRAP_MISPLACED = "wrap_misplaced"
    WRAP_KEY = "wrap_key"
    RECORD_HOMELESS = "record_homeless"
    RECORD_UNOPENED = "record_unopened"
    RECORD_UNREADABLE = "record_unreadable"
    RECORD_KIND = "record_kind"
    RECORD_MISPLACED = "record_misplaced"
    RECORD_AUTHOR = "record_author"
    RECORD_SIGNATURE = "record_signature"
    RECORD_MISSING = "record_missing"
    RECORD_REPEATED = "record_repeated"
    RECORD_LATE = "record_late"
    RECORD_LABEL = "record_label"


@dataclass(frozen=True)
class Problem:
    """One failure and where it is: `row` of the record that shows it, `id` of the record that is missed."""

    failure: Failure
    chain: str
    epoch: int
    row: str = ""
    id: str = ""


@dataclass(frozen=True)
class Epoch:
    """A verified card, the list it stands under, the key that signed it, and its identity if it is open to the
    viewer.
    """

    signed: SignedCard
    listed: MemberList
    signed_by: bytes
    seed: bytes | None = field(default=None, repr=False)

    @property
    def number(self) -> int:
        """The epoch, from 1."""
        return self.signed.card.epoch


@dataclass(frozen=True)
class ShownRecord:
    """One row as it may be shown: `body` is None unless everything that makes it authentic was verified."""

    row: str
    chain: str
    epoch: int
    kind: str
    id: str = ""
    body: Body | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def trusted(self) -> bool:
        """Authentic and in its time: what counts for current versions, and what others may be said to follow."""
        return self.body is not None and all(one.failure is not Failure.RECORD_LATE for one in self.problems)


@dataclass(frozen=True)
class ChainView:
    """A chain as far as it verifies. `halted`: a card failed, nothing may be written; `records` come in showing
    order.
    """

    name: str
    epochs: tuple[Epoch, ...] = ()
    records: tuple[ShownRecord, ...] = ()
    problems: tuple[Problem, ...] = ()
    halted: bool = False

    @property
    def newest(self) -> Epoch | None:
        """The last verified epoch."""
        return self.epochs[-1] if self.epochs else None

    @property
    def may_write(self) -> bool:
        """Whether a record could be added: every card verified, and the newest epoch open to the viewer."""
        return not self.halted and self.newest is not None and self.newest.seed is not None

    def trusted(self, epoch: int) -> tuple[ShownRecord, ...]:
        """The trusted records of one epoch."""
        return tuple(record for record in self.records if record.trusted and record.epoch == epoch)

    def entities(self) -> dict[tuple[str, str], tuple[Version, ...]]:
        """The current versions of all entities of this chain, by (kind, entity)."""
        return current(
            Version(record.id, record.kind, record.body)
            for record in self.records
            if record.trusted and isinstance(record.body, Entity)
        )


@dataclass(frozen=True)
class CaseView:
    """A case as its viewer may see it: the case chain, and the notes chain for members of the team."""

    case: str
    chains: Mapping[str, ChainView]

    @property
    def messages(self) -> ChainView:
        """The chain that the defender and the team share."""
        return self.chains["case"]

    @property
    def notes(self) -> ChainView:
        """The team's own chain; empty for the defender and before the first note."""
        return self.chains["notes"]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every failure of both chains and of all their records."""
        return tuple(
            problem
            for chain in self.chains.values()
            for problem in (*chain.problems, *(one for record in chain.records for one in record.problems))
        )

    @property
    def sound(self) -> bool:
        """Whether nothing at all is wrong."""
        return not self.problems
