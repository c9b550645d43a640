"""Sections of organisations: a page in each language under which an organisation's authors write."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.utils import translation

from cms.domain.trees import LEARN_KEY
from cms.models import LearnPage, SectionPage
from hrdplatform.organisations.models import Organisation


def section_key(organisation: Organisation) -> uuid.UUID:
    """What the sections of one organisation share across languages."""
    return uuid.uuid5(LEARN_KEY, f"organisation:{organisation.pk}")


@transaction.atomic
def open_section(organisation: Organisation) -> list[SectionPage]:
    """Gives an organisation its section in every language that has a learning section. Idempotent.

    Sections are translations of each other. The title is the organisation's name in that language.
    """
    key = section_key(organisation)
    standing = {page.locale_id: page for page in SectionPage.objects.filter(translation_key=key)}
    sections = []
    for parent in LearnPage.objects.select_related("locale").order_by("path"):
        section = standing.get(parent.locale_id)
        if section is None:
            with translation.override(parent.locale.language_code):
                title = str(organisation.name)
            section = SectionPage(
                title=title,
                slug=organisation.slug,
                organisation=organisation,
                locale=parent.locale,
                translation_key=key,
            )
            parent.add_child(instance=section)
        sections.append(section)
    return sections
