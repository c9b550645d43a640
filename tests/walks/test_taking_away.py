"""A learner takes a course away from its page: the website opens from a file address, the book chapter by chapter."""

import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from cms.models import CoursePage
from tests.walks.cms_stops import fill

pytestmark = pytest.mark.walk

COURSE = "/en/learn/passerelle/telephone/"
LESSONS = ["What is at stake", "Before you leave", "Everything"]
CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"
PACKAGE = "{http://www.idpf.org/2007/opf}"


@pytest.fixture
def device(chromium: Browser) -> Iterator[Page]:
    """A telephone without a network that runs no scripts."""
    context = chromium.new_context(java_script_enabled=False, offline=True)
    yield context.new_page()
    context.close()


@pytest.fixture
def taken(visitors, tmp_path: Path) -> Callable[[str], Path]:
    """What a link on the page of a course brings, unpacked."""
    fill("en")

    def take(link: str) -> Path:
        walker = visitors(language="en")
        page = walker.visit(COURSE)
        with page.expect_download() as waiting:
            page.get_by_role("link", name=link).click()
        walker.witness.testify()
        file = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(file)
        unpacked = tmp_path / f"{file.name}-unpacked"
        with zipfile.ZipFile(file) as archive:
            archive.extractall(unpacked)
        return unpacked

    return take


def spine(book: Path) -> list[Path]:
    """The chapters in the order in which a reading device turns them: by the container to the package and its spine."""
    container = ET.parse(book / "META-INF" / "container.xml")
    package = book / container.find(f".//{CONTAINER}rootfile").attrib["full-path"]
    opf = ET.parse(package)
    files = {item.attrib["id"]: item.attrib["href"] for item in opf.iter(f"{PACKAGE}item")}
    return [package.parent / files[item.attrib["idref"]] for item in opf.iter(f"{PACKAGE}itemref")]


def test_the_website_of_a_course_is_downloaded_and_opens_from_a_file_address(taken, device):
    folder = taken("Website")
    device.goto((folder / "telephone" / "index.html").as_uri())
    assert "Your telephone" in device.get_by_role("heading", level=1).inner_text()
    for title in LESSONS:
        device.goto((folder / "telephone" / "index.html").as_uri())
        device.get_by_role("link", name=title, exact=True).click()
        assert device.get_by_role("heading", level=1).inner_text() == title
    assert device.get_by_role("img", name="A viaduct").bounding_box()["width"] > 0
    assert device.get_by_text("Switch off face recognition.").is_visible()


def test_the_book_of_a_course_is_downloaded_and_read_along_its_spine(taken, device):
    book = taken("EPUB")
    titles, words = [], ""
    for chapter in spine(book):
        device.goto(chapter.as_uri())
        titles.append(device.locator("h1").inner_text())
        words += device.locator("body").inner_text()
    read = [title for title in titles if title in LESSONS]
    assert read == LESSONS, titles
    assert CoursePage.objects.get().title in titles
    for said in ("Switch off face recognition.", "I had the number on my arm.", "The second telephone"):
        assert said in words
