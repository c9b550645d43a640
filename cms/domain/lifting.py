"""Pages lifted into sheets, and out into files: the newest version of each, with what is not published yet."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

from wagtail.models import Page

from cms.domain.bodies import Raw, Telling
from cms.domain.enclosures import Names
from cms.folders.errors import BrokenFolderError, Finding, Ledger
from cms.folders.reading import check_pages, check_signs, check_text
from cms.folders.shapes import FORMAT
from cms.folders.sheets import CourseSheet, GuideSheet, LessonSheet, ModuleSheet
from cms.folders.sources import check_sizes, cut
from cms.folders.writing import course_files, guide_files
from cms.models import CoursePage, GuidePage, LessonPage, ModulePage
from hrdplatform.media import pictures


def course_key(section_key: uuid.UUID, slug: str) -> uuid.UUID:
    """The key of a course or guide whose folder names none: that of its section and its short name."""
    return uuid.uuid5(section_key, slug)


def part_key(course: uuid.UUID, *slugs: str) -> uuid.UUID:
    """The key of a module or lesson whose file names none: the same in every language of the course."""
    return uuid.uuid5(course, "/".join(slugs))


def newest(page: Page) -> Any:
    """The page as its editor sees it."""
    return page.specific.get_latest_revision_as_object()


def parts(page: Page, kind: type[Page]) -> list[Any]:
    """The newest versions of the pages right below, in order."""
    return [newest(child) for child in kind.objects.child_of(page).order_by("path")]


def raw_of(page: Any) -> Raw:
    """The body as it is stored."""
    raw: Raw = page.body.stream_block.get_prep_value(page.body)
    return raw


def told_key(page: Page, derived: uuid.UUID) -> uuid.UUID | None:
    """The key, unless a folder without one would lead to the same."""
    return None if page.translation_key == derived else page.translation_key


def told_slug(page: Page) -> str:
    """The short name of a module or lesson where its file cannot have it as its name; else empty."""
    return page.slug if cut(page.slug) != page.slug else ""


def head(page: Any) -> dict[str, Any]:
    """What `course.yaml` and the front matter of a guide say."""
    section_key = page.get_parent().translation_key
    return {
        "format": FORMAT,
        "title": _line(page.title),
        "slug": page.slug,
        "language": page.language,
        "key": told_key(page, course_key(section_key, page.slug)),
        "lead": _lines(page.lead),
        "topic": page.topic.slug if page.topic else "",
        "audience": page.audience,
        "level": page.level,
        "licence": page.licence,
        "contributors": _line(page.contributors),
        "checked_on": page.checked_on,
        "review_by": page.review_by,
    }


def course_values(page: CoursePage) -> dict[str, Any]:
    """The fields of `course.yaml`."""
    rows = {"objectives": _rows(page.objectives), "prerequisites": _rows(page.prerequisites)}
    return {**head(page), **rows}


def module_values(page: ModulePage, course: uuid.UUID) -> dict[str, Any]:
    """The fields of `module.yaml`."""
    key = told_key(page, part_key(course, page.slug))
    return {"title": _line(page.title), "slug": told_slug(page), "key": key, "lead": _lines(page.lead)}


def lesson_values(page: LessonPage, course: uuid.UUID, module: str, telling: Telling) -> dict[str, Any]:
    """The front matter of a lesson."""
    return {
        "title": _line(page.title),
        "slug": told_slug(page),
        "key": told_key(page, part_key(course, module, page.slug)),
        "lead": _lines(page.lead),
        "minutes": page.minutes,
        "notes": telling.html(page.facilitator_notes),
    }


def lift_course(course: CoursePage, names: Names) -> CourseSheet:
    """The whole course."""
    page, telling = newest(course), Telling(names)
    sheet = CourseSheet(course_values(page), telling.body(raw_of(page)), notes=telling.html(page.facilitator_notes))
    for module in parts(page, ModulePage):
        lessons = [
            LessonSheet(
                lesson_values(lesson, page.translation_key, module.slug, telling),
                telling.body(raw_of(lesson)),
                slug=lesson.slug,
            )
            for lesson in parts(module, LessonPage)
        ]
        values = module_values(module, page.translation_key)
        sheet.modules.append(ModuleSheet(values, slug=module.slug, lessons=lessons))
    return sheet


def lift_guide(guide: GuidePage, names: Names) -> GuideSheet:
    """The whole guide."""
    page = newest(guide)
    return GuideSheet(head(page), Telling(names).body(raw_of(page)))


def export(page: CoursePage | GuidePage) -> Iterator[tuple[str, bytes]]:
    """Path and content of each file; pictures and documents last, each as it is stored."""
    names = Names()
    yield from texts(page, names).items()
    yield from names.files()


def texts(page: CoursePage | GuidePage, names: Names) -> dict[str, bytes]:
    """Path and content of each file of words; `names` then knows what else they use."""
    if isinstance(page, CoursePage):
        return course_files(lift_course(page, names))
    return guide_files(lift_guide(page, names))


def too_large(page: CoursePage | GuidePage) -> list[Finding]:
    """What an import would not take of the export because of its size: pages may hold more."""
    ledger, names = Ledger(), Names()
    words = texts(page, names)
    media = names.sizes()
    try:
        check_sizes({path: len(content) for path, content in words.items()} | media, ledger)
        for path, content in words.items():
            check_text(path, len(content), ledger)
        signs = 0
        for path, content in words.items():
            signs = check_signs(path, content.decode(), signs, ledger)
        check_pages(list(words), ledger)
        for path, size in media.items():
            if pictures.extension(path) in pictures.EXTENSIONS and size > pictures.MOST_BYTES:
                ledger.say(path, 0, " ".join(pictures.too_large(size).messages))
        ledger.settle()
    except BrokenFolderError as broken:
        return broken.findings
    return []


def _line(text: str) -> str:
    return " ".join(text.split())


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _rows(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
