"""The small forms of readers: a name for a certificate, whether a page was useful, which initiatives to list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, cast

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from cms.models import Topic
from cms.states import Occupation

LONGEST_NAME: Final = 120
"""As many characters as look well on a certificate."""


class CertificateForm(forms.Form):
    """A name to print. It is kept nowhere.

    Its length is no `max_length`: browsers then cut what is longer without a word.
    """

    name = forms.CharField(
        label=_("Name to print"),
        help_text=_("It goes into the page that you print, and is kept nowhere. Any name will do."),
        validators=[
            MaxLengthValidator(LONGEST_NAME, _("At most %(limit_value)d characters fit. Write the name shorter."))
        ],
        error_messages={"required": _("Write a name to print; any name will do.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class OpinionForm(forms.Form):
    """Yes or no, and a few words if somebody has any."""

    useful = forms.TypedChoiceField(
        label=_("Was this page useful?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda word: word == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no.")},
    )
    words = forms.CharField(
        label=_("What was good, what is missing or wrong?"),
        help_text=_("Its authors read this. Write nothing about yourself, about others or about a case."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class InitiativeFilter(forms.Form):
    """What the directory is narrowed to. Its addresses can be sent to somebody, so it takes what it knows only.

    `known` holds the values that each field takes.
    """

    topic = forms.ChoiceField(label=_("Topic"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    town = forms.ChoiceField(label=_("Town"), required=False)

    def __init__(self, data: Any, *, topics: Iterable[Topic], towns: Iterable[str]) -> None:
        super().__init__(data)
        choices = {
            "topic": [(topic.slug, topic.name) for topic in topics],
            "kind": list(Occupation.choices),
            "town": [(town, town) for town in towns],
        }
        self.known = {name: {value for value, _label in values} for name, values in choices.items()}
        for name, values in choices.items():
            cast("forms.ChoiceField", self.fields[name]).choices = [("", _("All")), *values]

    def narrowed(self) -> dict[str, str]:
        """The lookups for what was chosen. What is no choice is as if it had not been asked."""
        self.is_valid()
        lookups = {"topic": "topics__slug", "kind": "occupation", "town": "town"}
        return {lookups[name]: value for name, value in self.cleaned_data.items() if value}
