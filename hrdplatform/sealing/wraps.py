"""The wrap: the identity of one epoch, written down with the place it belongs to, and sealed to one reader or the
receipt.

The lines are exact (sealing.md 4), each ended by LF; the last is an age identity, so that stock age opens what it
opens. Because case, chain, epoch and card stand inside, a wrap moved elsewhere is refused.
"""

import re
from dataclasses import dataclass

from hrdplatform.sealing import xwing
from hrdplatform.sealing.age import sealed
from hrdplatform.sealing.errors import MalformedError

SEALED_SIZES = (1_901, 1_902)
"""Octets of a sealed wrap: `notes` is one letter longer than `case`."""

LINES = re.compile(
    rb"# hrdplatform wrap v1\n"
    rb"# case ([0-9a-f]{32})\n"
    rb"# chain (case|notes)\n"
    rb"# epoch ([0-9]{8})\n"
    rb"# card ([0-9a-f]{64})\n"
    rb"(AGE-SECRET-KEY-PQ-1[0-9A-Z]+)\n"
)


class WrapError(MalformedError):
    """What was sealed is not a wrap."""


@dataclass(frozen=True)
class Wrap:
    """The identity of an epoch, and where it belongs."""

    case: str
    chain: str
    epoch: int
    card: str
    seed: bytes

    def __repr__(self) -> str:
        """Name the place only: the seed opens everything in it and must not reach a log."""
        return f"Wrap(case={self.case}, chain={self.chain}, epoch={self.epoch})"


def emit(wrap: Wrap) -> bytes:
    """Return the exact bytes of `wrap`."""
    lines = (
        "# hrdplatform wrap v1",
        f"# case {wrap.case}",
        f"# chain {wrap.chain}",
        f"# epoch {wrap.epoch:08d}",
        f"# card {wrap.card}",
        xwing.identity_text(wrap.seed),
    )
    return "".join(line + "\n" for line in lines).encode("ascii")


def parse(raw: bytes) -> Wrap:
    """Return the wrap whose bytes are exactly `raw`. Raises `MalformedError`."""
    found = LINES.fullmatch(raw)
    if found is None:
        raise WrapError("not the six lines of a wrap")
    case, chain, epoch, card, identity = (group.decode("ascii") for group in found.groups())
    return Wrap(case, chain, int(epoch), card, xwing.read_identity(identity))


def seal(wrap: Wrap, recipient: bytes) -> bytes:
    """Return `wrap` sealed to the 1,216-byte `recipient`: 1,901 or 1,902 octets."""
    return sealed.seal(emit(wrap), recipient)


def open_sealed(blob: bytes, seed: bytes) -> Wrap:
    """Return the wrap that `blob` holds for the identity `seed`. Raises a `SealingError`."""
    if len(blob) not in SEALED_SIZES:
        raise WrapError(f"a sealed wrap of {len(blob)} octets")
    return parse(sealed.open_sealed(blob, seed))
