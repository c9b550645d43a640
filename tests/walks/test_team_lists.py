"""A lead brings a file back that is not the right one: the page says which it is, and nothing is lost."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from legal_aid.models import SignedList, Team
from tests.factories import desk, legal_aid
from tests.walks.desk import Member

pytestmark = [pytest.mark.walk, pytest.mark.database]


def answer(text: str) -> bytes:
    """What the off-line script would write around a list."""

    return json.dumps({"format": "hrdplatform-team-list", "v": 1, "list": text, "rosters": {}}).encode()


def brings(member: Member, file: Path | None) -> None:
    member.walker.visit("/desk/team/")
    if file:
        member.page.set_input_files('[name="signed"]', file)
    member.page.get_by_role("button", name="Bring the list in").click()


def is_refused(member: Member, why: str) -> None:
    """Reads why in the summary and beside the field; the list that counted before still counts."""
    expect(member.page.locator(".errors")).to_contain_text(why)
    expect(member.page.locator(".field.wrong .error")).to_contain_text(why)
    expect(member.page.locator('[name="signed"]')).to_have_attribute("aria-invalid", "true")
    assert SignedList.objects.filter(team__name="Team one").count() == 1
    assert Team.objects.get(name="Team one").newest.seq == 1


def test_no_file(member):
    brings(member, None)
    is_refused(member, "Choose the file that the off-line script wrote.")


def test_the_request_file_itself(member, tmp_path):
    member.takes_the_request_file(tmp_path)
    brings(member, tmp_path / "request.json")
    is_refused(member, "This is not the file that the off-line script writes.")


def test_some_other_file(member, tmp_path):
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0 no JSON")
    brings(member, tmp_path / "photo.jpg")
    is_refused(member, "This is not the file that the off-line script writes.")


def test_a_list_that_was_changed_on_its_way(member, team, tmp_path):
    text = team.signed.texts[team.signed.next().hash]
    (tmp_path / "signed.json").write_bytes(answer(text.replace('"seq":2', '"seq":3')))
    brings(member, tmp_path / "signed.json")
    is_refused(member, "The signature of this list does not hold.")


def test_the_list_of_another_team(member, tmp_path):
    other = legal_aid.team("two")
    (tmp_path / "signed.json").write_bytes(answer(other.signed.texts[other.signed.next().hash]))
    brings(member, tmp_path / "signed.json")
    is_refused(member, "This list does not follow the newest one.")


def test_a_list_that_jumps_over_one(member, team, tmp_path):
    team.signed.next()
    (tmp_path / "signed.json").write_bytes(answer(team.signed.texts[team.signed.next().hash]))
    brings(member, tmp_path / "signed.json")
    is_refused(member, "This list does not follow the newest one.")


def test_a_list_that_ran_out(member, team, tmp_path):
    past = team.signed.next(issued=legal_aid.days_ago(70), expires=legal_aid.days_ago(10))
    (tmp_path / "signed.json").write_bytes(answer(team.signed.texts[past.hash]))
    brings(member, tmp_path / "signed.json")
    is_refused(member, "This list is not valid today.")


def test_a_list_with_keys_from_before_they_were_made_anew(member, team, tmp_path):
    (tmp_path / "signed.json").write_bytes(answer(team.signed.texts[team.signed.next().hash]))
    member.makes_keys()
    brings(member, tmp_path / "signed.json")
    is_refused(member, "A member has made new keys since.")


def test_the_same_list_twice_is_one(member, team, tmp_path):
    (tmp_path / "signed.json").write_bytes(answer(team.signed.texts[team.signed.next().hash]))
    for _ in range(2):
        brings(member, tmp_path / "signed.json")
        expect(member.page.get_by_text("List 2 is now the newest.")).to_be_visible()
    assert SignedList.objects.count() == 2


def test_who_does_not_lead_finds_no_place_for_a_list(team, visitors):
    worker = Member(visitors(), team.users["m02"], desk.PASSPHRASE)
    worker.walker.visit("/desk/team/")
    expect(worker.page.locator('[name="signed"]')).to_have_count(0)
    assert worker.page.request.get(f"{worker.walker.site.url}/desk/team/request.json").status == 404
