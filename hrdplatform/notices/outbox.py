"""The outbox: notices are written in the transaction of what they tell about, and sent later by the worker."""

from __future__ import annotations

import re
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
    """The context holds values that JSON does not know, or anything at all for a constant kind."""


CONTROLS = re.compile("[\x00-\x1f\x7f\x85\u2028\u2029]+")
"""Line breaks and other control characters, written as one space: a name must not become a header or a subject."""


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
    context, and a second one to the same person while the first still waits is the same one. Texts of the context
    become single lines (pass lists of lines), so that nothing can become a header. Raises `AddressError`,
    `ContextError`.
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
        return CONTROLS.sub(" ", value)
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, list | tuple):
        return [_plain(name, item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): _plain(f"{name}.{key}", item) for key, item in value.items()}
    raise ContextError(f"`{name}` is a {type(value).__name__}, which JSON does not know.")
