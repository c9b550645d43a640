"""Canonical JSON: one and only one sequence of bytes for a value, so that what was signed can be compared byte by byte.

The rule of sealing.md 4: `json.dumps(o, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)`
over objects with keys `[a-z_]+`, arrays, null, integers 0…2^53-1 and strings without lone surrogates; no floats, no
booleans. A reader parses, emits again and compares, so a second spelling of the same value is refused, whatever it is.
"""

import json
import re
from typing import NoReturn, TypeAlias

from hrdplatform.sealing.errors import MalformedError

Value: TypeAlias = "int | str | list[Value] | dict[str, Value] | None"

LARGEST = 2**53 - 1
"""The largest integer that JavaScript holds exactly."""

DEEPEST = 16
"""Objects and arrays within one another. Nothing of ours goes beyond four; a limit keeps parsers from recursing at
will."""

KEY = re.compile(r"[a-z_]+")
DIGITS_OF_LARGEST = 16


class CanonicalError(MalformedError):
    """The bytes or the value are not canonical JSON."""


def emit(value: Value) -> bytes:
    """Return the canonical bytes of `value`, pure ASCII without a line end. Raises `CanonicalError`."""
    _check(value, depth=0)
    return _dump(value)


def parse(raw: bytes) -> Value:
    """Return the value whose canonical bytes are exactly `raw`. Raises `CanonicalError` for all other bytes."""
    try:
        value: Value = json.loads(
            raw.decode("ascii"),
            object_pairs_hook=_object,
            parse_int=_integer,
            parse_float=_refuse_number,
            parse_constant=_refuse_number,
        )
    except (ValueError, RecursionError) as error:
        raise CanonicalError(f"not JSON of our kind: {type(error).__name__}") from error
    _check(value, depth=0)
    if _dump(value) != raw:
        raise CanonicalError("not the canonical spelling")
    return value


def parse_object(raw: bytes, keys: frozenset[str]) -> dict[str, Value]:
    """Return the object written in `raw`, which has exactly `keys`. Raises `CanonicalError`."""
    return exact(parse(raw), keys)


def exact(value: Value, keys: frozenset[str]) -> dict[str, Value]:
    """Return `value` if it is an object with exactly `keys`; an unknown key is as wrong as a missing one."""
    if not isinstance(value, dict):
        raise CanonicalError("not an object")
    if value.keys() != keys:
        raise CanonicalError(f"other keys than expected: {sorted(value.keys() ^ keys)}")
    return value


def _dump(value: Value) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False).encode("ascii")


def _check(value: Value, *, depth: int) -> None:
    if depth > DEEPEST:
        raise CanonicalError("nested too deeply")
    if isinstance(value, str):
        _check_text(value)
    elif isinstance(value, list):
        for item in value:
            _check(item, depth=depth + 1)
    elif isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str) or not KEY.fullmatch(key):
                raise CanonicalError("a key that is not [a-z_]+")
            _check(item, depth=depth + 1)
    elif value is not None:
        _check_integer(value)


def _check_text(value: str) -> None:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise CanonicalError("a lone surrogate") from error


def _check_integer(value: object) -> None:
    # bool is a subclass of int: the exact type is asked for.
    if type(value) is not int:
        raise CanonicalError(f"a value of type {type(value).__name__}")
    if not 0 <= value <= LARGEST:
        raise CanonicalError("an integer outside 0…2^53-1")


def _object(pairs: list[tuple[str, Value]]) -> dict[str, Value]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise CanonicalError("a key given twice")
    return found


def _integer(digits: str) -> int:
    # Cut off before int() works on a number of a million digits.
    if len(digits) > DIGITS_OF_LARGEST:
        raise CanonicalError("an integer outside 0…2^53-1")
    return int(digits)


def _refuse_number(_digits: str) -> NoReturn:
    raise CanonicalError("a number that is no integer")
