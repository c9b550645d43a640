"""The negative tests of sealing.md 9 that the server itself refuses, by their numbers.

5, 6 and 29: test_sealed_desk; 7, 9 and 10: test_team; 21: test_plain; 25: domain/test_erasure; 30: domain/test_together
and domain/test_uploads. What only a reader can see is with `tests/hrdplatform/sealing` and the walks.
"""

import json

import pytest

from hrdplatform.sealing import epochs, xwing
from hrdplatform.sealing.age import scrypt
from hrdplatform.sealing.age.files import encrypt
from hrdplatform.sealing.age.hybrid import HybridRecipient
from hrdplatform.sealing.epochs import Author, Change
from legal_aid.models import Card, IdentityFile, Record
from tests.factories import accounts, legal_aid

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_1_an_epoch_signed_by_another_key_is_refused(defender, desk_of):
    defender.open_case()
    desk = desk_of("m01")
    before = desk.view(defender.case).messages.newest.signed
    forged = epochs.open_epoch(before, defender.team.signed.newest, Author("m01", b"f" * 32), heads=())
    body = {**desk.epoch(defender.case), "cards": [legal_aid.card_json(forged)]}
    assert desk.post("cards/", body).status_code == 400
    assert Card.objects.count() == 1


def test_4_an_author_who_did_not_read_before_finds_no_case(defender, desk_of):
    defender.open_case()
    stranger = desk_of("m04")
    before = desk_of("m01").view(defender.case).messages.newest.signed
    author = Author("m04", stranger.keys.sig)
    opened = epochs.open_epoch(before, defender.team.signed.newest, author, heads=(), change=Change(reading=("m04",)))
    body = {"case": defender.case, "cards": [legal_aid.card_json(opened)], "rows_seen": 1, "wraps": [], "locator": ""}
    assert stranger.post("cards/", {**body, "records": []}).status_code == 404


def test_4_nor_may_one_member_send_anothers_card(defender, desk_of):
    defender.open_case()
    body = desk_of("m02").epoch(defender.case)
    assert desk_of("m01").post("cards/", body).status_code == 400


def test_11_nothing_is_written_under_a_list_that_ran_out(defender, desk_of):
    defender.open_case()
    defender.team.next_list(issued=legal_aid.days_ago(61), expires=legal_aid.days_ago(1))
    desk = desk_of("m01")
    answer = desk.post("cards/", desk.epoch(defender.case))
    assert (answer.status_code, answer.json()["error"]) == (409, "expired")
    newcomer = legal_aid.Browser(defender.client, defender.team)
    answer = newcomer.send(newcomer.request())
    assert (answer.status_code, answer.json()["error"]) == (409, "expired")


def test_12_somebody_who_left_writes_in_no_closed_epoch(defender, desk_of):
    defender.open_case()
    leaver, desk = desk_of("m02"), desk_of("m01")
    defender.team.next_list(members=defender.team.signed.members("m01", "m03"))
    desk.post("cards/", desk.epoch(defender.case))
    old = {"case": defender.case, "chain": "case", "epoch": 1, "uploads": []}
    sealed = legal_aid.b64(bytes(Record.objects.get().sealed))
    record = {"id": "a" * 64, "kind": "message", "sealed": sealed}
    assert leaver.post("records/", {**old, "records": [record]}).status_code == 404
    answer = defender.post("records/", {**old, "records": [record]}, **defender.receipt)
    assert (answer.status_code, answer.json()["error"]) == (409, "epoch")


@pytest.mark.parametrize("change", [lambda blob: blob[:-1], lambda blob: blob + b"\0", lambda blob: b"x" + blob[1:]])
def test_19_a_record_of_another_size_or_shape_is_refused(defender, change):
    request = defender.request()
    blob = bytes(legal_aid.base64.b64decode(request["records"][0]["sealed"]))
    request["records"][0]["sealed"] = legal_aid.b64(change(blob))
    assert defender.send(request).status_code == 400


def test_22_two_stanzas_are_refused(defender):
    from io import BytesIO

    request, two = defender.request(), BytesIO()
    public = xwing.public_key(b"s" * 32)
    encrypt(BytesIO(b"x" * 6_544), two, [HybridRecipient(public), HybridRecipient(public)])
    assert len(two.getvalue()) in range(9_700, 9_900)
    request["records"][0]["sealed"] = legal_aid.b64(two.getvalue().ljust(9_851, b"\0")[:9_851])
    assert defender.send(request).status_code == 400


def test_22_a_header_beyond_four_kibibytes_is_refused(defender):
    request = defender.request()
    long = b"age-encryption.org/v1\n-> mlkem768x25519 " + b"A" * 4_096 + b"\n"
    request["records"][0]["sealed"] = legal_aid.b64(long.ljust(9_851, b"A"))
    assert defender.send(request).status_code == 400


def test_22_an_identity_that_costs_too_much_to_open_is_refused(team):
    from io import BytesIO

    costly = BytesIO()
    encrypt(BytesIO(b"seed"), costly, [scrypt.PassphraseRecipient("words", 17)])
    keys = team.signed.keys("m01")
    body = {
        "kind": "passphrase",
        "file": legal_aid.b64(costly.getvalue()),
        "kem": legal_aid.b64(keys.kem_public),
        "sig": legal_aid.b64(keys.sig_public),
    }
    client = accounts.signed_in(team.users["m01"])
    answer = client.post("/desk/sealed/keys/", json.dumps(body), content_type="application/json")
    assert answer.status_code == 400
    assert not IdentityFile.objects.exists()


def test_28_a_barred_member_is_in_no_new_epoch(defender, desk_of):
    defender.open_case()
    desk = desk_of("m01")
    barring = desk.epoch(defender.case, Change(barred=("m02",)))
    assert desk.post("cards/", barring).status_code == 201
    assert desk_of("m02").get(f"case/{defender.case}/").status_code == 404
    back = desk.epoch(defender.case, Change(reading=("m01", "m02", "m03")))
    assert desk.post("cards/", back).status_code == 400


def test_28_nor_does_the_defender_shorten_who_is_barred(defender, desk_of):
    defender.open_case()
    desk = desk_of("m01")
    desk.post("cards/", desk.epoch(defender.case, Change(barred=("m02",))))
    seen = defender.view().messages
    author = Author("defender", defender.keys.sig_seed)
    opened = epochs.open_epoch(
        seen.newest.signed, defender.team.signed.newest, author, heads=(), change=Change(barred=())
    )
    body = {"case": defender.case, "cards": [legal_aid.card_json(opened)], "rows_seen": 0, "wraps": []}
    assert defender.post("cards/", {**body, "locator": "", "records": []}, **defender.receipt).status_code == 400
