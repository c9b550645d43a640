"""The members' sealed door, spoken to as the desk's page would."""

import pytest

from hrdplatform.audit.models import Entry
from hrdplatform.sealing import epochs, writing
from hrdplatform.sealing.epochs import Author, Change
from legal_aid.models import AnswerClock, Card, Case, KeyWrap, Record
from tests.factories import legal_aid

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_a_member_reads_a_request_and_answers_it(defender, desk_of):
    defender.open_case("They are at my door.")
    desk = desk_of("m01")
    assert desk.view(defender.case).sound
    assert desk.write(defender.case, "We are with you.").status_code == 201
    texts = [record.body.text for record in defender.view().messages.records]
    assert texts == ["They are at my door.", "We are with you."]


def test_the_queue_opens_with_the_members_own_wrap(defender, desk_of):
    defender.open_case("first words")
    row = desk_of("m02").get("queue/").json()["cases"][0]
    assert (row["case"], row["status"], row["unread"]) == (defender.case, "received", 1)
    assert row["wrap"]
    assert (row["first"]["kind"], row["notes"]) == ("message", None)


@pytest.mark.parametrize("cases", [1, 3])
def test_the_queue_asks_the_same_number_of_questions(team, client, desk_of, django_assert_num_queries, cases):
    for _ in range(cases):
        legal_aid.Browser(client, team).open_case()
    desk = desk_of("m01")
    desk.get("queue/")
    with django_assert_num_queries(8):
        assert len(desk.get("queue/").json()["cases"]) == cases


@pytest.mark.parametrize("page", ["²", "-1", "", "9" * 5000])
def test_a_page_that_is_no_number_is_the_first_or_the_last(defender, desk_of, page):
    defender.open_case()
    assert len(desk_of("m01").get(f"queue/?page={page}").json()["cases"]) == 1


def test_a_case_that_cannot_be_one_is_not_there(defender, desk_of):
    defender.open_case()
    for case in ("x", ""):
        assert desk_of("m01").get(f"files/{'0' * 64}/1/?case={case}").status_code == 404


def test_urgent_requests_stand_first(team, client, desk_of):
    calm, urgent = (legal_aid.Browser(client, team) for _ in range(2))
    calm.open_case(urgency="open")
    urgent.open_case(urgency="now")
    rows = desk_of("m01").get("queue/").json()["cases"]
    assert [row["case"] for row in rows] == [urgent.case, calm.case]


def test_who_is_no_reader_finds_nothing_and_counts_nothing(defender, desk_of):
    defender.open_case()
    desk = desk_of("m04")
    assert desk.get("queue/").json()["cases"] == []
    assert desk.get(f"case/{defender.case}/").status_code == 404
    assert desk.post(f"case/{defender.case}/acknowledge/", {}).status_code == 404
    body = {"case": defender.case, "chain": "case", "epoch": 1, "records": [], "uploads": []}
    assert desk.post("records/", body).status_code in {400, 404}


def test_another_team_finds_nothing(defender, client):
    defender.open_case()
    other = legal_aid.team("two")
    from tests.factories import accounts

    desk = legal_aid.Desk(accounts.signed_in(other.users["m01"]), other)
    assert desk.get(f"case/{defender.case}/").status_code == 404


def test_acknowledging_stops_the_clock_and_tells_the_defender(defender, desk_of):
    defender.open_case(urgency="now")
    assert AnswerClock.objects.count() == 1
    desk = desk_of("m01")
    assert [desk.post(f"case/{defender.case}/acknowledge/", {}).status_code for _ in range(2)] == [204, 204]
    assert not AnswerClock.objects.exists()
    assert defender.fetch().json()["status"] == "looked_at"
    assert Entry.objects.filter(event="legal_aid.case.acknowledged").count() == 1


def test_a_reading_leaves_a_line_without_the_case_id(defender, desk_of):
    defender.open_case()
    desk_of("m01").get(f"case/{defender.case}/")
    line = Entry.objects.get(event="legal_aid.case.read")
    assert line.object == f"trace:{Case.objects.get().trace}"
    assert not Entry.objects.filter(object__contains=defender.case).exists()


def test_a_new_epoch_after_a_new_list_lets_the_case_go_on(defender, desk_of, team):
    defender.open_case("before")
    team.next_list(members=team.signed.members("m01", "m03"))
    desk = desk_of("m01")
    assert desk.post("cards/", desk.epoch(defender.case)).status_code == 201
    assert desk.write(defender.case, "after").status_code == 201
    assert defender.view().sound
    assert desk_of("m02").get(f"case/{defender.case}/").status_code == 404


def test_granting_gives_the_new_reader_the_old_epochs_too(defender, desk_of, team):
    defender.open_case("before")
    desk = desk_of("m01")
    seen = desk.view(defender.case).messages
    body = desk.epoch(defender.case, Change(reading=("m01", "m02", "m03", "m04")))
    granted = epochs.grant(seen, team.signed.newest.member("m04"), [1])
    body["wraps"] = [
        {"chain": wrap.chain, "epoch": wrap.epoch, "reader": wrap.reader, "wrap": legal_aid.b64(wrap.sealed)}
        for wrap in granted
    ]
    assert desk.post("cards/", body).status_code == 201
    assert [record.body.text for record in desk_of("m04").view(defender.case).messages.records] == ["before"]


def test_a_card_sent_twice_is_one_epoch(defender, desk_of):
    defender.open_case()
    desk = desk_of("m01")
    body = desk.epoch(defender.case)
    assert [desk.post("cards/", body).status_code for _ in range(2)] == [201, 200]
    assert Card.objects.count() == 2


def test_two_cards_for_one_epoch_make_one_winner(defender, desk_of):
    defender.open_case()
    one, two = desk_of("m01"), desk_of("m02")
    bodies = [(one, one.epoch(defender.case)), (two, two.epoch(defender.case))]
    answers = [desk.post("cards/", body) for desk, body in bodies]
    assert [answer.status_code for answer in answers] == [201, 409]
    assert answers[1].json()["error"] == "epoch"


def test_a_message_under_an_old_epoch_is_sent_back(defender, desk_of):
    defender.open_case()
    message = defender.message("too late")
    desk = desk_of("m01")
    desk.post("cards/", desk.epoch(defender.case))
    answer = defender.post("records/", message, **defender.receipt)
    assert (answer.status_code, answer.json()["error"]) == (409, "epoch")


def test_a_message_sent_while_a_card_is_made_is_not_lost_as_late(defender, desk_of):
    """Negative test 29, from the desk's side."""
    defender.open_case()
    desk = desk_of("m01")
    body = desk.epoch(defender.case)
    defender.write("honest")
    answer = desk.post("cards/", body)
    assert (answer.status_code, answer.json()["error"]) == (409, "rows")
    assert defender.view().sound


def test_notes_and_a_summary_stay_with_the_team(defender, desk_of, team):
    defender.open_case()
    desk = desk_of("m01")
    base = desk.view(defender.case).messages.newest
    author = Author("m01", desk.keys.sig)
    opened = epochs.open_notes(base, author)
    note = writing.write_message(opened.epoch, desk.turn(), "only us")
    body = {
        "case": defender.case,
        "cards": [legal_aid.card_json(opened)],
        "rows_seen": 0,
        "wraps": [],
        "locator": "",
        "records": [legal_aid.record_json(note)],
    }
    assert desk.post("cards/", body).status_code == 201
    assert [record.body.text for record in desk.view(defender.case).notes.records] == ["only us"]
    answer = defender.fetch().json()
    assert {row["chain"] for row in answer["cards"]} == {"case"}
    assert len(answer["records"]) == 1
    assert desk.get("queue/").json()["cases"][0]["notes"]["epoch"] == 1


@pytest.mark.parametrize(
    "spoil",
    [
        lambda card: card["wraps"].pop("receipt"),
        lambda card: card["wraps"].pop("m02"),
        lambda card: card["wraps"].update(m04=card["wraps"]["m02"]),
        lambda card: card.update(epoch=card["epoch"] + 1),
        lambda card: card["wraps"].update(m02=legal_aid.b64(b"x" * 1901)),
    ],
)
def test_a_card_that_is_not_exactly_right_opens_nothing(defender, desk_of, spoil):
    defender.open_case()
    desk = desk_of("m01")
    body = desk.epoch(defender.case)
    spoil(body["cards"][0])
    assert desk.post("cards/", body).status_code == 400
    assert Card.objects.count() == 1


def test_a_member_cannot_change_the_receipt(defender, desk_of):
    """Negative test 6: staff cannot make a receipt theirs."""
    defender.open_case()
    desk = desk_of("m01")
    stolen = epochs.receipt_keys(legal_aid.Browser(None, defender.team).keys)
    body = desk.epoch(defender.case, Change(receipt=stolen))
    assert desk.post("cards/", body).status_code == 400


def test_a_card_under_an_old_list_is_refused(defender, desk_of, team):
    """Negative test 5: somebody who left reopens with the list of before."""
    defender.open_case()
    old = team.signed.newest
    team.next_list(members=team.signed.members("m01", "m03"))
    desk = desk_of("m02")
    body = desk.epoch(defender.case, listed=old)
    answer = desk.post("cards/", body)
    assert (answer.status_code, answer.json()["error"]) == (409, "list")


def test_the_keyring_and_drafts_are_kept_for_their_member_alone(desk_of, defender):
    from hrdplatform.sealing.age import sealed

    desk = desk_of("m01")
    blob = sealed.seal(b"pins", desk.keys.kem_public)
    path = f"{legal_aid.DESK}own/keyring/"
    put = lambda value: desk.client.put(path, {"sealed": legal_aid.b64(value)}, content_type="application/json")  # noqa: E731
    assert put(blob).status_code == 204
    assert desk.get("own/keyring/").json() == {"sealed": legal_aid.b64(blob)}
    assert desk_of("m02").get("own/keyring/").status_code == 404
    assert put(b"clear pins").status_code == 400
    assert desk.client.delete(path).status_code == 204
    assert desk.get("own/keyring/").status_code == 404


def test_me_gives_what_unlocking_needs(desk_of, team):
    answer = desk_of("m01").get("me/").json()
    assert (answer["member"], answer["team"]) == ("m01", team.hex)
    assert answer["newest"] == team.signed.texts[team.signed.newest.hash]


def test_without_a_second_factor_there_is_no_desk(team, client):
    from tests.factories import accounts

    half = accounts.signed_in(team.users["m01"], verified=False)
    for path in ("me/", "queue/"):
        assert client.get(legal_aid.DESK + path).status_code == 302
        assert half.get(legal_aid.DESK + path).status_code == 302


def test_a_members_file_comes_with_the_reply(defender, desk_of):
    defender.open_case()
    desk = desk_of("m01")
    parts, manifest = legal_aid.sealed_file()
    upload = desk.post("uploads/", {"sealed": manifest["sealed"], "parts": 1}).json()["upload"]
    import hashlib

    stored = desk.client.put(
        f"{legal_aid.DESK}uploads/{upload}/1/",
        parts[0],
        content_type="application/octet-stream",
        headers={"X-Part-SHA256": hashlib.sha256(parts[0]).hexdigest()},
    )
    assert stored.status_code == 201
    seen = desk.view(defender.case).messages
    record = writing.write_message(seen.newest, desk.turn(), "see the letter")
    body = {
        "case": defender.case,
        "chain": "case",
        "epoch": 1,
        "records": [legal_aid.record_json(record)],
        "uploads": [{"upload": upload, **manifest}],
    }
    assert desk.post("records/", body).status_code == 201
    answer = defender.client.get(f"{legal_aid.BASE}files/{manifest['digest']}/1/", headers=defender.receipt)
    assert b"".join(answer.streaming_content) == parts[0]


def test_wraps_of_an_erased_case_are_gone_for_the_desk_too(defender, desk_of):
    defender.open_case()
    defender.post("erase/", {"case": defender.case}, **defender.receipt)
    desk = desk_of("m01")
    assert desk.get("queue/").json()["cases"] == []
    assert not KeyWrap.objects.exists()
    assert not Record.objects.exists()
