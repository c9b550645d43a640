"""Opening a case: everything is checked before the transaction begins, which then only inserts.

The server never sees a word of the request. A retry of the same sealed request finds the case that it made the first
time: the id is made from card 1, so it cannot be anybody else's. sealing.md 5.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from hrdplatform import audit, notices
from hrdplatform.audit import Event
from hrdplatform.notices import Kind
from hrdplatform.sealing import cards, checks
from hrdplatform.sealing.cards import SignedCard
from hrdplatform.sealing.checks import StaleListError
from hrdplatform.sealing.errors import SealingError
from hrdplatform.sealing.lists import MemberList
from hrdplatform.sealing.pins import ListExpiredError
from hrdplatform.sealing.succession import Standing
from legal_aid.models import RANK, AnswerClock, Case, Team, TeamMember
from legal_aid.states import Scope, Sender, Urgency

from . import insertion, lists, space, uploads, waiting
from .sealed_rows import HASH, NewCard, NewRecord, SealedRefusedError, card_row, check_records, record_rows, wrap_rows
from .space import StorageFullError, TextsFullError
from .speakers import DEFENDER
from .uploads import Claim, Owner

ANSWER = timedelta(hours=2)
ALARMS = (timedelta(minutes=60), timedelta(minutes=90))
"""The answer clock of an urgent request (Access Now's helpline); a team's own times come with its settings."""


class ListMovedError(Exception):
    """The request was sealed under a list that is no longer the newest: the page fetches it and seals anew."""


class ListOverError(Exception):
    """The team's list has run out: nothing may be written until the lead signs a new one."""


class ReceiptTakenError(Exception):
    """Another case has this locator: the words must be drawn again."""


@dataclass(frozen=True)
class NewCase:
    """A sealed request. `team` hex16, `locator` 64 hex digits, `owner` of the uploads."""

    team: str
    locator: str = field(repr=False)
    urgency: str
    card: NewCard
    records: Sequence[NewRecord]
    claims: Sequence[Claim] = ()
    owner: Owner = field(default_factory=Owner)
    form: str = ""


def open_case(request: NewCase, *, at: datetime) -> tuple[str, bool]:
    """Open a case; returns its id and whether it is new (False: this very request was here before).

    Raises `NoSuchTeamError`, `SealedRefusedError`, `ListMovedError`, `ListOverError`, `ClaimRefusedError`,
    `ReceiptTakenError`; `StorageFullError` without room.
    """
    team, listed = lists.reception(request.team)
    signed = _checked_card(request, listed, at=at)
    if not HASH.fullmatch(request.locator) or request.urgency not in Urgency.values:
        raise SealedRefusedError
    check_records(request.records, chain="case", sender=DEFENDER)
    if not any(record.kind == "message" for record in request.records):
        raise SealedRefusedError
    known = _locator_of(signed.case) if request.claims else None
    if known is None:
        try:
            with space.refusing(TextsFullError):
                return _insert(request, team, signed, at=at), True
        except IntegrityError:
            known = _locator_of(signed.case)
        except (uploads.ClaimRefusedError, StorageFullError):
            # Its twin may have come first, claimed the files and taken the last room: then the case is there.
            known = _locator_of(signed.case)
            if known is None:
                raise
    if known != request.locator:
        raise ReceiptTakenError
    return signed.case, False


def _locator_of(case_id: str) -> str | None:
    return Case.objects.filter(pk=case_id).values_list("locator", flat=True).first()


def _checked_card(request: NewCase, listed: MemberList, *, at: datetime) -> SignedCard:
    try:
        signed = cards.parse(request.card.container)
        return checks.check_card(
            signed,
            request.card.wraps,
            sender=DEFENDER,
            standing=Standing(signed.case, "case", 1),
            given=lists.circumstances(listed, {listed.hash: listed}, at=at),
        )
    except StaleListError as error:
        raise ListMovedError from error
    except ListExpiredError as error:
        raise ListOverError from error
    except SealingError as error:
        raise SealedRefusedError from error


def _insert(request: NewCase, team: str, signed: SignedCard, *, at: datetime) -> str:
    waiting.check_records(None, request.records)
    uploads.check_claims(request.claims, owner=request.owner)
    case = _case_row(request, team, signed, at=at)
    card = card_row(request.card, id_=signed.id, case_id=case.pk, list_hash=signed.card.list)
    wraps = wrap_rows(signed.id, request.card.wraps)
    records = record_rows(request.records, case=case, card_id=signed.id, side=Sender.DEFENDER, first_number=1, at=at)
    case.first_id = next(row.row for row in records if row.kind == "message")
    line = audit.entry(Event.CASE_OPENED, actor=DEFENDER, object=f"trace:{case.trace}", at=at, door="aid", team=team)
    rows = [case, card, *wraps, *records, line]
    if not request.claims and case.urgency != Urgency.NOW:
        insertion.insert(rows)
        return case.pk
    with transaction.atomic():
        insertion.insert(rows)
        uploads.claim(request.claims, owner=request.owner, case=case)
        if case.urgency == Urgency.NOW:
            _alert(case, at=at)
    return case.pk


def _case_row(request: NewCase, team: str, signed: SignedCard, *, at: datetime) -> Case:
    return Case(
        id=signed.case,
        team_id=team,
        locator=request.locator,
        urgency=request.urgency,
        rank=RANK[Urgency(request.urgency)],
        arrival=signed.card.arrival,
        received_on=timezone.localdate(at),
        unread=len(request.records),
        newest_id=signed.id,
    )


def _alert(case: Case, *, at: datetime) -> None:
    """Start the answer clock and wake whoever reads new requests; the mail says nothing but where to look."""
    AnswerClock.objects.create(case=case, next_at=at + ALARMS[0], due_at=at + ANSWER)
    alert_intake(case.team)


def alert_intake(team: Team) -> None:
    """Write an urgent mail to every member who reads new requests, as the root signed it: what the lead changed since
    silences nobody.
    """
    ids = [one.id for one in lists.newest(team).members if one.scope == Scope.INTAKE]
    for member in TeamMember.objects.reachable().filter(team=team, member__in=ids).select_related("user"):
        notices.queue(Kind.AID_URGENT, to=member.user.email, language=member.user.language, context={})
