"""wagtail-localize's two forms about a page, for those who may edit that page: its own ask for the right in general."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from wagtail.models import Page
from wagtail_localize.views.submit_translations import SubmitPageTranslationView
from wagtail_localize.views.update_translations import UpdateTranslationsView


class OwnSubmit(SubmitPageTranslationView):
    """Asking for translations of a page."""

    def get_object(self) -> Page:
        """The page, if it is the visitor's to edit. Raises `Http404`."""
        page: Page = super().get_object()
        if not page.permissions_for_user(self.request.user).can_edit():
            raise Http404
        return page


class OwnUpdate(UpdateTranslationsView):
    """Bringing translations up to date with their source."""

    def get_object(self) -> Any:
        """The source, if its page is the visitor's to edit. Raises `Http404`."""
        source = super().get_object()
        page = Page.objects.filter(translation_key=source.object_id, locale_id=source.locale_id).first()
        if page is None or not page.permissions_for_user(self.request.user).can_edit():
            raise Http404
        return source
