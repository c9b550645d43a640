"""The HTML of learning and of packages, as it is sent: the Nu Html Checker finds neither an error nor a doubt.

All other pages are held against it by the walks that visit them for axe.
"""

import pytest

from cms.models import CoursePage, StandardPage
from cms.packages.scorm import scorm
from cms.packages.site import site as website
from tests.factories.books import book, difficult_course, live_course, members
from tests.factories.cms import home, standard_page
from tests.factories.library import every_block
from tests.walks import cms_stops, looking_stops
from tests.walks.stops import Stop
from tests.walks.wire import Reader

pytestmark = pytest.mark.walk
LANGUAGES = ("fr", "en", "ar")
EVERY_LANGUAGE = (*LANGUAGES, "de", "lb")


def read_all(reader: Reader, stops: list[Stop], language: str) -> None:
    """What is sent at the addresses of `stops`; what scripts make of it on the device is not in it."""
    for address in dict.fromkeys(stop.address for stop in stops):
        reader.walker.visit(address.format(language=language))
        reader.look(f"{address} {language}")
    reader.testify()


@pytest.mark.parametrize("language", EVERY_LANGUAGE)
def test_the_pages_of_learning_are_valid(reader: Reader, language: str):
    cms_stops.fill(language)
    read_all(reader, cms_stops.LEARNING, language)


@pytest.mark.parametrize("language", EVERY_LANGUAGE)
def test_the_pages_of_looking_are_valid(reader: Reader, language: str):
    looking_stops.fill(language)
    read_all(reader, looking_stops.LOOKING, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_with_forms_are_valid(reader: Reader, language: str):
    cms_stops.fill(language)
    course = CoursePage.objects.get().pk
    page = reader.walker.visit(f"/{language}/learn/certificate/{course}/")
    reader.look(f"certificate asked {language}")
    with page.expect_navigation():
        page.locator("main form button").click()
    reader.look(f"certificate without a name {language}")
    page.locator("#id_name").fill("Jeanne Wagener")
    with page.expect_navigation():
        page.locator("main form button").click()
    reader.look(f"certificate {language}")
    page = reader.walker.visit(f"/{language}/learn/useful/{course}/")
    reader.look(f"useful {language}")
    with page.expect_navigation():
        page.locator("main form button").click()
    reader.look(f"useful without an answer {language}")
    page.locator("main form input[value=yes]").check()
    with page.expect_navigation():
        page.locator("main form button").click()
    reader.look(f"useful, thanks {language}")
    reader.testify()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_standard_page_is_valid_in_full_and_light(reader: Reader, language: str):
    cms_stops.fill(language)
    kinds = StandardPage.body.field.stream_block.child_blocks
    blocks = [block for block in every_block() if block["type"] in kinds]
    standard_page("Contact", slug="contact", parent=home(language), body=blocks, lead="Whom to ask.")
    for address in (f"/{language}/contact/", f"/{language}/contact/?light=1", f"/{language}/?light=1"):
        reader.walker.visit(address)
        reader.look(address)
    reader.testify()


@pytest.mark.parametrize("make", [live_course, difficult_course])
@pytest.mark.parametrize("pack", [website, scorm])
def test_the_pages_of_a_package_are_valid(reader: Reader, make, pack):
    pages = {name: html for name, html in members(pack(book(make()))).items() if name.endswith(".html")}
    assert pages
    for name, html in pages.items():
        reader.judge(name, html)
    reader.testify()


@pytest.mark.parametrize(
    ("sound", "broken", "words"),
    [
        (b"</main>", b"", "Unclosed element"),
        (b"<h1", b"<h1 align=center", "align"),
        (b"</h1>", b"</h1><img src=/static/web/mark.svg>", "alt"),
        (b"</main>", b"<p><div>x</div></p></main>", "end tag"),
        (b"</main>", b"<i id=twice></i><i id=twice></i></main>", "Duplicate ID"),
        (b"</main>", b"<label for=nowhere>x</label></main>", "for"),
    ],
)
def test_a_planted_fault_is_found(reader: Reader, sound: bytes, broken: bytes, words: str):
    reader.walker.visit("/en/parts/")
    html = reader.documents[-1].body()
    assert html.count(sound) == 1
    reader.judge("planted", html.replace(sound, broken))
    assert any(words in fault for fault in reader.faults), reader.faults
