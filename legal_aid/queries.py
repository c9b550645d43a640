"""Reads over several nouns: a case with all its rows, the desk's queue, the teams that a defender may choose."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from legal_aid.models import Card, Case, KeyWrap, Record, SignedList, Team, TeamMember
from legal_aid.states import Chain, TeamRole

QUEUE_PAGE = 50


@dataclass(frozen=True)
class CaseRows:
    """A case as it is handed out: its own rows and the lists that its cards name, nothing judged."""

    case: Case
    cards: list[Card]
    wraps: list[KeyWrap]
    records: list[Record]
    lists: dict[str, str]


def case_rows(case: Case, *, reader: str, chains: Iterable[Chain]) -> CaseRows:
    """All rows of a case on `chains`, with the wraps of one `reader` (a member's id, or `receipt`). Four queries."""
    cards = list(Card.objects.filter(case=case, chain__in=list(chains)).order_by("chain", "epoch"))
    ids = [card.pk for card in cards]
    return CaseRows(
        case=case,
        cards=cards,
        wraps=list(KeyWrap.objects.filter(card__in=ids, reader=reader).select_related("card")),
        records=list(
            Record.objects.filter(card__in=ids).select_related("card").order_by("card__epoch", "card__chain", "number")
        ),
        lists=team_lists(case.team),
    )


def team_lists(team: Team) -> dict[str, str]:
    """Every list of a team by hash: what a reader needs to walk from the oldest card to the newest list."""
    return dict(SignedList.objects.filter(team=team).values_list("hash", "text"))


def queue(team: Team, member: str, *, page: str) -> tuple[Page[Case], dict[str, list[KeyWrap]]]:
    """A page of the cases open to a member, urgent first, then by age; and the member's wraps of their newest epochs.
    `page` as it was asked for: what is no number is the first page, a number beyond the last one is the last.

    Three queries, whatever the number of cases; what the member cannot read is neither listed nor counted.
    """
    cases = (
        Case.objects.open_to(team=team, member=member)
        .select_related("newest", "newest_notes", "first__card", "summary__card")
        .order_by("rank", "received_on", "reference")
    )
    found = Paginator(cases, QUEUE_PAGE).get_page(page)
    cards = [card for case in found for card in (case.newest_id, case.newest_notes_id) if card]
    wraps: dict[str, list[KeyWrap]] = {}
    for wrap in KeyWrap.objects.filter(card__in=cards, reader=member):
        wraps.setdefault(wrap.card_id, []).append(wrap)
    return found, wraps


def member_of(user_id: int | None) -> TeamMember | None:
    """The membership of a signed-in person in a legal-aid team, whatever its state but removed.

    Whoever left the team's organisation has none from that moment on, though the signed list may name the keys still.
    """
    if user_id is None:
        return None
    found = TeamMember.objects.standing().belonging().filter(user=user_id)
    return found.select_related("team__newest", "team__organisation").first()


def named_members(team: Team) -> QuerySet[TeamMember]:
    """Members on the signed list who agreed to be named to defenders."""
    return (
        TeamMember.objects.reachable().filter(team=team, publishes_name=True).select_related("user").order_by("member")
    )


def lead_addresses() -> list[tuple[str, str]]:
    """Mail address and language of every team lead who finds the desk."""
    leads = TeamMember.objects.standing().belonging().filter(role=TeamRole.LEAD).select_related("user")
    return [(lead.user.email, lead.user.language) for lead in leads]
