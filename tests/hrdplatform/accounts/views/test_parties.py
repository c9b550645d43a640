"""The relying party of a passkey is the door's host as the installation named it, whatever a request says of itself."""

import pytest
from django.core.exceptions import DisallowedHost
from django.test import RequestFactory

from hrdplatform.accounts.domain import passkeys
from hrdplatform.accounts.domain.passkeys import RelyingParty
from hrdplatform.accounts.models import PasskeyChallenge
from hrdplatform.accounts.views import parties
from hrdplatform.conf import read
from hrdplatform.web import clock
from hrdplatform.web.doors import doors
from tests.factories.accounts import make_user

ONION = "abc.onion"
NAMED = {"HRD_PUBLIC_HOST": "rights.example", "HRD_AID_HOST": "help.example", "HRD_ONION_HOST": ONION}


@pytest.fixture
def installed(monkeypatch, settings, tmp_path):
    """Stands the views into an installation: `installed(production=True)`."""

    def install(*, production):
        for name in ("secret-key", "vault-key"):
            (tmp_path / name).write_text(f"{name} " * 10)
        profile = "production" if production else "embedded"
        chosen = read({"HRD_DATA": str(tmp_path), "HRD_PROFILE": profile, **(NAMED if production else {})})
        house = doors(chosen)
        monkeypatch.setattr(parties, "configuration", chosen)
        monkeypatch.setattr(parties, "current", lambda: house)
        settings.ALLOWED_HOSTS = sorted({*house.hosts, *house.shared})

    return install


def party_at(host, port="80", **headers):
    sent = {"host": host, **headers}
    return parties.party_of(RequestFactory().post("/account/passkey/begin/", headers=sent, SERVER_PORT=port))


@pytest.mark.parametrize(
    ("host", "bound"),
    [
        ("office.rights.example", "office.rights.example"),
        ("help.example", "help.example"),
        ("HELP.example:443", "help.example"),
        ("rights.example", None),
        (ONION, None),
    ],
)
def test_in_production_a_passkey_is_bound_to_the_office_or_the_aid_door(installed, host, bound):
    installed(production=True)
    assert party_at(host) == (bound and RelyingParty(host=bound, origin=f"https://{bound}"))


@pytest.mark.parametrize("host", ["evil.example", "office.rights.example.evil.example", "a.help.example", "localhost"])
def test_a_host_that_nobody_installed_is_refused(installed, host):
    installed(production=True)
    with pytest.raises(DisallowedHost):
        party_at(host)


def test_what_a_request_says_of_another_host_changes_nothing(installed):
    installed(production=True)
    forged = {
        "x-forwarded-host": "evil.example",
        "x-forwarded-proto": "http",
        "x-forwarded-port": "8443",
        "forwarded": "host=evil.example",
        "origin": "https://evil.example",
    }
    assert party_at("help.example", **forged) == RelyingParty(host="help.example", origin="https://help.example")


@pytest.mark.parametrize(("port", "written"), [("8123", ":8123"), ("80", "")])
@pytest.mark.parametrize("host", ["localhost", "office.localhost"])
def test_on_one_machine_only_the_port_is_free(installed, host, port, written):
    installed(production=False)
    assert party_at(host + written, port) == RelyingParty(host=host, origin=f"http://{host}{written}")
    assert party_at("public.localhost", port) is None


@pytest.mark.django_db
def test_the_browser_is_asked_in_the_name_of_that_host(installed):
    installed(production=True)
    user = make_user()
    for host in ("office.rights.example", "help.example"):
        asked = [
            passkeys.begin(user, purpose=purpose, party=party_at(host), at=clock.now())[1]
            for purpose in (PasskeyChallenge.Purpose.REGISTER, PasskeyChallenge.Purpose.VERIFY)
        ]
        assert (asked[0]["rp"]["id"], asked[1]["rpId"]) == (host, host)
