"""A folder taken in: a course or a guide made or changed, as drafts that go through review like any other.

Pages keep their identity: a course by its key and language within the section, modules and lessons by their short
names. What stands on the platform and not in the folder is left as it is and said.
"""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.domain.bodies import Storing, Telling, reachable, with_ids
from cms.domain.catalogue import section_of
from cms.domain.enclosures import Enclosures, Gate, Names, clean_copy
from cms.domain.films import Films
from cms.domain.lifting import course_key, course_values, head, lesson_values, module_values, newest, part_key, raw_of
from cms.domain.sections import collection_of, sections_of
from cms.folders.errors import Ledger
from cms.folders.reading import Folder
from cms.folders.sheets import Body, CourseSheet, GuideSheet, LessonSheet, ModuleSheet, Sheet
from cms.folders.sources import Source
from cms.models import CoursePage, GuidePage, LessonPage, ModulePage, SectionPage, Term, Topic
from hrdplatform.accounts.models import User
from hrdplatform.organisations.models import Organisation

FIELDS = ("lead", "audience", "level", "licence", "contributors", "checked_on", "review_by")
"""What a course and a guide have under the same name in file and row."""


@dataclass
class Report:
    """What an import made and changed, or would. Titles of pages, names of files."""

    page: Page | None = None
    made: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    """Pages that stand on the platform and not in the folder."""
    media: list[str] = field(default_factory=list)
    """Files that are new on the shelf."""
    unused: list[str] = field(default_factory=list)
    """Files that no text uses; they are not taken."""


def take_in(source: Source, *, organisation: Organisation, by: User | None, dry: bool = False) -> Report:
    """Makes or changes the course or guide in `source` within the organisation's section, as drafts.

    `by` has to be allowed to write there; none is the platform itself. With `dry` nothing is written. Raises
    `BrokenFolderError` with everything that is wrong; then nothing was changed, and no file stored.
    """
    return looked_at(source, organisation=organisation, by=by).take(dry=dry)


def looked_at(source: Source, *, organisation: Organisation, by: User | None, gate: Gate = clean_copy) -> Taking:
    """The folder read and its files looked at, which takes the longest: it is done before the database is locked.

    `gate` answers the clean copy of a picture, or refuses it.
    """
    taking = Taking(source, organisation, by, gate)
    taking.look()
    return taking


def pictures_of(source: Source, *, organisation: Organisation, by: User | None) -> list[str]:
    """The pictures in `source` that its texts use and that are not on the shelf yet, by name."""
    taking = Taking(source, organisation, by, clean_copy)
    taking.read()
    return taking.enclosures.unknown(source, taking.folder.used)


class Taking:
    """One import."""

    def __init__(self, source: Source, organisation: Organisation, by: User | None, gate: Gate) -> None:
        self.source, self.by, self.dry = source, by, True
        self.ledger, self.report = Ledger(), Report()
        self.sections = {page.locale.language_code: page for page in sections_of(organisation)}
        collection = collection_of(organisation)
        self.enclosures = Enclosures(collection, by, gate)
        self.topics = {topic.slug: topic for topic in Topic.objects.all()}
        self.terms = dict(Term.objects.values_list("slug", "pk"))
        self.films = Films(collection)
        self.telling = Telling(Names())
        known: dict[str, Any] = {"topic": self.topics, "term": self.terms, "language": self.sections}
        self.folder = Folder(source, {kind: frozenset(names) for kind, names in known.items()}, self.ledger)

    def read(self) -> CourseSheet | GuideSheet:
        """The texts."""
        of_a_course = any(path == "course.yaml" or "/" in path for path in _texts(self.source))
        return self.folder.course() if of_a_course else self.folder.guide()

    def look(self) -> None:
        """Reads and looks at everything; nothing is changed."""
        self.sheet = self.read()
        own = [section.path for section in self.sections.values()]
        self.storing = Storing(self.enclosures, self.terms, reachable(self.folder.pages, own))
        self.enclosures.look(self.source, self.folder.used, self.ledger)
        self.report.unused = sorted(set(self.source.sizes) - set(self.folder.used) - _texts(self.source))
        self.report.media = self.enclosures.new()

    @transaction.atomic
    def take(self, *, dry: bool) -> Report:
        """Lays everything down if nothing is wrong; with `dry` only says what would come of it."""
        self.dry = dry
        section = self.sections.get(self.sheet.values["language"])
        plan = self._plan(self.sheet, section) if section else []
        self._find_films(self.folder, plan)
        self.ledger.settle()
        if not self.dry:
            self.enclosures.store()
        for step in plan:
            self._lay(step)
        self._order(plan)
        self.report.page = plan[0].page if plan else None
        return self.report

    # what is to be done, and whether it can be

    def _plan(self, sheet: CourseSheet | GuideSheet, section: SectionPage) -> list[Step]:
        kind = CoursePage if isinstance(sheet, CourseSheet) else GuidePage
        values = sheet.values
        key = values["key"] or course_key(section.translation_key, values["slug"])
        standing = kind.objects.child_of(section).filter(translation_key=key).first()
        top = Step(sheet, kind, key, values["slug"], None, standing, section)
        plan = [top]
        self._check(top)
        for module in sheet.modules if isinstance(sheet, CourseSheet) else []:
            step = self._below(module, ModulePage, part_key(key, module.slug), top)
            plan.append(step)
            plan += [
                self._below(lesson, LessonPage, part_key(key, module.slug, lesson.slug), step)
                for lesson in module.lessons
            ]
            self._leftovers(step, {lesson.slug for lesson in module.lessons})
        if isinstance(sheet, CourseSheet):
            self._leftovers(top, {module.slug for module in sheet.modules})
        keys = Counter(step.key for step in plan)
        for step in plan:
            if keys[step.key] > 1:
                step.say(self.ledger, "key", _("Two pages of this folder have the same key."))
        return plan

    def _below(self, sheet: ModuleSheet | LessonSheet, kind: type[Any], derived: uuid.UUID, above: Step) -> Step:
        standing = above.children.get(sheet.slug)
        key = sheet.values["key"] or (
            standing.translation_key if standing else self._free(kind, derived, above.section)
        )
        step = Step(sheet, kind, key, sheet.slug, above, standing, above.section)
        self._check(step)
        return step

    def _free(self, kind: type[Any], key: uuid.UUID, section: SectionPage) -> uuid.UUID:
        """The key, or a new one where a page that was moved has it."""
        return uuid.uuid4() if self._taken(kind, key, section) else key

    def _taken(self, kind: type[Any], key: uuid.UUID, section: SectionPage) -> bool:
        """Whether a key means something else than a page of this kind would be that the organisation does not have yet
        in this language: who has the key of a page is its translation to readers.
        """
        others = Page.objects.filter(translation_key=key).specific()
        return any(
            page.locale_id == section.locale_id
            or not isinstance(page, kind)
            or getattr(section_of(page), "organisation_id", None) != section.organisation_id
            for page in others
        )

    def _leftovers(self, step: Step, slugs: set[str]) -> None:
        self.report.left += [page.title for slug, page in step.children.items() if slug not in slugs]

    def _check(self, step: Step) -> None:
        """Says why a page cannot be made or changed."""
        if step.standing is None:
            self._check_new(step)
            return
        if step.standing.translation_key != step.key:
            step.say(self.ledger, "key", _("The page of this name has another key."))
        if step.standing.alias_of_id:
            step.say(self.ledger, "title", _("This page shows what stands in another language; it has no own words."))
        if self.by is not None:
            rights = step.standing.permissions_for_user(self.by)
            if not rights.can_edit() or rights.page_locked():
                step.say(self.ledger, "title", _("You cannot change this page now: it is locked or in review."))

    def _check_new(self, step: Step) -> None:
        if self._taken(step.kind, step.key, step.section):
            step.say(self.ledger, "key", _("Another page has this key. Without this line a page of its own is made."))
        if step.above is None:
            other = step.section.get_children().filter(slug=step.slug).first()
            if other is not None:
                words = _("“%(title)s” has this short name. Take another, or to change that page write key: %(key)s.")
                step.say(self.ledger, "slug", words % {"title": other.title, "key": other.translation_key})
            if self.by is not None and not step.section.permissions_for_user(self.by).can_add_subpage():
                step.say(self.ledger, "title", _("You cannot write in this section."))

    def _find_films(self, folder: Folder, plan: list[Step]) -> None:
        """Says which film each page means, or why that is not clear."""
        steps = {step.body_file: step for step in plan}
        for file in dict.fromkeys(place.file for _title, place in folder.films):
            step = steps.get(file)
            before = raw_of(newest(step.standing)) if step and step.standing else []
            films = self.films.meant([(title, place) for title, place in folder.films if place.file == file], before)
            if step:
                step.films = films

    # laying down

    def _lay(self, step: Step) -> None:
        """Makes or changes one page, or only notes that it would."""
        page = newest(step.standing) if step.standing else step.kind(slug=step.slug, live=False)
        before = [] if step.standing is None else self._now(page, step)
        self._write(page, step)
        title = f"{step.sheet.file}: {step.sheet.values['title']}"
        if step.standing is None:
            self.report.made.append(title)
        elif before == self._now(page, step) and not self._brings(step.sheet):
            self.report.same.append(title)
            step.page = step.standing
            return
        else:
            self.report.changed.append(title)
        if not self.dry:
            step.page = self._saved(page, step)

    def _now(self, page: Any, step: Step) -> list[Any]:
        """What a folder would say of the page, but its key."""
        body: Body = self.telling.body(raw_of(page)) if hasattr(page, "body") else []
        notes = ""
        match page:
            case CoursePage():
                values, notes = course_values(page), self.telling.html(page.facilitator_notes)
            case GuidePage():
                values = head(page)
            case ModulePage():
                values = module_values(page, step.key)
            case _:
                values = lesson_values(page, step.key, "", self.telling)
        return [{**values, "key": None}, notes, body]

    def _write(self, page: Any, step: Step) -> None:
        """Puts the sheet into the page's fields."""
        values, sheet = step.sheet.values, step.sheet
        page.title, page.lead = values["title"], values["lead"]
        if isinstance(page, CoursePage | GuidePage):
            page.slug, page.topic = values["slug"], self.topics.get(values["topic"])
            for name in FIELDS:
                setattr(page, name, values[name])
        if isinstance(sheet, CourseSheet):
            page.objectives, page.prerequisites = "\n".join(values["objectives"]), "\n".join(values["prerequisites"])
            page.facilitator_notes = self.storing.html(sheet.notes)
        if isinstance(sheet, LessonSheet):
            page.minutes, page.facilitator_notes = values["minutes"], self.storing.html(values["notes"])
        if hasattr(page, "body"):
            self._write_body(page, sheet, step.films)

    def _write_body(self, page: Any, sheet: Sheet, films: list[int]) -> None:
        """The body as the editor stores it; one that says the same stays as it is."""
        raw, old = self.storing.raw(sheet.body, films), raw_of(page)
        if self.telling.body(raw) == self.telling.body(old) and not self._brings(sheet):
            return
        value = page.body.stream_block.to_python(with_ids(raw, old))
        list(value)  # what was not looked at would be stored as it came
        page.body = value

    def _brings(self, sheet: Sheet) -> bool:
        """Whether a file that the sheet uses is not on the shelf yet, as in a dry run."""
        said = repr((sheet.values, sheet.body, getattr(sheet, "notes", "")))
        return any(path in said for path in self.enclosures.new())

    def _saved(self, page: Any, step: Step) -> Page:
        if step.standing is None:
            page.locale, page.translation_key = step.section.locale, step.key
            parent = Page.objects.get(pk=step.above.page.pk) if step.above and step.above.page else step.section
            parent.add_child(instance=page)
        page.save_revision(user=self.by, log_action=True)
        return page

    def _order(self, plan: list[Step]) -> None:
        """Puts modules and lessons into the order of the folder. What is live keeps its order among its like: that is
        for an editor to change, since readers would see it at once.
        """
        if self.dry:
            return
        for above in plan:
            wanted = [step.page.pk for step in plan if step.above is above]
            pages = Page.objects.filter(pk__in=wanted).order_by("path")
            standing = [page.pk for page in pages]
            if standing == wanted:
                continue
            live = [page.pk for page in pages if page.live]
            if self.by is not None and live != [pk for pk in wanted if pk in live]:
                self.report.left.append(_("The order of what is published: an editor changes it in the office."))
                continue
            for pk in wanted:
                Page.objects.get(pk=pk).move(Page.objects.get(pk=above.page.pk), pos="last-child", user=self.by)


@dataclass(eq=False)
class Step:
    """One page: what is to stand there, under which key and name, below which other, and what stands there now."""

    sheet: Sheet
    kind: type[Any]
    key: uuid.UUID
    slug: str
    above: Step | None
    standing: Any
    section: SectionPage
    page: Any = None
    films: list[int] = field(default_factory=list)
    """The videos of the body, in their order."""

    @property
    def body_file(self) -> str:
        """Where its body stands."""
        return "introduction.md" if isinstance(self.sheet, CourseSheet) else self.sheet.file

    @cached_property
    def children(self) -> dict[str, Any]:
        """The modules or lessons below that stand now, by the short name of their newest version."""
        kind = ModulePage if self.above is None else LessonPage
        pages = kind.objects.child_of(self.standing).order_by("path") if self.standing else []
        return {newest(page).slug: page for page in pages}

    def say(self, ledger: Ledger, name: str, words: str) -> None:
        """Notes something about a field."""
        lines = self.sheet.lines
        ledger.say(self.sheet.file, lines.get(name) or lines.get("title", 1), words)


def _texts(source: Source) -> set[str]:
    """The files that are read as words."""
    return {path for path in source.sizes if not path.startswith("media/")}
