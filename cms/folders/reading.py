"""A folder read into a sheet. Everything that is wrong is said at once; nothing on the platform is touched."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from django.utils.translation import gettext as _

from cms.folders import shapes, sources
from cms.folders.errors import Ledger, Place
from cms.folders.mappings import node_of
from cms.folders.markdown import Fence, Reader
from cms.folders.richtext import to_html
from cms.folders.sheets import Block, Body, CourseSheet, GuideSheet, LessonSheet, ModuleSheet, Sheet
from cms.folders.values import Values, empty, unknown
from hrdplatform.media.documents import EXTENSIONS as DOCUMENTS
from hrdplatform.media.pictures import EXTENSIONS as PICTURES
from hrdplatform.media.pictures import extension

MOST_TEXT: Final = 512 * 1024
SIGNS: Final = re.compile(r"[\n*_\[\]{}<`\\&,:]")
MOST_SIGNS: Final = 30_000
"""Line ends and signs that may begin something, of all texts together: it is for these that reading takes its time.
Common text has one to 15 or 20 letters: so many stand in half a MB.
"""
MOST_PAGES: Final = 150
"""Modules and lessons of a course: each takes 12 ms to lay down."""
MOST_BLOCKS: Final = 1_000
"""Of one page, texts between others counted."""
NUMBERED: Final = re.compile(r"(\d{1,4})-([\w-]{1,200})")
MODULE: Final = re.compile(rf"{NUMBERED.pattern}/module\.yaml")
LESSON: Final = re.compile(rf"({NUMBERED.pattern})/{NUMBERED.pattern}\.md")
QUESTIONS: Final = frozenset(shapes.BLOCKS)
BLOCKS: Final = QUESTIONS - {"question"}


@dataclass
class Folder:
    """One reading: the files, what the platform knows (`topic`, `term`, `language` -> names), the findings."""

    source: sources.Source
    names: Mapping[str, frozenset[str]]
    ledger: Ledger
    used: dict[str, str] = field(default_factory=dict)
    """Files of `media/` that a text refers to -> `image` or `document`."""
    films: list[tuple[str, Place]] = field(default_factory=list)
    """Titles of videos, and where they stand. Which film is meant is for those to say who know what a page shows."""
    pages: set[str] = field(default_factory=set)
    """Addresses of the platform that a text links."""
    signs: int = 0
    """Read so far."""

    def __post_init__(self) -> None:
        self.media = frozenset(path for path in self.source.sizes if path.startswith("media/"))

    def course(self) -> CourseSheet:
        """The whole course."""
        sheet: CourseSheet = self._yaml("course.yaml", shapes.COURSE, CourseSheet)
        sheet.body = self._whole("introduction.md", BLOCKS)
        sheet.notes = self._notes("facilitator-notes.md")
        sheet.modules = self._modules()
        self._no_strangers(r"course\.yaml|introduction\.md|facilitator-notes\.md", MODULE.pattern, LESSON.pattern)
        return sheet

    def guide(self) -> GuideSheet:
        """The one Markdown file, and its `media/`."""
        files = [path for path in self.source.sizes if path.endswith(".md") and "/" not in path]
        if len(files) != 1:
            self.ledger.say("", 0, _("A guide is one file that ends with .md, and its media folder."))
            return GuideSheet(empty(shapes.GUIDE))
        sheet: GuideSheet = self._page(files[0], shapes.GUIDE, BLOCKS, GuideSheet)
        self._no_strangers(re.escape(files[0]))
        return sheet

    def _modules(self) -> list[ModuleSheet]:
        numbered: dict[int, ModuleSheet] = {}
        if not check_pages(self.source.sizes, self.ledger):
            return []
        folders: dict[str, list[str]] = {}
        for path in pages_of(self.source.sizes):
            folders.setdefault(path.split("/", 1)[0], []).append(path)
        for folder, paths in folders.items():
            module = self._yaml(f"{folder}/module.yaml", shapes.MODULE, ModuleSheet)
            number, module.slug = self._number(folder, module)
            module.lessons = self._lessons([path for path in paths if LESSON.fullmatch(path)])
            self._place(numbered, number, module)
        modules = [numbered[number] for number in sorted(numbered)]
        self._different(modules)
        return modules

    def _lessons(self, paths: list[str]) -> list[LessonSheet]:
        numbered: dict[int, LessonSheet] = {}
        for path in paths:
            lesson = self._page(path, shapes.LESSON, QUESTIONS, LessonSheet)
            number, lesson.slug = self._number(path.rpartition("/")[2].removesuffix(".md"), lesson)
            self._place(numbered, number, lesson)
        lessons = [numbered[number] for number in sorted(numbered)]
        self._different(lessons)
        return lessons

    def _number(self, name: str, sheet: Sheet) -> tuple[int, str]:
        """The place, and the short name: that of the file unless the sheet gives a longer one."""
        number, _dash, slug = name.partition("-")
        return int(number), sheet.values["slug"] or slug

    def _place(self, numbered: dict[int, Any], number: int, sheet: Sheet) -> None:
        if number in numbered:
            words = _("The number in front is the same as that of %(other)s.") % {"other": numbered[number].file}
            self.ledger.say(sheet.file, 0, words)
        numbered[number] = sheet

    def _different(self, sheets: list[Any]) -> None:
        """Two pages side by side need two short names."""
        seen: dict[str, str] = {}
        for sheet in sheets:
            if sheet.slug in seen:
                self.ledger.say(sheet.file, 0, _("%(other)s has the same short name.") % {"other": seen[sheet.slug]})
            seen[sheet.slug] = sheet.file

    def _no_strangers(self, *patterns: str) -> None:
        """Says which files mean nothing, so that a slip in a name is not passed over."""
        for path in self.source.sizes:
            if not path.startswith("media/") and not any(re.fullmatch(pattern, path) for pattern in patterns):
                self.ledger.say(path, 0, _("A file of this name has no place here. Lessons are called 01-name.md."))

    def _text(self, path: str) -> str | None:
        """The words of a file with plain line ends; none where it cannot be read, which is said."""
        if not check_text(path, self.source.sizes[path], self.ledger):
            return None
        try:
            data = self.source.read(path)
        except OSError:
            self.ledger.say(path, 0, _("This file is damaged."))
            return None
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            self.ledger.say(path, line, _("A character is damaged: save the file as UTF-8."))
            return None
        if "\x00" in text:
            self.ledger.say(path, text.count("\n", 0, text.index("\x00")) + 1, _("This is not a text."))
            return None
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        self.signs = check_signs(path, text, self.signs, self.ledger)
        return text if self.signs <= MOST_SIGNS else None

    def _yaml(self, path: str, shape: shapes.Fields, kind: type[Any]) -> Any:
        if path not in self.source.sizes:
            self.ledger.say(path, 0, _("This file is missing."))
            return kind(empty(shape), file=path)
        text = self._text(path)
        return (
            self._head(text or "", Place(self.ledger, path, 1), shape, kind) if text is not None else kind(empty(shape))
        )

    def _head(self, text: str, place: Place, shape: shapes.Fields, kind: type[Any]) -> Any:
        node = node_of(text, place)
        values = Values(place, self.note, self.known)
        read = values.root(shape, node) if node is not None else empty(shape)
        return kind(read, file=place.file, lines=values.lines)

    def _page(self, path: str, shape: shapes.Fields, blocks: frozenset[str], kind: type[Any]) -> Any:
        """A file with front matter."""
        text = self._text(path)
        if text is None:
            return kind(empty(shape), file=path)
        lines = text.split("\n")
        end = next((number for number, line in enumerate(lines[1:], start=1) if line.rstrip() == "---"), 0)
        if lines[0].rstrip() != "---" or not end:
            self.ledger.say(path, 1, _("The file begins with a line ---, then the fields, then another line ---."))
            return kind(empty(shape), file=path)
        sheet = self._head("\n".join(lines[1:end]), Place(self.ledger, path, 2), shape, kind)
        sheet.body = self._body("\n".join(lines[end + 1 :]), Place(self.ledger, path, end + 2), blocks)
        return sheet

    def _whole(self, path: str, blocks: frozenset[str]) -> Body:
        """A file that is a body and nothing else; it may be missing."""
        text = self._text(path) if path in self.source.sizes else None
        return self._body(text, Place(self.ledger, path, 1), blocks) if text else []

    def _notes(self, path: str) -> str:
        text = self._text(path) if path in self.source.sizes else None
        features = shapes.LESSON.fields["notes"]
        if not text or not isinstance(features, shapes.Rich):
            return ""
        found = Reader(Place(self.ledger, path, 1), features.features, self.note).read(text)
        return to_html(found[0]) if found and isinstance(found[0], tuple) else ""

    def _body(self, text: str, place: Place, blocks: frozenset[str]) -> Body:
        body: Body = []
        parts = Reader(place, shapes.BODY, self.note, fences=True).read(text)
        if len(parts) > MOST_BLOCKS:
            near = parts[MOST_BLOCKS], parts[MOST_BLOCKS - 1]  # never two texts side by side
            last = next(part for part in near if isinstance(part, Fence))
            words = _("%(count)s blocks. The most is %(most)s.") % {"count": len(parts), "most": MOST_BLOCKS}
            place.at(last.line - 1).say(words)
            return body
        for part in parts:
            if isinstance(part, Fence):
                body += self._block(part, place, blocks)
            elif html := to_html(part):
                body.append(Block("text", html))
        return body

    def _block(self, fence: Fence, place: Place, blocks: frozenset[str]) -> Body:
        opening, inside = place.at(fence.line - 1), place.at(fence.line)
        if fence.kind not in blocks:
            opening.say(unknown(fence.kind, blocks))
            return []
        node = node_of(fence.content, inside)
        if node is None:
            return []
        value = Values(inside, self.note, self.known).read(shapes.BLOCKS[fence.kind], node)
        self._sense(fence.kind, value, opening)
        return [Block(fence.kind, value)]

    def _sense(self, kind: str, value: Any, opening: Place) -> None:
        """What the fields of a block have to be together."""
        if kind == "image" and not (value["alt"] or value["decorative"]):
            opening.say(_("Say in “alt” what one sees, or write decorative: true where it says nothing."))
        if kind == "question" and len({answer["right"] for answer in value["answers"]}) == 1:
            opening.say(_("Say which answers are right: at least one, and not all."))

    def note(self, address: str, place: Place) -> None:
        """A link: where it leads to a file, that has to be there."""
        if address.startswith("media/"):
            self.known("document", address, place)
        elif address.startswith("/"):
            self.pages.add(address)

    def known(self, kind: str, name: str, place: Place) -> bool:
        """Whether the platform or the folder has something of this kind and name; if not, that is said."""
        if kind == "video":
            self.films.append((name, place))
            return True
        if kind not in {"image", "document"}:
            if name in self.names[kind]:
                return True
            place.say(unknown(name, self.names[kind]))
            return False
        endings = PICTURES if kind == "image" else {f".{ending}" for ending in DOCUMENTS}
        if name not in self.media:
            place.say(unknown(name, self.media) if self.media else _("The folder media is missing."))
        elif extension(name) not in endings:
            place.say(_("This file is none of these: %(kinds)s.") % {"kinds": " ".join(sorted(endings))})
        else:
            self.used[name] = kind
            return True
        return False


def check_text(path: str, size: int, ledger: Ledger) -> bool:
    """Says that a text is too large; whether it is not."""
    if size > MOST_TEXT:
        ledger.say(path, 0, _("A text has at most %(most)s KB.") % {"most": MOST_TEXT // 1024})
    return size <= MOST_TEXT


def pages_of(paths: Iterable[str]) -> list[str]:
    """The files of modules and lessons, in order."""
    return sorted(path for path in paths if LESSON.fullmatch(path) or MODULE.fullmatch(path))


def check_pages(paths: Iterable[str], ledger: Ledger) -> bool:
    """Names the first page that is one too many; whether there is none."""
    pages = pages_of(paths)
    if len(pages) > MOST_PAGES:
        words = _("%(count)s modules and lessons. The most is %(most)s.")
        ledger.say(pages[MOST_PAGES], 0, words % {"count": len(pages), "most": MOST_PAGES})
    return len(pages) <= MOST_PAGES


def count_signs(text: str) -> int:
    """How much of a text has to be looked at more closely."""
    return len(SIGNS.findall(text))


def check_signs(path: str, text: str, before: int, ledger: Ledger) -> int:
    """How many signs there are up to the end of this text, with those `before` it. Says, once, in which line they
    become too many for all texts together.
    """
    count = before + count_signs(text)
    if before <= MOST_SIGNS < count:
        first = next(islice(SIGNS.finditer(text), MOST_SIGNS - before, None)).start()
        words = _(
            "Up to here all texts together have more than %(most)s lines and signs, such as commas and asterisks."
        )
        ledger.say(path, text.count("\n", 0, first) + 1, words % {"most": MOST_SIGNS})
    return count
