"""What Wagtail tells about pages, handed on to our verbs. Only Wagtail's own signals are heard here, none of ours."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete
from wagtail.models import Page
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from cms.domain import catalogue
from hrdplatform.web import clock, generations


def published(instance: Page, **_words: Any) -> None:
    """A page went live, for the first time or anew."""
    catalogue.enter(instance, at=clock.now())


def unpublished(instance: Page, **_words: Any) -> None:
    """A page is no longer public."""
    catalogue.leave(instance)


def moved(instance: Page, **_words: Any) -> None:
    """A page, with all below it, has another address."""
    catalogue.readdress(instance)


def deleted(instance: object, **_words: Any) -> None:
    """A page is gone; the rows that point to it went with it."""
    if isinstance(instance, Page):
        generations.bump(catalogue.ROOM)


def listen() -> None:
    """Called once, when the apps are ready."""
    page_published.connect(published, dispatch_uid="cms.published")
    page_unpublished.connect(unpublished, dispatch_uid="cms.unpublished")
    page_slug_changed.connect(moved, dispatch_uid="cms.slug")
    post_page_move.connect(moved, dispatch_uid="cms.moved")
    post_delete.connect(deleted, sender=Page, dispatch_uid="cms.deleted")
