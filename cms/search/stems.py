"""The backend for PostgreSQL: imported only there, since Wagtail's own cannot be imported on SQLite."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db.models import F, Func, TextField, Value
from django.utils.translation import get_language
from modelsearch.backends.database.postgres.postgres import (
    PostgresIndex,
    PostgresSearchBackend,
    PostgresSearchQueryCompiler,
)
from modelsearch.backends.database.postgres.weights import get_weight
from modelsearch.query import PlainText
from modelsearch.utils import get_content_type_pk
from wagtail.models import Locale

from cms.search.words import ACCENTS, fold

CONFIGURATIONS: Final[Mapping[str, str]] = {"fr": "french", "de": "german", "en": "english", "ar": "arabic"}
"""PostgreSQL's own text-search configurations; Luxembourgish has none."""

PLAIN: Final = "simple"
TITLE_BOOST: Final = 2


def configuration(language: str | None) -> str:
    """The text-search configuration of a language."""
    return CONFIGURATIONS.get((language or "")[:2], PLAIN)


def folded(column: str) -> Func:
    """A column in small letters without accents, as `words.fold` does it."""
    letters, bare = ("".join(part) for part in (ACCENTS.keys(), ACCENTS.values()))
    return Func(F(column), Value(letters), Value(bare), function="translate", output_field=TextField())


def extended(vector: str, text: str, weight: str | None = None) -> Func:
    """A stored vector, and behind it the words of its text as they are."""
    words = SearchVector(folded(text), config=PLAIN, weight=weight)
    return Func(F(vector), words, template="(%(expressions)s)", arg_joiner=" || ", output_field=SearchVectorField())


class StemmingIndex(PostgresIndex):
    """Writes each object by the rules of its language, and its plain words besides."""

    def add_items(self, model: Any, objs: Iterable[Any]) -> None:
        groups: dict[int | None, list[Any]] = defaultdict(list)
        for obj in objs:
            groups[getattr(obj, "locale_id", None)].append(obj)
        languages = dict(Locale.objects.values_list("pk", "language_code")) if set(groups) - {None} else {}
        for locale, group in groups.items():
            self.backend.config = configuration(languages.get(locale))  # a backend serves one caller
            super().add_items(model, group)
        self.add_plain_words(get_content_type_pk(model), [str(obj.pk) for group in groups.values() for obj in group])

    def add_plain_words(self, kind: int, keys: list[str]) -> None:
        """What was just written, found by its exact words too, whatever the reader's language."""
        written = self.entries.filter(content_type_id=kind, object_id__in=keys)
        written.update(
            title=extended("title", "title_text", get_weight(TITLE_BOOST)),
            body=extended("body", "body_text"),
            title_norm=1.0,
        )
        self._refresh_title_norms()


class StemmingQueryCompiler(PostgresSearchQueryCompiler):
    """Asks by the rules of the reader's language, or exactly."""

    def get_config(self, backend: Any) -> str:
        return configuration(get_language())

    def build_tsquery_content(self, query: Any, config: str | None = None, invert: bool = False) -> Any:  # noqa: FBT001, FBT002  # the ground's signature
        stemmed = super().build_tsquery_content(query, config=config, invert=invert)
        if stemmed is None or not isinstance(query, PlainText):
            return stemmed
        words = PlainText(fold(query.query_string), operator=query.operator)
        plain = super().build_tsquery_content(words, config=PLAIN, invert=invert)
        return stemmed & plain if invert else stemmed | plain


class StemmingBackend(PostgresSearchBackend):
    """Wagtail's backend for PostgreSQL with our index and our questions."""

    index_class = StemmingIndex
    query_compiler_class = StemmingQueryCompiler
