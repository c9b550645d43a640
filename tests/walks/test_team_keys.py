"""A member makes new keys, another is taken off: pages, the off-line script, and what stays readable."""

import json
import runpy

import pytest
from playwright.sync_api import expect

from hrdplatform.sealing.members import unprotect
from legal_aid.models import Case, IdentityFile, KeyWrap, Team, TeamMember
from tests.deploy.lead import SCRIPT, Lead
from tests.factories import desk
from tests.walks.desk import SEALING, Member

pytestmark = [pytest.mark.walk, pytest.mark.database]
STORY, ANSWER = "They published my address.", "We found you a lawyer."


@pytest.fixture
def lead(team, tmp_path):
    """The off-line machine with the root of the team, at the list that was signed last."""
    machine = Lead(tmp_path / "off-line", "a paper in the safe", [team.row.newest.text])
    machine.folder.mkdir()
    lock_root = runpy.run_path(str(SCRIPT))["lock_root"]
    (machine.folder / "root.age").write_text(lock_root(team.signed.root_seed, machine.passphrase))
    return machine


@pytest.fixture
def member(team, visitors):
    return Member(visitors(), team.users["m01"], desk.PASSPHRASE)


def first_number(lead: Lead) -> str:
    """What the lead types from the own notes when the machine has signed nothing yet."""
    return str(lead.newest.seq)


def test_after_new_keys_old_cases_stay_readable_through_the_older_passphrase(member, team, lead):
    request = desk.request(team, STORY)
    member.comes_to_the_desk()
    member.opens_the_request(STORY)
    member.page.fill("#reply", "Half an answer")
    member.locks()
    older = member.passphrase

    member.makes_keys()
    member.walker.visit("/desk/team/")
    expect(member.page.locator("main")).to_contain_text("wait for the lead’s signature")
    member.signs_off_line(lead, first_number(lead), member.spoken)
    assert Team.objects.get().newest.seq == 2
    member.walker.visit("/desk/team/")
    expect(member.page.locator("main")).not_to_contain_text("wait for the lead’s signature")

    member.comes_to_the_desk()
    expect(member.page.locator("#older")).to_be_visible()
    expect(member.page.locator("#queue-rows")).not_to_contain_text(STORY)
    member.remembers_with(older)
    member.sees_in_the_queue(STORY)
    member.opens_the_request(STORY)
    expect(member.page.locator("#reply")).to_have_value("Half an answer")
    member.reads(STORY)
    member.answers(ANSWER)
    member.reads(STORY, ANSWER)
    assert Case.objects.get().newest.epoch == 2
    assert [record.body.text for record in request.view().messages.records] == [STORY, ANSWER]

    member.locks()
    member.unlocks()
    member.reads(STORY, ANSWER)
    expect(member.page.locator("#older")).to_be_hidden()


def test_new_keys_that_are_not_signed_yet_change_nothing(member, team):
    desk.request(team, STORY)
    older = member.passphrase
    member.makes_keys()
    assert IdentityFile.objects.filter(member__member="m01").count() == 2
    member.passphrase = older
    member.comes_to_the_desk()
    member.opens_the_request(STORY)
    member.reads(STORY)
    member.answers(ANSWER)


def test_the_protected_keys_can_be_saved_and_open_with_the_seven_words(member, tmp_path):
    member.walker.visit("/desk/team/keys/")
    member.page.click("#make")
    expect(member.page.locator("#passphrase-words li")).to_have_count(7, timeout=SEALING)
    words = member.page.locator("#passphrase-words li").all_inner_texts()
    with member.page.expect_download() as download:
        member.page.click("#download")
    assert download.value.suggested_filename == "m01.age"
    assert unprotect(download.value.path().read_bytes(), "-".join(words)).startswith(b"# hrdplatform member v1 m01\n")
    assert not IdentityFile.objects.filter(member__member="m01", file=download.value.path().read_bytes()).exists()


def test_words_that_were_noted_wrongly_prove_nothing_and_propose_nothing(member):
    before = IdentityFile.objects.count()
    member.walker.visit("/desk/team/keys/")
    member.page.click("#make")
    expect(member.page.locator("#passphrase-words li")).to_have_count(7, timeout=SEALING)
    member.page.fill("#typed", "seven other words that were never shown")
    member.page.click("#prove")
    expect(member.page.locator("#typed-fault")).to_contain_text("do not open the keys", timeout=SEALING)
    expect(member.page.locator("#passphrase-words li")).to_have_count(7)
    assert IdentityFile.objects.count() == before


def test_a_member_is_taken_off_with_the_next_list(member, team, lead, visitors):
    desk.request(team, STORY)
    member.walker.visit("/desk/team/")
    member.page.get_by_text("Change or remove m02-one").click()
    open_form = member.page.locator("details[open]")
    open_form.get_by_role("button", name="Remove from the team").click()
    expect(member.page.get_by_text("It counts when a second member confirms it, on this page.")).to_be_visible()
    assert TeamMember.objects.get(member="m02").state == "active"

    second = Member(visitors(), team.users["m04"], desk.PASSPHRASE)
    second.walker.visit("/desk/team/")
    second.page.get_by_role("button", name="Confirm the removal").click()
    expect(second.page.get_by_text("The lead signs a new list now")).to_be_visible()
    assert TeamMember.objects.get(member="m02").state == "removed"

    member.signs_off_line(lead, first_number(lead), "m02")
    assert {one["id"] for one in json.loads(team_list())["members"]} == {"m01", "m03", "m04"}
    member.comes_to_the_desk()
    member.opens_the_request(STORY)
    member.answers(ANSWER)
    assert not KeyWrap.objects.filter(card__epoch=2, reader="m02").exists()


def team_list() -> str:
    return Team.objects.get().newest.text.split("\n")[0]


def test_a_server_that_swaps_a_member_s_keys_is_found_out_by_the_spoken_words(member, team, lead):
    """The six words are heard from the member, not read from the site: another key has other words."""
    member.makes_keys()
    row = TeamMember.objects.get(member="m01")
    swapped = team.signed.keys("m01", "of the server")
    row.kem, row.sig = swapped.kem_public, swapped.sig_public
    row.save()
    member.takes_the_request_file(lead.folder)
    done = lead.sign(first_number(lead), *[member.spoken] * 3, "sign", more=("words",))
    assert done.returncode != 0
    assert "another key than that of these words" in done.stderr
    assert not (lead.folder / "signed.json").exists()
