"""The defender's sealed door, spoken to as her page would."""

import hashlib

import pytest

from hrdplatform.sealing import files
from legal_aid.domain import correspondence, epochs
from legal_aid.models import Case, Record, Upload
from tests.factories import legal_aid

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_a_page_learns_what_it_needs_to_seal(defender, client):
    answer = client.get(f"{legal_aid.BASE}team/{defender.team.hex}/").json()
    assert answer["list"] == defender.team.signed.texts[defender.team.signed.newest.hash]
    assert len(answer["salt"]) == 32


def test_a_request_arrives_and_opens_again_with_its_receipt(defender):
    defender.open_case("They are at my door.")
    view = defender.view()
    assert view.sound
    assert [record.body.text for record in view.messages.records] == ["They are at my door."]


def test_the_same_request_sent_twice_is_one_case(defender):
    request = defender.request()
    first, second = defender.send(request), defender.send(request)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    assert Case.objects.count() == 1


def test_a_request_brings_its_files(defender, client):
    upload = defender.upload(9_000_000)
    defender.open_case(uploads=[upload])
    answer = client.get(f"{legal_aid.BASE}files/{upload['digest']}/2/", headers=defender.receipt)
    assert len(b"".join(answer.streaming_content)) == 9_000_000 - legal_aid.PART
    assert Upload.objects.get().expires_at is None


def test_a_request_with_a_file_sent_twice_is_one_case(defender):
    request = defender.request(uploads=(defender.upload(),))
    assert [defender.send(request).status_code for _ in range(2)] == [201, 200]


def test_a_claim_with_a_wrong_digest_brings_nothing(defender):
    upload = {**defender.upload(), "digest": "0" * 64}
    answer = defender.send(defender.request(uploads=(upload,)))
    assert (answer.status_code, answer.json()["error"]) == (409, "files")
    assert not Case.objects.exists()


def test_another_visit_cannot_claim_the_upload(defender, client):
    upload = defender.upload()
    stranger = legal_aid.Browser(client, defender.team)
    assert stranger.send(stranger.request(uploads=(upload,))).status_code == 409


def test_a_part_sent_again_is_known_and_other_bytes_are_a_conflict(defender):
    begun = defender.post("uploads/", {"sealed": 70_000, "parts": 1}, **{"X-Visit": defender.visit}).json()["upload"]
    part = b"a" * 70_000
    assert defender.put(begun, 1, part).status_code == 201
    assert defender.put(begun, 1, part).status_code == 200
    assert defender.put(begun, 1, b"b" * 70_000).status_code == 409


@pytest.mark.parametrize(("part", "sha256"), [(b"a" * 70_000, "0" * 64), (b"a" * 69_999, ""), (b"a" * 70_001, "")])
def test_a_part_with_a_wrong_hash_or_length_is_thrown_away(defender, part, sha256):
    begun = defender.post("uploads/", {"sealed": 70_000, "parts": 1}, **{"X-Visit": defender.visit}).json()["upload"]
    assert defender.put(begun, 1, part, sha256).status_code == 400
    assert not Upload.objects.get().parts.exists()


def test_a_dropped_upload_is_gone(defender, client):
    upload = defender.upload()
    path = f"{legal_aid.BASE}uploads/{upload['upload']}/"
    assert client.delete(path, headers={"X-Visit": defender.visit}).status_code == 204
    assert not Upload.objects.exists()


def test_after_twenty_wrong_tries_a_circuit_waits_and_another_does_not(defender, client):
    tries = [client.get(f"{legal_aid.BASE}case/", headers={}, REMOTE_ADDR="192.0.2.1") for _ in range(21)]
    assert [answer.status_code for answer in tries] == [404] * 20 + [429]
    assert client.get(f"{legal_aid.BASE}case/", REMOTE_ADDR="192.0.2.2").status_code == 404


def test_a_message_is_added_and_known_when_it_comes_again(defender):
    defender.open_case()
    message = defender.message("Since yesterday it is worse.")
    answers = [defender.post("records/", message, **defender.receipt).status_code for _ in range(2)]
    assert answers == [201, 200]
    assert defender.view().sound
    assert Case.objects.get().unread == 2


def test_a_message_of_the_wrong_size_is_refused(defender):
    defender.open_case()
    message = defender.message("x")
    message["records"][0]["sealed"] = legal_aid.b64(b"x" * 9_850)
    assert defender.post("records/", message, **defender.receipt).status_code == 400


def test_a_defender_cannot_write_a_summary_or_a_note(defender):
    defender.open_case()
    message = defender.message("x")
    message["records"][0]["kind"] = "summary"
    assert defender.post("records/", message, **defender.receipt).status_code == 400
    assert defender.post("records/", {**message, "chain": "notes"}, **defender.receipt).status_code == 400


def test_a_receipt_writes_in_its_own_case_only(defender, client):
    defender.open_case()
    message = defender.message("x")
    stranger = legal_aid.Browser(client, defender.team)
    stranger.open_case()
    assert stranger.post("records/", message, **stranger.receipt).status_code == 404


def test_a_replaced_receipt_opens_everything_and_the_old_one_nothing(defender):
    defender.open_case("first")
    body, new = defender.replacement()
    assert defender.post("cards/", body, **defender.receipt).status_code == 201
    assert defender.fetch().status_code == 404
    view = new.view()
    assert view.sound
    assert [record.body.text for record in view.messages.records] == ["first"]


def test_a_message_sent_while_a_receipt_is_replaced_is_not_lost_as_late(defender):
    """Negative test 29: the maker of the card has not seen it and is told so."""
    defender.open_case()
    body, _ = defender.replacement()
    defender.write("honest")
    answer = defender.post("cards/", body, **defender.receipt)
    assert (answer.status_code, answer.json()["error"]) == (409, "rows")


def test_one_character_and_four_hundred_take_the_same_room(defender):
    defender.open_case("x")
    defender.write("y" * 400)
    assert len({len(bytes(record.sealed)) for record in Record.objects.all()}) == 1


def test_erased_means_nothing_is_left(defender):
    defender.open_case(uploads=(defender.upload(),))
    answer = defender.post("erase/", {"case": defender.case}, **defender.receipt)
    assert answer.status_code == 204
    assert defender.fetch().status_code == 404
    assert not Case.objects.exists()
    assert not Upload.objects.exists()


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"team":1}', b"[" * 100_000, b'{"team":"\x00"}'])
def test_bodies_that_are_none_are_refused_plainly(defender, client, body):
    answer = client.post(
        f"{legal_aid.BASE}cases/", body, content_type="application/json", headers={"X-Visit": defender.visit}
    )
    assert (answer.status_code, answer.json()["error"]) == (400, "malformed")


@pytest.mark.parametrize("path", ["cases/", "records/", "cards/", "erase/", "uploads/"])
def test_nothing_changes_by_a_get(db, client, path):
    assert client.get(legal_aid.BASE + path).status_code == 405


def test_a_case_does_not_grow_until_nobody_can_open_it(defender, desk_of, monkeypatch):
    defender.open_case()
    monkeypatch.setattr(correspondence, "MOST_ROWS", Record.objects.count() + 1)
    assert defender.write("the last that has room").status_code == 201
    answer = defender.write("too much")
    assert (answer.status_code, answer.json()["error"]) == (413, "quota")
    assert desk_of("m01").write(defender.case, "We are full, but with you.").status_code == 201


def test_epochs_of_a_defender_have_an_end(defender, monkeypatch):
    monkeypatch.setattr(epochs, "MOST_EPOCHS", 1)
    defender.open_case()
    body, _ = defender.replacement()
    assert defender.post("cards/", body, **defender.receipt).status_code == 413


def test_the_same_bytes_twice_in_one_case_are_refused_not_a_fault(defender):
    defender.open_case()
    part, ids = b"a" * 70_000, []
    for _ in range(2):
        ids.append(defender.post("uploads/", {"sealed": 70_000, "parts": 1}, **defender.receipt).json()["upload"])
        assert defender.put(ids[-1], 1, part, **defender.receipt).status_code == 201
    digest = files.digest(70_000, [hashlib.sha256(part).digest()])
    named = [{"upload": one, "digest": digest, "parts": 1, "sealed": 70_000} for one in ids]
    body = defender.message("both") | {"uploads": named}
    assert defender.post("records/", body, **defender.receipt).status_code == 409
    assert defender.post("records/", body | {"uploads": named[:1]}, **defender.receipt).status_code == 201
    body = defender.message("again") | {"uploads": named[1:]}
    assert defender.post("records/", body, **defender.receipt).status_code == 409
