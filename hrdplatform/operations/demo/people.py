"""Demo accounts: a password and an authenticator app each, both in the record."""

from __future__ import annotations

import base64
from datetime import datetime

from django_otp.oath import hotp

from hrdplatform.accounts.domain import factors, passwords, people, totp
from hrdplatform.accounts.models import User
from hrdplatform.operations.demo import houses
from hrdplatform.operations.demo.cast import Person
from hrdplatform.operations.demo.record import Account, Record, new_password
from hrdplatform.sealing.members import new_passphrase


def lay(person: Person, record: Record, *, at: datetime) -> User:
    """Somebody who can sign in with what the record says.

    An account that the record does not know (the file was lost) gets a new password and a new app.
    """
    entry = _entry(person, record)
    user = User.objects.filter(email=person.email).first()
    if user is None:
        user = people.make_account(
            email=person.email,
            name=person.name,
            password=entry.password,
            language=person.language,
            actor="system",
            at=at,
        )
    elif user.check_password(entry.password):
        return user
    else:
        passwords.change_password(user, new=entry.password, at=at, keep=None)
        factors.forget_factors(user, actor="system", at=at)
    entry.totp = _enrol(user, at=at)
    houses.give(user, person, at=at)
    return user


def _entry(person: Person, record: Record) -> Account:
    found = record.account(person.email)
    if found is not None:
        return found
    made = Account(person.email, person.name, person.word, person.house, new_password())
    if person.member:
        made.passphrase = new_passphrase("fr" if person.language in {"fr", "lb"} else "en")
        made.member = person.member
    record.accounts.append(made)
    return made


def _enrol(user: User, *, at: datetime) -> str:
    """Enrol an app as its owner would, and return its secret in base32.

    The confirming code is one of a day before, so that today's codes are all unspent.
    """
    device = totp.begin_app(user, name="Demo", at=at)
    key = totp.key_of(device)
    code = f"{hotp(key, int(at.timestamp()) // totp.STEP, totp.DIGITS):0{totp.DIGITS}d}"
    factors.confirm_app(device, code=code, at=at, keep=None)
    return base64.b32encode(key).decode("ascii")
