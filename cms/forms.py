"""The two small forms of readers: a name for a certificate, and whether a page was useful."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class CertificateForm(forms.Form):
    """A name to print. It is kept nowhere."""

    name = forms.CharField(
        label=_("Name to print"),
        help_text=_("It goes into the page that you print, and is kept nowhere. Any name will do."),
        max_length=120,
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
