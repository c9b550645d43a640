"""The guard over publishing. Wagtail's editor, its workflow, bulk actions and its programs all end in one action, which
is told here to ask our rules first; so are copies and aliases, which would be live without being published, and moves.

wagtail-localize's `Translation.save_target` writes the live row of a page even for a draft and publishes in nobody's
name, so it is asked before that.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.signals import request_finished
from django.db import transaction
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.actions.move_page import MovePageAction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Page
from wagtail_localize.models import Translation, TranslationSource

from cms.models import BasePage
from cms.rules import (
    HiddenPlaceError,
    LiveCopyError,
    UntranslatedParentError,
    refuse_hidden_place,
    refuse_locked,
    refuse_publication,
    refuse_translation,
    refuse_unseen_texts,
    texts_shown,
)

stock = Translation.save_target


def save_target(self: Translation, user: Any = None, publish: bool = True) -> None:  # noqa: FBT001, FBT002  # its signature
    """As the stock method. Raises `IncompleteTranslationError` where readers would see the source language in parts,
    `AloneError` where they would see words of `user` that nobody else has read, `HiddenPlaceError` below what is not
    public. No text comes between that and the version that is written (`office.views.translating` waits as well).
    """
    with transaction.atomic():  # it publishes at the end of one, and notes what it wrote after its own
        TranslationSource.objects.select_for_update().get(pk=self.source_id)
        kind: Any = self.source.specific_content_type.model_class()
        if kind is not None and issubclass(kind, BasePage):
            here = {"translation_key": self.source.object_id, "locale_id": self.target_locale_id}
            page = kind.objects.filter(**here).first()
            if page is not None:
                refuse_locked(page, user)
            if publish or (page is not None and page.live):
                refuse_unseen_texts(self)
                refuse_translation(self, user)
                check_target(page, user)
        stock(self, user=user, publish=publish)


def check_target(page: BasePage | None, user: Any) -> None:
    """Raises `PermissionDenied` where `user` may not publish the page in the other language: the form that brings
    translations up to date does not ask. Raises `HiddenPlaceError`.
    """
    if page is None:
        return
    if user is not None and not page.permissions_for_user(user).can_publish():
        raise PermissionDenied
    refuse_hidden_place(page)


def may_go_live(action: PublishPageRevisionAction) -> None:
    """Raises what `rules.refuse_publication` raises."""
    if isinstance(action.object, BasePage):
        refuse_publication(action.object, action.revision, action.user)


def stays_in_sight(action: MovePageAction, above: Page) -> None:
    """Raises `HiddenPlaceError` where something public would stand below a page that is not."""
    if not above.live and action.page.get_descendants(inclusive=True).live().exists():
        raise HiddenPlaceError(above.title)


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


def nobody_publishes(**_words: Any) -> None:
    """The answer was sent."""
    texts_shown.set(None)


def first(action: type[Any], refuse: Callable[..., None]) -> None:
    """Lets `refuse` speak before the action's own check, also where permissions are not asked for."""
    own = action.check

    def check(self: Any, *arguments: Any, **options: Any) -> None:
        refuse(self, *arguments)
        own(self, *arguments, **options)

    action.check = check


def stand() -> None:
    """Puts the guard in place; once, when the apps are ready."""
    Translation.save_target = save_target
    request_finished.connect(nobody_publishes, dispatch_uid="cms.guard")
    first(PublishPageRevisionAction, may_go_live)
    first(MovePageAction, stays_in_sight)
    first(CopyPageAction, copies_are_drafts)
    first(CreatePageAliasAction, no_alias)
