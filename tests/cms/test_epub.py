"""The course as EPUB: what epubcheck says, and what a reading device needs to know."""

import shutil
import subprocess
import xml.etree.ElementTree as ET
import zipfile

import pytest

from cms.packages.epub import epub
from tests.factories.books import book, difficult_course, live_course, members

pytestmark = pytest.mark.django_db

QUICK_JAVA = ("java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""A short life: what a longer one would gain by compiling well costs more than it brings."""
NAMES = {
    "opf": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
    "h": "http://www.w3.org/1999/xhtml",
}


def checked(content: bytes, folder) -> subprocess.CompletedProcess[str]:
    """What the real epubcheck says of a file; warnings fail it."""
    file = folder / "course.epub"
    file.write_bytes(content)
    command = [*QUICK_JAVA, "-jar", shutil.which("epubcheck"), "--failonwarnings", str(file)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)


def opf(files: dict[str, bytes]) -> ET.Element:
    return ET.fromstring(files["EPUB/package.opf"])


@pytest.mark.parametrize("make", [live_course, difficult_course])
def test_epubcheck_finds_nothing(make, tmp_path):
    found = checked(epub(book(make())), tmp_path)
    assert found.returncode == 0, found.stdout + found.stderr
    assert "0 fatals / 0 errors / 0 warnings" in found.stdout


def test_epubcheck_finds_a_planted_fault(tmp_path):
    content = epub(book(live_course()))
    file = tmp_path / "broken.epub"
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in members(content).items():
            archive.writestr(name, data.replace(b"</h1>", b"</h2>"))
    found = checked(file.read_bytes(), tmp_path)
    assert found.returncode != 0
    assert "FATAL" in found.stdout + found.stderr


def test_it_says_its_language_title_and_what_helps_whom():
    found = opf(members(epub(book(live_course()))))
    texts = [element.text for element in found.iterfind(".//opf:meta", NAMES)]
    assert found.findtext(".//dc:language", namespaces=NAMES) == "en"
    assert found.findtext(".//dc:title", namespaces=NAMES) == "Your phone at a demonstration"
    assert found.findtext(".//dc:publisher", namespaces=NAMES) == "Passerelle"
    assert {"textual", "visual", "tableOfContents", "alternativeText", "readingOrder", "none"} <= set(texts)


def test_an_arabic_book_is_turned_from_left_to_right():
    files = members(epub(book(difficult_course())))
    assert opf(files).find("opf:spine", NAMES).get("page-progression-direction") == "rtl"
    assert b'lang="ar" xml:lang="ar" dir="rtl"' in files["EPUB/lesson-1-1.xhtml"]


def test_the_contents_lead_to_every_chapter_in_order():
    files = members(epub(book(live_course())))
    nav = ET.fromstring(files["EPUB/nav.xhtml"])
    links = [link.get("href") for link in nav.iterfind(".//h:a", NAMES)]
    spine = [item.get("idref") for item in opf(files).iterfind("opf:spine/opf:itemref", NAMES)]
    assert links == [
        *("start.xhtml", "module-1.xhtml", "lesson-1-1.xhtml", "lesson-1-2.xhtml"),
        *("module-2.xhtml", "lesson-2-1.xhtml", "facilitators.xhtml"),
    ]
    assert [f"{name}.xhtml" for name in spine] == ["nav.xhtml", *links]


def test_what_is_for_facilitators_stands_at_the_end_and_nowhere_else():
    files = members(epub(book(live_course())))
    notes = files.pop("EPUB/facilitators.xhtml").decode()
    assert "Bring chargers." in notes
    assert "Bring a phone to pass around." in notes
    assert not any(b"Bring" in content for content in files.values())


def test_pictures_come_along_and_documents_are_linked_on_the_platform():
    files = members(epub(book(live_course())))
    lesson = files["EPUB/lesson-1-2.xhtml"].decode()
    assert '<img src="pictures/1.jpg" alt="A phone lying on a table"/>' in lesson
    assert files["EPUB/pictures/1.jpg"].startswith(b"\xff\xd8")
    assert 'href="http://localhost:8000/documents/' in lesson


def test_a_draft_lesson_is_not_in_it():
    course = live_course()
    lesson = course.get_descendants().get(slug="on-the-way")
    lesson.specific.unpublish()
    files = members(epub(book(course)))
    assert "EPUB/lesson-2-1.xhtml" not in files


def test_the_same_course_gives_the_same_bytes():
    course = live_course()
    assert epub(book(course)) == epub(book(course))


def test_links_that_would_run_or_lead_nowhere_leave_their_words():
    lesson = members(epub(book(difficult_course())))["EPUB/lesson-1-1.xhtml"].decode()
    assert "javascript" not in lesson
    assert "#nowhere" not in lesson
    assert "https://example.org/a%20b?x=%3C1%3E&amp;y=%C3%A9" in lesson
    assert "\x0b" not in lesson
