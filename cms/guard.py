"""The guard over wagtail-localize: `Translation.save_target` writes the live row of a page even for a draft, so it is
asked first whether the translation is complete. `BasePage.publish` guards every other way.
"""

from __future__ import annotations

from typing import Any

from wagtail_localize.models import Translation

from cms.models import BasePage
from cms.rules import check_complete

stock = Translation.save_target


def save_target(self: Translation, user: Any = None, publish: bool = True) -> None:  # noqa: FBT001, FBT002  # its signature
    """As the stock method. Raises `IncompleteTranslationError` where readers would see the source language in parts."""
    kind = self.source.specific_content_type.model_class()
    if kind is not None and issubclass(kind, BasePage) and (publish or shown(self)):
        check_complete(self)
    stock(self, user=user, publish=publish)


def shown(translation: Translation) -> bool:
    """Whether the page in the other language is live already."""
    key, locale = translation.source.object_id, translation.target_locale_id
    kind: Any = translation.source.specific_content_type.model_class()
    return bool(kind.objects.filter(translation_key=key, locale_id=locale, live=True).exists())


def stand() -> None:
    """Puts the guard in place."""
    Translation.save_target = save_target
