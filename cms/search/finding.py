"""What a question finds in the catalogue, and how many finds each further choice would leave. A handful of queries, and
never more than `BEST` rows in memory, however large the catalogue is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Count, F, QuerySet, Value
from wagtail.models import Page
from wagtail.search.models import IndexEntry

from cms.domain.catalogue import KINDS
from cms.models import Entry, Topic
from cms.search.marking import passage
from cms.search.words import fold, nearest, words_of
from hrdplatform.organisations.models import Organisation

BEST: Final = 1000
"""Finds that are counted and shown; who has more asks too broadly."""

TITLES: Final = 2000
"""Titles that are compared for somebody who found nothing, the newest of them."""

COLUMNS: Final[Mapping[str, str]] = {
    "topic": "topic__slug",
    "format": "format",
    "audience": "audience",
    "level": "level",
    "organisation": "organisation__slug",
    "language": "language",
}
"""What finds can be narrowed by, and where the catalogue has it."""

EVERY: Final = "all"
"""The language of somebody who reads several."""

TALLY: Final = ("find_name", "find_value", "number")
"""A column, one of its values, and how many entries have it."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """What somebody asks for: words, and what she has narrowed it to (column name -> value)."""

    words: tuple[str, ...]
    narrowed: Mapping[str, str]

    @classmethod
    def of(cls, typed: str, narrowed: Mapping[str, str]) -> Question:
        """From what was typed and chosen; empty choices are none."""
        return cls(words=tuple(words_of(typed)), narrowed={name: value for name, value in narrowed.items() if value})

    def chosen(self, name: str) -> str:
        return self.narrowed.get(name, "")

    def narrowing(self, *, but: str = "") -> dict[str, str]:
        """The columns that narrow, and their values, one column left aside."""
        every = "language" if self.chosen("language") == EVERY else ""
        return {name: value for name, value in self.narrowed.items() if name not in {but, every}}


@dataclass(frozen=True)
class Finds:
    """What the words are in: rows of the catalogue as far as needed for counting, the best first."""

    question: Question
    rows: Sequence[Mapping[str, Any]]

    def keys(self) -> Sequence[int]:
        """The entries that are found."""
        return [row["find_key"] for row in self._fitting()]

    def counts(self, name: str) -> Counter[str]:
        """How many finds each value of a column would leave, the other choices kept."""
        column = f"find_{name}"
        return Counter(row[column] for row in self._fitting(but=name) if row[column])

    def _fitting(self, *, but: str = "") -> list[Mapping[str, Any]]:
        wanted = self.question.narrowing(but=but).items()
        return [row for row in self.rows if all(row[f"find_{name}"] == value for name, value in wanted)]


@dataclass(frozen=True)
class Everything:
    """All there is, the newest first: narrowed, counted and cut into pages by the database."""

    question: Question

    def keys(self) -> QuerySet[Entry, int]:
        """The entries that are found; not read before somebody cuts a page out of them."""
        found = Entry.objects.filter(**self._by(self.question.narrowing()))
        return found.order_by("-published_at", "-pk").values_list("pk", flat=True)

    def counts(self, name: str) -> Counter[str]:
        """As `Finds.counts`."""
        return Counter(self._counted[name])

    @cached_property
    def _counted(self) -> dict[str, dict[str, int]]:
        """The counts of all columns; one query, a row for each value."""
        first, *others = [self._tally(name) for name in COLUMNS]
        counted: dict[str, dict[str, int]] = {name: {} for name in COLUMNS}
        for name, value, number in first.union(*others, all=True):
            counted[name][value] = number
        return counted

    def _tally(self, name: str) -> QuerySet[Entry, tuple[str, str, int]]:
        column = COLUMNS[name]
        fitting = Entry.objects.filter(**self._by(self.question.narrowing(but=name))).order_by()
        valued = fitting.exclude(**{column: ""}).exclude(**{f"{column}__isnull": True})
        named = valued.annotate(find_name=Value(name, CharField()), find_value=F(column))
        return named.values("find_name", "find_value").annotate(number=Count("pk")).values_list(*TALLY)

    @staticmethod
    def _by(narrowing: Mapping[str, str]) -> dict[str, str]:
        return {COLUMNS[name]: value for name, value in narrowing.items()}


def find(question: Question, *, typed: bool) -> Finds | Everything:
    """What is found for the words, or all there is where nothing was `typed`."""
    if not typed:
        return Everything(question)
    if not question.words:
        return Finds(question, [])
    pages = Page.objects.live().search(" ".join(question.words)).get_queryset().filter(entry__isnull=False)
    return Finds(question, list(pages.values(**columns())[:BEST]))


def columns() -> dict[str, F]:
    """What is read of each page that is found. The names do not clash with a page's own columns."""
    return {f"find_{name}": F(f"entry__{column}") for name, column in {"key": "pk", **COLUMNS}.items()}


def shown(keys: Sequence[int]) -> list[Entry]:
    """The entries of one page of finds in their order, with topic and organisation."""
    place = {key: number for number, key in enumerate(keys)}
    found = Entry.objects.filter(pk__in=keys).select_related("organisation", "topic")
    return sorted(found, key=lambda entry: place[entry.pk])


def passages(entries: Iterable[Entry], words: Sequence[str]) -> dict[int, str]:
    """For each page the passage of its text that has one of the (folded) words: page key -> passage; one query."""
    kinds = ContentType.objects.get_for_models(*KINDS).values()
    keys = [str(entry.page_id) for entry in entries]
    column = "body_text" if hasattr(IndexEntry, "body_text") else "body"
    texts = IndexEntry.objects.filter(content_type__in=kinds, object_id__in=keys).values_list("object_id", column)
    return {int(key): passage(text, words) for key, text in texts}


def names(name: str, values: Iterable[str]) -> dict[str, Any]:
    """What the values of the column `topic` or `organisation` are called, for the reader; one query."""
    rows = Topic.objects if name == "topic" else Organisation.objects
    return {row.slug: row.name for row in rows.filter(slug__in=list(values))}


def proposals(question: Question, language: str, *, most: int = 5) -> list[Entry]:
    """Entries in `language` whose titles come near to words that were not found; two queries."""
    if not question.words:
        return []
    known = list(Entry.objects.filter(language=language).order_by("-published_at").values_list("pk", "title")[:TITLES])
    near = nearest(question.words, (title for _key, title in known), most=most)
    return shown([known[place][0] for place in near])


def folded(question: Question) -> list[str]:
    """The words of a question as texts are compared with them."""
    return [fold(word) for word in question.words]
