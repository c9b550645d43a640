"""Who reads a case when the list of readers changed: the next act opens a new epoch, and who left is not in it."""

import pytest
from playwright.sync_api import expect

from hrdplatform.sealing import cases
from hrdplatform.sealing.stored import Member as Viewing
from hrdplatform.sealing.stored import StoredCard, StoredCase, StoredRecord, StoredWrap
from hrdplatform.sealing.verdicts import CaseView
from legal_aid.domain import leaving
from legal_aid.models import Case, KeyWrap, Record, SignedList, TeamMember
from tests.factories import desk, legal_aid
from tests.walks.account_pages import enter
from tests.walks.desk import Member

pytestmark = [pytest.mark.walk, pytest.mark.database]
STORY, ANSWER = "They published my address.", "We found you a lawyer."


def stolen(team: legal_aid.StoredTeam, who: str) -> CaseView:
    """The only case as somebody sees it who took the whole database and has the keys of a member."""
    case = Case.objects.get()
    rows = Record.objects.select_related("card").order_by("card__epoch", "number")
    wraps = KeyWrap.objects.filter(reader=who).select_related("card")
    taken = StoredCase(
        case.pk,
        tuple(StoredCard(card.chain, card.epoch, bytes(card.container)) for card in case.cards.order_by("epoch")),
        tuple(StoredWrap(wrap.card.chain, wrap.card.epoch, bytes(wrap.sealed)) for wrap in wraps),
        tuple(StoredRecord(row.row, row.card.chain, row.card.epoch, row.kind, bytes(row.sealed)) for row in rows),
        dict(SignedList.objects.values_list("hash", "text")),
    )
    keys = team.signed.keys(who)
    return cases.verify(taken, Viewing(who, (keys.kem,), keys.sig))


def texts(view: CaseView) -> list[str]:
    return [record.body.text for record in view.messages.records if record.body is not None]


def removed(team: legal_aid.StoredTeam, who: str, *left: str) -> None:
    """The lead asks, m04 confirms, and the root signs the next list."""
    row, second = (TeamMember.objects.get(team=team.row, member=member) for member in (who, "m04"))
    now = legal_aid.datetime.now(legal_aid.UTC)
    leaving.ask(row, by=team.users["m01"], at=now)
    leaving.confirm(row, by=second, at=now)
    team.next_list(members=team.signed.members(*left))


def test_the_next_answer_opens_an_epoch_that_who_left_cannot_read(team, member):
    request = desk.request(team, STORY)
    removed(team, "m02", "m01", "m03", "m04")
    member.comes_to_the_desk()
    member.opens_the_request(STORY)
    member.answers(ANSWER)
    member.reads(STORY, ANSWER)
    expect(member.page.locator("#case-readers")).not_to_contain_text("m02")
    expect(member.page.locator("#case-readers")).to_contain_text("Recovery key on paper")

    assert Case.objects.get().newest.epoch == 2
    assert not KeyWrap.objects.filter(card__epoch=2, reader="m02").exists()
    assert texts(stolen(team, "m01")) == [STORY, ANSWER]
    assert texts(stolen(team, "m02")) == [STORY]
    assert [record.body.text for record in request.view().messages.records] == [STORY, ANSWER]


def test_the_desk_of_who_left_is_gone_at_once(team, visitors):
    request = desk.request(team, STORY)
    left = Member(visitors(), team.users["m02"], desk.PASSPHRASE)
    left.comes_to_the_desk()
    removed(team, "m02", "m01", "m03", "m04")
    left.page.locator("#queue-rows th a").click()
    left.is_told("You are signed out.")
    expect(left.page.locator('[data-screen="case"]')).to_be_hidden()
    enter(left.walker, left.user)
    left.walker.visit("/desk/", status=404)
    assert left.page.request.get(f"{left.walker.site.url}/desk/sealed/case/{request.case}/").status == 404


def test_acknowledging_alone_opens_the_epoch_too(team, member):
    desk.request(team, STORY)
    removed(team, "m02", "m01", "m03", "m04")
    member.comes_to_the_desk()
    member.opens_the_request(STORY)
    member.acknowledges()
    assert Case.objects.get().newest.epoch == 2
    assert not KeyWrap.objects.filter(card__epoch=2, reader="m02").exists()
    assert not KeyWrap.objects.filter(card__chain="notes", reader="m02").exists()


def test_a_member_who_was_added_sees_no_case_from_before(team, member, visitors):
    """Never widened silently: an old case is handed on by somebody, or stays with those who had it."""
    team.next_list(members=team.signed.members("m01", "m03", "m04"))
    desk.request(team, STORY)
    team.next_list(members=team.signed.members("m01", "m02", "m03", "m04"))
    member.comes_to_the_desk()
    member.opens_the_request(STORY)
    member.answers(ANSWER)
    assert not KeyWrap.objects.filter(reader="m02").exists()
    other = Member(visitors(), team.users["m02"], desk.PASSPHRASE)
    other.comes_to_the_desk()
    other.sees_in_the_queue()
