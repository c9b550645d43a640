"""The journey without scripts, walked by somebody who only reads and sends forms."""

import pytest

from legal_aid.models import Case, PlainSession, Record, Upload
from tests.factories import accounts, legal_aid
from tests.legal_aid.plain_visitor import Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.database]
CLIP = ("clip.mp4", b"\x00\x00\x00\x18ftypmp42" + b"v" * 200_000, "video/mp4")


@pytest.fixture
def visitor(team):
    return Visitor()


def test_the_first_page_says_who_can_read(visitor):
    page = visitor.go("")
    assert "2 people" in page.text
    assert "Team one" in page.text


def test_a_request_is_sealed_on_arrival_and_the_team_reads_it(visitor, desk_of):
    visitor.open_case("They took my phone.", [CLIP], urgency="soon")
    case = Case.objects.get()
    assert (case.arrival, case.urgency) == ("server", "soon")
    view = desk_of("m01").view(case.pk)
    assert view.sound
    message = view.messages.records[0].body
    assert message.text == "They took my phone."
    assert [(file.name, file.size) for file in message.attachments] == [("clip.mp4", len(CLIP[1]))]


def test_what_was_said_about_contact_comes_sealed_with_it(visitor, desk_of):
    visitor.go("request/plain/")
    visitor.send("request/plain/", story="x", go="contact", aims=["rights", "stop"])
    visitor.send("request/plain/", go="check", channel="signal", safe_word="Quetschekraut", voicemail="on")
    visitor.send("request/plain/", go="send")
    contact = desk_of("m01").view(Case.objects.get().pk).messages.records[1].body.data
    assert (contact["channel"], contact["safe_word"], contact["voicemail"]) == ("signal", "Quetschekraut", 1)
    assert contact["aims"] == ["rights", "stop"]


def test_what_she_did_not_tick_stays_unticked_from_screen_to_screen(visitor, desk_of):
    visitor.go("request/plain/")
    page = visitor.send("request/plain/", story="x", go="contact")
    fields = page.form("request/plain/")["fields"]
    assert "voicemail" not in fields
    assert fields["ask_each_time"] == ["on"]
    visitor.send("request/plain/", go="check", ask_each_time=None)
    page = visitor.send("request/plain/", go="contact")
    assert "ask_each_time" not in page.form("request/plain/")["fields"]
    visitor.send("request/plain/", go="check")
    visitor.send("request/plain/", go="send")
    contact = desk_of("m01").view(Case.objects.get().pk).messages.records[1].body.data
    assert (contact["voicemail"], contact["ask_each_time"]) == (0, 0)


def test_her_own_words_open_it_again_and_she_reads_the_answer(visitor, desk_of):
    words = visitor.open_case()
    visitor.confirm(words)
    assert "They took my phone." in visitor.page.text
    desk_of("m01").write(Case.objects.get().pk, "Do not sign anything.")
    other = Visitor()
    page = other.come_back([word.upper() for word in words])
    assert "Do not sign anything." in page.text
    assert "2 messages, verified" in page.text


def test_a_double_click_makes_one_case_and_shows_one_receipt(visitor):
    words = visitor.open_case()
    assert visitor.again("plain/").words == words
    assert Case.objects.count() == 1


def test_an_error_loses_nothing_that_was_typed(visitor):
    visitor.go("request/plain/")
    page = visitor.send("request/plain/", [CLIP], story="", mandate="he knows", urgency="now", go="contact")
    assert visitor.status == 422
    assert "Write a few words about what happened" in page.text
    assert "clip.mp4" in page.text
    fields = page.form("request/plain/")["fields"]
    assert (fields["mandate"], fields["urgency"]) == (["he knows"], ["now"])


def test_a_text_that_is_too_long_comes_back_whole(visitor):
    visitor.go("request/plain/")
    page = visitor.send("request/plain/", story="ä" * 20_003, go="contact")
    assert "3 characters too many" in page.text
    assert page.form("request/plain/")["fields"]["story"][0].strip() == "ä" * 20_003


def test_a_form_without_its_key_changes_nothing_and_keeps_the_text(visitor):
    visitor.go("request/plain/")
    page = visitor.send("request/plain/", [CLIP], csrfmiddlewaretoken="x" * 64, story="kept", go="send")
    assert visitor.status == 403
    assert page.form("request/plain/")["fields"]["story"][0].strip() == "kept"
    assert not Upload.objects.exists()
    assert not Case.objects.exists()


def test_a_file_can_be_taken_out_again(visitor):
    visitor.go("request/plain/")
    visitor.send("request/plain/", [CLIP], story="x", go="files")
    digest = Upload.objects.get()
    assert digest.sealed > 200_000
    from hrdplatform.sealing.files import digest as file_digest
    from legal_aid.domain import uploads

    page = visitor.send("request/plain/", drop=file_digest(digest.sealed, uploads.stored_hashes(digest)))
    assert "clip.mp4" not in page.text
    assert not Upload.objects.exists()


def test_two_wrong_words_show_the_receipt_again(visitor):
    words = visitor.open_case()
    page = visitor.send("receipt/", first="wrong", second="wrong")
    assert page.words == words
    assert "That is not the word" in page.text


def test_confirming_renews_the_cookie(visitor):
    words = visitor.open_case()
    before = visitor.client.cookies["__Host-visit"].value
    visitor.confirm(words)
    assert visitor.client.cookies["__Host-visit"].value != before
    assert PlainSession.objects.count() == 1


def test_of_two_confirmations_at_once_the_later_is_led_on_too(visitor, monkeypatch):
    """The other click is done while this one compares the words."""
    from hrdplatform.sealing import receipts
    from hrdplatform.web import clock
    from legal_aid.domain import plain_session

    words = visitor.open_case()
    visit = plain_session.Visit.read(visitor.client.cookies["__Host-visit"].value)
    number = visitor.page.form("receipt/")["fields"]["form"][0]
    parse, other = receipts.parse, []

    def overtaken(*given):
        if not other:
            other.append(plain_session.renew(visit, form=number, at=clock.now()))
        return parse(*given)

    monkeypatch.setattr(receipts, "parse", overtaken)
    page = visitor.confirm(words)
    assert other
    assert visitor.status == 200
    assert "words" in page.form("return/plain/")["fields"]


def test_after_confirming_a_form_that_is_sent_once_more_leads_to_the_messages(visitor):
    words = visitor.open_case()
    sent = visitor.data
    visitor.confirm(words)
    visitor.data = sent
    page = visitor.again("plain/")
    assert page.words == []
    assert "They took my phone." in page.text
    assert Case.objects.count() == 1


def test_a_replaced_receipt_is_made_once_even_if_its_form_comes_after_the_confirmation(visitor):
    visitor.confirm(visitor.open_case())
    visitor.go("return/plain/receipt/")
    new = visitor.send("return/plain/receipt/").words
    sent = visitor.data
    visitor.confirm(new)
    visitor.data = sent
    assert visitor.again("/en/aid/return/plain/receipt/").words == []
    assert "They took my phone." in Visitor().come_back(new).text


def test_the_emergency_route_is_one_screen_and_wakes_somebody(visitor, desk_of):
    from hrdplatform.notices.models import Notice

    visitor.go("urgent/plain/")
    page = visitor.send("urgent/plain/", story="Police at the door", address="+352 621 000 000")
    assert len(page.words) == 8
    case = Case.objects.get()
    assert case.urgency == "now"
    assert set(Notice.objects.values_list("to", flat=True)) == {"m01-one@example.org", "m02-one@example.org"}
    assert desk_of("m01").view(case.pk).sound


def test_writing_again_with_a_file(visitor, desk_of):
    words = visitor.open_case()
    visitor.confirm(words)
    page = visitor.send("messages/", [CLIP], text="And this film.", go="send")
    assert "And this film." in page.text
    assert "clip.mp4" in page.text
    view = desk_of("m01").view(Case.objects.get().pk)
    assert view.sound
    assert view.messages.records[-1].body.attachments[0].name == "clip.mp4"


def test_a_form_sent_twice_is_one_message(visitor):
    words = visitor.open_case()
    visitor.confirm(words)
    visitor.send("messages/", text="once", go="send")
    visitor.again(f"/{visitor.language}/aid/return/plain/messages/")
    assert Record.objects.filter(kind="message").count() == 2


def test_a_file_comes_back_as_it_was_and_is_always_a_download(visitor):
    words = visitor.open_case(files=[CLIP])
    visitor.confirm(words)
    row = Record.objects.filter(kind="message").get().row
    visitor.go(f"return/plain/file/{row}/1/")
    assert b"".join(visitor.answer.streaming_content) == CLIP[1]
    assert visitor.answer["Content-Disposition"] == 'attachment; filename="clip.mp4"'
    visitor.go(f"return/plain/file/{row}/2/")
    assert visitor.status == 404


def test_a_swapped_part_hands_out_no_byte(visitor):
    """Negative test 21, on the server's side."""
    from django.core.files.storage import default_storage

    words = visitor.open_case(files=[CLIP])
    visitor.confirm(words)
    blob = Upload.objects.get().parts.get().blob
    with default_storage.open(blob, "r+b") as file:
        file.seek(5000)
        other = bytes([file.read(1)[0] ^ 1])
        file.seek(5000)
        file.write(other)
    row = Record.objects.filter(kind="message").get().row
    page = visitor.go(f"return/plain/file/{row}/1/")
    assert visitor.status == 409
    assert "not the one that was sent" in page.text


def test_a_replaced_receipt_opens_and_the_old_one_does_not(visitor):
    old = visitor.open_case()
    visitor.confirm(old)
    visitor.go("return/plain/receipt/")
    new = visitor.send("receipt/").words
    assert len(new) == 8
    assert new != old
    visitor.confirm(new)
    assert "They took my phone." in Visitor().come_back(new).text
    stranger = Visitor()
    stranger.come_back(old)
    assert stranger.status == 404


def test_everything_can_be_erased(visitor):
    words = visitor.open_case(files=[CLIP])
    visitor.confirm(words)
    visitor.go("return/plain/erase/")
    page = visitor.send("erase/")
    assert "Tick this" in page.text
    page = visitor.send("erase/", sure="on")
    assert "Your request is gone." in page.text
    assert not Case.objects.exists()
    assert not Upload.objects.exists()
    other = Visitor()
    other.come_back(words)
    assert other.status == 404


def test_leaving_fast_closes_the_case(visitor):
    words = visitor.open_case()
    visitor.confirm(words)
    visitor.client.get("/en/quetsch/", secure=True)
    assert not PlainSession.objects.exists()


def test_a_case_made_with_scripts_gets_its_mark_once(visitor, defender, desk_of):
    from hrdplatform.sealing import receipts
    from legal_aid.domain import installation

    indices = receipts.generate("en")
    keys = receipts.receipt_keys(indices, installation.salt())
    defender.token = keys.token
    defender.keys = type(defender.keys)(keys.kem, keys.sig)
    defender.open_case("from my own device")
    for _ in range(2):
        page = Visitor().come_back(list(receipts.rendered(indices, "en")))
        assert "from my own device" in page.text
    kinds = [record.kind for record in desk_of("m01").view(defender.case).messages.records]
    assert kinds.count("opened") == 1


def test_after_a_new_list_she_can_still_write(visitor, team, desk_of):
    words = visitor.open_case()
    visitor.confirm(words)
    team.next_list(members=team.signed.members("m01", "m03"))
    visitor.send("messages/", text="still here", go="send")
    view = desk_of("m01").view(Case.objects.get().pk)
    assert view.sound
    assert view.messages.newest.number == 2


def test_twenty_one_openings_on_one_circuit_wait(visitor):
    statuses = []
    for _ in range(21):
        visitor.go("return/plain/")
        visitor.send("return/plain/", words=" ".join(["0001"] * 8))
        statuses.append(visitor.status)
    assert statuses == [404] * 20 + [429]


@pytest.mark.parametrize("language", ["fr", "de", "lb", "en", "pt", "ar"])
def test_every_language_has_a_receipt_that_can_be_typed_again(team, language):
    visitor = Visitor(language)
    words = visitor.open_case()
    assert all(word.isdigit() for word in words) == (language in {"lb", "ar"})
    assert "They took my phone." in Visitor(language).come_back(words).text


def test_a_list_that_ran_out_is_said_plainly(visitor, team):
    listed = team.signed.newest
    visitor.go("request/plain/")
    visitor.send("request/plain/", story="kept", go="contact")
    visitor.send("request/plain/", go="check")
    team.next_list(issued=legal_aid.days_ago(60), expires=legal_aid.days_ago(1))
    page = visitor.send("request/plain/", go="send")
    assert visitor.status in {409, 422}
    assert "kept" in page.text
    assert listed.seq == 1


def test_a_desk_session_is_no_visit(team, client):
    signed = accounts.signed_in(team.users["m01"])
    assert signed.get("/en/aid/return/plain/messages/", secure=True).status_code == 302


@pytest.mark.parametrize("left", [1, 2])
def test_a_team_that_closed_its_door_meanwhile_is_said_and_nothing_typed_is_lost(visitor, team, left):
    closing, *_others = [legal_aid.team(name).row for name in ("two", "three")[:left]]
    visitor.go("request/plain/")
    closing.takes_requests = False
    closing.save()
    page = visitor.send("request/plain/", story="They searched our office.", team=closing.hex, go="contact")
    assert "This team takes no requests now." in page.text
    assert page.form("request/plain/")["fields"]["story"][0].strip() == "They searched our office."
    assert not Case.objects.exists()
