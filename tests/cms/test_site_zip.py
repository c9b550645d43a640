"""The course as a website in a zip file: relative links only, no script, opens from a memory stick."""

import io
import zipfile
from html.parser import HTMLParser
from posixpath import join, normpath

import pytest

from cms.packages.site import site
from tests.factories.books import book, difficult_course, live_course, members

pytestmark = pytest.mark.django_db


class Links(HTMLParser):
    """Every address that a page names, and the elements it has."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.followed: list[str] = []
        self.loaded: list[str] = []
        self.elements: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.append(tag)
        for name, value in attrs:
            if name in {"src", "href"}:
                (self.followed if tag == "a" else self.loaded).append(value)


def pages(files: dict[str, bytes]) -> dict[str, Links]:
    return {name: Links(content.decode()) for name, content in files.items() if name.endswith(".html")}


@pytest.mark.parametrize("make", [live_course, difficult_course])
def test_every_relative_link_leads_to_a_file_in_it_and_nothing_is_loaded_from_elsewhere(make):
    files = members(site(book(make())))
    for name, links in pages(files).items():
        inside = links.loaded + [link for link in links.followed if not link.startswith(("http://", "https://"))]
        assert inside
        for link in inside:
            assert normpath(join(name, "..", link)) in files, f"{name}: {link}"
        assert not {"script", "iframe", "object", "form"} & set(links.elements)


def test_one_folder_stands_around_everything_and_it_begins_with_an_index():
    files = members(site(book(live_course())))
    assert {name.split("/")[0] for name in files} == {"phone-safety"}
    start = files["phone-safety/index.html"].decode()
    for words in ("Your phone at a demonstration", "decide what to take along", 'href="lesson-1-2.html"', "Passerelle"):
        assert words in start


def test_every_page_has_one_heading_its_language_and_its_direction():
    for make, opening in (
        (live_course, '<html lang="en" dir="ltr">'),
        (difficult_course, '<html lang="ar" dir="rtl">'),
    ):
        files = members(site(book(make())))
        for name, links in pages(files).items():
            assert (links.elements.count("h1"), links.elements.count("main")) == (1, 1), name
            assert opening in files[name].decode()


def test_every_block_is_in_it():
    lesson = members(site(book(live_course())))["phone-safety/lesson-1-2.html"].decode()
    for words in (
        "<b>all the time</b>",
        '<a href="files/1.pdf">the card</a>',
        '<div class="notice is-warn"><p>Leaving it at home is a choice too.</p></div>',
        "<strong>Write the number on your arm</strong>",
        "Backed up.",
        "<summary>Why a code?</summary>",
        "A protester",
        'alt="A phone lying on a table"',
        "Card for your pocket",
        "<dfn",
        "When the police take a thing.",
        "Come and try it",
        "<summary>It is faster</summary>",
        "Yes. A code has to be said.",
    ):
        assert words in lesson, words


def test_a_video_is_a_link_with_its_transcript():
    lesson = members(site(book(difficult_course())))["amn/lesson-1-1.html"].decode()
    assert 'href="https://video.example.org/1"' in lesson
    assert "آخر &amp; &lt;ذلك&gt;" in lesson
    assert "<video" not in lesson


def test_documents_come_along():
    files = members(site(book(live_course())))
    assert files["phone-safety/files/1.pdf"].startswith(b"%PDF")


def test_its_bytes_know_no_moment_and_no_machine():
    course = live_course()
    content = site(book(course))
    assert content == site(book(course))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_it_opens_from_a_file_address_and_leads_on_without_scripts(chromium, tmp_path):
    with zipfile.ZipFile(io.BytesIO(site(book(live_course())))) as archive:
        archive.extractall(tmp_path)
    context = chromium.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto((tmp_path / "phone-safety" / "index.html").as_uri())
    page.get_by_role("link", name="Your phone", exact=True).click()
    assert page.get_by_role("heading", level=1).inner_text() == "Your phone"
    answer = page.get_by_text("Yes. A code has to be said.")
    assert not answer.is_visible()
    page.get_by_text("Nobody can press it out of your hand").click()
    assert answer.is_visible()
    picture = page.get_by_role("img", name="A phone lying on a table")
    assert picture.bounding_box()["width"] > 0
    page.get_by_role("link", name="Go on").click()
    assert page.get_by_role("heading", level=1).inner_text() == "On the street"
    context.close()
