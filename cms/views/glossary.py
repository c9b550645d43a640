"""The glossary: every word that lessons explain, by letter."""

from __future__ import annotations

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from cms.domain.catalogue import ROOM
from cms.models import Term
from cms.search.words import fold
from cms.views.framing import framed
from hrdplatform.web.pagecache import kept


@require_safe
@kept(ROOM)
def glossary(request: HttpRequest) -> HttpResponse:
    """Words as this language has them, in its order; each can be linked to by its short name."""
    lead = gettext("Words that our lessons use, in plain language.")
    context = framed(request, gettext("Glossary"), lead)
    terms = sorted(Term.objects.all(), key=lambda term: fold(term.word))
    context["letters"] = [{"letter": letter, "terms": list(group)} for letter, group in groupby(terms, key=letter_of)]
    return render(request, "cms/glossary.html", context)


def letter_of(term: Term) -> str:
    """The letter under which a word stands."""
    return fold(term.word)[:1].upper()
