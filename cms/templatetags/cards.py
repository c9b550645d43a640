"""The tag that tells other sites which picture to show beside a link."""

from __future__ import annotations

from django import template
from django.urls import reverse
from wagtail.models import Page

from cms.domain.card_files import digest_of
from hrdplatform.web import doors

register = template.Library()


@register.simple_tag(takes_context=True)
def card_address(context: template.Context, page: Page) -> str:
    """The full address of a page's card."""
    path = reverse("page_card", kwargs={"page_id": page.pk, "digest": digest_of(page)})
    return f"{doors.origin(doors.Door.PUBLIC, context.get('request'))}{path}"
