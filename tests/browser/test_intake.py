"""A new request, written by the shipped worker and read by the Python side: first epoch, first message,
receipt, files.
"""

import base64

import pytest
from playwright.sync_api import Page

from hrdplatform.sealing import cases, receipts
from hrdplatform.sealing.stored import Member as Reader
from hrdplatform.sealing.stored import StoredCard, StoredCase, StoredRecord, StoredWrap

from . import people
from .doors import SALT, Doors, octets
from .worker import Fault, Worker

REQUEST = {
    "text": "Ils ont pris l’ordinateur.\r\nAidez-moi.",
    "urgency": "now",
    "language": "fr",
    "contact": {"channel": "inbox"},
}


def read_by(doors: Doors, reader: str, viewer: object) -> cases.CaseView:
    [case] = doors.cases.values()
    rows = doors.rows(case, reader)
    stored = StoredCase(
        case=case.id,
        cards=tuple(StoredCard(row["chain"], row["epoch"], octets(row["card"])) for row in rows["cards"]),
        wraps=tuple(StoredWrap(row["chain"], row["epoch"], octets(row["wrap"])) for row in rows["wraps"]),
        records=tuple(
            StoredRecord(row["row"], row["chain"], row["epoch"], row["kind"], octets(row["sealed"]))
            for row in rows["records"]
        ),
        lists=rows["lists"],
    )
    return cases.verify(stored, viewer)


def member_view(doors: Doors, number: int) -> cases.CaseView:
    own = people.keys(number)
    return read_by(doors, f"m{number:02}", Reader(f"m{number:02}", (own.kem,), own.sig))


def test_a_team_is_met_with_its_readers_and_root_words(worker: Worker) -> None:
    met = worker("prepare", {"teamHex": people.TEAM})
    assert (met["listSeq"], met["readers"], met["roles"]) == (1, 2, {"intake": 1, "case": 1, "recovery": 1})
    assert len(met["rootWords"]) == len(met["rootDigits"]) == 6


def test_what_the_browser_seals_the_python_side_verifies_and_reads(worker: Worker, doors: Doors) -> None:
    worker("prepare", {"teamHex": people.TEAM})
    words = worker("makeReceipt", {"language": "en"})["words"]
    opened = worker("openCase", REQUEST)
    view = member_view(doors, 1)
    message, contact = view.messages.records
    assert view.sound
    assert view.case == opened["case"]
    assert message.body.text == "Ils ont pris l’ordinateur.\nAidez-moi."
    assert contact.body.data == {"answer_language": "fr", "channel": "inbox"}
    keys = receipts.receipt_keys(receipts.parse(" ".join(words)), SALT)
    assert doors.cases[view.case].locator == keys.locator.hex()


def test_only_intake_and_recovery_members_get_a_wrap(worker: Worker, doors: Doors) -> None:
    worker("prepare", {"teamHex": people.TEAM})
    worker("makeReceipt", {"language": "lb"})
    worker("openCase", REQUEST)
    [case] = doors.cases.values()
    assert sorted(row["reader"] for row in case.wraps) == ["m01", "m03", "receipt"]


def test_nothing_readable_leaves_the_worker(worker: Worker, doors: Doors) -> None:
    worker("prepare", {"teamHex": people.TEAM})
    words = worker("makeReceipt", {"language": "en"})["words"]
    worker("openCase", REQUEST)
    sent = b"".join(body for _, _, body in doors.heard)
    # Shorter ones stand in any base64 by chance.
    written = ["ordinateur", "Aidez-moi", *(word for word in words if len(word) > 5)]
    assert [word for word in written if word.encode() in sent or base64.b64encode(word.encode()) in sent] == []


def test_a_lost_answer_and_a_second_try_make_one_case(worker: Worker, doors: Doors) -> None:
    worker("prepare", {"teamHex": people.TEAM})
    worker("makeReceipt", {"language": "en"})
    doors.lose = ["cases/"]
    with pytest.raises(Fault) as lost:
        worker("openCase", REQUEST)
    assert (lost.value.code, lost.value.status) == ("server", 503)
    assert worker("openCase", REQUEST)["earlier"] is False
    bodies = [body.partition(b"\n")[2] for _, path, body in doors.heard if path.endswith("cases/")]
    assert len(doors.cases) == 1
    assert bodies[0] == bodies[1]


def test_words_changed_after_a_lost_answer_follow_what_had_arrived(worker: Worker, doors: Doors) -> None:
    worker("prepare", {"teamHex": people.TEAM})
    worker("makeReceipt", {"language": "en"})
    doors.lose = ["cases/"]
    with pytest.raises(Fault):
        worker("openCase", REQUEST)
    assert worker("openCase", REQUEST | {"text": "Something else"})["earlier"] is True
    texts = [record.body.text for record in member_view(doors, 1).messages.records if record.kind == "message"]
    assert texts == ["Ils ont pris l’ordinateur.\nAidez-moi.", "Something else"]


def test_a_file_chosen_after_a_lost_answer_is_named_and_the_receipt_stays(worker: Worker, doors: Doors) -> None:
    worker("prepare", {"teamHex": people.TEAM})
    drawn = worker("makeReceipt", {"language": "en"})
    doors.lose = ["cases/"]
    with pytest.raises(Fault):
        worker("openCase", REQUEST)
    assert worker("makeReceipt", {"language": "en"}) == drawn
    worker("sealFile", {"id": "a"}, {"file": {"parts": [["eA==", 1]], "filename": "a", "type": ""}})
    answer = worker("openCase", REQUEST | {"fileIds": ["a"]})
    assert (answer["earlier"], answer["left"], len(doors.cases)) == (True, ["a"], 1)


def test_a_receipt_in_digits_opens_what_it_made(worker: Worker, doors: Doors, page: Page) -> None:
    worker("prepare", {"teamHex": people.TEAM})
    words = worker("makeReceipt", {"language": "ar"})["words"]
    worker("openCase", REQUEST)
    assert all(len(word) == 4 and word.isdigit() for word in words)
    back = Worker(page)
    view = back("unlockReceipt", {"text": ", ".join(words), "language": "ar", "salt": SALT.hex()})
    assert view["sound"]
    assert view["messages"][0]["text"].startswith("Ils ont pris")


def test_too_long_a_text_is_refused_before_anything_is_sent(worker: Worker, doors: Doors) -> None:
    worker("prepare", {"teamHex": people.TEAM})
    worker("makeReceipt", {"language": "en"})
    with pytest.raises(Fault) as refused:
        worker("openCase", REQUEST | {"text": "é" * 20_001})
    assert (refused.value.code, refused.value.detail, doors.cases) == ("limit", "text", {})


def test_24_a_demo_list_is_refused_off_loopback_and_taken_on_it(page: Page, doors: Doors) -> None:
    doors.texts = [people.signed(people.first_list(demo=True))]
    with pytest.raises(Fault) as refused:
        Worker(page)("prepare", {"teamHex": people.TEAM})
    assert (refused.value.code, refused.value.detail) == ("list_refused", "demo")
    assert Worker(page, host_is_loopback=True)("prepare", {"teamHex": people.TEAM})["listSeq"] == 1


def test_a_new_list_signed_while_she_writes_is_met_and_sealed_to(worker: Worker, doors: Doors) -> None:
    worker("prepare", {"teamHex": people.TEAM})
    worker("makeReceipt", {"language": "en"})
    doors.texts.append(
        people.next_list(doors.texts[0], (people.member(1), people.member(4), people.member(3, kind="recovery")))
    )
    worker("openCase", REQUEST)
    assert sorted(row["reader"] for row in next(iter(doors.cases.values())).wraps) == ["m01", "m03", "m04", "receipt"]
