"""The bytes of an audit row: canonical JSON, so that a hash made today is made again in twenty years.

The rule: `json.dumps(o, sort_keys=True, separators=(",", ":"), ensure_ascii=True)` over strings, integers 0…2^53-1,
null, and flat lists and objects of them. No floats and no booleans, whose spelling differs between languages.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import TypeAlias

Fact: TypeAlias = str | int | list[str] | None

LARGEST = 2**53 - 1
LONGEST_FACT = 200


class FactError(ValueError):
    """A fact is no short plain value: it might be content, and content never enters the record."""


def check_facts(facts: Mapping[str, object]) -> dict[str, Fact]:
    """The `facts` if each is a short string, a whole number, null or a list of short strings. Raises `FactError`."""
    return {name: _fact(name, value) for name, value in facts.items()}


def _fact(name: str, value: object) -> Fact:
    if isinstance(value, str):
        return _short(name, str(value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None or (isinstance(value, int) and 0 <= value <= LARGEST):
        return value
    if isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
        return [_short(name, str(item)) for item in value]
    raise FactError(f"The fact `{name}` is a {type(value).__name__}; facts are short strings, whole numbers or null.")


def _short(name: str, value: str) -> str:
    if len(value) > LONGEST_FACT:
        raise FactError(f"The fact `{name}` has more than {LONGEST_FACT} characters.")
    return value


def encode(value: Mapping[str, object]) -> bytes:
    """The canonical bytes of `value`, pure ASCII without a line end."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False).encode("ascii")


def digest(value: Mapping[str, object]) -> str:
    """SHA-256 over the canonical bytes, as 64 lower-case hexadecimal digits."""
    return hashlib.sha256(encode(value)).hexdigest()
