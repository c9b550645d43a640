"""Links in texts: one to a page that is not public is only its words, since its address tells its short name."""

from __future__ import annotations

from typing import Any

from wagtail.models import Page
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.rich_text.pages import PageLinkHandler


class PublicLinkHandler(PageLinkHandler):
    """Wagtail's own, for pages that are public."""

    @classmethod
    def get_many(cls, attrs_list: list[dict[str, Any]]) -> list[Page | None]:
        """As the stock method, with None in the place of what is not public in the reader's language."""
        found: list[Page | None] = super().get_many(attrs_list)
        return [page if page is not None and page.localized.live else None for page in found]


def register(features: FeatureRegistry) -> None:
    """Puts the handler in the place of Wagtail's."""
    features.register_link_type(PublicLinkHandler)
