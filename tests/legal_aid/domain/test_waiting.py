"""Requests that nobody acknowledged hold a share of the disk at most; a text is always taken, nothing typed is lost."""

import pytest

from hrdplatform.conf import ConfigurationError, read
from hrdplatform.sealing import epochs, writing
from hrdplatform.sealing.bodies import Attachment
from legal_aid.domain import space, waiting
from legal_aid.models import Case, Upload
from tests.factories import legal_aid
from tests.legal_aid.plain_visitor import Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.database]
SIZE = 70_000
FILE = ("clip.mp4", b"v" * SIZE, "video/mp4")


@pytest.fixture
def full(defender, monkeypatch):
    """One waiting case fills the share; the disk is nearly empty."""
    defender.open_case(uploads=(defender.upload(SIZE),))
    monkeypatch.setattr(space, "room", lambda: space.Room(total=5 * SIZE, free=5 * SIZE))
    monkeypatch.setattr(space, "pool", lambda _room: None)


def begun(page: legal_aid.Browser, **headers: str):
    return page.post("uploads/", {"sealed": SIZE, "parts": 1}, **(headers or {"X-Visit": page.visit}))


def large(page: legal_aid.Browser) -> dict:
    """A request whose message names so many files that it needs the fourth size."""
    request = page.request()
    opened = epochs.open_case(page.team.signed.newest, page.keys, arrival="browser")
    names = [Attachment("0" * 63 + str(n % 10), b"k" * 32, "\u5be0" * 255, 1, SIZE, 10, "x/y") for n in range(64)]
    message = writing.write_message(opened.epoch, page.turn(), "\U0001f426" * 5000, names)
    assert len(message.sealed) >= space.LARGE_RECORD
    return {**request, "card": legal_aid.card_json(opened), "records": [legal_aid.record_json(message)]}


def test_a_full_share_takes_no_more_files_whoever_asks(full, defender):
    newcomer = legal_aid.Browser(defender.client, defender.team)
    answers = [begun(newcomer), begun(defender, **defender.receipt)]
    assert [(answer.status_code, answer.json()["error"]) for answer in answers] == [(507, "space")] * 2
    assert answers[0].content == answers[1].content


def test_an_unknown_receipt_learns_nothing_of_the_room(full, defender):
    unknown = legal_aid.Browser(defender.client, defender.team)
    assert begun(unknown, **unknown.receipt).json()["error"] == "receipt"


def test_a_text_is_taken_though_the_share_is_full(full, defender):
    newcomer = legal_aid.Browser(defender.client, defender.team)
    assert newcomer.send(newcomer.request("\u0643" * 20_000)).status_code == 201
    assert defender.write("one more").status_code == 201


def test_a_large_record_needs_room_as_a_file_does(full, defender):
    newcomer = legal_aid.Browser(defender.client, defender.team)
    answer = newcomer.send(large(newcomer))
    assert (answer.status_code, answer.json()["error"]) == (507, "large")
    assert Case.objects.count() == 1


@pytest.mark.parametrize("sign", ["\u5be0", '"', "\n"])
def test_the_longest_text_is_taken_though_the_share_is_full(full, defender, sign):
    newcomer = legal_aid.Browser(defender.client, defender.team)
    assert newcomer.send(newcomer.request(sign * 20_000)).status_code == 201


def test_beyond_the_common_letters_the_longest_text_finds_room_in_two_messages(full, defender):
    """Adlam, Chakma, Hanifi Rohingya and emoji stand there, in twelve octets each."""
    newcomer = legal_aid.Browser(defender.client, defender.team)
    assert newcomer.send(newcomer.request("\U0001e900" * 20_000)).json()["error"] == "large"
    newcomer.open_case("\U0001e900" * 10_000)
    assert newcomer.write("\U0001e900" * 10_000).status_code == 201


def test_a_large_record_does_not_eat_the_reserve(defender, monkeypatch):
    monkeypatch.setattr(space, "room", lambda: space.Room(total=10**9, free=10**8))
    assert defender.send(large(defender)).status_code == 507
    monkeypatch.setattr(space, "room", lambda: space.Room(total=10**9, free=10**9))
    assert defender.send(large(defender)).status_code == 201


def test_large_records_count_in_the_share(defender):
    before = waiting.held()
    assert defender.send(large(defender)).status_code == 201
    assert waiting.held() - before == 526_059


def test_acknowledging_frees_the_room(full, defender, desk_of):
    desk_of("m01").post(f"case/{Case.objects.get().pk}/acknowledge/", {})
    assert waiting.held() == 0
    assert begun(legal_aid.Browser(defender.client, defender.team)).status_code == 201
    assert begun(defender, **defender.receipt).status_code == 201


def test_a_member_answers_with_files_though_the_share_is_full(full, desk_of):
    assert desk_of("m01").post("uploads/", {"sealed": SIZE, "parts": 1}).status_code == 201


def test_without_scripts_the_file_is_refused_by_name_and_the_text_stays(full):
    visitor = Visitor()
    visitor.go("request/plain/")
    page = visitor.send("request/plain/", [FILE], story="They took it.", go="contact")
    assert visitor.status == 200
    assert "There is no room for more files now." in page.text
    assert page.form("request/plain/")["fields"]["story"][0].strip() == "They took it."
    assert Upload.objects.filter(digest="").count() == 0
    visitor.send("request/plain/", go="contact")
    visitor.send("request/plain/", go="check")
    visitor.send("request/plain/", go="send")
    assert len(visitor.page.words) == 8


@pytest.mark.parametrize("percent", ["0", "81", "-1", "ten", "\u00b2", "5.5"])
def test_a_share_that_makes_no_sense_is_refused_at_the_start(percent, tmp_path):
    with pytest.raises(ConfigurationError, match="HRD_WAITING_SHARE"):
        read({"HRD_WAITING_SHARE": percent, "HRD_DATA": str(tmp_path)})
