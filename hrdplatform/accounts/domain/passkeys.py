"""Passkeys as a second factor (Web Authentication Level 3): the question, the answer, and what follows.

Nobody signs in with a passkey alone. Each ceremony requires user verification, so that a found security key is not
enough; each question is asked once, answered once and forgotten after five minutes; the relying party is a host name
of the installation, never what a request calls itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django_otp_webauthn.exceptions import OTPWebAuthnApiError
from django_otp_webauthn.helpers import WebAuthnHelper
from django_otp_webauthn.models import as_credential_descriptors
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from hrdplatform.accounts import queries
from hrdplatform.accounts.domain.factors import tell_added
from hrdplatform.accounts.models import Passkey, PasskeyChallenge, User
from hrdplatform.audit import Event, record

LIFETIME = timedelta(minutes=5)
MOST_PASSKEYS = 10
_MALFORMED = (WebAuthnException, OTPWebAuthnApiError, KeyError, TypeError, ValueError, AttributeError)
"""What the libraries raise over bytes that browsers sent: wrong signature, origin, challenge, flags, shape."""


class PasskeyRefusedError(Exception):
    """The answer does not fit the question: spent or old, from another place, unverified, or not this person's."""


class TooManyPasskeysError(Exception):
    """Ten passkeys are enough for anybody."""


@dataclass(frozen=True)
class RelyingParty:
    """Whom the browser binds a passkey to: `host`, fixed at installation, and the `origin` that may ask for it."""

    host: str
    origin: str


class _Ceremony(WebAuthnHelper):
    """The library's ceremonies with our relying party, required user verification, and no extensions."""

    def __init__(self, party: RelyingParty, name: str = "") -> None:
        super().__init__(request=None)
        self.party = party
        self.name = name

    def get_relying_party_domain(self) -> str:
        return self.party.host

    def get_allowed_origins(self) -> list[str]:
        return [self.party.origin]

    def get_registration_extensions(self) -> dict[str, Any]:
        return {}

    def get_generate_registration_options_kwargs(self, *, user: User) -> dict[str, Any]:
        options: dict[str, Any] = super().get_generate_registration_options_kwargs(user=user)
        options["authenticator_selection"] = AuthenticatorSelectionCriteria(
            user_verification=UserVerificationRequirement.REQUIRED,
            resident_key=ResidentKeyRequirement.DISCOURAGED,
        )
        options["exclude_credentials"] = self._credentials(user)
        return options

    def get_generate_authentication_options_kwargs(
        self, *, user: User | None = None, require_user_verification: bool
    ) -> dict[str, Any]:
        options: dict[str, Any] = super().get_generate_authentication_options_kwargs(
            user=user, require_user_verification=True
        )
        if user is not None:
            options["allow_credentials"] = self._credentials(user)
        return options

    def create_credential(self, *parts: Any, **named: Any) -> Passkey:
        passkey: Passkey = super().create_credential(*parts, **named)
        passkey.name = self.name
        passkey.relying_party = self.party.host
        return passkey

    def create_attestation(self, *parts: Any, **named: Any) -> None:
        """None is asked for, so none is kept."""

    def _credentials(self, user: User) -> Any:
        return as_credential_descriptors(queries.passkeys_at(user, self.party.host))


@transaction.atomic
def begin(user: User, *, purpose: PasskeyChallenge.Purpose, party: RelyingParty, at: datetime) -> tuple[int, Any]:
    """The number of a new question, for the session, and the options that the browser is asked with (JSON values).

    Raises `TooManyPasskeysError`.
    """
    ceremony = _Ceremony(party)
    if purpose == PasskeyChallenge.Purpose.REGISTER:
        if Passkey.objects.filter(user=user).count() >= MOST_PASSKEYS:
            raise TooManyPasskeysError
        options, _state = ceremony.register_begin(user)
    else:
        options, _state = ceremony.authenticate_begin(user)
    row = PasskeyChallenge.objects.create(
        user=user, purpose=purpose, relying_party=party.host, challenge=options["challenge"], created_at=at
    )
    return row.pk, options


def _take(
    number: int, user: User, purpose: PasskeyChallenge.Purpose, party: RelyingParty, at: datetime
) -> dict[str, Any]:
    """The question, which is spent by this, whatever comes of the answer. Raises `PasskeyRefusedError`."""
    rows = PasskeyChallenge.objects.filter(
        pk=number, user=user, purpose=purpose, relying_party=party.host, created_at__gt=at - LIFETIME
    )
    row = rows.first()
    if row is None or not rows.delete()[0]:
        raise PasskeyRefusedError
    return {"challenge": row.challenge, "require_user_verification": True}


def register(  # noqa: PLR0913 - keyword-only, a sentence has this many parts
    user: User,
    *,
    number: int,
    answer: Mapping[str, Any],
    party: RelyingParty,
    name: str,
    at: datetime,
    keep: str | None,
) -> Passkey:
    """The new passkey; every other session of `user` ends. Raises `PasskeyRefusedError`."""
    state = _take(number, user, PasskeyChallenge.Purpose.REGISTER, party, at)
    try:
        with transaction.atomic():
            passkey: Passkey = _Ceremony(party, name).register_complete(user, state, dict(answer))
            tell_added(user, device=f"passkey:{passkey.pk}", at=at, keep=keep)
    except (*_MALFORMED, IntegrityError) as error:
        raise PasskeyRefusedError from error
    return passkey


def verify(user: User, *, number: int, answer: Mapping[str, Any], party: RelyingParty, at: datetime) -> Passkey:
    """The passkey that vouches for `user` now. Raises `PasskeyRefusedError`, which leaves an audit line."""
    state = _take(number, user, PasskeyChallenge.Purpose.VERIFY, party, at)
    try:
        with transaction.atomic():
            return _shown(user, state, answer, party)
    except (*_MALFORMED, PasskeyRefusedError) as error:
        record(Event.FACTOR_REFUSED, actor=f"user:{user.pk}", object=f"user:{user.pk}", at=at)
        raise PasskeyRefusedError from error


def _shown(user: User, state: dict[str, Any], answer: Mapping[str, Any], party: RelyingParty) -> Passkey:
    passkey: Passkey = _Ceremony(party).authenticate_complete(user, state, dict(answer))
    if passkey.relying_party != party.host or not passkey.confirmed:
        raise PasskeyRefusedError
    return passkey


def sweep_challenges(*, at: datetime, limit: int = 1000) -> int:
    """Deletes questions that nobody answered in time; answers how many."""
    keys = list(PasskeyChallenge.objects.filter(created_at__lte=at - LIFETIME).values_list("pk", flat=True)[:limit])
    return PasskeyChallenge.objects.filter(pk__in=keys).delete()[0]
