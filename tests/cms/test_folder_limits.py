"""The largest folder is taken whole, however it is written; a larger one is refused with the place where it is."""

import random
import re

import pytest
from wagtail.models import Page, Revision

from cms.domain.lifting import export, too_large
from cms.folders import reading, sources
from cms.folders.errors import MOST, BrokenFolderError, Ledger
from cms.folders.reading import Folder
from cms.folders.richtext import Item, Listing, Run, joined
from cms.folders.sources import MemorySource
from cms.folders.values import nearest
from tests.factories.folders import findings, folder, taken, writer

pytestmark = [pytest.mark.usefixtures("english")]

HEAD = "---\nformat: 1\ntitle: A\nslug: a\nlanguage: en\naudience: everybody\nlicence: CC-BY-SA-4.0\n---\n"
MANY = "Up to here all texts together have more than 30000 lines and signs, such as commas and asterisks."


def said(files: dict[str, str | bytes], **known: frozenset[str]) -> list[str]:
    """What is found in a course, or in a guide where there is but one text; none of it on the platform."""
    whole = {path: content.encode() if isinstance(content, str) else content for path, content in files.items()}
    names = {"topic": frozenset(), "term": frozenset(), "language": frozenset({"en"}), **known}
    read = Folder(MemorySource(whole), names, Ledger())
    try:
        _sheet = read.course() if "course.yaml" in whole else read.guide()
        read.ledger.settle()
    except BrokenFolderError as broken:
        return [str(finding) for finding in broken.findings]
    return []


def full(unit: str, most: int = reading.MOST_SIGNS) -> str:
    """As many units as may stand in a text below the head."""
    free = most - reading.count_signs(HEAD)
    return unit * (free // reading.count_signs(unit))


@pytest.mark.parametrize(
    "unit",
    [
        "a\n",
        "a\n\n",
        "## a\n\n",
        "a  \n",
        "- a\n",
        "- a\n* b\n",
        "- a\n  - b\n    - c\n",
        "**a",
        "_a ",
        "[",
        "![",
        "\\*",
    ],
)
def test_as_many_signs_as_are_taken_are_read(unit):
    text = full(unit)
    assert said({"a.md": HEAD + text}) == []
    found = said({"a.md": HEAD + text + unit * 2})
    assert len(found) == 1
    assert re.fullmatch(rf"a\.md:\d+: {MANY}", found[0])


def test_half_a_megabyte_of_words_in_one_line_is_read():
    assert said({"a.md": HEAD + "words " * 87_000}) == []


def test_as_much_yaml_as_is_taken_is_read():
    rows = "```steps\n" + "- title: a\n  text: b\n" * 400 + "```\n\n"
    assert said({"a.md": HEAD + full(rows)}) == []
    rows = f"```steps\n[{full('a,', 25_000)}]\n```\n"
    assert said({"a.md": HEAD + rows}) == ["a.md:10: Fields are expected here: title, text."]


def test_signs_of_all_texts_count_together_and_that_is_said_once():
    lesson = "---\ntitle: A\n---\n" + "a\n" * 10_000
    files = {"course.yaml": "a: b", **{f"01-a/{number:02}-b{number}.md": lesson for number in range(6)}}
    assert sum(MANY in finding for finding in said(files)) == 1
    assert MANY not in "\n".join(said(dict(list(files.items())[:3])))


def test_all_texts_together_have_a_size():
    ledger = Ledger()
    texts = {f"01-a/{number}-b.md": sources.MOST_TEXTS // 4 for number in range(4)}
    sources.check_sizes({**texts, "media/a.png": 1_000_000}, ledger)
    assert not ledger.findings
    sources.check_sizes({**texts, "course.yaml": 1}, ledger)
    assert list(map(str, ledger.findings)) == [": All texts together are larger than 2 MB."]


def test_a_page_has_so_many_blocks_and_no_more():
    quote = "```quote\ntext: a\n```\n\n"
    assert said({"a.md": HEAD + quote * reading.MOST_BLOCKS}) == []
    found = said({"a.md": HEAD + quote * (reading.MOST_BLOCKS + 1)})
    assert found == [f"a.md:{9 + 4 * reading.MOST_BLOCKS}: 1001 blocks. The most is 1000."]


def test_names_that_are_not_known_are_compared_with_few_and_reading_ends_with_the_last_finding():
    """Two thousand files, and ten thousand links to others that are called almost like them."""
    shelf = {f"media/{'a' * 60}{number}.pdf": b"" for number in range(1_900)}
    links = "".join(f"[a](media/{'a' * 28}{number}.pdf) " for number in range(10_000))
    assert len(said({"a.md": HEAD + links, **shelf})) == MOST
    terms = frozenset(f"term{number:05}" for number in range(5_000))
    blocks = "".join(f"```term\nterm: termm{number}\n```\n\n" for number in range(450))
    assert len(said({"a.md": HEAD + blocks}, term=terms)) == MOST


def test_the_nearest_of_many_names_is_still_found():
    letters = random.Random(7)
    names = ["".join(letters.choices("abcdefgh-", k=20)) for _ in range(3_000)]
    for name in names[:20]:
        assert nearest(f"{name[:9]}x{name[10:]}", names) == name
    assert nearest("zzzz", names) == ""
    assert nearest("a" * 500, ["a" * 501]) == ""


def lessons(count: int) -> dict[str, str]:
    """A module and so many lessons."""
    below = {f"01-a/{number:04}-b{number}.md": "---\ntitle: a\n---\na\n" for number in range(1, count + 1)}
    return {"course.yaml": "a: b", "01-a/module.yaml": "title: a", **below}


def test_a_course_has_so_many_modules_and_lessons_and_the_first_that_is_too_many_is_named():
    assert not any("modules and lessons" in finding for finding in said(lessons(reading.MOST_PAGES - 1)))
    found = said(lessons(reading.MOST_PAGES))
    assert "01-a/0150-b150.md: 151 modules and lessons. The most is 150." not in found
    assert "01-a/module.yaml: 151 modules and lessons. The most is 150." in found


def test_lists_that_stand_beside_each_other_become_one():
    one = Listing(False, (Item((Run("a"),)),))
    assert joined([one] * 100_000) == (Listing(False, one.items * 100_000),)


@pytest.mark.django_db
def test_an_export_with_more_signs_than_an_import_takes_says_so():
    organisation = writer()
    course = taken(folder(), organisation).page.specific
    assert too_large(course) == []
    course.facilitator_notes = "<p>a</p>" * 35_000
    course.save_revision(clean=False)
    assert [str(finding).rpartition(f": {MANY}")[0] for finding in too_large(course)] == ["facilitator-notes.md:29965"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "finding"),
    [
        (
            {"01-before/02-your-phone.md": "---\ntitle: A\n---\n" + "a\n" * 61_000},
            rf"01-before/02-your-phone\.md:\d+: {MANY}",
        ),
        (
            {"01-before/02-your-phone.md": "---\ntitle: A\n---\n" + "```quote\ntext: a\n```\n\n" * 1001},
            r"01-before/02-your-phone\.md:4004: 1001 blocks\. The most is 1000\.",
        ),
        (
            {f"01-before/{number:04}-b{number}.md": "---\ntitle: A\n---\na\n" for number in range(3, 150)},
            r"02-during/01-on-the-way\.md: 152 modules and lessons\. The most is 150\.",
        ),
        (
            {"01-before/02-your-phone.md": "---\ntitle: A\n---\n" + "words " * 90_000},
            r"01-before/02-your-phone\.md: A text has at most 512 KB\.",
        ),
    ],
    ids=["signs", "blocks", "pages", "letters"],
)
def test_what_is_too_much_is_said_with_its_file_and_changes_nothing(changed, finding):
    organisation = writer()
    before = Page.objects.count(), Revision.objects.count()
    found = findings(folder(**changed), organisation)
    assert any(re.fullmatch(finding, one) for one in found), found
    assert (Page.objects.count(), Revision.objects.count()) == before


@pytest.mark.django_db
def test_a_folder_at_the_limits_is_taken_in_and_comes_out_as_it_went_in():
    """All pages that a course may have, nearly all signs, and on one page all blocks."""
    organisation = writer()
    standing = folder()
    rows = "\n".join(f"- row {number}\n  - **bold**, [link](/en/learn/{number}/)" for number in range(12))
    files = {path: content for path, content in standing.items() if path.endswith(".yaml") and "/" not in path}
    files["01-a/module.yaml"] = b"title: A\n"
    for number in range(1, reading.MOST_PAGES - 1):
        files[f"01-a/{number:02}-b{number}.md"] = f"---\ntitle: B {number}\n---\n\n{rows}\n".encode()
    blocks = "\n".join(f"```quote\ntext: a {number}\n```\n" for number in range(reading.MOST_BLOCKS))
    files["01-a/149-c.md"] = f"---\ntitle: C\n---\n\n{blocks}".encode()
    assert sum(reading.count_signs(content.decode()) for content in files.values()) > 0.8 * reading.MOST_SIGNS
    course = taken(files, organisation).page.specific
    assert too_large(course) == []
    assert dict(export(course)) == files
    again = taken(files, organisation)
    assert (again.made, again.changed, len(again.same)) == ([], [], reading.MOST_PAGES + 1)
