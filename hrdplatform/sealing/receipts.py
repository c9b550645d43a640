"""The receipt: eight words on a defender's paper, and the keys that they are.

Eight indices of 0…7775 (103 bits) stretched by Argon2id give a token that finds the case, an X-Wing identity that opens
it and an Ed25519 key that signs for her. The server keeps only a hash of the token; nobody can restore lost words.
"""

import re
from dataclasses import dataclass, field
from secrets import randbelow

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from hrdplatform.sealing.errors import MalformedError, SealingError
from hrdplatform.sealing.labels import P, derive, hashed
from hrdplatform.sealing.words import LISTS, SIZE, WordList, fold
from hrdplatform.sealing.xwing import public_key

COUNT = 8
SALT_LENGTH = 16
PASSWORD_LABEL = P + b"receipt\x00"
MEMORY_KIB, PASSES, LANES = 19456, 2, 1
DIGITS = re.compile(r"[0-9]{4}")
ORDINAL = re.compile(r"[0-9]{1,2}")
EASTERN_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")

Indices = tuple[int, ...]


class UnreadableReceiptError(SealingError):
    """What was typed is no receipt. Holds no word: `found` words were seen, those at `places` (from 1) are unknown."""

    def __init__(self, found: int, places: tuple[int, ...]) -> None:
        super().__init__(f"receipt of {found} words, {len(places)} of them unknown")
        self.found = found
        self.places = places


class AmbiguousReceiptError(SealingError):
    """What was typed can be read in more than one language; `languages` says in which. She chooses, nobody guesses."""

    def __init__(self, languages: tuple[str, ...]) -> None:
        super().__init__("receipt readable in " + ", ".join(languages))
        self.languages = languages


@dataclass(frozen=True)
class ReceiptKeys:
    """What eight indices are worth at one installation: three secrets of 32 bytes."""

    token: bytes = field(repr=False)
    kem: bytes = field(repr=False)
    sig: bytes = field(repr=False)

    @property
    def locator(self) -> bytes:
        """The 32 bytes under which the server finds the case; they tell nothing about the token."""
        return locator(self.token)

    @property
    def kem_public(self) -> bytes:
        """The X-Wing recipient (1,216 bytes) that her wraps are sealed to."""
        return public_key(self.kem)

    @property
    def sig_public(self) -> bytes:
        """The Ed25519 public key (32 bytes) of her signatures."""
        return Ed25519PrivateKey.from_private_bytes(self.sig).public_key().public_bytes_raw()


def locator(token: bytes) -> bytes:
    """Return H(P"receipt/locator" || 0 || token), which the server stores in place of the token."""
    return hashed("receipt/locator", token)


def receipt_keys(indices: Indices, salt: bytes) -> ReceiptKeys:
    """Return the keys of eight indices under the installation's public 16-byte salt.

    Takes 19 MiB of memory and some 20 ms on purpose (Argon2id 0x13, t 2, p 1; RFC 9106): callers bound how many run.
    Raises MalformedError for anything but eight indices within the lists and a salt of 16 bytes.
    """
    if len(indices) != COUNT or not all(0 <= index < SIZE for index in indices) or len(salt) != SALT_LENGTH:
        raise MalformedError("receipt needs eight indices below 7776 and a salt of 16 bytes")
    password = PASSWORD_LABEL + b"".join(index.to_bytes(2, "big") for index in indices)
    stretcher = Argon2id(salt=salt, length=32, iterations=PASSES, lanes=LANES, memory_cost=MEMORY_KIB)
    master = stretcher.derive(password)
    return ReceiptKeys(*(derive(master, f"receipt/{use}") for use in ("token", "kem", "sig")))


def generate(language: str) -> Indices:
    """Draw eight indices whose words in `language` (en, fr, de, pt) cannot be read in another list."""
    while True:
        indices = tuple(randbelow(SIZE) for _ in range(COUNT))
        if not readable_elsewhere(indices, language):
            return indices


def readable_elsewhere(indices: Indices, language: str) -> bool:
    """Whether all eight words of `language` are also words, or single-meaning prefixes, of another language's list."""
    words = rendered(indices, language)
    others = (words_of for other, words_of in LISTS.items() if other != language)
    return any(all(other.find(word) is not None for word in words) for other in others)


def rendered(indices: Indices, language: str) -> tuple[str, ...]:
    """Return the eight words of `indices` as they are shown in `language`."""
    return tuple(LISTS[language].words[index] for index in indices)


def digits(indices: Indices) -> tuple[str, ...]:
    """Return eight groups of four digits, 0001 to 7776, which stand for the words in any language."""
    return tuple(f"{index + 1:04}" for index in indices)


def parse(text: str, language: str | None = None) -> Indices:
    """Return the eight indices meant by what somebody typed.

    Case, accents, line breaks, commas, hyphens and a numbering 1 to 8 before the words do not matter; a word may be cut
    to four letters or more if only one begins so, and four digits may stand for any word. All words are of one
    language, which need not be named. Raises UnreadableReceiptError or AmbiguousReceiptError; neither holds a word.
    """
    typed = _typed(text)
    lists = [LISTS[language]] if language else list(LISTS.values())
    readings = {words.language: tuple(_index(word, words) for word in typed) for words in lists}
    whole = {name: reading for name, reading in readings.items() if None not in reading}
    if len(typed) != COUNT or not whole:
        fewest = min(readings.values(), key=lambda reading: reading.count(None))
        places = tuple(place for place, index in enumerate(fewest, 1) if index is None)
        raise UnreadableReceiptError(len(typed), places)
    if len(set(whole.values())) > 1:
        raise AmbiguousReceiptError(tuple(whole))
    return tuple(index for index in next(iter(whole.values())) if index is not None)


def _typed(text: str) -> list[str]:
    """Cut folded text into words and numbers; one or two digits are the numbering of a list, never a word."""
    tokens = re.findall(r"[^\W\d_]+|[0-9]+", fold(text).translate(EASTERN_DIGITS))
    return [token for token in tokens if not ORDINAL.fullmatch(token)]


def _index(word: str, words: WordList) -> int | None:
    if not DIGITS.fullmatch(word):
        return words.find(word)
    return int(word) - 1 if 1 <= int(word) <= SIZE else None
