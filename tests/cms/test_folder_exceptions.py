"""What is not exact in a round trip, as decision 060 names it; and what pages may hold that an import does not take."""

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command

from cms.domain.lifting import export, too_large
from cms.domain.sections import collection_of
from cms.folders import sources
from cms.folders.errors import Ledger, Place
from cms.folders.markdown import Reader
from cms.folders.richtext import Item, Listing, Run, joined, to_html
from cms.folders.shapes import BODY
from cms.models import LessonPage, Term
from hrdplatform.media import pictures
from hrdplatform.media.models import PlatformDocument, PlatformImage
from hrdplatform.organisations.states import Role
from tests.factories import learning
from tests.factories.accounts import signed_in
from tests.factories.cms import picture_bytes, stored
from tests.factories.folders import findings, folder, packed, taken, writer
from tests.factories.organisations import make_member, make_organisation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

LESSON = "01-before/02-your-phone.md"
QUESTION = {
    "question": "Why?",
    "answers": [
        {"type": "item", "value": {"text": text, "right": False, "explanation": "So."}, "id": text} for text in "AB"
    ],
}


@pytest.fixture
def organisation():
    return writer()


@pytest.fixture
def course(organisation):
    return taken(folder(), organisation).page.specific


def changed(body=None, **fields) -> None:
    """A new draft of the canonical course's second lesson."""
    lesson = LessonPage.objects.get(slug="your-phone")
    for name, value in fields.items():
        setattr(lesson, name, value)
    if body is not None:
        lesson.body = stored(body, LessonPage)
    lesson.save_revision(clean=False)


def out(course) -> dict[str, bytes]:
    return dict(export(course))


def elsewhere() -> object:
    other = make_organisation("Refuge", slug="refuge")
    learning.section(other, "en")
    return other


def without_course_key(files: dict[str, bytes]) -> dict[str, bytes]:
    """The same course as one of its own, as who takes it along to another organisation writes it."""
    lines = {path: content.split(b"\n") for path, content in files.items() if not path.startswith("media/")}
    return {**files, **{path: b"\n".join(x for x in found if x[:4] != b"key:") for path, found in lines.items()}}


@pytest.mark.parametrize(("kind", "ending"), [("JPEG", "jpg"), ("WEBP", "webp"), ("AVIF", "avif")])
def test_a_photograph_is_written_anew_on_another_platform_and_stays_from_then_on(course, kind, ending):
    name = f"media/photo.{ending}"
    text = folder()[LESSON].decode() + f"\n```image\nfile: {name}\nalt: A market\n```\n"
    files = without_course_key(folder(**{LESSON: text, name: picture_bytes(kind, size=(640, 480), quality=40)}))
    other = elsewhere()
    first = out(taken(files, other).page.specific)
    assert first[name] != files[name]
    assert {path for path in first if first[path] != files[path]} == {name}
    assert out(taken(first, other).page.specific) == first


def test_neighbouring_texts_become_one(course, organisation):
    changed([{"type": "text", "value": "<p>One.</p>"}, {"type": "text", "value": "<p>Two.</p>"}])
    files = out(course)
    assert files[LESSON].endswith(b"---\n\nOne.\n\nTwo.\n")
    assert taken(files, organisation).changed == []


def test_blanks_at_edges_and_doubled_in_titles_go(course, organisation):
    changed(title="  Your \t phone ", lead=" Beforehand.\r\n\r\nAt home. ")
    files = out(course)
    assert b"title: Your phone\n" in files[LESSON]
    assert b"  Beforehand.\n\n  At home.\n" in files[LESSON]
    assert taken(files, organisation).changed == []
    course.delete()
    assert out(taken(files, organisation).page.specific) == files


def test_what_points_to_something_deleted_is_left_out(course, organisation):
    before = out(course)
    assert b"media/phone.png" in before[LESSON]
    assert b"media/card.pdf" in before[LESSON]
    assert b"```term" in b"".join(before.values())
    for model in (PlatformImage, PlatformDocument, Term):
        model.objects.all().delete()
    after = out(course)
    assert not any(path.startswith("media/") for path in after)
    words = b"".join(after.values())
    for gone in (b"media/", b"```term", b"```image", b"```download"):
        assert gone not in words
    learning.term()
    report = taken(after, organisation)
    assert (report.made, report.media) == ([], [])
    assert out(course) == after


def test_a_draft_with_empty_fields_goes_out_and_is_refused_with_its_lines(course, organisation):
    image = {"image": PlatformImage.objects.get().pk, "decorative": False, "alt_text": ""}
    body = [
        {"type": "callout", "value": {"tone": "info", "text": ""}},
        {"type": "image", "value": image},
        {"type": "question", "value": QUESTION},
    ]
    changed(body, title="")
    files = out(course)
    lines = files[LESSON].decode().split("\n")
    found = findings(files, organisation)
    assert found == [
        f"{LESSON}:{lines.index(word) + 1}: {said}"
        for word, said in (
            ("title: ''", "Here words are missing."),
            ("text: ''", "Here words are missing."),
            ("```image", "Say in “alt” what one sees, or write decorative: true where it says nothing."),
            ("```question", "Say which answers are right: at least one, and not all."),
        )
    ]
    filled = files[LESSON].replace(b"title: ''", b"title: Phone").replace(b"text: ''", b"text: Now.")
    filled = filled.replace(b"file: media/phone.png", b"file: media/phone.png\nalt: A phone")
    filled = filled.replace(b"right: false", b"right: true", 1)
    assert taken({**files, LESSON: filled}, organisation).changed == [f"{LESSON}: Phone"]


def test_lists_as_deep_as_the_editor_makes_them_and_as_long_as_it_sends_them_come_in_again(course, organisation):
    deep: tuple[Listing, ...] = ()
    for level in ("five", "four", "three", "two", "one"):
        deep = (Listing(ordered=False, items=(Item((Run(level),), deep),)),)
    steps = [
        {"type": "item", "value": {"title": f"Step {number}", "text": ""}, "id": str(number)} for number in range(400)
    ]
    many = [{"type": "text", "value": f"<p>Words {number}.</p>"} for number in range(400)]
    between = [{"type": "quote", "value": {"text": "Said.", "source": ""}} for _block in many]
    body = [
        {"type": "text", "value": to_html(joined(list(deep)))},
        {"type": "steps", "value": {"steps": steps}},
        *(block for pair in zip(between, many, strict=True) for block in pair),
    ]
    changed(body)
    files = out(course)
    assert too_large(course) == []
    assert taken(files, organisation).changed == []
    course.delete()
    assert out(taken(files, organisation).page.specific) == files


def test_a_list_deeper_than_the_editor_s_is_told():
    ledger = Ledger()
    text = "\n".join("  " * depth + "- x" for depth in range(6))
    Reader(Place(ledger, "x.md", 1), BODY, lambda *_: None).read(text)
    assert [str(finding) for finding in ledger.findings] == ["x.md:6: Lists stand at most 5 deep in each other."]


@pytest.fixture
def heavy(course, organisation):
    """A course whose pages hold more than an import takes: the pictures alone are too large, and so is a text."""
    for number in range(4):
        row = PlatformImage(title=f"Large {number}", collection=collection_of(organisation))
        row.file = ContentFile(picture_bytes() + bytes(pictures.MOST_BYTES + 10 * 1024 * 1024), f"large{number}.png")
        row._set_image_file_metadata()
        row.save()
        image = {"image": row.pk, "decorative": True, "alt_text": ""}
        course.body = [*course.body.raw_data, {"type": "image", "value": image}]
    course.save_revision()
    changed([{"type": "text", "value": f"<p>{'word ' * 120_000}</p>"}])
    return course


MUCH = "This picture has 30.0\xa0MB. The most is 20.0\xa0MB: save it smaller."
SAID = [
    ": All files together are larger than 100 MB.",
    f"{LESSON}: A text has at most 512 KB.",
    *(f"media/Large-{number}.png: {MUCH}" for number in range(4)),
]


def test_an_export_that_no_import_takes_says_why_and_is_given_all_the_same(heavy, organisation):
    assert list(map(str, too_large(heavy))) == SAID
    client = signed_in(make_member(organisation, Role.AUTHOR))
    address = f"/office/courses/{heavy.pk}/export/"
    page = client.get(address)
    assert "All files together are larger than 100 MB." in page.content.decode()
    assert not page.streaming
    assert client.get(f"{address}?all=1")["Content-Type"] == "application/zip"


def test_what_the_export_says_is_what_an_import_elsewhere_says(heavy):
    files, ledger = out(heavy), Ledger()
    sources.ZipSource(packed(files), ledger)
    said = {*findings(files, elsewhere()), *map(str, ledger.findings)}
    assert set(SAID) <= said


def test_the_command_says_it_beside_the_files(heavy, tmp_path, capsys):
    call_command("export_course", heavy.pk, tmp_path / "out")
    said = capsys.readouterr()
    assert "Too large to be taken in again: : All files together" in said.err
    assert LESSON in said.out
