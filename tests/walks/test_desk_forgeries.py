"""A server, or a member who left, hands the desk false lists and cards: what it shows, and that it writes not.

Numbers are those of sealing.md, section 9. The database is changed as somebody who owns the machine would.
"""

import base64
import secrets
from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from hrdplatform.sealing import canonical, cards, ed25519, epochs
from hrdplatform.sealing.age import sealed
from hrdplatform.sealing.epochs import Author, Change
from legal_aid.domain.sealed_rows import NewCard, card_row, wrap_rows
from legal_aid.models import Card, Case, KeyWrap, Record, SignedList
from tests.factories import desk, legal_aid
from tests.walks.desk import Member

pytestmark = [pytest.mark.walk, pytest.mark.database]
STORY = "They published my address."


def serve(team: legal_aid.StoredTeam, listed) -> None:
    """Hands out a list that was signed before as the newest."""
    team.row.newest_id = listed.hash
    team.row.save()


def sign(team: legal_aid.StoredTeam, listed, root_seed: bytes | None = None):
    """Signs a list as it stands and stores it; it is not handed out as the newest."""
    made = team.signed.signed(listed, root_seed)
    days = {"issued": made.issued, "expires": made.expires}
    beside = made.seq + 1000  # the column is the server's; what counts is signed in the text
    SignedList.objects.create(
        hash=made.hash, team=team.row, seq=beside, prev=made.prev, text=team.signed.texts[made.hash], **days
    )
    return made


def put_card(case: str, opened: epochs.NewEpoch) -> None:
    """Stores a card and its wraps past the checks of the server."""
    signed = opened.epoch.signed
    card = NewCard("case", signed.card.epoch, opened.container, opened.wraps)
    Card.objects.bulk_create([card_row(card, id_=signed.id, case_id=case, list_hash=signed.card.list)])
    KeyWrap.objects.bulk_create(wrap_rows(signed.id, opened.wraps))
    Case.objects.filter(pk=case).update(newest=signed.id)


def writes_nothing(member: Member) -> None:
    expect(member.page.locator("#reply, #acknowledge").locator("visible=true")).to_have_count(0)
    assert not Record.objects.filter(sender="team").exists()


def test_5_somebody_who_left_reopens_a_case_with_an_old_list(team, member):
    request = desk.request(team, STORY)
    first = team.signed.newest
    team.next_list(members=team.signed.members("m01", "m03", "m04"))
    member.comes_to_the_desk()
    member.opens_the_request(STORY)
    member.acknowledges()
    member.goes_back_to_the_queue()

    newest = Card.objects.get(chain="case", epoch=2)
    left = Author("m02", team.signed.keys("m02").sig)
    change = Change(reading=("m01", "m02", "m03"))
    put_card(
        request.case, epochs.open_epoch(cards.parse(bytes(newest.container)), first, left, heads=(), change=change)
    )
    member.opens_the_request(STORY)
    member.is_warned("The list of who can read does not follow from the one before.")
    expect(member.page.locator("#reply-form, #acknowledge").locator("visible=true")).to_have_count(0)


def test_8_a_false_list_given_to_the_defender_stops_the_desk(team, member):
    true = team.signed.newest
    root = secrets.token_bytes(32)
    false = sign(team, replace(true, root=ed25519.public_key(root), expires=true.expires - timedelta(days=1)), root)
    team.signed.newest = false
    serve(team, false)
    desk.request(team, STORY)
    serve(team, true)
    member.comes_to_the_desk()
    expect(member.page.locator("#queue-rows")).to_contain_text("false one")
    expect(member.page.locator("#queue-rows")).not_to_contain_text(STORY)
    member.opens_the_request("false one")
    member.is_warned("The list of who can read is a false one.")
    expect(member.page.locator("#no-writing")).to_contain_text("This case does not verify")
    writes_nothing(member)


def test_9_an_older_list_than_the_one_met_stops_everything(team, member):
    first = team.signed.newest
    team.next_list()
    desk.request(team, STORY)
    member.comes_to_the_desk()
    serve(team, first)
    member.opens_the_desk()
    member.unlocks()
    member.is_stopped("an older list")
    assert STORY not in member.page.content()


def test_10_another_list_under_the_same_number_stops_everything(team, member):
    first = team.signed.newest
    member.comes_to_the_desk()
    serve(team, sign(team, replace(first, expires=first.expires - timedelta(days=1))))
    member.opens_the_desk()
    member.unlocks()
    member.is_stopped("another list of readers under the same number")


def test_10_also_where_the_server_has_thrown_the_keyring_away(team, member):
    """The hashes on the device remember what the keyring of the server does not."""
    first = team.signed.newest
    member.comes_to_the_desk()
    member.user.team_members.get().own.filter(name="keyring").delete()
    serve(team, sign(team, replace(first, expires=first.expires - timedelta(days=1))))
    member.opens_the_desk()
    member.unlocks()
    member.is_stopped("another list of readers under the same number")


def test_11_under_a_list_that_ran_out_one_reads_and_is_told_why_nothing_is_sealed(team, member):
    desk.request(team, STORY)
    today = legal_aid.days_ago(0)
    team.next_list(issued=today - timedelta(days=60), expires=today - timedelta(days=1))
    member.comes_to_the_desk()
    member.opens_the_request(STORY)
    member.reads(STORY)
    expect(member.page.locator("#desk-notices")).to_be_visible()
    expect(member.page.locator("#desk-notices")).to_contain_text("nothing can be sealed until the team lead signs")
    writes_nothing(member)


def test_a_message_that_was_changed_is_named(team, member):
    desk.request(team, STORY)
    other = desk.request(team, "Something of somebody else.")
    row = Record.objects.exclude(case=other.case).get()
    row.sealed = Record.objects.get(case=other.case).sealed
    row.save()
    member.comes_to_the_desk()
    faulty = member.page.locator("#queue-rows tr", has_text="cannot be opened")
    expect(faulty).to_have_count(1)
    member.opens_the_request("cannot be opened")
    member.is_warned("A message cannot be opened: it was changed or swapped.")
    expect(member.page.locator("#case-thread")).not_to_contain_text("Something of somebody else.")


def test_a_card_made_by_the_server_is_named_and_nothing_is_written(team, member):
    request = desk.request(team, STORY)
    signed = request.view().messages.newest.signed
    thief = Author("defender", secrets.token_bytes(32))
    put_card(request.case, epochs.open_epoch(signed, team.signed.newest, thief, heads=()))
    member.comes_to_the_desk()
    member.page.locator("#queue-rows tr th a").click()
    member.is_warned("A change of who can read is not signed by the one it names.")
    writes_nothing(member)


def test_a_draft_of_another_hand_is_not_shown(team, member):
    """Anybody can seal to a public key: the signature tells whose draft it is."""
    request = desk.request(team, STORY)
    body = canonical.emit({"case": request.case, "text": "Come to the station at nine.", "v": 1})
    signature = base64.b64encode(ed25519.sign(secrets.token_bytes(32), b"hrdplatform/sealing/v1/sig/draft\0" + body))
    forged = sealed.seal(body + b"\n" + signature + b"\n", team.signed.keys("m01").kem_public)
    member.user.team_members.get().own.create(name=f"draft-{request.case}", sealed=forged)
    member.comes_to_the_desk()
    member.opens_the_request(STORY)
    member.is_told("A draft lies here that does not open")
    expect(member.page.locator("#reply")).to_have_value("")
    member.reads(STORY)
