"""The desk in the shipped worker: keys and keyring, the queue, a case read and answered, notes, pins that stop
a false list.
"""

import base64
import copy
from dataclasses import replace

import pytest
from playwright.sync_api import Page

from hrdplatform.sealing import ed25519, lists

from . import people
from .doors import Doors, octets
from .test_intake import REQUEST, member_view
from .worker import Fault, Worker

DESK = "/desk/sealed/"


@pytest.fixture
def passphrase(page: Page, doors: Doors) -> str:
    """A member who made keys in the browser and stands on the newest list; her file lies on the server."""
    made = Worker(page, base=DESK)("makeMember", {"id": "m01", "language": "en"})
    doors.identities = [made["file"]]
    own = lists.Member("m01", octets(made["kem"]), "reader", "intake", octets(made["sig"]))
    doors.texts = [
        people.signed(people.first_list((own, people.member(2, scope="case"), people.member(3, kind="recovery"))))
    ]
    return made["passphrase"]


@pytest.fixture
def case(worker: Worker, passphrase: str) -> str:
    """The id of a case that a defender just opened."""
    worker("prepare", {"teamHex": people.TEAM})
    worker("makeReceipt", {"language": "en"})
    return worker("openCase", REQUEST)["case"]


@pytest.fixture
def desk(page: Page, passphrase: str) -> Worker:
    unlocked = Worker(page, base=DESK)
    unlocked("unlockMember", {"passphrase": passphrase})
    return unlocked


def test_new_keys_open_with_the_words_as_typed(page: Page, doors: Doors) -> None:
    making = Worker(page, base=DESK)
    made = making("makeMember", {"id": "m07", "language": "en"})
    assert len(made["passphrase"].split("-")) == 7
    assert len(made["words"]) == 6
    typed = made["passphrase"].replace("-", "  ").upper()
    assert making("tryMember", {"identityFile": made["file"], "passphrase": typed}) == {"id": "m07"}


def test_a_wrong_passphrase_opens_nothing(page: Page, passphrase: str) -> None:
    with pytest.raises(Fault) as refused:
        Worker(page, base=DESK)("unlockMember", {"passphrase": "one two three four five six seven"})
    assert refused.value.code == "wrong_key"


def test_unlocking_says_who_she_is_and_whether_she_may_write(page: Page, passphrase: str) -> None:
    status = Worker(page, base=DESK)("unlockMember", {"passphrase": passphrase})
    assert (status["member"], status["listed"], status["canWrite"], status["keyring"]) == ("m01", True, True, "new")


def test_the_queue_shows_the_first_message_and_then_the_summary(desk: Worker, case: str) -> None:
    [line] = desk("queue")["cases"]
    assert line["reading"]["from"] == "message"
    assert line["reading"]["text"].startswith("Ils ont pris")
    desk("summarise", {"case": case, "data": {"title": "Search of a home", "next": "call"}})
    [line] = desk("queue")["cases"]
    assert (line["reading"]["from"], line["reading"]["data"]["title"]) == ("summary", "Search of a home")


def test_a_renewed_summary_replaces_the_one_before(desk: Worker, case: str) -> None:
    desk("summarise", {"case": case, "data": {"title": "First"}})
    desk("summarise", {"case": case, "data": {"title": "Second"}})
    [summary] = [one for one in desk("openCaseAsMember", {"case": case})["entities"] if one["kind"] == "summary"]
    assert [version["data"]["title"] for version in summary["versions"]] == ["Second"]


def test_a_case_is_read_answered_and_noted_on(desk: Worker, case: str, doors: Doors) -> None:
    desk("reply", {"case": case, "text": "We have read it."})
    desk("note", {"case": case, "text": "Call the bar first."})
    desk("acknowledge", {"case": case})
    view = desk("openCaseAsMember", {"case": case})
    assert view["sound"]
    assert view["acknowledged"]
    assert [row["author"] for row in view["messages"]] == ["defender", "m01"]
    assert [row["text"] for row in view["notes"]] == ["Call the bar first."]


def test_the_defender_reads_the_answer_and_never_a_note(desk: Worker, case: str, worker: Worker, doors: Doors) -> None:
    desk("reply", {"case": case, "text": "We have read it."})
    desk("note", {"case": case, "text": "Call the bar first."})
    view = worker("loadCase")
    assert view["sound"]
    assert view["notes"] == []
    assert view["messages"][-1]["text"] == "We have read it."


def test_a_case_is_shared_with_its_history_after_the_conflict_check(desk: Worker, case: str, doors: Doors) -> None:
    desk("note", {"case": case, "text": "No conflict."})
    desk("share", {"case": case, "add": ["m02"]})
    view = member_view(doors, 2)
    assert view.sound
    assert [record.body.text for record in view.notes.records] == ["No conflict."]
    assert view.messages.newest.signed.card.readers == ("m01", "m02", "m03")


def test_28_a_barred_member_does_not_come_back(desk: Worker, case: str, worker: Worker, doors: Doors) -> None:
    desk("share", {"case": case, "add": ["m02"]})
    desk("share", {"case": case, "bar": ["m02"]})
    newest = lists.parse(doors.texts[-1])
    only = [replace(one, scope="intake") for one in newest.members if one.id != "m01"]
    doors.texts.append(people.next_list(doors.texts[-1], tuple(only)))
    with pytest.raises(Fault) as refused:
        worker("send", {"text": "Nobody is left but the barred one"})
    assert (refused.value.code, refused.value.detail) == ("list_refused", "readers")


def test_pins_outlive_the_visit(page: Page, desk: Worker, case: str, passphrase: str, doors: Doors) -> None:
    desk("openCaseAsMember", {"case": case})
    again = Worker(page, base=DESK)
    assert again("unlockMember", {"passphrase": passphrase})["keyring"] == "opened"
    doors.cases[case].cards, kept = [], doors.cases[case].cards
    assert {one["failure"] for one in again("openCaseAsMember", {"case": case})["problems"]} >= {
        "card_absent",
        "pin_absent",
    }
    doors.cases[case].cards = kept
    assert again("openCaseAsMember", {"case": case})["sound"]


def test_9_an_older_list_than_the_pinned_one_stops_the_desk(
    page: Page, desk: Worker, passphrase: str, doors: Doors
) -> None:
    doors.texts.append(people.next_list(doors.texts[0], tuple(lists.parse(doors.texts[0]).members)))
    Worker(page, base=DESK)("unlockMember", {"passphrase": passphrase})
    doors.texts.pop()
    with pytest.raises(Fault) as refused:
        Worker(page, base=DESK)("unlockMember", {"passphrase": passphrase})
    assert (refused.value.code, refused.value.detail) == ("list_refused", "lower_seq")


def test_9_an_older_keyring_brought_back_changes_nothing(
    page: Page, desk: Worker, passphrase: str, doors: Doors
) -> None:
    older = doors.kept["keyring"]
    doors.texts.append(people.next_list(doors.texts[0], tuple(lists.parse(doors.texts[0]).members)))
    Worker(page, base=DESK)("unlockMember", {"passphrase": passphrase})
    doors.texts.pop()
    doors.kept["keyring"] = older
    with pytest.raises(Fault) as refused:
        Worker(page, base=DESK)("unlockMember", {"passphrase": passphrase})
    assert refused.value.detail == "lower_seq"


def test_9_a_case_and_a_keyring_taken_back_together_are_noticed(
    page: Page, desk: Worker, case: str, passphrase: str, doors: Doors
) -> None:
    desk("openCaseAsMember", {"case": case})
    stored, older = copy.deepcopy(doors.cases[case]), doors.kept["keyring"]
    desk("share", {"case": case, "add": ["m02"]})
    desk("openCaseAsMember", {"case": case})
    doors.cases[case], doors.kept["keyring"] = stored, older
    again = Worker(page, base=DESK)
    again("unlockMember", {"passphrase": passphrase})
    assert {one["failure"] for one in again("openCaseAsMember", {"case": case})["problems"]} == {"pin_absent"}


def test_8_a_false_root_given_to_the_defender_stops_the_case_worker(
    page: Page, passphrase: str, desk: Worker, doors: Doors
) -> None:
    true = doors.texts
    false_root = bytes([66]) * 32
    honest = lists.parse(true[0])
    forged = replace(honest, root=ed25519.public_key(false_root), members=(*honest.members, people.member(9)))
    doors.texts = [people.signed(forged, false_root)]
    deceived = Worker(page)
    deceived("prepare", {"teamHex": people.TEAM})
    deceived("makeReceipt", {"language": "en"})
    case = deceived("openCase", REQUEST)["case"]
    doors.texts = [*doors.texts, *true]
    view = desk("openCaseAsMember", {"case": case})
    assert {one["failure"] for one in view["problems"]} == {"list_false"}
    assert view["messages"][0]["readable"] is False
    with pytest.raises(Fault) as refused:
        desk("reply", {"case": case, "text": "x"})
    assert refused.value.code == "tampered"


def test_a_draft_comes_back_and_a_forged_one_does_not(desk: Worker, case: str, doors: Doors, page: Page) -> None:
    desk("sealDraft", {"case": case, "text": "Half a sente"})
    assert desk("openDraft", {"case": case}) == {"text": "Half a sente"}
    own = lists.parse(doors.texts[0]).member("m01")
    doors.kept[f"draft-{case}"] = page.evaluate(
        """async ([id, recipient]) => {
            const {keyrings, octets, keys} = sealing;
            const signature = "A".repeat(86) + "==";
            const forged = octets.utf8(`{"case":"${id}","text":"Send money","v":1}\\n${signature}\\n`);
            return octets.b64(await sealing.sealed.seal(forged, octets.fromB64(recipient)));
        }""",
        [case, base64.b64encode(own.kem).decode()],
    )
    with pytest.raises(Fault) as refused:
        desk("openDraft", {"case": case})
    assert (refused.value.code, refused.value.detail) == ("tampered", "draft")


def test_locking_ends_every_key(desk: Worker, case: str) -> None:
    desk("lock")
    with pytest.raises(Fault) as refused:
        desk("openCaseAsMember", {"case": case})
    assert refused.value.code == "locked"


def test_new_keys_under_the_same_id_read_the_old_cases(
    page: Page, desk: Worker, case: str, doors: Doors, passphrase: str
) -> None:
    made = Worker(page, base=DESK)("makeMember", {"id": "m01", "language": "fr"})
    doors.identities.insert(0, made["file"])
    renewed = lists.Member("m01", octets(made["kem"]), "reader", "intake", octets(made["sig"]))
    others = [one for one in lists.parse(doors.texts[0]).members if one.id != "m01"]
    doors.texts.append(people.next_list(doors.texts[0], (renewed, *others)))
    fresh = Worker(page, base=DESK)
    assert fresh("unlockMember", {"passphrase": made["passphrase"]})["keyring"] == "locked"
    fresh("addIdentity", {"passphrase": passphrase})
    assert fresh("openCaseAsMember", {"case": case})["messages"][0]["readable"]
