"""Python and the browser's modules give the same verdict on the same bytes: mutated bodies, cards, containers, lists.

The modules run in Node, which set-up brings; their cryptography and walks in a real browser are in `tests/browser`.
"""

import base64
import subprocess
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from hrdplatform.sealing import bodies, cards, lists, records
from hrdplatform.sealing.errors import SealingError
from tests.fuzz import corpus, mutations, reference, targets

COUNT = 1_500
TWIN = Path(__file__).with_name("twin.mjs")


def inputs(target: str, random: Random) -> Iterator[tuple[str, bytes]]:
    """Sound beginnings and their descendants, in the words of the twin: kind and bytes."""
    pool = {"record": corpus.record_inputs, "list": corpus.list_bodies}[target]()
    for _ in range(COUNT):
        data = mutations.mutate(target, random.choice(pool), pool, random, lambda raw: scattered(raw, random))
        case = dressed(target, data)
        yield case
        if verdict(*case) == "y":
            pool.append(data)


def dressed(target: str, data: bytes) -> tuple[str, bytes]:
    if target == "list":
        return "list", data + b"\n" + base64.b64encode(targets.signature(data)) + b"\n"
    if data and data[0] % 3 == 1:
        return "body", container(data[0] // 3 % 27, data[1:])
    return "container", data[1:]


def scattered(raw: bytes, random: Random) -> bytes:
    place = random.randrange(len(raw) + 1)
    return raw[:place] + random.randbytes(1) + raw[place + random.randrange(2) :]


def container(number: int, body: bytes) -> bytes:
    content = b"HRS1" + bytes([number, 0, 0, 0]) + len(body).to_bytes(4, "big") + bytes(64) + body
    return content.ljust(next(size for size in reference.BUCKETS if size >= len(content)), b"\0")


def verdict(kind: str, raw: bytes) -> str:
    """What Python says: taken or refused."""
    try:
        if kind == "list":
            lists.parse(raw.decode("latin-1"))
            return "y"
        found = records.parse(raw)
        if kind == "body":
            cards.parse(raw) if found.kind is records.CARD else bodies.parse(found.kind, found.body)
    except SealingError:
        return "n"
    return "y"


def twins(cases: list[tuple[str, bytes]]) -> list[str]:
    """What the browser's modules say of the same."""
    lines = "".join(f"{kind} {base64.b64encode(raw).decode()}\n" for kind, raw in cases)
    done = subprocess.run(["node", str(TWIN)], input=lines, capture_output=True, text=True, check=True)
    return done.stdout.split("\n")[:-1]


@pytest.mark.parametrize("target", ["record", "list"])
@pytest.mark.parametrize("seed", [1, 2])
def test_the_same_verdict_in_python_and_browser(target, seed):
    cases = list(inputs(target, Random(seed)))
    here, there = [verdict(*case) for case in cases], twins(cases)
    assert len(here) == len(there)
    assert [case for case, one, other in zip(cases, here, there, strict=True) if one != other] == []
    assert here.count("y") > COUNT // 100
    assert here.count("n") > COUNT // 100
