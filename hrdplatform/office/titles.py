"""What a page is called in the office: by its newest title for who may change it, by its public one for everybody else.

Links may lead to every public page, so choosers, breadcrumbs and lists name pages of other organisations. A title that
is not public yet is as private as the draft that it stands in.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any, Final

from django.core.signals import request_finished
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

looking: Final[ContextVar[Any]] = ContextVar("looking", default=None)
"""Whom the office shows its pages; nobody outside a request of the office."""

stock = Page.get_admin_display_title


def title_told(self: Page) -> str:
    """As the stock method, for who may change the page and for the platform itself. Asks no more of the database than
    somebody's rights, once a request.
    """
    user = looking.get()
    if user is None or self.draft_title == self.title or may_change(user, self):
        return str(stock(self))
    return str(self.title)


def may_change(user: Any, page: Page) -> bool:
    """Whether `user` may change a page, by her rights over it."""
    return bool(page_permission_policy.user_has_permission_for_instance(user, "change", page))


def nobody_looks(**_words: Any) -> None:
    """The answer was sent, to its last part."""
    looking.set(None)


def stand() -> None:
    """Puts the rule in place; once, when the apps are ready."""
    Page.get_admin_display_title = title_told
    request_finished.connect(nobody_looks, dispatch_uid="office.titles")
