"""Every part of the face in its states, on one page, for developers and for the tests; not in production."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

ICONS = (
    "check cross info warn danger seal exit arrow down menu globe search file download calendar people hidden clock "
    "print phone plus erase"
).split()
LAYOUTS = {"base": "web/base.html", "aid": "web/aid.html", "desk": "web/desk.html", "account": "web/account.html"}


class Sample(forms.Form):
    """One field of each kind; the postcode is filled in wrongly. Words are not translated: nobody visits this page."""

    name = forms.CharField(label="Name", help_text="As it shall appear on the list.", max_length=100)
    postcode = forms.RegexField(
        r"^\d{4}$", label="Postcode", error_messages={"invalid": "Write four figures, like 1511."}
    )
    commune = forms.ChoiceField(label="Commune", choices=[("d", "Diekirch"), ("e", "Esch-Uelzecht")])
    story = forms.CharField(label="In your own words", widget=forms.Textarea(attrs={"rows": 4}), required=False)
    publish = forms.ChoiceField(
        label="Publish my contribution",
        choices=[("n", "With my name"), ("o", "Only my organisation’s"), ("c", "Confidential")],
        widget=forms.RadioSelect,
    )
    aims = forms.MultipleChoiceField(
        label="What would help you?",
        choices=[("r", "Understand my rights"), ("s", "Somebody to represent me")],
        widget=forms.CheckboxSelectMultiple,
    )
    noted = forms.BooleanField(label="I noted the eight words.", help_text="Nobody can open my request without them.")
    picked = forms.FileField(label="Files", required=False)


@require_safe
def parts(request: HttpRequest) -> HttpResponse:
    """All parts; `?layout=aid|desk|account` shows them at another door."""
    sample = {"name": "Jeanne Wagener", "postcode": "L-15", "commune": "e", "publish": "o"}
    context: dict[str, Any] = {
        "layout": LAYOUTS.get(request.GET.get("layout", ""), LAYOUTS["base"]),
        "form": Sample(sample, initial=sample),
        "icons": ICONS,
        "page": Paginator(range(200), 10).page(7),
    }
    return render(request, "web/parts.html", context)
