"""The whole-page cache by itself: a page of two lines behind it, and visitors who try to get somebody else's."""

import gzip
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import brotli
import pytest
from django.http import HttpResponse, StreamingHttpResponse  # noqa: TID251  # what a view would answer
from django.test import RequestFactory

from hrdplatform.conf import configuration
from hrdplatform.web import generations, pagecache
from hrdplatform.web.copies import Copy, Keeping, Shelf
from hrdplatform.web.doors import Door
from hrdplatform.web.pagecache import PageCacheMiddleware, kept

pytestmark = pytest.mark.django_db


class Page:
    """A page that counts how often it is made; `answer` and `declared` may be set, and when the clock changes it."""

    def __init__(self):
        self.made = 0
        self.declared = {}
        self.moment = None
        self.answer = lambda request: HttpResponse(f"<h1>{request.get_host()} {self.made}</h1>{'word ' * 200}")
        self.view = kept("cms", until=lambda at: self.moment)(self.serve)
        self.middleware = PageCacheMiddleware(self.view)

    def serve(self, request):
        self.made += 1
        request.declared = self.declared
        return self.answer(request)

    def get(self, path="/fr/page/", method="get", cookie="", door=Door.PUBLIC, **headers):
        headers = {"host": "localhost", **headers, **({"cookie": cookie} if cookie else {})}
        request = getattr(RequestFactory(), method)(path, headers=headers)
        request.door = door
        return self.middleware(request)

    def asked(self, host, **environment):
        request = RequestFactory().get("/fr/page/", headers={"host": host}, **environment)
        request.door = Door.PUBLIC
        return request


@pytest.fixture
def page():
    return Page()


def test_a_page_is_made_once_and_given_to_everybody(page):
    first, second = page.get(), page.get()
    assert page.made == 1
    assert (first.content, dict(first.items())) == (second.content, dict(second.items()))


def test_a_proxy_may_keep_it_for_half_a_minute_and_browsers_ask_each_time(page):
    assert page.get()["Cache-Control"] == "public, max-age=0, s-maxage=30"


@pytest.mark.parametrize(
    "visit",
    [
        {"cookie": "__Host-session=abc"},
        {"cookie": "__Host-language=fr; __Host-session=abc"},
        {"cookie": "messages=hello"},
        {"cookie": "nonsense"},
        {"authorization": "Basic YTpi"},
        {"door": Door.OFFICE},
        {"door": Door.AID},
        {"path": "/office/fr/"},
        {"path": "/fr/page/?utm=1"},
        {"path": "/fr/page/?light=2"},
        {"path": "/fr/page/?light=1&light=1"},
        {"path": "/fr/page/?light=%31"},
        {"path": "/fr/page/?"  + "&".join(f"a{number}=1" for number in range(50))},
        {"host": "LOCALHOST"},
        {"method": "post"},
    ],
)  # fmt: skip
def test_visits_that_are_never_kept_nor_answered_from_a_copy(page, visit):
    page.get()
    page.get(**visit)
    page.get(**visit)
    assert page.made == 3


@pytest.mark.parametrize("cookie", ["__Host-language=de", "__Host-csrf=abc; __Host-language=de"])
def test_cookies_that_change_nothing_get_the_copy(page, cookie):
    page.get()
    page.get(cookie=cookie)
    assert page.made == 1


def test_declared_parameters_have_copies_of_their_own(page):
    page.declared = {"page": {"1", "2"}}
    for address in ("?page=1", "?page=2", "?page=1&light=1", "?light=1", ""):
        page.get(f"/fr/page/{address}")
        page.get(f"/fr/page/{address}")
    assert page.made == 5
    page.get("/fr/page/?page=3")
    page.get("/fr/page/?page=3")
    assert page.made == 7


def test_a_host_gets_no_copy_made_for_another(page):
    for host in ("localhost", "localhost:8000", "public.localhost", "localhost:6666"):
        assert f"<h1>{host} " in page.get(host=host).content.decode()
        assert f"<h1>{host} " in page.get(host=host).content.decode()
    assert page.made == 4


def test_in_production_other_hosts_and_ports_fill_no_shelf(page, monkeypatch):
    monkeypatch.setattr(
        pagecache, "configuration", replace(configuration, profile="production", public_host="a.example")
    )
    for host in ("a.example:1", "a.example:2", "A.example", "b.example"):
        assert pagecache.key_of(page.asked(host)) is None, host
    assert pagecache.key_of(page.asked("a.example")) is not None


def test_below_a_prefix_that_the_server_adds_nothing_is_kept(page):
    assert pagecache.key_of(page.asked("localhost", SCRIPT_NAME="/prefix")) is None


def with_cookie(_request):
    response = HttpResponse("x")
    response.set_cookie("a", "b")
    return response


def preview(request):
    request.is_preview = True
    return HttpResponse("x")


@pytest.mark.parametrize(
    "answer",
    [
        with_cookie,
        preview,
        lambda request: HttpResponse("x", status=404),
        lambda request: HttpResponse(status=302, headers={"Location": "/de/"}),
        lambda request: HttpResponse("x", headers={"Vary": "Cookie"}),
        lambda request: HttpResponse("x", headers={"Vary": "Accept-Language"}),
        lambda request: HttpResponse("x", headers={"Cache-Control": "private"}),
        lambda request: HttpResponse("x", headers={"Content-Encoding": "gzip"}),
        lambda request: HttpResponse("x" * 2_000_000),
        lambda request: StreamingHttpResponse(iter([b"x"])),
    ],
)
def test_answers_that_are_never_kept(page, answer):
    page.answer = answer
    for _ in range(2):
        assert "public" not in page.get().get("Cache-Control", "")
    assert page.made == 2


def test_what_no_view_asked_for_is_not_kept(page):
    page.middleware = PageCacheMiddleware(page.serve)
    page.get()
    page.get()
    assert page.made == 2


def test_a_change_in_its_room_makes_it_anew(page):
    page.get()
    generations.bump("cms")
    assert " 2</h1>" in page.get().content.decode()
    generations.bump("consultations")
    page.get()
    assert page.made == 2


def test_a_page_that_is_gone_leaves_no_copy(page):
    page.get()
    generations.bump("cms")
    page.answer = lambda request: HttpResponse("gone", status=404)
    assert page.get().status_code == 404
    assert not pagecache.shelf.copies


def test_it_ends_at_the_moment_at_which_the_clock_changes_it(page, stopped_clock):
    page.moment = stopped_clock.at + timedelta(seconds=90)
    assert page.get()["Cache-Control"].endswith("s-maxage=30")
    stopped_clock.move(seconds=80)
    assert page.get()["Cache-Control"].endswith("s-maxage=10")
    stopped_clock.move(seconds=9)
    page.get()
    assert page.made == 1
    stopped_clock.move(seconds=1)
    page.get()
    assert page.made == 2


def test_it_ends_after_five_minutes_whatever_was_said(page, stopped_clock):
    page.moment = stopped_clock.at + timedelta(days=3)
    page.get()
    stopped_clock.move(seconds=299)
    page.get()
    assert page.made == 1
    stopped_clock.move(seconds=1)
    page.get()
    assert page.made == 2


@pytest.mark.parametrize("day", [datetime(2026, 11, 23, tzinfo=UTC), datetime(2027, 3, 28, tzinfo=UTC)])
def test_it_ends_at_midnight_in_luxembourg(page, stopped_clock, day):
    midnight = {11: 23, 3: 22}[day.month]  # in UTC; the second is the day on which the clocks go forward
    stopped_clock.at = day.replace(hour=midnight) - timedelta(seconds=2)
    page.get()
    stopped_clock.move(seconds=1)
    page.get()
    assert page.made == 1
    stopped_clock.move(seconds=1)
    page.get()
    assert page.made == 2


def test_a_clock_put_back_does_not_make_it_live_longer(page, stopped_clock):
    page.get()
    stopped_clock.move(hours=-1)
    page.get()
    assert page.made == 2


def test_head_tells_of_the_copy_without_its_body(page):
    whole = page.get()
    head = page.get(method="head")
    assert head.content == b""
    assert head["Content-Length"] == str(len(whole.content))
    assert page.made == 1


def test_head_alone_keeps_nothing(page):
    page.get(method="head")
    page.get(method="head")
    assert page.made == 2


def test_who_has_it_already_is_told_so(page):
    etag = page.get()["ETag"]
    again = page.get(**{"if-none-match": etag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
    generations.bump("cms")
    assert page.get(**{"if-none-match": etag}).status_code == 200


def test_each_gets_the_encoding_that_she_takes(page):
    packed = page.get(**{"accept-encoding": "gzip, br"})
    assert packed["Content-Encoding"] == "br"
    plain = page.get()
    assert "Content-Encoding" not in plain
    zipped = page.get(**{"accept-encoding": "gzip"})
    assert zipped["Content-Encoding"] == "gzip"
    assert page.get(**{"accept-encoding": "br;q=0"}).content == plain.content
    assert brotli.decompress(packed.content) == gzip.decompress(zipped.content) == plain.content
    assert len(packed.content) < len(plain.content) == int(plain["Content-Length"])
    assert {answer["Vary"] for answer in (packed, plain, zipped)} == {"Accept-Encoding"}
    assert page.made == 1


def while_being_made(page) -> tuple[threading.Event, threading.Thread]:
    """Lets somebody begin to make the page anew; she ends when the event is set."""
    begun, ready = threading.Event(), threading.Event()

    def slow(request):
        begun.set()
        assert ready.wait(60)
        return HttpResponse("new")

    page.answer = slow
    maker = threading.Thread(target=page.get)
    maker.start()
    assert begun.wait(60)
    return ready, maker


@pytest.mark.django_db(transaction=True)
def test_while_one_makes_it_others_get_the_old_one(page, stopped_clock):
    page.get()
    stopped_clock.move(seconds=300)
    ready, maker = while_being_made(page)
    assert "word" in page.get().content.decode()
    assert page.made == 2
    ready.set()
    maker.join()
    assert page.get().content == b"new"
    assert page.made == 2


@pytest.mark.django_db(transaction=True)
def test_an_old_one_that_was_not_good_a_moment_ago_is_given_to_nobody(page, stopped_clock):
    page.get()
    stopped_clock.move(seconds=300)
    page.middleware.grace = 0
    ready, maker = while_being_made(page)
    page.answer = lambda request: HttpResponse("mine")
    assert page.get().content == b"mine"
    ready.set()
    maker.join()


def test_who_fails_to_make_it_leaves_the_turn_to_the_next(page, stopped_clock):
    page.get()
    stopped_clock.move(seconds=300)
    page.answer = lambda request: 1 / 0
    with pytest.raises(ZeroDivisionError):
        page.get()
    page.answer = lambda request: HttpResponse("back")
    assert page.get().content == b"back"


def test_what_changed_while_it_was_made_makes_it_old(page):
    def changing(request):
        generations.bump("cms")
        return HttpResponse("made from what was there before")

    page.answer = changing
    page.get()
    page.answer = lambda request: HttpResponse("new")
    assert page.get().content == b"new"


def test_the_shelf_never_grows_beyond_its_size():
    at = datetime(2026, 1, 1, tzinfo=UTC)
    keeping = Keeping(rooms=(), numbers=(), began=0.0, at=at, until=at)
    shelf = Shelf(most=100_000)
    for number in range(50):
        shelf.put(number, Copy(HttpResponse(b"x" * 5000), keeping))
        shelf.find(0)
        assert shelf.held == sum(copy.size for copy in shelf.copies.values()) <= 100_000
    assert {0, 49} <= set(shelf.copies)
    assert 1 not in shelf.copies
