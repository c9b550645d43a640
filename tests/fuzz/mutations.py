"""Mutations that keep the form: JSON changed at one place and emitted again, header lines moved about.

Blind changes of bytes rarely get past the first check of a canonical format; these reach the checks behind it.
"""

import json
from collections.abc import Callable
from random import Random
from typing import Any

INTERESTING: list[Any] = [
    *(0, 1, 2, -1, 2**53 - 1, 2**53, 99_999_999, 100_000_000, 1.0, True, None, [], {}, [None], {"a": 1}),
    *("", "0", "m01", "m1", "m001", "M01", "defender", "server", "browser", "case", "notes", "reader", "recovery"),
    *("intake", "0" * 64, "a" * 64, "A" * 64, "a" * 32, "a" * 31, "2026-02-30", "2026-11-23", "2026-11-23T08:30Z"),
    *("2026-11-23T24:00Z", "AA==", "\ud800", "é", "\u0660", "x" * 256, ["m02", "m01"], ["m01", "m01"]),
]
WORDS = ["browser", "server", "case", "notes", "reader", "recovery", "intake", "defender", "m01"]


def json_body(raw: bytes, random: Random) -> bytes | None:
    """Return the JSON changed at one place, most often canonical; None if it is none."""
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    value = _changed(value, random)
    spoil = random.random()
    if spoil < 0.9:
        return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()
    if spoil < 0.95:
        return json.dumps(value, separators=(",", ":")).encode()
    text = json.dumps(value, sort_keys=True, separators=(",", ":"))
    pair = text[1 : text.find(",") + 1]
    return ("{" + pair + text[1:] if random.random() < 0.5 else text.replace(":", ": ", 1)).encode()


def _changed(value: Any, random: Random) -> Any:
    if isinstance(value, dict) and value and random.random() < 0.93:
        key = random.choice(sorted(value))
        return value | {key: _changed(value[key], random)}
    if isinstance(value, list) and value and random.random() < 0.6:
        place = random.randrange(len(value))
        return [*value[:place], _changed(value[place], random), *value[place + 1 :]]
    ways: list[Callable[[Any, Random], Any]] = [lambda _value, chance: chance.choice(INTERESTING)]
    ways += {dict: [_keys], list: [_items], str: [_letters, _words], int: [_count]}.get(type(value), [])
    return random.choice(ways)(value, random)


def _keys(value: dict[str, Any], random: Random) -> dict[str, Any]:
    if value and random.random() < 0.5:
        gone = random.choice(sorted(value))
        return {key: value[key] for key in value if key != gone}
    return value | {random.choice(["x", "v", "A", "text", "data"]): random.choice(INTERESTING)}


def _items(value: list[Any], random: Random) -> list[Any]:
    return random.choice([value[::-1], value + value[:1], value[1:], [*value, random.choice(INTERESTING)]])


def _letters(value: str, random: Random) -> str:
    place = random.randrange(len(value) + 1)
    other = random.choice("0aAfgz+/=é\n 1")
    return random.choice(
        [value.upper(), value[:-1], value + other, value[:place] + other + value[place + 1 :], value[:place] + other]
    )


def _words(value: str, random: Random) -> str:
    return random.choice(WORDS) if value in WORDS else _letters(value, random)


def _count(value: int, random: Random) -> int:
    return random.choice([value + 1, value - 1, -value, 0, 1])


def header_lines(raw: bytes, random: Random) -> bytes:
    """Return the header with a line dropped, doubled, swapped, cut, joined or one letter changed."""
    lines = raw.split(b"\n")
    place = random.randrange(len(lines))
    line, where = lines[place], random.randrange(len(lines[place]) + 1)
    other = bytes([random.choice(b"AQgw0+/= -\x7f\x20>")])
    ways = [[], [line, line], [line[:where]], [line[:where], line[where:]], [line + other], [b"A" * 64, line]]
    ways += [[line[:where] + other + line[where + 1 :]], [line[:-1] + other]]
    changed = random.choice(ways)
    return b"\n".join(lines[:place] + changed + lines[place + 1 :])


def container_head(raw: bytes, random: Random) -> bytes:
    """Return an input of the record target with another type, reserved byte, length, bucket or end."""
    data = bytearray(raw.ljust(90, b"\0"))
    place = random.choice([0, 5, 6, 7, 8, 9, 13, random.randrange(1, 90), len(data) - 1])
    if place == 0:
        data[0] = 3 * random.randrange(85)
    elif place == 13 and random.random() < 0.7:
        edge = random.choice([0, 1, 8192, 32_768, 131_072, 2**32]) - random.choice([0, 1, 75, 76, 77])
        data[9:13] = (edge % 2**32).to_bytes(4, "big")
    else:
        data[place] = random.choice([0, 1, 2, 16, 26, 27, random.randrange(256)])
    return bytes(data)


def record_input(data: bytes, random: Random) -> bytes | None:
    """Return a changed input of the record target; None if it has no form to keep."""
    if data[:1] and data[0] % 3 == 0:
        return container_head(data, random)
    changed = json_body(data[1:], random)
    return None if changed is None else data[:1] + changed


FORMS: dict[str, Callable[[bytes, Random], bytes | None]] = {
    "header": header_lines,
    "record": record_input,
    "list": json_body,
}


def mutate(target: str, data: bytes, beginnings: list[bytes], random: Random, blind: Callable[[bytes], bytes]) -> bytes:
    """Return a changed input of a target; one in five times changed blindly, one in three from a sound beginning."""
    if random.random() < 0.2:
        return blind(data)
    base = random.choice(beginnings) if random.random() < 0.33 else data
    changed = FORMS[target](base, random)
    return blind(base) if changed is None else changed
