"""Panels for rows with texts per language: one tab for what is common, one for each language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from translated_fields.fields import to_attribute
from wagtail.admin.panels import FieldPanel, ObjectList, TabbedInterface

from hrdplatform.office.forms import TextsForm, confirms, with_boxes
from hrdplatform.web.languages import NAMES
from hrdplatform.web.texts import LANGUAGES, TranslatedTexts


def language_tabs(
    model: type[TranslatedTexts], common: Sequence[Any], *, heading: Any, form: type[TextsForm] = TextsForm
) -> TabbedInterface:
    """`common` in the first tab, then the texts of each language in a tab of its own."""
    texts = [
        ObjectList(
            [FieldPanel(to_attribute(name, language)) for name in model.text_names] + [FieldPanel(confirms(language))],
            heading=NAMES[language],
        )
        for language in LANGUAGES
    ]
    return TabbedInterface(
        [ObjectList([*common, FieldPanel("source_language")], heading=heading), *texts],
        base_form_class=with_boxes(form),
    )
