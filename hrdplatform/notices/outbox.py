"""The outbox: notices are written in the transaction of what they tell about, and sent later by the worker."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import connection, transaction
from django.db.models import Max
from django.utils.functional import Promise

from .kinds import Kind, policy
from .models import Notice, State
from .waking import wake


class AddressError(ValueError):
    """The recipient is not one plain mail address."""


class ContextError(ValueError):
    """The context holds what a mail must not: line breaks or other control characters, or values that are not JSON."""


def queue(  # noqa: PLR0913  # the parts of a letter
    kind: Kind,
    *,
    to: str,
    language: str,
    context: Mapping[str, Any],
    due_at: datetime | None = None,
    thread: str = "",
) -> None:
    """Write one notice in the current transaction; without `due_at` it is sent at once, or at its kind's fixed hours.

    Notices of the same `thread` are sent in the order they were written, or not at all. A constant kind takes no
    context, and a second one to the same person while the first still waits is the same one. Values of the context are
    single lines (lists of lines are fine), so that nothing can become a header. Raises `AddressError`, `ContextError`.
    """
    kind = Kind(kind)
    rule = policy(kind)
    _check_address(to)
    if rule.constant and context:
        raise ContextError(f"Notices of kind {kind} say the same each time and take no context.")
    notice = Notice(
        kind=kind,
        to=to,
        language=language,
        context={name: _plain(name, value) for name, value in context.items()},
        state=State.HELD if rule.hours else State.WAITING,
        due_at=None if rule.hours else due_at,
        once=f"{kind}:{to.lower()}" if rule.constant else None,
        thread=thread,
    )
    with transaction.atomic():
        if thread:
            notice.place = _next_place(thread)
        Notice.objects.bulk_create([notice], ignore_conflicts=rule.constant)
    if not rule.hours:
        wake("notices")


def _next_place(thread: str) -> int:
    """The place behind the last one of `thread`; locked to the commit, so places follow the order of commits."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))", [thread])
    last = Notice.objects.filter(thread=thread).aggregate(last=Max("place"))["last"]
    return int(last or 0) + 1


def _check_address(to: str) -> None:
    try:
        validate_email(to)
    except ValidationError as error:
        raise AddressError("The recipient is not one mail address.") from error


def _plain(name: str, value: object) -> object:
    if isinstance(value, Promise):
        raise ContextError(f"`{name}` is a lazy text: pass the value, the template finds the words.")
    if isinstance(value, str):
        if any(ord(character) < 32 or ord(character) in {0x7F, 0x85, 0x2028, 0x2029} for character in value):
            raise ContextError(f"`{name}` contains a line break or another control character.")
        return str(value)
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, list | tuple):
        return [_plain(name, item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): _plain(f"{name}.{key}", item) for key, item in value.items()}
    raise ContextError(f"`{name}` is a {type(value).__name__}, which JSON does not know.")
