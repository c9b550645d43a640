"""What Wagtail tells about pages, handed on to our verbs. Only Wagtail's own signals are heard here, none of ours."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.models import Locale, Page, PageViewRestriction, Site
from wagtail.search.signal_handlers import post_delete_signal_handler, post_save_signal_handler
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
    task_submitted,
    workflow_approved,
    workflow_rejected,
)

from cms import holding
from cms.domain import catalogue, parcels, pictures, review, schedule
from cms.models import BasePage, EmergencyContact, FooterLink, Initiative, Term, Topic
from cms.models.base import OF_DRAFTS
from hrdplatform.media.models import PlatformDocument, PlatformImage, PlatformVideo, Track
from hrdplatform.organisations.models import Organisation
from hrdplatform.web import clock, generations

ROWS = (
    *(Topic, Term, Initiative, EmergencyContact, FooterLink),
    *(Organisation, PlatformImage, PlatformDocument, PlatformVideo, Track),
    *(Locale, Site, PageViewRestriction),
)
"""What public pages show as it is stored. Pages themselves are shown as they were published, which Wagtail tells."""


def published(instance: Page, **_words: Any) -> None:
    """A page went live, for the first time or anew."""
    catalogue.enter(instance, at=clock.now())
    pictures.want_of(instance, at=clock.now())
    parcels.want_of(instance, at=clock.now())


def unpublished(instance: Page, **_words: Any) -> None:
    """A page is no longer public, nor what stands below it."""
    schedule.end_below(instance)
    catalogue.leave(instance)
    parcels.take_back(instance, at=clock.now())


def moved(instance: Page, parent_page_before: Page | None = None, **_words: Any) -> None:
    """A page, with all below it, has another address."""
    catalogue.readdress(instance)
    parcels.want_moved(instance, before=parent_page_before, at=clock.now())


def deleted(instance: object, **_words: Any) -> None:
    """A page is gone; the rows that point to it went with it."""
    if isinstance(instance, Page):
        generations.bump(catalogue.ROOM)


def stored(instance: Page, update_fields: frozenset[str] | None = None, **words: Any) -> None:
    """The row of a page was written: it is found by what stands there now. A draft is only noted on it."""
    if update_fields is None or not OF_DRAFTS.issuperset(update_fields):
        post_save_signal_handler(instance, **words)


def submitted(instance: Any, user: Any = None, **_words: Any) -> None:
    """Somebody asks for a second pair of eyes."""
    review.asked(instance, by=user)


def sent_back(instance: Any, user: Any = None, **_words: Any) -> None:
    """Somebody asks the author for changes."""
    review.sent_back(instance, by=user)


def approved(instance: Any, user: Any = None, **_words: Any) -> None:
    """Somebody approved."""
    review.approved(instance, by=user)


def listen() -> None:
    """Called once, when the apps are ready."""
    generations.watch(catalogue.ROOM, *ROWS)
    page_published.connect(published, dispatch_uid="cms.published")
    page_unpublished.connect(unpublished, dispatch_uid="cms.unpublished")
    page_slug_changed.connect(moved, dispatch_uid="cms.slug")
    post_page_move.connect(moved, dispatch_uid="cms.moved")
    post_delete.connect(deleted, sender=Page, dispatch_uid="cms.deleted")
    for medium in (PlatformImage, PlatformDocument, PlatformVideo):
        pre_delete.connect(holding.stays, sender=medium, dispatch_uid="cms.held")
    for kind in apps.get_models():
        if issubclass(kind, BasePage):
            post_save.connect(stored, sender=kind, dispatch_uid="cms.stored")
            post_delete.connect(post_delete_signal_handler, sender=kind, dispatch_uid="cms.not_found")
    task_submitted.connect(submitted, dispatch_uid="cms.submitted")
    workflow_rejected.connect(sent_back, dispatch_uid="cms.sent_back")
    workflow_approved.connect(approved, dispatch_uid="cms.approved")
