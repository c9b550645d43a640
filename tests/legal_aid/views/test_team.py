"""Team set-up: keys are proposed here, signed elsewhere, and verified when the list comes back."""

import base64
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hrdplatform.accounts.models import Session, User
from hrdplatform.notices.models import Notice
from hrdplatform.organisations.states import Role
from hrdplatform.sealing import rosters
from hrdplatform.sealing.members import identity_file, member_keys, protect
from hrdplatform.web import clock
from legal_aid.domain import desk
from legal_aid.models import IdentityFile, SealedRoster, SignedList, Team, TeamMember
from legal_aid.states import MemberState, TeamRole
from tests.factories import accounts, legal_aid

pytestmark = [pytest.mark.django_db, pytest.mark.database]
WORDS = "anchor-river-lamp-stone-cedar-violin-harbour"


def propose(client, member: str, seed: bytes):
    keys = member_keys(seed)
    body = {
        "kind": "passphrase",
        "file": legal_aid.b64(protect(identity_file(member, keys), WORDS)),
        "kem": legal_aid.b64(keys.kem_public),
        "sig": legal_aid.b64(keys.sig_public),
    }
    return client.post("/desk/sealed/keys/", json.dumps(body), content_type="application/json")


def bring(client, text: str, sealed: dict[str, bytes] | None = None):
    answer = {"format": "hrdplatform-team-list", "v": 1, "list": text}
    answer["rosters"] = {reader: legal_aid.b64(blob) for reader, blob in (sealed or {}).items()}
    file = SimpleUploadedFile("signed.json", json.dumps(answer).encode())
    return client.post("/desk/team/list/", {"signed": file})


@pytest.fixture
def lead(team):
    return accounts.signed_in(team.users["m01"])


def test_an_administrator_founds_a_team_and_leads_it(db):
    organisation = legal_aid.organisation()
    person = legal_aid.user("founder")
    legal_aid.belongs(person, organisation, Role.ADMINISTRATOR)
    client = accounts.signed_in(person)
    told = {"organisation": organisation.pk, "name": "Passerelle", "languages": ["fr"], "mandate": "Defenders."}
    assert client.post("/desk/team/found/", told).status_code == 302
    member = TeamMember.objects.get()
    assert (member.member, member.role, member.state) == ("m01", TeamRole.LEAD, MemberState.INVITED)
    assert not Team.objects.open().exists()


def test_somebody_elses_organisation_cannot_be_chosen(db):
    organisation = legal_aid.organisation()
    client = accounts.signed_in(legal_aid.user("stranger"))
    told = {"organisation": organisation.pk, "name": "x", "languages": ["fr"], "mandate": "x"}
    assert client.post("/desk/team/found/", told).status_code == 422
    assert not Team.objects.exists()


def test_the_lead_asks_somebody_of_the_organisation_in(team, lead):
    person = legal_aid.user("colleague")
    legal_aid.belongs(person, team.row.organisation)
    told = {"person": person.pk, "role": "interpreter", "scope": "case"}
    assert lead.post("/desk/team/invite/", told).status_code == 302
    # m03 is a recovery key of the list: its id is never given to a person
    assert TeamMember.objects.get(user=person).member == "m05"


def test_nobody_else_can_be_asked_in_nor_by_anybody_else(team, lead):
    stranger = legal_aid.user("stranger")
    told = {"person": stranger.pk, "role": "interpreter", "scope": "case"}
    assert lead.post("/desk/team/invite/", told).status_code == 422
    worker = accounts.signed_in(team.users["m02"])
    assert worker.post("/desk/team/invite/", told).status_code == 404


def test_a_stale_factor_changes_nothing(team):
    client = accounts.signed_in(team.users["m01"], fresh=False)
    assert "/account/second-factor/" in client.post("/desk/team/member/m02/remove/").url
    assert propose(client, "m01", b"n" * 32).status_code == 409
    assert TeamMember.objects.get(member="m02").state == MemberState.ACTIVE


def test_new_keys_wait_for_the_signature_and_the_old_file_stays(team, lead):
    assert propose(lead, "m01", b"1" * 32).status_code == 201
    assert propose(lead, "m01", b"2" * 32).status_code == 201
    assert IdentityFile.objects.count() == 2
    request = json.loads(lead.get("/desk/team/request.json").content)
    own = next(one for one in request["members"] if one["id"] == "m01")
    assert base64.b64decode(own["kem"]) == member_keys(b"2" * 32).kem_public
    assert request["previous"] == team.row.newest.text
    assert [one["kind"] for one in request["members"]] == ["reader", "reader", "recovery", "reader"]


UNSEALABLE = legal_aid.b64(b"\xff" * 1216)


@pytest.mark.parametrize(
    "spoil", [{"kem": UNSEALABLE}, {"sig": legal_aid.b64(bytes(32))}, {"file": legal_aid.b64(b"clear seed")}]
)
def test_keys_that_are_none_are_refused(lead, spoil):
    """One key on a list to which nobody can seal would stop every request to the team."""
    keys = member_keys(b"k" * 32)
    body = {
        "kind": "passphrase",
        "file": legal_aid.b64(protect(identity_file("m01", keys), WORDS)),
        "kem": legal_aid.b64(keys.kem_public),
        "sig": legal_aid.b64(keys.sig_public),
        **spoil,
    }
    assert lead.post("/desk/sealed/keys/", json.dumps(body), content_type="application/json").status_code == 400


def test_a_signed_list_becomes_the_newest(team, lead):
    text = next_text(team)
    assert bring(lead, text).status_code == 302
    assert Team.objects.get().newest.seq == 2
    assert bring(lead, text).status_code == 302
    assert SignedList.objects.count() == 2


def test_the_sealed_names_reach_each_reader(team, lead):
    names = rosters.Roster((rosters.Named("m01", "Irène Thill", publish=True),), "0" * 32, 2, team.hex)
    file = rosters.build(names, team.signed.root_seed)
    from hashlib import sha256

    text = next_text(team, roster=sha256(rosters.body(names)).hexdigest())
    bring(lead, text, rosters.seal(file, team.signed.newest))
    assert SealedRoster.objects.count() == 4
    blob = base64.b64decode(lead.get("/desk/sealed/me/").json()["roster"])
    opened = rosters.open_sealed(blob, team.signed.keys("m01").kem, team.signed.newest)
    assert opened.members[0].name == "Irène Thill"


def next_text(team, **changes) -> str:
    listed = team.signed.next(**changes)
    return team.signed.texts[listed.hash]


def forged(team) -> str:
    other = legal_aid.SignedTeam("another root")
    return other.texts[other.signed(replace(team.signed.newest, root=other.newest.root)).hash]


def skipped(team) -> str:
    next_text(team)
    return next_text(team)


def old(team) -> str:
    long_ago = datetime.now(UTC).date() - timedelta(days=90)
    return next_text(team, issued=long_ago, expires=long_ago + timedelta(days=60))


def with_a_stranger(team) -> str:
    own = team.signed.members("m01", "m02", "m03")
    return next_text(team, members=(*own, replace(own[0], id="m09")))


def with_other_keys(team) -> str:
    return next_text(team, members=(team.signed.member("m01", "new"), *team.signed.members("m02", "m03")))


def without_readers(team) -> str:
    return next_text(team, members=team.signed.members("m03", "m04"))


@pytest.mark.parametrize(
    "made", [forged, skipped, old, with_a_stranger, with_other_keys, without_readers, lambda team: "no list"]
)
def test_a_list_that_does_not_follow_is_refused_and_said_so(team, lead, made):
    """Negative tests 9, 10, 11 and 7 as the server judges them."""
    answer = bring(lead, made(team))
    assert answer.status_code == 422
    assert b'aria-invalid="true"' in answer.content
    assert Team.objects.get().newest.seq == 1


def test_another_role_asks_the_member_to_sign_in_anew(team, lead, desk_of):
    desk_of("m02")
    assert lead.post("/desk/team/member/m02/change/", {"role": "lawyer", "scope": "case"}).status_code == 302
    assert not Session.objects.filter(user=team.users["m02"]).exists()
    assert TeamMember.objects.get(member="m02").role == TeamRole.LAWYER


def test_names_are_shown_only_of_those_who_agreed(team, lead, client):
    page = client.get("/en/aid/").content.decode()
    assert "m02-one" not in page
    accounts.signed_in(team.users["m02"]).post("/desk/team/named/", {"agreed": "on"})
    assert "m02-one" in client.get("/en/aid/").content.decode()


def test_who_left_gets_no_mail_and_is_not_named(team, lead, defender, client):
    """An account that was switched off stands on the signed list until the next one."""
    member = team.users["m02"]
    accounts.signed_in(member).post("/desk/team/named/", {"agreed": "on"})
    User.objects.filter(pk=member.pk).update(is_active=False)
    defender.open_case(urgency="now")
    desk.send_news(at=clock.now())
    assert member.email not in set(Notice.objects.values_list("to", flat=True))
    assert "m02-one" not in client.get("/en/aid/").content.decode()


def test_a_second_team_of_the_same_name_is_refused_by_its_name(team):
    organisation = team.row.organisation
    person = legal_aid.user("second")
    legal_aid.belongs(person, organisation, Role.ADMINISTRATOR)
    told = {"organisation": organisation.pk, "name": team.row.name, "languages": ["fr"], "mandate": "Defenders."}
    answer = accounts.signed_in(person).post("/desk/team/found/", told)
    assert answer.status_code == 422
    assert "has a team of this name" in answer.content.decode()
    assert "You are in a team already" not in answer.content.decode()
    assert Team.objects.count() == 1


def test_the_teams_page_opens_for_lead_and_member(team, lead):
    assert b"Sign a list" in lead.get("/desk/team/").content
    assert b"Sign a list" not in accounts.signed_in(team.users["m02"]).get("/desk/team/").content
