"""Founding: new organisations with their place in every room, and the platform with its first administrator."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from translated_fields.fields import to_attribute

from hrdplatform.accounts.models import User
from hrdplatform.audit import Event, record
from hrdplatform.organisations import queries
from hrdplatform.organisations.domain.invitations import invite
from hrdplatform.organisations.models import Organisation
from hrdplatform.organisations.states import Kind, Role

Verb = Callable[[Organisation], object]

_rooms: dict[str, tuple[Verb, Verb]] = {}


def register_room(name: str, *, furnish: Verb, clear: Verb) -> None:
    """A room above gives each new organisation its place (`furnish`, idempotent) and takes it away with it (`clear`,
    which raises where something of the organisation's still stands there).
    """
    _rooms[name] = (furnish, clear)


@transaction.atomic
def furnish(organisation: Organisation) -> None:
    """Gives an organisation its place in every room."""
    for give, _clear in _rooms.values():
        give(organisation)


@transaction.atomic
def clear(organisation: Organisation) -> None:
    """Takes the places away, before the organisation itself goes. Raises what a room raises that is still in use."""
    for _furnish, take in _rooms.values():
        take(organisation)


class AdministratorExistsError(Exception):
    """The platform has an administrator; from now on people are invited by people."""


@transaction.atomic
def make_organisation(  # noqa: PLR0913 - keyword-only, a sentence has this many parts
    *, name: str, language: str, slug: str, kind: Kind, by: User | None, at: datetime
) -> Organisation:
    """A new organisation without members, its `name` given in `language`, with its place in every room.

    `by` is None for the operator.
    """
    names = {to_attribute("name", language): name}
    organisation = Organisation.objects.create(source_language=language, slug=slug, kind=kind, **names)
    actor = f"user:{by.pk}" if by else "system"
    furnish(organisation)
    record(Event.ORGANISATION_MADE, actor=actor, object=f"organisation:{organisation.pk}", at=at)
    return organisation


@transaction.atomic
def invite_first_administrator(*, email: str, platform: str, language: str, at: datetime) -> str:
    """The link of the first administrator; `platform` names the organisation that is the platform itself.

    Called again before the link was used, it makes another one and withdraws the first.
    Raises `AdministratorExistsError`.
    """
    if queries.platform_administrators().exists():
        raise AdministratorExistsError
    organisation = Organisation.objects.select_for_update().filter(kind=Kind.PLATFORM).first()
    if organisation is None:
        organisation = make_organisation(
            name=platform, language=language, slug="platform", kind=Kind.PLATFORM, by=None, at=at
        )
    return invite(
        email=email,
        organisation=organisation,
        role=Role.ADMINISTRATOR,
        language=language,
        door="office",
        by=None,
        at=at,
    )
