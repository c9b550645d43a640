"""The search: a question and what it is narrowed to stand in the address, so that it works without scripts and can be
sent to somebody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from cms.domain.catalogue import ROOM
from cms.models import Entry
from cms.search import finding
from cms.search.marking import marked, spans
from cms.search.words import LONGEST
from cms.states import Audience, Format, Level
from cms.views.framing import framed, language_of
from hrdplatform.web.languages import NAMES
from hrdplatform.web.pagecache import kept

PER_PAGE: Final = 20
MOST_OPTIONS: Final = 12

LABELS: Final[Mapping[str, Promise]] = {
    "topic": _("Topic"),
    "format": _("What kind"),
    "audience": _("For whom"),
    "level": _("Level"),
    "organisation": _("By whom"),
    "language": _("Language"),
}
WORDS: Final[Mapping[str, Mapping[str, Any]]] = {
    "format": dict(Format.choices),
    "audience": dict(Audience.choices),
    "level": dict(Level.choices),
    "language": NAMES,
}
"""What the values of a column are called, where they are not rows."""


@dataclass(frozen=True, kw_only=True)
class Option:
    """One further choice: what it leaves, and the address that makes or undoes it."""

    label: str
    count: int
    address: str
    chosen: bool
    language: str = ""


@dataclass(frozen=True, kw_only=True)
class Facet:
    """One column by which finds can be narrowed."""

    label: Promise
    options: list[Option]


@dataclass(frozen=True, kw_only=True)
class Find:
    """An entry as it is listed."""

    entry: Entry
    title: str
    text: str


@require_safe
@kept(ROOM)
def search(request: HttpRequest) -> HttpResponse:
    """What is found."""
    typed = request.GET.get("q", "").strip()
    narrowed = {name: request.GET.get(name, "") for name in finding.COLUMNS}
    narrowed["language"] = narrowed["language"] or language_of()
    question = finding.Question.of(typed, narrowed)
    found = finding.find(question, typed=bool(typed))
    page = Paginator(found.keys(), PER_PAGE).get_page(request.GET.get("page"))
    entries = finding.shown(list(page.object_list))
    context = framed(request, gettext("Search"), learning=False)
    context |= {
        "typed": typed[:LONGEST],
        "cut": LONGEST if len(typed) > LONGEST else 0,
        "page_of_finds": page,
        "finds": listed(entries, question),
        "facets": facets(request, found),
        "kept": [(name, request.GET[name]) for name in finding.COLUMNS if request.GET.get(name)],
        "proposals": [] if entries else finding.proposals(question, language_of()),
    }
    return render(request, "cms/search.html", context)


def listed(entries: list[Entry], question: finding.Question) -> list[Find]:
    """Entries with the words marked; where the lead has none of them, a passage of the text that has stands there."""
    words = finding.folded(question)
    texts = finding.passages(entries, words) if words and entries else {}
    return [
        Find(
            entry=entry,
            title=marked(entry.title, words),
            text=marked(entry.lead if spans(entry.lead, words) else texts.get(entry.page_id) or entry.lead, words),
        )
        for entry in entries
    ]


def facets(request: HttpRequest, found: finding.Finds | finding.Everything) -> list[Facet]:
    """Every column in which there is something to choose, or something chosen to undo."""
    made = []
    for name, label in LABELS.items():
        counts = found.counts(name)
        chosen = found.question.chosen(name)
        best = [value for value, _count in counts.most_common() if value in WORDS.get(name, counts)]
        best = [value for place, value in enumerate(best) if place < MOST_OPTIONS or value == chosen]
        called = WORDS[name] if name in WORDS else finding.names(name, best)
        if name == "language":
            best = [finding.EVERY, *best]
            called = {**called, finding.EVERY: gettext("All languages")}
            counts[finding.EVERY] = counts.total()
        options = [
            Option(
                label=called[value],
                count=counts[value],
                address=address(request, name, value, chosen),
                chosen=value == chosen,
                language=value if name == "language" and value in NAMES else "",
            )
            for value in best
        ]
        if len(options) > (2 if name == "language" else 1) or any(one.chosen for one in options):
            made.append(Facet(label=label, options=options))
    return made


def address(request: HttpRequest, name: str, value: str, chosen: str) -> str:
    """The address that narrows by one value or, where it is chosen, no longer does. One language is always chosen."""
    query = request.GET.copy()
    query.pop("page", None)
    if value == (language_of() if name == "language" else chosen):
        query.pop(name, None)
    else:
        query[name] = value
    return f"?{query.urlencode()}" if query else request.path
