"""Sections of organisations: a page in each language under which an organisation's people write, their rights there,
and a shelf for their pictures, documents and videos.
"""

from __future__ import annotations

import uuid

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection

from cms.domain.review import stand_over
from cms.domain.rights import MEDIA, let_write
from cms.domain.trees import LEARN_KEY
from cms.models import LearnPage, SectionPage, Shelf
from hrdplatform.accounts.models import User
from hrdplatform.office.refusals import RefusedError
from hrdplatform.organisations.domain.roles import WRITING, align, group_name
from hrdplatform.organisations.models import Organisation
from hrdplatform.web import generations


class SectionInUseError(RefusedError):
    """The organisation has pages, pictures, documents or videos."""

    def __init__(self) -> None:
        super().__init__(
            _("Nothing was deleted: this organisation still has pages, pictures, documents or videos."),
            code="section_in_use",
        )


def section_key(organisation: Organisation) -> uuid.UUID:
    """What the sections of one organisation share across languages."""
    return uuid.uuid5(LEARN_KEY, f"organisation:{organisation.pk}")


def sections_of(organisation: Organisation) -> list[SectionPage]:
    """The sections that stand, one for each language."""
    return list(SectionPage.objects.filter(translation_key=section_key(organisation)).select_related("locale"))


def collection_of(organisation: Organisation) -> Collection:
    """Where the organisation keeps its media. Raises `Shelf.DoesNotExist` for one whose section was never opened."""
    collection: Collection = Shelf.objects.select_related("collection").get(organisation=organisation).collection
    return collection


@transaction.atomic
def open_section(organisation: Organisation) -> list[SectionPage]:
    """Gives an organisation its section in every language that has a learning section, the groups of its authors and
    editors with their rights there, and a shelf. Idempotent; answers the sections.

    Sections are translations of each other. The title is the organisation's name in that language, and follows it until
    an editor writes another one. Nothing in them is published by one person alone.
    """
    learning = list(LearnPage.objects.select_related("locale").order_by("path"))
    standing = {page.locale_id: page for page in sections_of(organisation)}
    for section in standing.values():
        follow_name(section, organisation)
    sections = [standing.get(parent.locale_id) or add_section(organisation, parent) for parent in learning]
    collection = shelf_of(organisation)
    for role in WRITING:
        group, _made = Group.objects.get_or_create(name=group_name(organisation, role))
        let_write(group, role, pages=sections, collection=collection)
    for person in User.objects.filter(memberships__organisation=organisation, memberships__role__in=WRITING).distinct():
        align(person)
    stand_over(learning)
    generations.bump("cms")
    return sections


def name_in(language: str, organisation: Organisation) -> str:
    """What an organisation is called in a language."""
    with translation.override(language):
        return str(organisation.name)


def follow_name(section: SectionPage, organisation: Organisation) -> None:
    """Gives a section that nobody has edited the name that the organisation has now."""
    title = name_in(section.locale.language_code, organisation)
    if section.latest_revision_id is None and section.title != title:
        section.title = section.draft_title = title
        section.save()


def add_section(organisation: Organisation, parent: LearnPage) -> SectionPage:
    """The section below one learning section."""
    section = SectionPage(
        title=name_in(parent.locale.language_code, organisation),
        slug=organisation.slug,
        organisation=organisation,
        locale=parent.locale,
        translation_key=section_key(organisation),
    )
    parent.add_child(instance=section)
    return section


def shelf_of(organisation: Organisation) -> Collection:
    """The organisation's collection, made where there is none."""
    shelf = Shelf.objects.filter(organisation=organisation).select_related("collection").first()
    if shelf is not None:
        return shelf.collection
    root = Collection.get_first_root_node() or Collection.add_root(name="Root")
    collection: Collection = root.add_child(name=str(organisation.name))
    Shelf.objects.create(organisation=organisation, collection=collection)
    return collection


@transaction.atomic
def close_section(organisation: Organisation) -> None:
    """Takes sections, groups and shelf away, before the organisation goes. Raises `SectionInUseError`."""
    sections = sections_of(organisation)
    shelf = Shelf.objects.filter(organisation=organisation).select_related("collection").first()
    if any(section.numchild for section in sections) or (shelf is not None and is_used(shelf.collection)):
        raise SectionInUseError
    for section in sections:
        section.delete()
    if shelf is not None:
        shelf.collection.delete()
    Group.objects.filter(name__in=own_groups(organisation)).delete()
    generations.bump("cms")


def own_groups(organisation: Organisation) -> list[str]:
    """The groups that go with the organisation; those of the platform's own are the house's."""
    names = [group_name(organisation, role) for role in WRITING]
    return [name for name in names if name not in WRITING]


def is_used(collection: Collection) -> bool:
    """Whether something lies on the shelf."""
    return any(model._default_manager.filter(collection=collection).exists() for model in MEDIA)  # noqa: SLF001  # Django's documented name
