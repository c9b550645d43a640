"""Forms of rows with texts per language: what was translated is confirmed against the source as it now stands."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from translated_fields.fields import to_attribute
from wagtail.admin.forms import WagtailAdminModelForm

from hrdplatform.web.languages import NAMES
from hrdplatform.web.texts import LANGUAGES, State


class TextsForm(WagtailAdminModelForm):
    """Adds, for each translation that is out of date, a box to say that it still fits."""

    def __init__(self, *arguments: Any, **words: Any) -> None:
        super().__init__(*arguments, **words)
        states = {language: self.instance.state(language) for language in LANGUAGES} if self.instance.pk else {}
        for language in LANGUAGES:
            if states.get(language) == State.OUTDATED:
                self.fields[confirms(language)].help_text = _("The source changed after this was translated.")
            else:
                del self.fields[confirms(language)]

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002  # Django's signature
        """Confirms the languages whose texts were written here or that were ticked, then saves the row."""
        changed = set(self.changed_data)
        for language in LANGUAGES:
            columns = {to_attribute(name, language) for name in self.instance.text_names}
            written = language != self.instance.source_language and columns & changed
            if written or self.cleaned_data.get(confirms(language)):
                self.instance.confirm(language)
        return super().save(commit=commit)


def confirms(language: str) -> str:
    """The name of the box that confirms a language."""
    return f"confirm_{language}"


def with_boxes(base: type[TextsForm]) -> type[TextsForm]:
    """A form class with one confirming box for each language; Wagtail's panels want them declared."""
    boxes = {
        confirms(language): forms.BooleanField(
            label=_("The %(language)s texts still fit the source") % {"language": NAMES[language]}, required=False
        )
        for language in LANGUAGES
    }
    return type(base.__name__, (base,), boxes)
