"""Bech32 (BIP 173) without its limit of 90 characters: the text form of age recipients and identities.

A text is all lower or all upper case; the checksum is always computed over the lower-case form. It finds every
single slip of the pen, so a mistyped key is refused instead of sealing to nobody.
"""

from collections.abc import Iterable

from hrdplatform.sealing.errors import MalformedError

ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
VALUES = {character: value for value, character in enumerate(ALPHABET)}
GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
CHECKSUM_LENGTH = 6


def encode(prefix: str, data: bytes) -> str:
    """Return `data` as lower-case Bech32 under the human-readable `prefix`."""
    values = _regroup(data, 8, 5, pad=True)
    return prefix + "1" + "".join(ALPHABET[value] for value in values + _checksum(prefix, values))


def decode(text: str) -> tuple[str, bytes]:
    """Return the lower-case prefix and the data of a Bech32 text.

    Raises MalformedError for mixed case, foreign characters, a missing separator, a wrong checksum, non-zero padding.
    """
    if text not in (text.lower(), text.upper()):
        raise MalformedError("Bech32 text mixes upper and lower case")
    prefix, separator, rest = text.lower().rpartition("1")
    if not separator or not prefix or len(rest) < CHECKSUM_LENGTH:
        raise MalformedError("Bech32 text lacks its prefix or checksum")
    if any(not "!" <= character <= "~" for character in prefix):
        raise MalformedError("Bech32 prefix has a character outside printable ASCII")
    try:
        values = [VALUES[character] for character in rest]
    except KeyError:
        raise MalformedError("Bech32 text has a character outside its alphabet") from None
    if _polymod(_expanded(prefix) + values) != 1:
        raise MalformedError("Bech32 checksum does not match")
    return prefix, bytes(_regroup(values[:-CHECKSUM_LENGTH], 5, 8, pad=False))


def _polymod(values: Iterable[int]) -> int:
    checksum = 1
    for value in values:
        top = checksum >> 25
        checksum = (checksum & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate(GENERATOR):
            if top >> bit & 1:
                checksum ^= generator
    return checksum


def _expanded(prefix: str) -> list[int]:
    return [ord(character) >> 5 for character in prefix] + [0] + [ord(character) & 31 for character in prefix]


def _checksum(prefix: str, values: list[int]) -> list[int]:
    polymod = _polymod(_expanded(prefix) + values + [0] * CHECKSUM_LENGTH) ^ 1
    return [polymod >> 5 * (5 - position) & 31 for position in range(CHECKSUM_LENGTH)]


def _regroup(values: Iterable[int], width: int, target: int, *, pad: bool) -> list[int]:
    """Cut a stream of `width`-bit values into `target`-bit ones; unpadded rests must be short and zero."""
    held, bits, regrouped = 0, 0, []
    for value in values:
        held, bits = held << width | value, bits + width
        while bits >= target:
            bits -= target
            regrouped.append(held >> bits)
            held &= (1 << bits) - 1
    if pad and bits:
        regrouped.append(held << target - bits)
    elif not pad and (bits >= width or held):
        raise MalformedError("Bech32 padding bits are not zero")
    return regrouped
