"""The tag that tells other sites which picture to show beside a link."""

from __future__ import annotations

from django import template
from django.urls import reverse
from django.utils.translation import get_language
from wagtail.models import Page

from cms.domain.card_files import card_of, card_of_site
from hrdplatform.web import doors

register = template.Library()


@register.simple_tag(takes_context=True)
def card_address(context: template.Context, page: object) -> str:
    """The full address of a page's card; of the site's where it is no editor's page."""
    if isinstance(page, Page):
        path = reverse("page_card", kwargs={"page_id": page.pk, "digest": card_of(page).digest})
    else:
        language = get_language() or ""
        path = reverse("site_card", kwargs={"language": language, "digest": card_of_site(language).digest})
    return f"{doors.origin(doors.Door.PUBLIC, context.get('request'))}{path}"
