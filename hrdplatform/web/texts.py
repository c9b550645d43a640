"""Texts that officials write in several languages: one row, one column per language.

Queries name the column (`name_de`); the plain attribute (`row.name`) is the text for the reader: in her language
where it is filled, else in the language it was written in, and it tells which one it shows (`row.name.language`), so
that pages can set `lang=`. A row knows its `source_language`; `translated_from` holds, for each other language, the
digest of the source that its texts were made from, so that "missing" and "out of date" are known.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any, ClassVar, Final, Self

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from translated_fields import TranslatedField
from translated_fields.fields import to_attribute

from hrdplatform.web.languages import NAMES, PUBLIC

LANGUAGES: Final = PUBLIC


class Shown(str):
    """A text together with the `language` that it is written in (empty for an empty text)."""

    __slots__ = ("language",)

    language: str

    def __new__(cls, text: str, language: str) -> Self:
        shown = super().__new__(cls, text)
        shown.language = language
        return shown


class State(models.TextChoices):
    """Where the texts of one language stand."""

    SOURCE = "source", _("Source")
    CURRENT = "current", _("Translated")
    OUTDATED = "outdated", _("Out of date")
    MISSING = "missing", _("Missing")


def shown(row: models.Model, name: str) -> Shown:
    """The text of `name` for the reader: the active language, then the source, then the first that is filled."""
    source = getattr(row, "source_language", LANGUAGES[0])
    for language in dict.fromkeys(((get_language() or "")[:2], source, *LANGUAGES)):
        text = getattr(row, to_attribute(name, language), "") if language in LANGUAGES else ""
        if text:
            return Shown(text, language)
    return Shown("", "")


class Columns(TranslatedField):
    """The columns of one text. Setting the plain attribute writes the row's source language."""

    def contribute_to_class(self, cls: type[models.Model], name: str) -> None:
        super().contribute_to_class(cls, name)

        def read(row: Any) -> Shown:
            return shown(row, name)

        def write(row: Any, text: str) -> None:
            setattr(row, to_attribute(name, row.source_language), text)

        read.short_description = self._field.verbose_name  # type: ignore[attr-defined]  # what lists call the column
        setattr(cls, name, property(read, write))
        cls.text_names = (*getattr(cls, "text_names", ()), name)  # type: ignore[attr-defined]  # told by TranslatedTexts


def text_columns(field: models.Field[Any, Any]) -> Any:
    """One column per language for a `CharField` or `TextField`; each may be empty, see `at_least_one`."""
    field.blank = True
    field.default = ""
    return Columns(field, languages=LANGUAGES)


def at_least_one(name: str, *, constraint: str) -> models.CheckConstraint:
    """The constraint that the text `name` is filled in at least one language."""
    empty = models.Q(**{to_attribute(name, language): "" for language in LANGUAGES})
    return models.CheckConstraint(condition=~empty, name=constraint)


class TranslatedTexts(models.Model):
    """A row with texts per language. The verbs and forms that change a text call `confirm`; `save` does nothing."""

    source_language = models.CharField(
        _("written in"), max_length=2, choices=[(code, NAMES[code]) for code in LANGUAGES], default=LANGUAGES[0]
    )
    translated_from = models.JSONField(default=dict, editable=False)

    text_names: ClassVar[tuple[str, ...]] = ()
    required_texts: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    def texts(self, language: str) -> dict[str, str]:
        """The texts of one language by name, empty ones included."""
        return {name: getattr(self, to_attribute(name, language)) for name in self.text_names}

    def source_digest(self) -> str:
        """Changes whenever a text of the source changes: 32 hexadecimal digits."""
        written = json.dumps(self.texts(self.source_language), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(written.encode()).hexdigest()[:32]

    def confirm(self, language: str) -> None:
        """Says that the texts of `language` render the source as it stands. The caller saves."""
        self.translated_from = {**self.translated_from, language: self.source_digest()}

    def state(self, language: str) -> State:
        """Missing when a text that the source has is empty here, out of date when the source changed since."""
        if language == self.source_language:
            return State.SOURCE
        here, source = self.texts(language), self.texts(self.source_language)
        if any(source[name] and not here[name] for name in self.text_names):
            return State.MISSING
        return State.CURRENT if self.translated_from.get(language) == self.source_digest() else State.OUTDATED

    def unfinished(self) -> dict[str, State]:
        """The languages that somebody must look after, with the reason."""
        states = {language: self.state(language) for language in LANGUAGES}
        return {language: state for language, state in states.items() if state in {State.MISSING, State.OUTDATED}}

    def clean(self) -> None:
        """Raises `ValidationError` at the columns of the source language that must be filled and are not."""
        super().clean()
        lacking = [name for name in self.required_texts if not self.texts(self.source_language)[name]]
        if lacking:
            message = _("Fill this in: it is the language that the text is written in.")
            raise ValidationError({to_attribute(name, self.source_language): message for name in lacking})


def rooms() -> list[type[TranslatedTexts]]:
    """All models whose rows have texts per language."""
    return [model for model in apps.get_models() if issubclass(model, TranslatedTexts)]
