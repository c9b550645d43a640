"""A defender who came back: reading both sides, writing, files, replacing the receipt, erasing; a server that
misbehaves.
"""

import base64
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page

from . import people
from .doors import SALT, Doors, octets
from .test_intake import REQUEST, member_view
from .worker import Fault, Worker


@pytest.fixture
def words(worker: Worker, doors: Doors) -> str:
    """The receipt of a case that was just opened."""
    worker("prepare", {"teamHex": people.TEAM})
    made = worker("makeReceipt", {"language": "en"})["words"]
    worker("openCase", REQUEST)
    return " ".join(made)


@pytest.fixture
def back(page: Page, words: str) -> Worker:
    """Another visit, unlocked with the words."""
    returned = Worker(page)
    returned("unlockReceipt", {"text": words, "language": "en", "salt": SALT.hex()})
    return returned


def failures(view: dict) -> set[str]:
    rows = view["messages"] + view["notes"]
    return {one["failure"] for one in view["problems"]} | {name for row in rows for name in row["problems"]}


def test_words_are_read_with_tolerance(page: Page, words: str) -> None:
    typed = "\n".join(f"{number}. {word.upper()}," for number, word in enumerate(words.split(), start=1))
    assert Worker(page)("unlockReceipt", {"text": typed, "language": "fr", "salt": SALT.hex()})["sound"]


def test_a_wrong_word_is_named_by_its_place_and_not_sent(page: Page, words: str, doors: Doors) -> None:
    before = len(doors.heard)
    with pytest.raises(Fault) as refused:
        Worker(page)(
            "unlockReceipt", {"text": words.rsplit(" ", 1)[0] + " qqqqqq", "language": "en", "salt": SALT.hex()}
        )
    assert (refused.value.code, refused.value.detail, refused.value.position) == ("receipt", "unknown", 8)
    assert len(doors.heard) == before


def test_words_of_no_case_are_told_apart_by_the_server_only(page: Page, words: str) -> None:
    first, *rest = words.split()
    with pytest.raises(Fault) as refused:
        Worker(page)("unlockReceipt", {"text": " ".join([*rest, first]), "language": "en", "salt": SALT.hex()})
    assert (refused.value.code, refused.value.status, refused.value.detail) == ("server", 404, "receipt")


def test_she_reads_what_she_wrote_and_writes_again(back: Worker, doors: Doors) -> None:
    back("send", {"text": "Second"})
    view = back("loadCase")
    assert [row["text"] for row in view["messages"]] == ["Ils ont pris l’ordinateur.\nAidez-moi.", "Second"]
    assert view["sound"]
    assert view["mayWrite"]
    assert member_view(doors, 1).sound


def test_a_message_sent_twice_after_a_lost_answer_is_one_message(back: Worker, doors: Doors) -> None:
    doors.lose = ["records/"]
    with pytest.raises(Fault):
        back("send", {"text": "Once"})
    back("send", {"text": "Once"})
    assert [row["text"] for row in back("loadCase")["messages"]].count("Once") == 1


def test_words_changed_after_a_lost_answer_go_as_a_message_of_their_own(back: Worker, doors: Doors) -> None:
    doors.lose = ["records/"]
    with pytest.raises(Fault):
        back("send", {"text": "First try"})
    assert back("send", {"text": "Second thought"})["earlier"] is True
    assert [row["text"] for row in back("loadCase")["messages"]][1:] == ["First try", "Second thought"]


def test_a_reader_who_left_is_left_out_of_the_epoch_she_opens(back: Worker, doors: Doors) -> None:
    doors.texts.append(people.next_list(doors.texts[0], (people.member(2), people.member(3, kind="recovery"))))
    back("send", {"text": "After she left"})
    view = back("loadCase")
    assert view["sound"]
    assert [epoch["readers"] for epoch in view["epochs"]] == [["m01", "m03"], ["m02", "m03"]]
    assert member_view(doors, 2).messages.records[-1].body.text == "After she left"


def test_29_a_message_that_comes_while_a_card_is_made_is_not_late(
    back: Worker, page: Page, words: str, doors: Doors
) -> None:
    other = Worker(page)
    other("unlockReceipt", {"text": words, "language": "en", "salt": SALT.hex()})
    other("send", {"text": "Between"})
    [case] = doors.cases.values()
    between = case.records.pop()
    doors.texts.append(people.next_list(doors.texts[0], (people.member(2), people.member(3, kind="recovery"))))
    doors.before = slip_in(doors, lambda: case.records.append(between))
    back("send", {"text": "Honest"})
    posts = [path for method, path, _ in doors.heard if method == "POST" and path.endswith("cards/")]
    view = back("loadCase")
    assert len(posts) == 2
    assert view["sound"]
    assert [row["text"] for row in view["messages"]][1:] == ["Between", "Honest"]


def slip_in(doors: Doors, act: Callable[[], None]) -> Callable[[str, str], None]:
    def before(method: str, path: str) -> None:
        if path == "cards/":
            doors.before = None
            act()

    return before


def test_replacing_the_receipt_opens_everything_to_the_new_words_only(
    back: Worker, page: Page, words: str, doors: Doors
) -> None:
    fresh = back("replaceReceipt", {"language": "de"})["words"]
    with pytest.raises(Fault):
        Worker(page)("unlockReceipt", {"text": words, "language": "en", "salt": SALT.hex()})
    view = Worker(page)("unlockReceipt", {"text": " ".join(fresh), "language": "de", "salt": SALT.hex()})
    assert view["sound"]
    assert view["messages"][0]["readable"]
    assert len(view["epochs"]) == 3
    assert member_view(doors, 1).sound


def test_a_replacement_whose_answer_was_lost_is_not_made_twice(back: Worker, doors: Doors) -> None:
    doors.lose = ["cards/"]
    with pytest.raises(Fault):
        back("replaceReceipt", {"language": "en"})
    back("replaceReceipt", {"language": "en"})
    assert len(back("loadCase")["epochs"]) == 3


def test_erasing_leaves_nothing_and_locks_the_worker(back: Worker, doors: Doors) -> None:
    back("erase")
    assert doors.cases == {}
    with pytest.raises(Fault) as locked:
        back("loadCase")
    assert locked.value.code == "locked"


def dropped(answer: dict) -> dict:
    return answer | {"records": answer["records"][:1] + answer["records"][2:]}


def swapped(answer: dict) -> dict:
    one, two, *rest = answer["records"]
    return answer | {"records": [one | {"sealed": two["sealed"]}, two, *rest]}


def replayed(answer: dict) -> dict:
    return answer | {"records": [*answer["records"], dict(answer["records"][0], row="ee" * 16)]}


def damaged(answer: dict) -> dict:
    blob = bytearray(octets(answer["records"][0]["sealed"]))
    blob[-1] ^= 1
    changed = answer["records"][0] | {"sealed": base64.b64encode(bytes(blob)).decode()}
    return answer | {"records": [changed, *answer["records"][1:]]}


def without_wrap(answer: dict) -> dict:
    return answer | {"wraps": []}


def without_lists(answer: dict) -> dict:
    return answer | {"lists": {}}


def other_card(answer: dict) -> dict:
    blob = bytearray(octets(answer["cards"][0]["card"]))
    blob[100] ^= 1
    return answer | {"cards": [answer["cards"][0] | {"card": base64.b64encode(bytes(blob)).decode()}]}


MISDEEDS = [
    pytest.param(dropped, "record_missing", id="15 a middle record withheld"),
    pytest.param(swapped, "record_repeated", id="13 a record in the place of another"),
    pytest.param(replayed, "record_repeated", id="16 a record replayed under a new row"),
    pytest.param(damaged, "record_unopened", id="20 a record changed by one bit"),
    pytest.param(without_wrap, "wrap_absent", id="3 her own wrap withheld"),
    pytest.param(other_card, "card_unreadable", id="18 a card changed by one bit"),
]


@pytest.mark.parametrize(("misdeed", "shown"), MISDEEDS)
def test_what_the_server_does_is_said_on_the_page(back: Worker, doors: Doors, misdeed: Callable, shown: str) -> None:
    back("send", {"text": "Second"})
    back("send", {"text": "Third"})
    doors.tamper = misdeed
    view = back("loadCase")
    assert shown in failures(view)
    assert view["sound"] is False


def test_a_withheld_list_stops_reading_and_writing(back: Worker, doors: Doors) -> None:
    doors.tamper = without_lists
    view = back("loadCase")
    assert failures(view) == {"list_absent", "record_homeless"}
    assert not view["mayWrite"]
    with pytest.raises(Fault) as refused:
        back("send", {"text": "x"})
    assert refused.value.code == "tampered"


def test_11_under_an_expired_list_she_reads_but_does_not_write(back: Worker, doors: Doors) -> None:
    last_year = datetime.now(UTC).date() - timedelta(days=365)
    doors.texts.append(
        people.next_list(doors.texts[0], people.THREE, issued=last_year, expires=last_year + timedelta(days=30))
    )
    assert back("loadCase")["sound"]
    with pytest.raises(Fault) as refused:
        back("send", {"text": "x"})
    assert (refused.value.code, refused.value.detail) == ("list_refused", "expired")
