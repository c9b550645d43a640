"""Every part of the face in its states, on one page, for developers and for the tests; not in production."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from django import forms
from django.contrib.staticfiles import finders
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

SYMBOLS = re.compile(r'<symbol id="([a-z]+)"')
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


def icons() -> list[str]:
    """The names in `icons.svg`, in its order."""
    found = finders.find("web/icons.svg")
    return SYMBOLS.findall(Path(found).read_text()) if found else []


@require_safe
def parts(request: HttpRequest) -> HttpResponse:
    """All parts; `?layout=aid|desk|account` shows them at another door."""
    sample = {"name": "Jeanne Wagener", "postcode": "L-15", "commune": "e", "publish": "o"}
    context: dict[str, Any] = {
        "layout": LAYOUTS.get(request.GET.get("layout", ""), LAYOUTS["base"]),
        "form": Sample(sample, initial=sample),
        "icons": icons(),
        "page": Paginator(range(200), 10).page(7),
    }
    return render(request, "web/parts.html", context)
