"""Pages whose translation is missing, incomplete or out of date.

The complete languages have every page. Any other language has what somebody began there, a course with its lessons.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.permissions import page_permission_policy
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from cms.models import LessonPage, ModulePage
from cms.queries import HOME_DEPTH
from hrdplatform.office.unfinished import Unfinished
from hrdplatform.web.languages import PUBLIC
from hrdplatform.web.texts import State

TO_COURSE = 2 * Page.steplen
"""How much longer the path of a lesson is than that of its course."""


class Running(NamedTuple):
    """A translation that was begun in the office: out of which language, when its source was read, what it lacks."""

    source: str
    read_at: datetime
    lacks_texts: bool


@dataclass
class Family:
    """A page in all its languages: the pages and the running translations by language, the one it was written in."""

    pages: dict[str, Any] = field(default_factory=dict)
    running: dict[str, Running] = field(default_factory=dict)
    source: str = ""

    @property
    def original(self) -> Any:
        """The page that the others are translations of; None where it is not the person's to change."""
        return self.pages.get(self.source or next(iter(self.pages)))

    def is_public(self, language: str) -> bool:
        return language in self.pages and self.pages[language].live

    def state(self, language: str) -> State:
        """Missing: no page, one that is not live, or an incomplete one. Out of date: the source changed since."""
        if not self.is_public(language):
            return State.MISSING
        running = self.running.get(language)
        if running is None:
            return State.OUTDATED if is_older(self.pages[language], self.original) else State.CURRENT
        if running.lacks_texts:
            return State.MISSING
        published = self.pages.get(running.source, self.original).last_published_at
        return State.OUTDATED if published and running.read_at < published else State.CURRENT


def pages(user: Any) -> Iterable[Unfinished]:
    """What `user`, who may edit the source page, can look after. Only live sources count. Three queries."""
    families = by_path(families_of(user))
    lessons = defaultdict(list)
    for path, family in families.items():
        if family.original.live and is_a(family.original, LessonPage):
            lessons[path[:-TO_COURSE]].append(family)
    begun: dict[str, set[str]] = {}
    for path, family in families.items():
        above = begun.get(path[: -Page.steplen], set()) if is_a(family.original, ModulePage, LessonPage) else set()
        begun[path] = {*family.pages, *family.running, *above}
        if family.original.live:
            for language in sorted({*PUBLIC, *begun[path]} - {family.original.locale.language_code}):
                yield from rows(family, language, lessons[path])


def families_of(user: Any) -> Iterable[Family]:
    """The pages that `user` may change, with their translations. The first that was made is the source, unless one was
    translated in the office.
    """
    mine = page_permission_policy.instances_user_has_permission_for(user, "change").filter(depth__gte=HOME_DEPTH)
    families: dict[Any, Family] = defaultdict(Family)
    written = Coalesce("live_revision__created_at", "last_published_at")
    for page in mine.select_related("locale", "content_type").annotate(written=written).order_by("pk"):
        families[page.translation_key].pages.setdefault(page.locale.language_code, page)
    for key, language in TranslationSource.objects.order_by("-pk").values_list("object_id", "locale__language_code"):
        if key in families:
            families[key].source = language
    for key, language, *facts in running_translations(mine):
        if key in families:
            families[key].running[language] = Running(*facts)
    return families.values()


def by_path(families: Iterable[Family]) -> dict[str, Family]:
    """By the place of the source in its tree, what stands above first."""
    places = {family.original.path: family for family in families if family.original is not None}
    return dict(sorted(places.items()))


def running_translations(mine: QuerySet[Page]) -> Iterable[tuple[Any, ...]]:
    """The enabled translations of pages: translation key, language, and the facts of `Running`; one query."""
    enabled = Translation.objects.filter(enabled=True, source__object__in=mine.order_by().values("translation_key"))
    found: Iterable[tuple[Any, ...]] = enabled.order_by("pk").values_list(
        "source__object_id",
        "target_locale__language_code",
        "source__locale__language_code",
        "source__last_updated_at",
        lacks_texts(),
    )
    return found


def lacks_texts() -> Exists:
    """Whether a translation, in a query of them, lacks a text."""
    text = StringTranslation.objects.filter(
        translation_of=OuterRef("string"),
        context=OuterRef("context"),
        locale=OuterRef(OuterRef("target_locale")),
        has_error=False,
    )
    return Exists(StringSegment.objects.filter(~Exists(text), source=OuterRef("source")))


def to_publish(user: Any) -> list[str]:
    """The numbers of the pages whose translation is complete, not public as it stands, and others' work: `user` may
    publish them. One query.
    """
    mine = page_permission_policy.instances_user_has_permission_for(user, "publish")
    target = Page.objects.filter(translation_key=OuterRef("source__object_id"), locale=OuterRef("target_locale"))
    source = Page.objects.filter(translation_key=OuterRef("source__object_id"), locale=OuterRef("source__locale"))
    texts = StringTranslation.objects.filter(
        context__object=OuterRef("source__object"), locale=OuterRef("target_locale")
    )
    complete = Translation.objects.filter(~lacks_texts(), Exists(source.live()), Exists(texts), enabled=True)
    pages = complete.annotate(
        page=Subquery(target.values("pk")[:1]), published=Subquery(target.live().values("last_published_at")[:1])
    ).filter(page__in=mine.order_by().values("pk"))

    def newer(**by: Any) -> Q:
        """Whether there are texts, of somebody's, that readers do not see yet."""
        hidden = Q(published__isnull=True) & Q(Exists(texts.filter(**by)))
        return hidden | Q(Exists(texts.filter(**by, updated_at__gt=OuterRef("published"))))

    unread = pages.filter(newer(), ~newer(last_translated_by=user.pk))
    return [str(number) for number in unread.order_by("pk").values_list("page", flat=True)]


def is_older(target: Any, original: Any) -> bool:
    """Whether a page that was not translated in the office went live before the words of its source were written.

    Written, not published: who sends both languages as folders has both at hand, and either may be published first.
    """
    if original.written is None or target.alias_of_id:
        return False
    return target.last_published_at is None or target.last_published_at < original.written


def is_a(page: Page, *kinds: type[Page]) -> bool:
    return issubclass(page.content_type.model_class(), kinds)


def rows(family: Family, language: str, lessons: list[Family]) -> Iterable[Unfinished]:
    """What there is to say of a page in one language. It leads to the translation where there is one, else to the
    source. A course that is begun says how many of its lessons readers do not have; it is not whole without them.
    """
    state, detail, target = family.state(language), "", family.pages.get(language)
    missing = sum(not lesson.is_public(language) for lesson in lessons)
    if target is not None and missing:
        words = _("Lessons that are not public in this language yet: %(missing)s of %(total)s")
        detail = words % {"missing": missing, "total": len(lessons)}
        state = State.MISSING
    if state != State.CURRENT:
        page = family.original
        yield Unfinished(
            title=page.title,
            kind=str(page.content_type.model_class()._meta.verbose_name),  # noqa: SLF001  # Django's documented name
            language=language,
            state=state,
            address=reverse("wagtailadmin_pages:edit", args=[(target or page).pk]),
            detail=detail,
        )
