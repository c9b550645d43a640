"""The demo content: laid by one command, kept by the next, and every secret in its record works."""

import base64
import json
import stat
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django_otp.oath import hotp
from wagtail.models import Page

from cms.models import ChannelsPage, HomePage, LearnPage, StandardPage
from cms.unfinished import pages
from hrdplatform.accounts.domain import factors, passwords
from hrdplatform.accounts.models import User
from hrdplatform.conf import configuration
from hrdplatform.operations.demo import cast, laying, library, signing, stories, teams
from hrdplatform.organisations.domain.roles import WRITING
from hrdplatform.organisations.models import Membership, Organisation
from hrdplatform.organisations.states import Kind
from hrdplatform.sealing.members import read_identity_file, unprotect
from hrdplatform.web import clock
from hrdplatform.web.texts import State
from legal_aid.domain import lists, plain_case, plain_receipt
from legal_aid.domain.plain_session import Visit
from legal_aid.models import Case, IdentityFile, Record, SignedList, TeamMember
from tests.factories.cms import planted
from tests.factories.office import platform_administrator

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(tmp_path):
    return tmp_path / "demo-accounts.json"


@pytest.fixture
def laid(path, monkeypatch):
    """The demo, laid once; of its library, which has a test of its own, only what the home pages lead to."""
    monkeypatch.setattr(library, "LAID", {"channels": library.LAID["channels"]})
    planted()
    return laying.lay(path, at=clock.now(), say=lambda words: None)


def counts() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in (User, Page, Case, Record, SignedList, IdentityFile)}


def code_for(secret: bytes) -> str:
    return f"{hotp(secret, int(clock.now().timestamp()) // 30):06d}"


def test_a_second_run_changes_nothing(laid, path):
    before, written = counts(), path.read_bytes()
    laying.lay(path, at=clock.now(), say=pytest.fail)
    assert counts() == before
    assert path.read_bytes() == written


def test_every_account_passes_both_steps_and_every_role_has_one(laid, path):
    found = json.loads(path.read_text())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    for account in found["accounts"]:
        user = passwords.check_password(email=account["user"], password=account["password"])
        assert factors.verify(user, code=code_for(base64.b32decode(account["totp"])), at=clock.now())
    assert {account["role"] for account in found["accounts"]} == {
        "administrator", "editor", "author", "official", "strategy_officer", "assessor",
        "team_lead", "lawyer", "case_worker",
    }  # fmt: skip


def test_every_organisation_with_a_library_has_an_author_and_somebody_else_to_approve(laid):
    for house in set(cast.OWNERS.values()):
        roles = Membership.objects.filter(organisation__slug=house, role__in=WRITING)
        assert set(roles.values_list("role", flat=True)) == set(WRITING)
        assert len(set(roles.values_list("user", flat=True))) >= len(WRITING)


def test_each_passphrase_opens_the_key_that_the_list_names(laid):
    for account in laid.accounts:
        if account.member is None:
            continue
        row = TeamMember.objects.get(user__email=account.user)
        opened = unprotect(bytes(row.identities.get().file), account.passphrase)
        member, keys = read_identity_file(opened)
        on_list = lists.newest(row.team).member(member)
        assert (on_list.kem, on_list.sig) == (keys.kem_public, keys.sig_public)
        assert lists.newest(row.team).demo


def test_each_receipt_opens_its_request(laid):
    told = {story.key: story for story in stories.read()}
    for receipt in laid.receipts:
        visit = Visit.begin()
        plain_case.unlock(plain_receipt.read(" ".join(receipt.words)), visit=visit, at=clock.now())
        found = plain_case.load(visit, at=clock.now())
        shown = [plain_case.text_of(row) for row in found.view.messages.records if plain_case.is_message(row)]
        answer = told[receipt.story].answer
        assert shown == [told[receipt.story].text, *([answer.text] if answer else [])]
        assert not found.view.problems
    assert Case.objects.exclude(acknowledged_on=None).count() == 1
    assert Case.objects.filter(arrival="server").count() == 1
    assert Case.objects.filter(urgency="now", acknowledged_on=None).count() == 1


def test_no_organisation_waits_for_somebody_to_look_at_its_translation_again(laid):
    states = {state for one in Organisation.objects.all() for state in one.unfinished().values()}
    assert states <= {State.MISSING}
    assert Organisation.objects.get(slug=cast.HOUSES[0].slug).state("de") == State.CURRENT
    platform = Organisation.objects.get(kind=Kind.PLATFORM)
    assert len({platform.name_fr, platform.name_de, platform.name_lb, platform.name_en}) == 4


def test_lists_are_renewed_before_and_after_they_run_out_and_cases_go_on(laid, path):
    for seq, days in ((2, 40), (3, 140)):
        later = clock.now() + timedelta(days=days)
        laying.lay(path, at=later, say=lambda words: None)
        newest = [lists.newest(teams.find(troupe)) for troupe in cast.TROUPES]
        assert {(one.seq, one.expires) for one in newest} == {(seq, later.date() + signing.LIFE)}
    visit = Visit.begin()
    plain_case.unlock(plain_receipt.read(" ".join(laid.receipts[0].words)), visit=visit, at=later)
    plain_case.send("One more thing.", form="0" * 32, visit=visit, at=later)
    found = plain_case.load(visit, at=later)
    assert plain_case.text_of(found.view.messages.records[-1]) == "One more thing."


def test_pages_stand_in_four_languages_and_a_deleted_one_stays_away(laid, path):
    for home in HomePage.objects.all():
        assert [way.value["page"].specific_class for way in home.ways] == [LearnPage, ChannelsPage, StandardPage]
        assert home.get_children().live().count() == 6
    assert list(pages(platform_administrator())) == []  # no translation is missing or out of date
    StandardPage.objects.get(slug="about").delete()
    laying.lay(path, at=clock.now(), say=pytest.fail)
    assert not StandardPage.objects.filter(slug="about").exists()


def test_a_lost_record_makes_new_secrets_for_the_same_people(laid, path):
    old = {account.user: account.password for account in laid.accounts}
    path.unlink()
    again = laying.lay(path, at=clock.now(), say=lambda words: None)
    assert User.objects.count() == len(old)
    for account in again.accounts:
        assert account.password != old[account.user]
        assert passwords.check_password(email=account.user, password=account.password)


def test_production_refuses_it(monkeypatch):
    monkeypatch.setattr("hrdplatform.operations.management.commands.demo.configuration", Production())
    with pytest.raises(CommandError, match="known to everybody"):
        call_command("demo")


class Production:
    production = True
    data = configuration.data
