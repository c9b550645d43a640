"""What was set aside: mails after their last try, and background work that keeps failing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hrdplatform.notices import outcomes, turns
from hrdplatform.notices.models import Notice
from hrdplatform.office.views.pages import OfficePage
from hrdplatform.web import clock

A_PAGE = 50
VERBS = {"retry": outcomes.retry, "drop": outcomes.drop}


class ParkedView(OfficePage):
    """For administrators of the platform: look, then let a mail be tried again or drop it."""

    page_title = gettext_lazy("Work that was set aside")
    header_icon = "mail"
    template_name = "office/parked.html"

    def get_context_data(self, **words: Any) -> dict[str, Any]:
        pages = Paginator(Notice.objects.parked(), A_PAGE)
        page = pages.get_page(self.request.GET.get("p"))
        return super().get_context_data(rows=page, failing=turns.failing(), **words)

    def post(self, request: HttpRequest) -> HttpResponse:
        """One mail, one verb. A mail that is set aside no longer is none of this page's (404 for no number at all)."""
        number, verb = request.POST.get("notice", ""), VERBS.get(request.POST.get("go", ""))
        if verb is None or not number.isascii() or not number.isdigit() or len(number) > 19:
            raise Http404
        try:
            verb(_parked(int(number)), actor=f"user:{request.user.pk}", at=clock.now())
        except outcomes.NotParkedError:
            messages.warning(request, _("This mail is not set aside any more."))
        return redirect("office_parked")


def _parked(number: int) -> Notice:
    notice = Notice.objects.parked().filter(pk=number).first()
    if notice is None:
        raise outcomes.NotParkedError
    return notice
