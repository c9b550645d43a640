"""Encodings in the browser: what is not canonical, not a container, not a signature is refused, as in Python
(9, 18 to 20).
"""

import base64
from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import Page

from hrdplatform.sealing import canonical, ed25519, records
from hrdplatform.sealing.errors import SealingError
from tests.factories.sealed_case import Team
from tests.hrdplatform.sealing import test_negative_records as negative


def parameters(test: object) -> list:
    """The values that a Python test is run with, so that the browser meets the very same ones."""
    [mark] = [mark for mark in test.pytestmark if mark.name == "parametrize"]
    return mark.args[1]


def b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


def test_18_bytes_that_are_not_canonical_are_refused(page: Page) -> None:
    raws = parameters(negative.test_18_bytes_that_are_not_canonical)
    verdicts = page.evaluate(
        """(all) => Promise.all(all.map((text) => sealing.verdict(() => {
            sealing.canonical.parse(sealing.octets.fromB64(text));
            return "accepted";
        })))""",
        [b64(raw) for raw in raws],
    )
    assert all(verdict.startswith("refused: malformed/") for verdict in verdicts)


def test_18_values_without_a_canonical_form_are_not_emitted(page: Page) -> None:
    verdicts = page.evaluate(
        """() => {
            const {canonical, octets, verdict} = sealing;
            const keys = [{A: 1}, {"": 1}, {é: 1}];
            const values = [1.5, true, -1, 2 ** 53, NaN, undefined, 1n, "\\ud800", "\\udc00\\ud800", ...keys];
            return Promise.all(values.map((value) => verdict(() => octets.fromUtf8(canonical.emit({a: value})))));
        }"""
    )
    assert all(verdict.startswith("refused: malformed/") for verdict in verdicts)


def test_what_either_side_emits_the_other_parses_to_the_same_octets(page: Page) -> None:
    value = {"z": [None, 0, 2**53 - 1, "a\u007f\u0080\u2028\uffff\U0010ffff\n"], "a_b": {"c": [], "d": {}}}
    made = page.evaluate("(value) => sealing.octets.fromUtf8(sealing.canonical.emit(value))", value)
    assert made.encode() == canonical.emit(value)
    assert canonical.parse(made.encode()) == value


@pytest.mark.parametrize(
    ("typed", "kept"), [("a\r\nb\rc\n", "a\nb\nc\n"), ("e\u0301 \u200f\x00", "e\u0301 \u200f\x00")]
)
def test_texts_are_kept_as_typed_but_for_line_ends(page: Page, typed: str, kept: str) -> None:
    assert page.evaluate("(text) => sealing.bodies.typed(text)", typed) == kept


def test_a_lone_surrogate_becomes_the_replacement_sign(page: Page) -> None:
    assert (
        page.evaluate('() => sealing.bodies.typed("a\\ud83d b\\udc00 \\ud83e\\udded")') == "a\ufffd b\ufffd \U0001f9ed"
    )


def test_the_limit_counts_people_s_characters_not_units(page: Page) -> None:
    assert page.evaluate(
        '() => [..."🧭".repeat(20000)].length === [...sealing.bodies.typed("🧭".repeat(20000))].length'
    )
    verdict = page.evaluate('() => sealing.verdict(() => sealing.bodies.typed("🧭".repeat(20001)))')
    assert verdict == "refused: limit/text"


def test_19_padding_bucket_and_length(page: Page) -> None:
    spoiled = [spoil(negative.message()) for spoil in parameters(negative.test_19_padding_bucket_and_length)]
    verdicts = page.evaluate(
        """(all) => Promise.all(all.map((text) => sealing.verdict(() =>
            sealing.records.parse(sealing.octets.fromB64(text)).id)))""",
        [b64(raw) for raw in [negative.message(), *spoiled]],
    )
    assert verdicts[0] == records.record_id(b"{}")
    assert all(verdict.startswith("refused: malformed/") for verdict in verdicts[1:])


def test_20_no_key_of_small_order_or_of_a_second_spelling(page: Page) -> None:
    values = [*ed25519.SMALL_ORDER, ed25519.FIELD, ed25519.FIELD + 1, 2**255 - 1]
    keys = [(y | sign << 255).to_bytes(32, "little") for y in values for sign in (0, 1)]
    signatures = [bytes(64), b"\1" + bytes(63)] + [key + bytes(32) for key in keys]
    accepted = page.evaluate(
        """([keys, signatures]) => keys.flatMap((key) => signatures.map((one) => sealing.ed25519.verify(
            sealing.octets.fromHex(key), sealing.octets.utf8("any message"), sealing.octets.fromHex(one),
        ))).filter(Boolean)""",
        [[key.hex() for key in keys], [one.hex() for one in signatures]],
    )
    assert accepted == []


def test_signatures_of_either_side_are_the_same_octets(page: Page) -> None:
    made = page.evaluate(
        "(seed) => sealing.octets.hex(sealing.ed25519.sign(sealing.octets.fromHex(seed), sealing.octets.utf8('x')))",
        "05" * 32,
    )
    assert bytes.fromhex(made) == ed25519.sign(bytes([5]) * 32, b"x")


FOLLOW = """async ({text, pin, older, today, demo}) => sealing.verdict(() => {
    const {lists, pins} = sealing;
    const list = lists.parse(text);
    pins.verifyList(list, pin, new Map(older.map(lists.parse).map((one) => [one.hash, one])));
    if (today) pins.verifyForWriting(list, {today, demoAllowed: demo});
    return "believed";
})"""


def believed(
    page: Page, team: Team, *, pinned: object = None, text: str = "", today: str = "", demo: bool = False
) -> str:
    pin = pinned and {"root": pinned.root.hex(), "seq": pinned.seq, "hash": pinned.hash, "team": pinned.team}
    asked = {"text": text or team.texts[team.newest.hash], "pin": pin, "older": list(team.texts.values())}
    return page.evaluate(FOLLOW, asked | {"today": today, "demo": demo})


def test_9_a_lower_sequence_number(page: Page) -> None:
    team = Team()
    old = team.texts[team.newest.hash]
    assert believed(page, team, pinned=team.next(), text=old) == "refused: list_refused/lower_seq"


def test_10_the_same_sequence_number_with_other_bytes(page: Page) -> None:
    team = Team()
    pinned = team.newest
    other = team.signed(replace(pinned, roster="1" * 64))
    assert believed(page, team, pinned=pinned, text=team.texts[other.hash]) == "refused: list_refused/same_seq"


def test_10_a_list_that_left_out_one_between(page: Page) -> None:
    team = Team()
    pinned = team.newest
    team.next()
    between = team.newest.hash
    team.next()
    assert believed(page, team, pinned=pinned) == "believed"
    del team.texts[between]
    assert believed(page, team, pinned=pinned) == "refused: list_refused/missing"


@pytest.mark.parametrize("days", [-365, -2, 63, 365])
def test_11_an_expired_list_and_a_clock_set_back(page: Page, days: int) -> None:
    team = Team()
    today = (team.newest.issued + timedelta(days=days)).isoformat()
    assert believed(page, team, today=today) == "refused: list_refused/expired"


@pytest.mark.parametrize("days", [-1, 0, 62])
def test_11_the_days_between_are_good_for_writing(page: Page, days: int) -> None:
    team = Team()
    assert believed(page, team, today=(team.newest.issued + timedelta(days=days)).isoformat()) == "believed"


def test_a_list_whose_signature_is_another_s_is_none(page: Page) -> None:
    team = Team()
    body, signature, _ = team.texts[team.newest.hash].split("\n")
    forged = f"{body}\n{b64(ed25519.sign(bytes(32), records.signed_bytes('list', body.encode())))}\n"
    assert signature not in forged
    assert believed(page, team, text=forged) == "refused: tampered/list"


def test_what_python_refuses_of_a_damaged_list_the_browser_refuses(page: Page) -> None:
    team = Team()
    text = team.texts[team.newest.hash]
    damaged = [
        text[:-1],
        text + "\n",
        text.replace("\n", "\r\n"),
        text.replace('"v":1', '"v":2'),
        text.replace("m02", "m01", 1),
    ]
    with pytest.raises(SealingError):
        negative.canonical.parse(damaged[0].encode())
    assert {believed(page, team, text=one).partition("/")[0] for one in damaged} <= {
        "refused: malformed",
        "refused: tampered",
    }
