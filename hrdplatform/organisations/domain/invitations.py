"""Invitations by link: sent, withdrawn, accepted by somebody new or by somebody with an account."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from django.db import transaction

from hrdplatform.accounts.domain.people import AddressTakenError, make_account
from hrdplatform.accounts.models import User
from hrdplatform.audit import Event, record
from hrdplatform.notices import Kind as Notice
from hrdplatform.notices import queue
from hrdplatform.organisations.domain.roles import RoleTakenError, give_role
from hrdplatform.organisations.models import Invitation, Organisation
from hrdplatform.organisations.models.invitation import LIFETIME
from hrdplatform.organisations.states import Role
from hrdplatform.web.doors import door_url

PURPOSE = b"hrdplatform/invitation\0"


class InvitationRefusedError(Exception):
    """The link was used or withdrawn, is older than seven days, or never was one."""


class AnotherPersonError(Exception):
    """The invitation is for another address than that of the person who is signed in."""


def _digest(secret: str) -> str:
    """What the row holds of a link's 256 random bits, salted with the purpose so that no other link fits."""
    return hashlib.sha256(PURPOSE + secret.encode()).hexdigest()


@transaction.atomic
def invite(  # noqa: PLR0913 - keyword-only, a sentence has this many parts
    *,
    email: str,
    organisation: Organisation,
    role: Role,
    language: str,
    door: str,
    by: User | None,
    at: datetime,
) -> str:
    """Sends a link that makes somebody something in an organisation, and answers the link.

    An earlier open invitation of the same address to the same role is withdrawn. `by` is None for the operator.
    Raises `RoleTakenError` if the person is that already.
    """
    email = email.strip().lower()
    if organisation.memberships.filter(user__email=email, role=role).exists():
        raise RoleTakenError
    same = Invitation.objects.filter(organisation=organisation, email=email, role=role)
    same.filter(accepted_at=None, withdrawn_at=None).update(withdrawn_at=at)
    secret = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        organisation=organisation,
        email=email,
        role=role,
        language=language,
        digest=_digest(secret),
        invited_by=by,
        invited_at=at,
        expires_at=at + LIFETIME,
    )
    link = door_url(door, "organisations:invitation", secret)
    record(
        Event.INVITATION_SENT,
        actor=f"user:{by.pk}" if by else "system",
        object=f"invitation:{invitation.pk}",
        at=at,
        organisation=organisation.pk,
        role=role.value,
    )
    queue(Notice.INVITATION, to=email, language=language, context={"organisation": str(organisation), "link": link})
    return link


@transaction.atomic
def withdraw(invitation: Invitation, *, by: User, at: datetime) -> bool:
    """The link leads nowhere from now on; answers whether it still led somewhere."""
    withdrawn = Invitation.objects.filter(pk=invitation.pk).open(at).update(withdrawn_at=at)
    if withdrawn:
        record(Event.INVITATION_WITHDRAWN, actor=f"user:{by.pk}", object=f"invitation:{invitation.pk}", at=at)
    return bool(withdrawn)


def invitation_of(secret: str, *, at: datetime) -> Invitation:
    """The open invitation behind a link. Raises `InvitationRefusedError`."""
    invitation = Invitation.objects.open(at).select_related("organisation").filter(digest=_digest(secret)).first()
    if invitation is None:
        raise InvitationRefusedError
    return invitation


def _spend(secret: str, *, at: datetime) -> Invitation:
    """The invitation, taken by this transaction alone: of many at the same moment one finds it open."""
    invitation = invitation_of(secret, at=at)
    if not Invitation.objects.filter(pk=invitation.pk).open(at).update(accepted_at=at):
        raise InvitationRefusedError
    return invitation


@transaction.atomic
def accept_as_new(*, secret: str, name: str, password: str, language: str, at: datetime) -> User:
    """Makes the account and gives the role. The second factor is enrolled right after.

    Raises `InvitationRefusedError`, and `AddressTakenError` if the address has an account (then it has to sign in).
    """
    invitation = _spend(secret, at=at)
    user = make_account(email=invitation.email, name=name, password=password, language=language, actor="system", at=at)
    _join(user, invitation, at)
    return user


@transaction.atomic
def accept_as(user: User, *, secret: str, at: datetime) -> Invitation:
    """Gives the role to somebody who has an account and signed in with both steps.

    Raises `InvitationRefusedError`, `AnotherPersonError`.
    """
    invitation = _spend(secret, at=at)
    if invitation.email != user.email:
        raise AnotherPersonError
    _join(user, invitation, at)
    return invitation


def _join(user: User, invitation: Invitation, at: datetime) -> None:
    record(Event.INVITATION_ACCEPTED, actor=f"user:{user.pk}", object=f"invitation:{invitation.pk}", at=at)
    give_role(user, organisation=invitation.organisation, role=Role(invitation.role), actor=f"user:{user.pk}", at=at)


__all__ = [
    "AddressTakenError",
    "AnotherPersonError",
    "InvitationRefusedError",
    "RoleTakenError",
    "accept_as",
    "accept_as_new",
    "invitation_of",
    "invite",
    "withdraw",
]
