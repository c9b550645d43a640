"""Two people at the same moment: one winner, nothing lost, nothing half there. On SQLite and PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client

from hrdplatform.web import clock
from legal_aid.domain import plain_session
from legal_aid.domain.plain_session import Visit
from legal_aid.models import Card, Case, KeyWrap, Record, Tombstone
from tests.factories import legal_aid
from tests.legal_aid.plain_visitor import Visitor

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


def at_once(*acts):
    """Run all acts in threads of their own and return what they return, in order."""

    def alone(act):
        try:
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(alone, acts))


def elsewhere(page: legal_aid.Browser) -> legal_aid.Browser:
    """The same page on a connection of its own."""
    return legal_aid.Browser(Client(), page.team, page.token, page.keys, page.visit, page.case)


def test_eight_clicks_make_one_case(defender):
    request = defender.request(uploads=(defender.upload(),))
    answers = at_once(*[lambda: elsewhere(defender).send(request) for _ in range(8)])
    assert sorted(answer.status_code for answer in answers) == [200] * 7 + [201]
    assert Case.objects.count() == 1
    assert defender.fetch() is not None


def test_a_double_click_without_scripts_makes_one_case(team):
    visitor = Visitor()
    visitor.go("request/plain/")
    visitor.send("request/plain/", story="once", go="contact")
    visitor.send("request/plain/", go="check")
    form = visitor.page.form("request/plain/")["fields"] | {"go": ["send"]}
    cookies = visitor.client.cookies

    def click():
        client = Client()
        client.cookies = cookies
        headers = {"Referer": "https://testserver/"}
        return client.post("/en/aid/request/plain/", form, secure=True, headers=headers)

    answers = at_once(*[click for _ in range(4)])
    assert [answer.status_code for answer in answers] == [200] * 4
    assert Case.objects.count() == 1


def test_files_added_in_several_tabs_at_once_are_all_kept(team):
    """Without scripts; the first of them also begins the visit."""
    visitor = Visitor()
    visitor.go("request/plain/")
    form = visitor.page.form("request/plain/")["fields"] | {"story": ["six tabs"], "go": ["files"]}
    cookies = visitor.client.cookies
    names = [f"photo-{number}.txt" for number in range(6)]

    def add(name):
        client = Client()
        client.cookies = cookies
        file = SimpleUploadedFile(name, name.encode() * 200_000)
        headers = {"Referer": "https://testserver/"}
        return client.post("/en/aid/request/plain/", form | {"files": [file]}, secure=True, headers=headers)

    answers = at_once(*[lambda name=name: add(name) for name in names])
    assert [answer.status_code for answer in answers] == [200] * 6
    visitor.send("request/plain/", story="six tabs", go="files")
    assert [name for name in names if name not in visitor.page.text] == []


def test_a_file_that_came_while_a_message_was_sent_waits_for_the_next(team):
    visitor = Visitor()
    visitor.confirm(visitor.open_case())
    visit = Visit.read(visitor.client.cookies["__Host-visit"].value)
    visitor.send("messages/", [("first.txt", b"first", "text/plain")], text="", go="files")
    sent = plain_session.draft(visit, at=clock.now())
    visitor.send("messages/", [("second.txt", b"second", "text/plain")], text="", go="files")
    plain_session.take_sent(visit, sent, at=clock.now())
    assert [one.name for one in plain_session.draft(visit, at=clock.now())] == ["second.txt"]


def test_of_two_epochs_at_once_one_is_opened(defender, desk_of):
    defender.open_case()
    desks = [desk_of("m01"), desk_of("m02")]
    bodies = [desk.epoch(defender.case) for desk in desks]
    answers = at_once(*[lambda pair=pair: pair[0].post("cards/", pair[1]) for pair in zip(desks, bodies, strict=True)])
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    assert Card.objects.filter(chain="case").count() == 2
    assert defender.view().sound


def test_a_message_and_a_card_at_once_leave_nothing_late(defender, desk_of):
    """Negative test 29 with both in flight: one of them is sent back."""
    defender.open_case()
    desk = desk_of("m01")
    card, message = desk.epoch(defender.case), defender.message("honest")
    answers = at_once(
        lambda: desk.post("cards/", card),
        lambda: elsewhere(defender).post("records/", message, **defender.receipt),
    )
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    assert defender.view().sound


def test_writing_and_erasing_at_once_leave_nothing(defender, desk_of):
    """Negative test 30."""
    defender.open_case(uploads=(defender.upload(),))
    desk = desk_of("m01")
    desk.view(defender.case)
    message = defender.message("one more")
    at_once(
        lambda: elsewhere(defender).post("records/", message, **defender.receipt),
        lambda: elsewhere(defender).post("erase/", {"case": defender.case}, **defender.receipt),
        lambda: desk.get("queue/"),
    )
    for model in (Case, Card, KeyWrap, Record):
        assert not model.objects.exists()
    assert Tombstone.objects.count() == 1


def test_a_form_number_counts_once_in_parallel(team):
    visitor = Visitor()
    words = visitor.open_case()
    visitor.confirm(words)
    form = visitor.page.form("messages/")["fields"] | {"text": ["once"], "go": ["send"]}
    cookies = visitor.client.cookies

    def click():
        client = Client()
        client.cookies = cookies
        headers = {"Referer": "https://testserver/"}
        return client.post("/en/aid/return/plain/messages/", form, secure=True, headers=headers)

    at_once(*[click for _ in range(4)])
    assert Record.objects.filter(kind="message").count() == 2
