"""The guard over publishing. Wagtail's editor, its workflow, bulk actions and its programs all end in one action, which
is told here to ask our rules first; so are copies and aliases, which would be live without being published.

wagtail-localize's `Translation.save_target` writes the live row of a page even for a draft and publishes in nobody's
name, so it is asked before that.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail_localize.models import Translation

from cms.models import BasePage
from cms.rules import LiveCopyError, UntranslatedParentError, refuse_publication, refuse_translation

stock = Translation.save_target


def save_target(self: Translation, user: Any = None, publish: bool = True) -> None:  # noqa: FBT001, FBT002  # its signature
    """As the stock method. Raises `IncompleteTranslationError` where readers would see the source language in parts,
    `AloneError` where they would see what nobody but `user` has read.
    """
    kind = self.source.specific_content_type.model_class()
    if kind is not None and issubclass(kind, BasePage) and (publish or shown(self)):
        refuse_translation(self, user)
        check_right(self, user)
    stock(self, user=user, publish=publish)


def shown(translation: Translation) -> bool:
    """Whether the page in the other language is live already."""
    key, locale = translation.source.object_id, translation.target_locale_id
    kind: Any = translation.source.specific_content_type.model_class()
    return bool(kind.objects.filter(translation_key=key, locale_id=locale, live=True).exists())


def check_right(translation: Translation, user: Any) -> None:
    """Raises `PermissionDenied` where `user` may not publish the page in the other language: the form that brings
    translations up to date does not ask.
    """
    kind: Any = translation.source.specific_content_type.model_class()
    key, locale = translation.source.object_id, translation.target_locale_id
    target = kind.objects.filter(translation_key=key, locale_id=locale).first()
    if user is not None and target is not None and not target.permissions_for_user(user).can_publish():
        raise PermissionDenied


def may_go_live(action: PublishPageRevisionAction) -> None:
    """Raises what `rules.refuse_publication` raises."""
    if isinstance(action.object, BasePage):
        refuse_publication(action.object, action.revision, action.user)


def copies_are_drafts(action: CopyPageAction) -> None:
    """Raises `LiveCopyError` for a copy by a person that would be live at once, with all below it."""
    if action.user and action.keep_live and getattr(action.page.specific_class, "four_eyes", False):
        raise LiveCopyError


def no_alias(action: CreatePageAliasAction) -> None:
    """Raises `UntranslatedParentError` where a translation would show a page of the source language above itself,
    `LiveCopyError` for every other alias of a page that needs four eyes.
    """
    if getattr(action.page.specific_class, "four_eyes", False):
        raise UntranslatedParentError if action.update_locale else LiveCopyError


def first(action: type[Any], refuse: Callable[[Any], None]) -> None:
    """Lets `refuse` speak before the action's own check, also where permissions are not asked for."""
    own = action.check

    def check(self: Any, *arguments: Any, **options: Any) -> None:
        refuse(self)
        own(self, *arguments, **options)

    action.check = check


def stand() -> None:
    """Puts the guard in place; once, when the apps are ready."""
    Translation.save_target = save_target
    first(PublishPageRevisionAction, may_go_live)
    first(CopyPageAction, copies_are_drafts)
    first(CreatePageAliasAction, no_alias)
