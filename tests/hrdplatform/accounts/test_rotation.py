"""A new line on top of the file of signing keys: what the old one signed holds while its line stands, and no longer."""

import runpy

import pytest
from django.test import Client

from hrdplatform import conf
from hrdplatform.accounts.domain.passwords import answer_resets
from hrdplatform.accounts.models import Session
from hrdplatform.notices.models import Notice
from hrdplatform.organisations.domain.invitations import invite
from hrdplatform.organisations.states import Role
from tests.factories.accounts import make_person, make_user, signed_in
from tests.factories.organisations import make_organisation

pytestmark = pytest.mark.django_db
OLD, NEW = "0123456789abcdef" * 4, "fedcba9876543210" * 4


@pytest.fixture
def keys(settings, monkeypatch, tmp_path):
    """Lays lines into the file of keys, and starts anew with what the platform's own settings make of them."""
    file = tmp_path / "secret-key"

    def lay(*lines):
        file.write_text("\n".join(lines) + "\n")
        chosen = conf.read({"HRD_DATA": str(tmp_path), "HRD_SECRET_KEY_FILE": str(file)})
        monkeypatch.setattr(conf, "configuration", chosen)
        composed = runpy.run_path(str(conf.ROOT / "hrdplatform" / "settings.py"))
        settings.SECRET_KEY = composed["SECRET_KEY"]
        settings.SECRET_KEY_FALLBACKS = composed["SECRET_KEY_FALLBACKS"]

    lay(OLD)
    return lay


def sent_link():
    return "/" + Notice.objects.get().context["link"].split("/", 3)[3]


def test_a_session_lives_on_and_is_then_signed_by_the_new_key(keys):
    client = signed_in(make_person())
    keys(NEW, OLD)
    assert client.get("/account/codes/").status_code == 200
    keys(NEW)
    assert client.get("/account/codes/").status_code == 200


def test_a_session_whose_key_is_gone_is_over(keys):
    client = signed_in(make_person())
    keys(NEW)
    assert client.get("/account/")["Location"].startswith("/account/login/")
    assert Session.objects.count() == 1


@pytest.mark.parametrize(("lines", "status"), [((NEW, OLD), 200), ((NEW,), 410)])
def test_the_link_to_a_new_password_works_while_its_key_stands(keys, stopped_clock, lines, status):
    Client().post("/account/password/reset/", {"email": make_user().email})
    answer_resets(at=stopped_clock.now())
    keys(*lines)
    assert Client().get(sent_link()).status_code == status
    assert Client().post(sent_link(), {"new": "sieben graue Kiesel am Ufer"}).status_code == status


def test_an_invitation_hangs_on_no_key(keys, stopped_clock):
    invite(
        email="ana@example.org",
        organisation=make_organisation(),
        role=Role.AUTHOR,
        language="en",
        door="office",
        by=None,
        at=stopped_clock.now(),
    )
    keys(NEW)
    assert Client().get(sent_link()).status_code == 200
