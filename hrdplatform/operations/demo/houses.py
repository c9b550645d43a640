"""Demo organisations, and the roles of demo people in them."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils.translation import override

from hrdplatform.accounts.models import User
from hrdplatform.operations.demo.cast import HOUSES, PLATFORM, House, Person
from hrdplatform.organisations.domain.founding import furnish, make_organisation
from hrdplatform.organisations.domain.roles import RoleTakenError, give_role
from hrdplatform.organisations.models import Organisation
from hrdplatform.organisations.states import Kind

LANGUAGES = ("fr", "de", "lb", "en")


def lay_platform(*, at: datetime) -> Organisation:
    """The organisation that is the platform itself: the one that stands, or a new one."""
    standing = Organisation.objects.filter(kind=Kind.PLATFORM).first()
    if standing is not None:
        return standing
    made = make_organisation(
        name=_platform_name("fr"), language="fr", slug=PLATFORM, kind=Kind.PLATFORM, by=None, at=at
    )
    for language in LANGUAGES:
        setattr(made, f"name_{language}", _platform_name(language))
    return _translated(made)


def lay(house: House, *, at: datetime) -> Organisation:
    """One organisation with its description."""
    standing = Organisation.objects.filter(slug=house.slug).first()
    if standing is not None:
        return standing
    made = make_organisation(name=house.name, language="fr", slug=house.slug, kind=house.kind, by=None, at=at)
    for language, about in zip(LANGUAGES, house.about, strict=True):
        setattr(made, f"name_{language}", house.name)
        setattr(made, f"description_{language}", about)
    return _translated(made)


def _platform_name(language: str) -> str:
    with override(language):
        return str(settings.PLATFORM_NAME)


def _translated(made: Organisation) -> Organisation:
    """Keeps an organisation whose texts stand in all languages, and its sections under these names."""
    for language in LANGUAGES:
        if language != made.source_language:
            made.confirm(language)
    made.save()
    furnish(made)
    return made


def house_of(person: Person) -> Organisation:
    """The organisation of a demo person."""
    if person.house == PLATFORM:
        return Organisation.objects.get(kind=Kind.PLATFORM)
    return Organisation.objects.get(slug=person.house)


def give(user: User, person: Person, *, at: datetime) -> None:
    """Give a person the role of the cast."""
    try:
        give_role(user, organisation=house_of(person), role=person.role, actor="system", at=at)
    except RoleTakenError:
        return


__all__ = ["HOUSES", "give", "house_of", "lay", "lay_platform"]
