"""Whoever copies the database gets no code, no seed, no session key and no link that still opens something."""

import base64

import pytest
from django.db import connection
from django.test import Client

from hrdplatform.accounts.domain import backup, totp
from hrdplatform.accounts.domain.passwords import answer_resets, ask_reset
from hrdplatform.accounts.models import TotpDevice, User
from hrdplatform.notices.models import Notice
from hrdplatform.notices.sending import send_due
from hrdplatform.organisations.domain.invitations import invite
from hrdplatform.organisations.states import Role
from tests.factories.accounts import PASSWORD, make_person, signed_in
from tests.factories.organisations import make_organisation

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def dump() -> bytes:
    """Every value of every table, as text and as it is."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found += [value for row in cursor.fetchall() for value in row]
    return b"\n".join(bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode() for value in found)


def forms_of(secret: bytes) -> set[bytes]:
    """The ways in which a secret could lie there."""
    return {secret, secret.hex().encode(), base64.b64encode(secret), base64.urlsafe_b64encode(secret).rstrip(b"=")}


def lies_open(secret: bytes) -> bool:
    return any(form in dump() for form in forms_of(secret))


def test_the_search_finds_what_is_planted():
    for planted in (b"planted-text", bytes(range(20))):
        User.objects.filter(pk=make_person().pk).update(name=base64.b64encode(planted).decode())
        assert lies_open(planted)
    TotpDevice.objects.update(sealed_key=b"planted-seed")
    assert lies_open(b"planted-seed")


def test_no_seed_no_code_no_session_key_no_password(stopped_clock):
    user = make_person()
    key = totp.key_of(TotpDevice.objects.get())
    codes = backup.make_sheet(user, at=stopped_clock.now())
    client = signed_in(user)
    client.get("/account/")
    secrets = [key, base64.b32encode(key), PASSWORD.encode(), client.cookies["__Host-session"].value.encode()]
    secrets += [form.encode() for code in codes for form in (code, backup.plain(code))]
    assert not [secret for secret in secrets if lies_open(secret)]


def test_links_that_were_sent_lie_nowhere(stopped_clock):
    ask_reset(email=make_person().email, language="en", door="office", at=stopped_clock.now())
    answer_resets(at=stopped_clock.now())
    invite(
        email="ana@example.org",
        organisation=make_organisation(),
        role=Role.AUTHOR,
        language="en",
        door="office",
        by=None,
        at=stopped_clock.now(),
    )
    links = [notice.context["link"].rstrip("/") for notice in Notice.objects.all()]
    assert len(links) == 2
    send_due(at=stopped_clock.now())
    assert not [link for link in links if lies_open(link.rsplit("/", 1)[1].encode())]
    assert Client().get("/" + links[0].split("/", 3)[3] + "/").status_code == 200
