"""An opened case for somebody without scripts: unlock it by its words, read it, write in it, replace the receipt, erase
it.

Everything is verified here as her own device would verify it, and every failure is handed to the page. Plaintext lives
in memory for the length of one request. sealing.md 5, *Verify case* and *Without scripts*.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from hrdplatform.sealing import cases, epochs, files, reading, records, writing
from hrdplatform.sealing.bodies import Attachment, Message
from hrdplatform.sealing.epochs import Author
from hrdplatform.sealing.errors import SealingError
from hrdplatform.sealing.readers import outdated
from hrdplatform.sealing.receipts import Indices
from hrdplatform.sealing.stored import Defender, StoredCard, StoredCase, StoredRecord, StoredWrap
from hrdplatform.sealing.verdicts import CaseView, ChainView, ShownRecord
from hrdplatform.sealing.writing import Turn
from legal_aid import queries
from legal_aid.models import RECEIPT, Case
from legal_aid.states import Arrival, Chain

from . import blobs, correspondence, erasure, lists, plain_receipt, plain_session, speakers
from .blobs import BlobMissingError
from .correspondence import EpochMovedError, NewRecords
from .epochs import NewEpochs, RowsMovedError, open_epochs
from .files import part_of
from .intake import ListOverError
from .plain_intake import card_of, claims_of, row_of
from .plain_receipt import Shown
from .plain_session import NoSessionError, Opened, Visit
from .sealed_rows import OldWrap
from .speakers import DEFENDER, Speaker, UnknownCaseError
from .uploads import QuotaReachedError, UnknownUploadError


class HaltedError(Exception):
    """The case does not verify: nothing may be written in it, and the page says what is wrong."""


class BrokenFileError(Exception):
    """A part of the file was swapped, repeated, cut or is missing: not a byte of it is handed out."""


@dataclass(frozen=True)
class OpenCase:
    """A case as its defender may see it now. `days` tells the day of each row, as the server says it."""

    row: Case
    speaker: Speaker
    defender: Defender = field(repr=False)
    view: CaseView = field(repr=False)
    days: dict[str, object] = field(repr=False)


def unlock(indices: Indices, *, visit: Visit, at: datetime) -> None:
    """Open the case of a receipt in this visit. One Argon2id whether it exists or not.

    A case made with scripts gets its lasting mark that it was opened here. Raises `UnknownCaseError`, `TooBusyError`.
    """
    keys = plain_receipt.stretch(indices)
    speaker = speakers.holder(keys.locator.hex())
    case = speakers.own_case(speaker)
    session = Opened(case.pk, Defender(keys.kem, keys.sig))
    plain_session.open_case(visit, session, at=at)
    _mark_opened(_load(case, speaker, session.defender), at=at)


def load(visit: Visit | None, *, at: datetime) -> OpenCase:
    """The open case of a visit. Raises `NoSessionError`, also when it was erased or its receipt replaced meanwhile."""
    session = plain_session.opened(visit, at=at)
    case = Case.objects.filter(pk=session.case).select_related("team__newest", "newest", "newest_notes").first()
    if case is None:
        raise NoSessionError
    return _load(case, speakers.holder(case.locator), session.defender)


def send(text: str, *, form: str, visit: Visit, at: datetime) -> None:
    """Seal a message with the visit's files into its case; the same form twice is one message.

    Raises `NoSessionError`, `HaltedError`, `ListOverError`, `ClaimRefusedError`; `EpochMovedError` after three tries.
    """
    attachments = plain_session.draft(visit, at=at)
    for last in (False, False, True):
        found = load(visit, at=at)
        try:
            _send(found, text, attachments, form=form, visit=visit, at=at)
        except (EpochMovedError, RowsMovedError):
            if last:
                raise
        else:
            break
    plain_session.take_sent(visit, attachments, at=at)


def replace_receipt(*, form: str, language: str, visit: Visit, at: datetime) -> Shown:
    """Give the case a new receipt and return it; the same form twice makes one. Raises as `send`, or `TooBusyError`,
    or `FormSpentError`.
    """
    plain_session.check_form(form)
    shown = plain_receipt.draw(visit.secret, form, language)
    keys = plain_receipt.stretch(shown.indices)
    found = load(visit, at=at)
    if found.row.locator == keys.locator.hex():
        return shown
    chain = _writable(found.view, found.row, at=at)
    new = Defender(keys.kem, keys.sig)
    heads = reading.heads(chain.trusted(_epoch(chain)))
    author = Author(DEFENDER, found.defender.sig_seed, Arrival.SERVER)
    made = epochs.replace_receipt(chain, lists.newest(found.row.team), author, new, heads=heads)
    request = NewEpochs(
        case=found.row.pk,
        cards=[card_of(made.first), card_of(made.second)],
        rows_seen=_rows(found.view, _epoch(chain)),
        wraps=[OldWrap(wrap.chain, wrap.epoch, wrap.reader, wrap.sealed) for wrap in made.wraps],
        locator=keys.locator.hex(),
        keep_session=visit.id,
    )
    open_epochs(request, speaker=found.speaker, at=at)
    plain_session.open_case(visit, Opened(found.row.pk, new), at=at)
    return shown


def erase(visit: Visit, *, at: datetime) -> None:
    """Erase the case of this visit, and end the visit. Raises `NoSessionError`."""
    found = load(visit, at=at)
    try:
        erasure.erase(found.row.pk, speaker=found.speaker, at=at)
    except UnknownCaseError as error:
        raise NoSessionError from error
    finally:
        plain_session.end(visit)


def file(found: OpenCase, *, row: str, number: int) -> tuple[Attachment, Iterator[bytes]]:
    """Attachment `number` (from 1) of a message, and its plaintext, released only after all parts were compared.

    Raises `UnknownCaseError` if there is none, `BrokenFileError` if its parts are not those that were sent.
    """
    shown = next((one for one in found.view.messages.records if one.row == row), None)
    attachments = attachments_of(shown) if shown is not None else ()
    if not 1 <= number <= len(attachments):
        raise UnknownCaseError
    attachment = attachments[number - 1]

    def part(index: int) -> Iterable[bytes]:
        return blobs.pieces(part_of(found.row, digest=attachment.digest, number=index).blob)

    try:
        return attachment, files.opened(attachment, part)
    except (SealingError, UnknownUploadError, BlobMissingError) as error:
        raise BrokenFileError from error


def attachments_of(shown: ShownRecord) -> tuple[Attachment, ...]:
    """The files of a verified message."""
    return shown.body.attachments if isinstance(shown.body, Message) else ()


def _load(case: Case, speaker: Speaker, defender: Defender) -> OpenCase:
    rows = queries.case_rows(case, reader=RECEIPT, chains=[Chain.CASE])
    stored = StoredCase(
        case.pk,
        tuple(StoredCard(card.chain, card.epoch, bytes(card.container)) for card in rows.cards),
        tuple(StoredWrap(wrap.card.chain, wrap.card.epoch, bytes(wrap.sealed)) for wrap in rows.wraps),
        tuple(
            StoredRecord(record.row, record.card.chain, record.card.epoch, record.kind, bytes(record.sealed))
            for record in rows.records
        ),
        rows.lists,
    )
    view = cases.verify(stored, defender)
    return OpenCase(case, speaker, defender, view, {record.row: record.day for record in rows.records})


def _send(  # noqa: PLR0913 - keyword-only, a sentence has this many parts
    found: OpenCase, text: str, attachments: Sequence[Attachment], *, form: str, visit: Visit, at: datetime
) -> None:
    chain = _writable(found.view, found.row, at=at)
    author = Author(DEFENDER, found.defender.sig_seed, Arrival.SERVER)
    newest, heads = chain.epochs[-1], reading.heads(chain.trusted(_epoch(chain)))
    listed = lists.newest(found.row.team)
    if outdated(newest.signed.card, newest.listed, listed):
        opened = epochs.open_epoch(newest.signed, listed, author, heads=heads)
        seen = _rows(found.view, newest.number)
        open_epochs(NewEpochs(found.row.pk, [card_of(opened)], seen), speaker=found.speaker, at=at)
        newest, heads = opened.epoch, ()
    message = writing.write_message(newest, Turn(author, at, heads), text, attachments)
    new = NewRecords(
        case=found.row.pk,
        chain=Chain.CASE,
        epoch=newest.number,
        records=[row_of(message)],
        claims=claims_of(visit, attachments),
        owner=visit.owner,
        form=form,
    )
    correspondence.add_records(new, speaker=found.speaker, at=at)


def _mark_opened(found: OpenCase, *, at: datetime) -> None:
    """Write the mark once an epoch, where the newest was sealed on her own device and may be written."""
    chain = found.view.messages
    newest = chain.newest
    if newest is None or not chain.may_write or newest.signed.card.arrival == Arrival.SERVER:
        return
    marked = any(record.kind == records.OPENED.name for record in chain.trusted(newest.number))
    if marked or not lists.may_write(found.row.team, at=at):
        return
    author = Author(DEFENDER, found.defender.sig_seed, Arrival.SERVER)
    mark = writing.write_opened(newest, Turn(author, at, reading.heads(chain.trusted(newest.number))))
    try:
        correspondence.add_records(
            NewRecords(found.row.pk, Chain.CASE, newest.number, [row_of(mark)]), speaker=found.speaker, at=at
        )
    except (EpochMovedError, QuotaReachedError):
        # Somebody opened an epoch at this very moment: the next visit marks that one. Or the case is full.
        return


def _writable(view: CaseView, case: Case, *, at: datetime) -> ChainView:
    if not view.messages.may_write:
        raise HaltedError
    if not lists.may_write(case.team, at=at):
        raise ListOverError
    return view.messages


def _epoch(chain: ChainView) -> int:
    return chain.epochs[-1].number


def _rows(view: CaseView, epoch: int) -> int:
    """How many rows of an epoch were seen, sound or not: the server counts them all."""
    return sum(1 for record in view.messages.records if record.epoch == epoch)


def text_of(shown: ShownRecord) -> str:
    """The text of a verified message; empty for everything else."""
    return shown.body.text if isinstance(shown.body, Message) else ""


def is_message(shown: ShownRecord) -> bool:
    """Whether a row is a message: marks and the contact are no part of the thread."""
    return shown.kind == records.MESSAGE.name


def is_teams(shown: ShownRecord) -> bool:
    """Whether a verified row was written by the team."""
    return shown.body is not None and shown.body.place.author != DEFENDER


def failures_of(shown: ShownRecord) -> list[str]:
    """The names of what is wrong with a row."""
    return [problem.failure.value for problem in shown.problems]
