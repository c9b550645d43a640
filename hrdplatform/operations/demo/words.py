"""Rows of the library with a column per language: topics, glossary, emergency contacts, initiatives."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import yaml

from cms.domain.catalogue import ROOM
from cms.domain.trees import LANGUAGES
from cms.models import EmergencyContact, Initiative, Term, Topic
from hrdplatform.organisations.models import Organisation
from hrdplatform.web import generations
from hrdplatform.web.texts import TranslatedTexts

FOLDER: Final = Path(__file__).with_name("library")
SOURCE: Final = LANGUAGES[0]


def lay(kind: str) -> None:
    """Lay the rows of one file, each unless it stands."""
    for row in read(kind):
        ROWS[kind](row)
    generations.bump(ROOM)


def read(kind: str) -> list[dict[str, Any]]:
    """The rows as the file has them, each text of several languages as a column per language."""
    rows = yaml.safe_load((FOLDER / f"{kind}.yaml").read_text(encoding="utf-8"))
    return [_columns(row) for row in rows]


def _columns(row: dict[str, Any]) -> dict[str, Any]:
    plain = {name: value for name, value in row.items() if not isinstance(value, dict)}
    spoken = {name: value for name, value in row.items() if isinstance(value, dict)}
    return plain | {f"{name}_{code}": text for name, texts in spoken.items() for code, text in texts.items()}


def _topic(row: dict[str, Any]) -> None:
    if not Topic.objects.filter(slug=row["slug"]).exists():
        _keep(Topic(**row))


def _term(row: dict[str, Any]) -> None:
    if not Term.objects.filter(slug=row["slug"]).exists():
        _keep(Term(**row))


def _contact(row: dict[str, Any]) -> None:
    if not EmergencyContact.objects.filter(name_fr=row["name_fr"]).exists():
        _keep(EmergencyContact(**row))


def _initiative(row: dict[str, Any]) -> None:
    if Initiative.objects.filter(slug=row["slug"]).exists():
        return
    fields = {name: value for name, value in row.items() if name not in {"organisation", "topics"}}
    owner = Organisation.objects.get(slug=row["organisation"])
    initiative = Initiative(organisation=owner, shown=True, **fields)
    _keep(initiative)
    initiative.topics.set(Topic.objects.filter(slug__in=row["topics"]))


def _keep(row: TranslatedTexts) -> None:
    """Save a row whose texts say the same in all languages. Raises `ValidationError`."""
    row.source_language = SOURCE
    row.full_clean()
    for language in LANGUAGES:
        if language != SOURCE:
            row.confirm(language)
    row.save()


ROWS: Final[dict[str, Callable[[dict[str, Any]], None]]] = {
    "topics": _topic,
    "terms": _term,
    "contacts": _contact,
    "initiatives": _initiative,
}
"""File -> how one of its rows is laid, in the order in which they need each other."""
