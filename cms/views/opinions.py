"""Was this useful? A form at an address of its own, so that the pages themselves stay free of cookies."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cms.domain import opinions
from cms.forms import OpinionForm
from cms.menus import learning_elsewhere
from cms.models import Entry
from hrdplatform.web import clock
from hrdplatform.web.addresses import client_address
from hrdplatform.web.throttle import Throttle
from hrdplatform.web.views import errors

FROM_ONE_CIRCUIT = Throttle("opinion", limit=10, period=60 * 60)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def useful(request: HttpRequest, page_id: str) -> HttpResponse:
    """The question about a page of the catalogue, in its language; 404 for any other page."""
    request.alternates = learning_elsewhere()  # type: ignore[attr-defined]  # ours, see languages
    entry = get_object_or_404(Entry, page_id=page_id, language=get_language())
    form = OpinionForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {"entry": entry, "form": form}
        return render(request, "cms/useful.html", context, status=422 if form.is_bound else 200)
    verdict = FROM_ONE_CIRCUIT.hit(client_address(request))
    if not verdict:
        return errors.too_many(request, verdict.seconds)
    opinions.tell(entry, useful=form.cleaned_data["useful"], words=form.cleaned_data["words"], at=clock.now())
    return redirect("learn_useful_thanks", page_id=page_id)


@require_safe
def thanks(request: HttpRequest, page_id: str) -> HttpResponse:
    """Says that it was kept, and what was not."""
    request.alternates = learning_elsewhere()  # type: ignore[attr-defined]  # as above
    entry = get_object_or_404(Entry, page_id=page_id, language=get_language())
    return render(request, "cms/useful_thanks.html", {"entry": entry})
