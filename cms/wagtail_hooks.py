"""The front hall's door into the office."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail import hooks
from wagtail.models import Page

from cms.office.terms import term_chooser
from cms.rules import refuse_translation, translation_into
from cms.unfinished import pages
from hrdplatform.office.refusals import RefusedError
from hrdplatform.office.unfinished import register_provider
from hrdplatform.office.viewsets import OwnedChooserViewSet, OwnedViewSet

register_provider(pages)


def no_refused_translation(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Says no before wagtail-localize publishes a translation that is incomplete or that nobody else has read.

    `guard.save_target` refuses as well; wagtail-localize would word that refusal as "click again to ignore".
    """
    translation = translation_into(page) if request.method == "POST" else None
    if translation is not None and request.POST.get("action") == "publish":
        try:
            refuse_translation(translation, request.user)
        except RefusedError as refused:
            messages.error(request, refused.messages[0])
            return redirect(request.path)
    return None


hooks.register("before_edit_page", no_refused_translation, order=-100)


def our_viewsets() -> list[OwnedViewSet | OwnedChooserViewSet]:
    """What the front hall adds to the office."""
    return [term_chooser]


hooks.register("register_admin_viewset", our_viewsets)
