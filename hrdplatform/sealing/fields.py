"""The single fields of canonical objects: each function takes a parsed value and returns it with its type, or refuses.

Spellings are those of sealing.md 2 and 4; a value that Python could read in a second spelling (upper-case hex, base64
with stray bits, 2026-1-5) is refused, since two spellings would give one meaning two hashes.
"""

import base64
import binascii
import re
from collections.abc import Callable
from datetime import UTC, date, datetime

from hrdplatform.sealing.canonical import CanonicalError, Value

HASH = re.compile(r"[0-9a-f]{64}")
HEX16 = re.compile(r"[0-9a-f]{32}")
MEMBER_ID = re.compile(r"m[0-9]{2,}")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MINUTE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}Z")

NO_HASH = "0" * 64
"""What stands in `prev` and `base` where there is nothing before."""

KEM_LENGTH = 1216
SIG_LENGTH = 32
SEED_LENGTH = 32


def text(value: Value, *, most: int | None = None) -> str:
    """A string of at most `most` code points."""
    if not isinstance(value, str):
        raise CanonicalError("not a string")
    if most is not None and len(value) > most:
        raise CanonicalError(f"a text of {len(value)} characters where {most} are the most")
    return value


def number(value: Value, *, least: int = 0) -> int:
    """An integer from `least` on; its upper end is that of canonical JSON."""
    if not isinstance(value, int) or value < least:
        raise CanonicalError(f"not an integer from {least} on")
    return value


def literal(value: Value, *allowed: int | str) -> None:
    """One of a few fixed values."""
    if value not in allowed:
        raise CanonicalError(f"none of {allowed}")


def choice(value: Value, *allowed: str) -> str:
    """One of a few words."""
    found = text(value)
    literal(found, *allowed)
    return found


def hash_hex(value: Value) -> str:
    """64 lower-case hex digits."""
    return _matching(value, HASH)


def hex16(value: Value) -> str:
    """16 bytes as 32 lower-case hex digits."""
    return _matching(value, HEX16)


def hash_or_nothing(value: Value) -> str:
    """64 hex digits, or the empty string where the paper allows it."""
    return "" if value == "" else hash_hex(value)


def hex16_or_nothing(value: Value) -> str:
    """32 hex digits, or the empty string where the paper allows it."""
    return "" if value == "" else hex16(value)


def member_id(value: Value) -> str:
    """`m` and two digits or more."""
    return _matching(value, MEMBER_ID)


def author(value: Value) -> str:
    """`defender` or the id of a member."""
    return "defender" if value == "defender" else member_id(value)


def octets(value: Value, length: int) -> bytes:
    """`length` bytes in standard padded base64; bits beyond the last byte must be zero."""
    spelled = text(value)
    try:
        found = base64.b64decode(spelled, validate=True)
    except (binascii.Error, ValueError) as error:
        raise CanonicalError("not base64") from error
    if len(found) != length or base64.b64encode(found).decode("ascii") != spelled:
        raise CanonicalError(f"not {length} bytes in base64")
    return found


def spell(raw: bytes) -> str:
    """The base64 that `octets` reads."""
    return base64.b64encode(raw).decode("ascii")


def many(value: Value, one: Callable[[Value], str]) -> tuple[str, ...]:
    """An array of ids, sorted and without doubles."""
    if not isinstance(value, list):
        raise CanonicalError("not an array")
    found = tuple(one(item) for item in value)
    if list(found) != sorted(set(found)):
        raise CanonicalError("ids not sorted, or one given twice")
    return found


def hashes(value: Value) -> tuple[str, ...]:
    """A sorted array of record ids."""
    return many(value, hash_hex)


def member_ids(value: Value) -> tuple[str, ...]:
    """A sorted array of member ids."""
    return many(value, member_id)


def day(value: Value) -> date:
    """A date of the calendar, `YYYY-MM-DD`, UTC."""
    try:
        return date.fromisoformat(_matching(value, DAY))
    except ValueError as error:
        raise CanonicalError("not a day of the calendar") from error


def minute(value: Value) -> datetime:
    """A minute in UTC, `YYYY-MM-DDTHH:MMZ`."""
    try:
        return datetime.strptime(_matching(value, MINUTE), "%Y-%m-%dT%H:%MZ").replace(tzinfo=UTC)
    except ValueError as error:
        raise CanonicalError("not a minute of the calendar") from error


def spell_minute(at: datetime) -> str:
    """The spelling that `minute` reads; `at` carries its zone."""
    # Not strftime: it writes the years before 1000 with fewer than four digits.
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="minutes") + "Z"


def _matching(value: Value, pattern: re.Pattern[str]) -> str:
    found = text(value)
    if not pattern.fullmatch(found):
        raise CanonicalError(f"not of the form {pattern.pattern}")
    return found
