"""Enrolling, listing and removing devices over HTTP."""

import pytest

from hrdplatform.accounts import queries
from hrdplatform.accounts.domain import backup, passkeys, totp
from hrdplatform.accounts.domain.passkeys import RelyingParty
from hrdplatform.accounts.models import BackupSheet, Passkey, PasskeyChallenge, Session, TotpDevice
from hrdplatform.accounts.views.passkeys import NUMBER
from hrdplatform.web import clock
from tests.factories.accounts import code_of, make_app, make_person, make_user, signed_in
from tests.walks.forms import Document

pytestmark = pytest.mark.django_db


def begin(client):
    return client.post("/account/app/", {"name": "My phone", "next": "/desk/"})


def test_the_first_app_verifies_the_session_and_leads_to_the_codes(stopped_clock):
    user = make_user()
    client = signed_in(user, verified=False)
    page = begin(client)["Location"]
    answer = client.post(page, {"code": code_of(TotpDevice.objects.get()), "next": "/desk/"})
    assert answer["Location"] == "/account/codes/?next=%2Fdesk%2F"
    assert client.get("/account/").status_code == 200


def test_the_page_shows_the_key_as_picture_and_text_and_needs_no_inline_style(stopped_clock):
    client = signed_in(make_user(), verified=False)
    html = client.get(begin(client)["Location"]).content.decode()
    assert totp.written(TotpDevice.objects.get()) in html
    assert "<svg" in html
    assert "style=" not in html


def test_the_key_is_not_shown_again_once_it_is_confirmed(stopped_clock):
    client = signed_in(make_user(), verified=False)
    page = begin(client)["Location"].split("?")[0]
    client.post(page, {"code": code_of(TotpDevice.objects.get())})
    assert client.get(page).status_code == 404


def test_a_wrong_first_code_shows_the_same_key_again(stopped_clock):
    client = signed_in(make_user(), verified=False)
    page = begin(client)["Location"]
    answer = client.post(page, {"code": "12 34 5x"})
    assert answer.status_code == 422
    assert totp.written(TotpDevice.objects.get()) in answer.content.decode()


def test_somebody_elses_enrolment_is_not_there(stopped_clock):
    device = totp.begin_app(make_user(), name="", at=stopped_clock.now())
    client = signed_in(make_user(), verified=False)
    assert client.get(f"/account/app/{device.pk}/").status_code == 404
    assert client.post(f"/account/app/{device.pk}/", {"code": code_of(device)}).status_code == 404


def make_passkey(user, host="testserver"):
    fields = {"credential_id": str(user.pk).encode(), "public_key": b"2", "relying_party": host}
    return Passkey.objects.create(user=user, name="Key", **fields)


def make_sheet(user):
    backup.make_sheet(user, at=clock.now())
    return queries.sheets(user).get()


@pytest.mark.parametrize(
    ("kind", "make", "own"), [("app", make_app, 302), ("passkey", make_passkey, 302), ("sheet", make_sheet, 404)]
)
def test_somebody_elses_device_is_not_there_and_the_own_is(kind, make, own):
    stranger, user = make_person(), make_person()
    theirs, client = make(stranger), signed_in(user)
    for ask in (client.get, client.post):
        assert ask(f"/account/device/{kind}/{theirs.pk}/remove/").status_code == 404
    theirs.refresh_from_db()
    assert client.post(f"/account/device/{kind}/{make(user).pk}/remove/").status_code == own
    assert type(theirs).objects.filter(pk=theirs.pk, user=stranger).exists()


def test_a_new_sheet_takes_nobody_elses_codes():
    stranger = make_person()
    make_sheet(stranger)
    signed_in(make_person()).post("/account/codes/", {"user": stranger.pk, "sheet": queries.sheets(stranger).get().pk})
    assert queries.codes_left(stranger) == 10
    assert BackupSheet.objects.count() == 2


@pytest.mark.parametrize(
    ("purpose", "address"),
    [("register", "/account/passkey/finish/"), ("verify", "/account/second-factor/passkey/finish/")],
)
def test_a_question_that_was_put_to_somebody_else_is_neither_answered_nor_spent(purpose, address):
    stranger, user = make_person(), make_person()
    client, party = signed_in(user), RelyingParty(host="testserver", origin="http://testserver:80")
    for asked, left in ((stranger, 1), (user, 0)):
        number, _options = passkeys.begin(asked, purpose=purpose, party=party, at=clock.now())
        session = client.session
        session[NUMBER] = number
        session.save()
        assert client.post(address, b'{"credential": {"id": "x"}}', content_type="application/json").status_code == 422
        assert PasskeyChallenge.objects.filter(pk=number).count() == left
    assert not Passkey.objects.exists()


def test_removing_a_device_keeps_this_session_and_ends_the_others():
    user = make_person()
    second = make_app(user, name="Old phone")
    here = signed_in(user)
    signed_in(user)
    assert here.post(f"/account/device/app/{second.pk}/remove/").status_code == 302
    assert Session.objects.count() == 1
    assert b"Old phone" not in here.get("/account/").content


def test_the_only_device_stays():
    user = make_person()
    only = TotpDevice.objects.get()
    assert signed_in(user).post(f"/account/device/app/{only.pk}/remove/").status_code == 409


def test_codes_are_shown_once_and_never_by_a_get():
    user = make_person()
    client = signed_in(user)
    assert queries.codes_left(user) == 0
    client.get("/account/codes/")
    assert queries.codes_left(user) == 0
    shown = Document(client.post("/account/codes/").content.decode())
    assert queries.codes_left(user) == 10
    assert "not shown again" in shown.text
    assert "You have 10 codes left" in Document(client.get("/account/codes/").content.decode()).text


def test_passkeys_of_another_host_are_not_offered():
    user = make_person()
    make_passkey(user, "elsewhere.example")
    client = signed_in(user, fresh=False)
    assert b"data-passkey" not in client.get("/account/second-factor/").content


def test_a_passkey_answer_without_a_question_is_refused():
    client = signed_in(make_person())
    for address in ("/account/second-factor/passkey/finish/", "/account/passkey/finish/"):
        assert client.post(address, "[" * 60_000, content_type="application/json").status_code == 422
        for body in (b"{}", b"[]", b"\xff", b'{"credential": 1}', b'{"credential": {"id": "x"}}'):
            assert client.post(address, body, content_type="application/json").status_code == 422


def test_the_home_of_the_account_asks_the_database_alike_with_one_and_three_devices(django_assert_num_queries):
    user = make_person()
    client = signed_in(user)
    client.get("/account/")
    for _ in range(2):
        with django_assert_num_queries(11):
            client.get("/account/")
        make_app(user)
        make_app(user)
