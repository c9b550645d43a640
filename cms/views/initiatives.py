"""The directory of initiatives, so that people who want to help and people who do something meet."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from cms import queries
from cms.domain.catalogue import ROOM
from cms.forms import InitiativeFilter
from cms.models import Initiative
from cms.views.framing import framed, language_of
from hrdplatform.web.pagecache import kept


@require_safe
@kept(ROOM)
def initiatives(request: HttpRequest) -> HttpResponse:
    """Those that are shown, narrowed by topic, kind and town; a choice that is none leaves the whole list."""
    lead = gettext("Associations, networks and civic technology: what they do, and how you take part.")
    context = framed(request, gettext("Initiatives"), lead)
    form = InitiativeFilter(request.GET, topics=queries.topics_of_initiatives(), towns=queries.towns_of_initiatives())
    request.declared = form.known  # type: ignore[attr-defined]  # ours, see pagecache
    narrowed = form.narrowed()
    context |= {"form": form, "narrowed": narrowed}
    found = Initiative.objects.filter(shown=True, **narrowed).prefetch_related("topics")
    context["initiatives"] = sorted(found, key=lambda initiative: initiative.name.casefold())
    return render(request, "cms/initiatives.html", context)


@require_safe
@kept(ROOM)
def initiative(request: HttpRequest, slug: str) -> HttpResponse:
    """One initiative with its contact; 404 for one that is not shown."""
    found = get_object_or_404(Initiative.objects.prefetch_related("topics"), slug=slug, shown=True)
    above = (gettext("Initiatives"), f"/{language_of()}/learn/initiatives/")
    context = framed(request, found.name, below=[above])
    context["initiative"] = found
    return render(request, "cms/initiative.html", context)
