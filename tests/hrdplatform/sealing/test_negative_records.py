"""The negative tests of sealing.md 9 about records, encodings and signatures: 12 to 20 and 22, each refused or flagged.

Cards and lists: `test_negative_cards`, which also says where the rest is. 21 (parts of a file) stands in `test_files`;
22 also in `age/test_sealed` (from the outside) and `test_members` (scrypt logN 17).
"""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from hrdplatform.sealing import bodies, canonical, checks, ed25519, records, writing
from hrdplatform.sealing.age import sealed
from hrdplatform.sealing.epochs import Change
from hrdplatform.sealing.errors import MalformedError
from hrdplatform.sealing.stored import StoredRecord
from tests.factories.sealed_case import Case, Team, failures, texts

ED25519 = json.loads(Path("tests/vectors/sealing.json").read_text())["ed25519"]
STAYING = ("m01", "m03", "m04")


def resealed(case: Case, row: StoredRecord, seed: bytes, to_epoch: int, kem: bytes) -> StoredRecord:
    """Open a row as one of its readers could, and seal the same container to another epoch."""
    return replace(row, row="f" * 32, epoch=to_epoch, sealed=sealed.seal(sealed.open_sealed(row.sealed, seed), kem))


def test_12_a_leaver_who_backdates_into_a_closed_epoch():
    case = Case()
    case.write("defender", "help")
    closed, turn = case.view("m02").messages.newest, case.turn("m02")
    case.team.next(members=case.team.members(*STAYING))
    case.reopen("m01")
    case.add_record("case", 1, writing.write_message(closed, turn, "backdated"))
    assert failures(case.view("defender")) == failures(case.view("m01")) == {"record_late"}


def test_13_a_record_moved_to_another_case():
    team = Team()
    one, other = Case(team), Case(team)
    one.write("defender", "help")
    other.records.append(one.records[0])
    assert failures(other.view("m01")) == {"record_unopened"}


def test_13_a_record_moved_to_another_case_and_sealed_anew():
    team = Team()
    one, other = Case(team), Case(team)
    one.write("defender", "help")
    seed, kem = one.view("m01").messages.newest.seed, other.view("m01").messages.newest.signed.card.kem
    other.records.append(resealed(one, one.records[0], seed, 1, kem))
    assert failures(other.view("m01")) == {"record_misplaced"}


def test_14_a_record_sealed_anew_into_another_epoch():
    case = Case()
    case.write("defender", "help")
    case.reopen("m01")
    first, second = case.view("m01").messages.epochs
    case.records.append(resealed(case, case.records[0], first.seed, 2, second.signed.card.kem))
    assert failures(case.view("defender")) == {"record_misplaced"}


def test_15_a_middle_record_withheld():
    case = Case()
    for text in ("one", "two", "three"):
        case.write("defender", text)
    missing = case.view("m01").messages.records[1].id
    del case.records[1]
    (problem,) = case.view("m01").problems
    assert (problem.failure, problem.id, problem.row) == ("record_missing", missing, case.records[1].row)
    assert texts(case.view("m01")) == ["one", "three"]


def test_15_the_last_record_of_a_closed_epoch_withheld():
    case = Case()
    case.write("defender", "help")
    case.reopen("m01")
    del case.records[0]
    assert failures(case.view("m01")) == {"record_missing"}


def test_16_a_replay_under_a_new_row():
    case = Case()
    case.write("defender", "help")
    case.records.append(replace(case.records[0], row="f" * 32))
    (problem,) = case.view("m01").problems
    assert (problem.failure, problem.row) == ("record_repeated", "f" * 32)
    assert texts(case.view("m01")) == ["help"]


def test_17_the_signature_of_one_kind_used_for_another():
    case = Case()
    case.write("defender", "help")
    epoch = case.view("m01").messages.newest
    container = bytearray(sealed.open_sealed(case.records[0].sealed, epoch.seed))
    container[4] = records.OPENED.number
    body = bodies.emit(replace(case.view("m01").messages.records[0].body, text=""))
    signature = ed25519.sign(case.defender.sig_seed, records.signed_bytes("message", body))
    head = bytes(container[:8]) + len(body).to_bytes(4, "big")
    false = sealed.seal((head + signature + body).ljust(8192, b"\0"), epoch.signed.card.kem)
    case.records[0] = replace(case.records[0], sealed=false, kind="opened")
    assert failures(case.view("m01")) == {"record_signature"}


@pytest.mark.parametrize(
    "raw",
    [
        b'{"a":1,"a":1}',
        b'{"a":1.0}',
        b'{"a":1e0}',
        b'{"a":NaN}',
        b'{"a":-Infinity}',
        b'{"a":-1}',
        b'{"a":-0}',
        b'{"a":true}',
        b'{"a":9007199254740992}',
        b'{"a":"\\ud800"}',
        b'{"a":"\\udc00\\ud800"}',
        b'{"a":"\\u0041"}',
        b'{"a":"\\/"}',
        b'{"a":"\\u00E9"}',
        '{"a":"é"}'.encode(),
        b'{"a": 1}',
        b'{"b":1,"a":1}',
        b'{"A":1}',
        b'{"":1}',
        b'{"a":01}',
        b'{"a":1}\n',
        b'\xef\xbb\xbf{"a":1}',
        b"",
        b"[" * 100_000,
        b"[" * 18 + b"]" * 18,
    ],
)
def test_18_bytes_that_are_not_canonical(raw):
    with pytest.raises(canonical.CanonicalError):
        canonical.parse(raw)


def test_18_an_unknown_key():
    with pytest.raises(canonical.CanonicalError):
        canonical.parse_object(b'{"a":1,"b":2}', frozenset("a"))


@pytest.mark.parametrize("value", [1.0, True, -1, 2**53, "\ud800", {"A": 1}, {1: 1}, {"a": {1}}, (1,)])
def test_18_values_that_are_not_emitted(value):
    with pytest.raises(canonical.CanonicalError):
        canonical.emit({"a": value})


def message() -> bytes:
    return records.build(records.MESSAGE, b"{}", bytes(32))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda raw: raw[:-1] + b"\1",
        lambda raw: raw[:78] + b"\1" + raw[79:],
        lambda raw: raw.ljust(32 * 1024, b"\0"),
        lambda raw: raw + b"\0",
        lambda raw: raw[:-1],
        lambda raw: raw[:8] + (8192 - 75).to_bytes(4, "big") + raw[12:],
        lambda raw: raw[:8] + b"\xff\xff\xff\xff" + raw[12:],
        lambda raw: raw[:4] + b"\0" + raw[5:],
        lambda raw: raw[:4] + b"\7" + raw[5:],
        lambda raw: raw[:6] + b"\1" + raw[7:],
        lambda raw: b"HRS2" + raw[4:],
        lambda raw: raw[:75],
        lambda raw: b"",
    ],
)
def test_19_padding_bucket_and_length(spoil):
    assert records.parse(message()).body == b"{}"
    with pytest.raises(records.RecordError):
        records.parse(spoil(message()))


@pytest.mark.parametrize("name", ED25519["cases"])
def test_20_one_verdict_for_each_signature(name):
    public, signature = (bytes.fromhex(ED25519["cases"][name][part]) for part in ("public", "signature"))
    try:
        ed25519.verify(public, bytes.fromhex(ED25519["message"]), signature)
        accepted = True
    except ed25519.SignatureError:
        accepted = False
    assert accepted == ED25519["cases"][name]["accept"]


@pytest.mark.parametrize("y", [*sorted(ed25519.SMALL_ORDER), ed25519.FIELD, ed25519.FIELD + 1, 2**255 - 1])
@pytest.mark.parametrize("sign", [0, 1])
def test_20_no_key_of_small_order_or_second_spelling(y, sign):
    public = (y | sign << 255).to_bytes(32, "little")
    for signature in (bytes(64), b"\1" + bytes(63), public + bytes(32)):
        with pytest.raises(ed25519.SignatureError):
            ed25519.verify(public, b"any message", signature)


def test_22_a_record_with_two_stanzas():
    sealed_size = records.SEALED_SIZES[0]
    honest = sealed.seal(bytes(8192), Team().member("m01").kem)
    checks.check_record(honest)
    second = honest[honest.index(b"\n->") : honest.index(b"\n---")]
    doubled = honest.replace(b"\n---", second + b"\n---", 1)
    for blob in (doubled, doubled[:sealed_size]):
        with pytest.raises(MalformedError):
            checks.check_record(blob)


def test_22_a_header_of_more_than_4_kib():
    honest = sealed.seal(bytes(8192), Team().member("m01").kem)
    long = honest.replace(b"\n-> mlkem768x25519", b"\n-> mlkem768x25519" + b" x" * 1300, 1)
    for blob in (long, long[: records.SEALED_SIZES[0]]):
        with pytest.raises(MalformedError):
            checks.check_record(blob)


def test_a_note_on_the_case_chain():
    case = Case()
    notes = case.open_notes("m01").epoch
    note = writing.write_message(notes, case.turn("m01", "notes"), "careful")
    epoch = case.view("m01").messages.newest
    moved = sealed.seal(sealed.open_sealed(note.sealed, notes.seed), epoch.signed.card.kem)
    case.records.append(StoredRecord("f" * 32, "case", 1, "note", moved))
    assert failures(case.view("defender")) == {"record_kind"}


def test_a_message_by_a_member_who_does_not_read():
    case = Case()
    newest, turn = case.view("m01").messages.newest, replace(case.turn("m01"), author=case.author("m04"))
    case.add_record("case", 1, writing.write_message(newest, turn, "hello"))
    assert failures(case.view("defender")) == {"record_author"}


def test_a_record_without_an_epoch():
    case = Case()
    case.write("defender", "help")
    case.records[0] = replace(case.records[0], epoch=7)
    assert failures(case.view("m01")) == {"record_homeless"}


def test_a_clear_label_that_differs_from_the_signed_kind():
    case = Case()
    case.write("defender", "help")
    case.records[0] = replace(case.records[0], kind="contact")
    seen = case.view("m01")
    assert (failures(seen), texts(seen)) == ({"record_label"}, ["help"])


def test_a_late_record_replaces_nothing():
    case = Case()
    newest, turn = case.view("m01").messages.newest, case.turn("m02")
    case.add_record("case", 1, writing.write_entity(newest, case.turn("defender"), records.CONTACT, {"by": "post"}))
    (standing,) = case.view("m01").messages.entities().values()
    case.reopen("m01", Change(reading=("m01", "m03")))
    false = writing.write_entity(newest, turn, records.CONTACT, {"by": "leaver"}, standing)
    case.add_record("case", 1, false)
    assert list(case.view("m01").messages.entities().values()) == [standing]


def test_cards_cannot_be_records():
    case = Case()
    epoch = case.view("m01").messages.newest
    blob = sealed.seal(case.cards[0].container, epoch.signed.card.kem)
    case.records.append(StoredRecord("f" * 32, "case", 1, "card", blob))
    assert failures(case.view("m01")) == {"record_kind"}
