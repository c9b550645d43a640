"""Random identifiers: nothing that is stored tells by its number how many came before or when."""

from __future__ import annotations

import secrets

REFERENCE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def hex16() -> str:
    """16 random bytes as 32 hex digits."""
    return secrets.token_hex(16)


def reference() -> str:
    """A reference to say on the telephone: eight letters in two groups, none of them easily mistaken (39 bits)."""
    number, letters = secrets.randbelow(len(REFERENCE_LETTERS) ** 8), ""
    while len(letters) < 8:
        number, place = divmod(number, len(REFERENCE_LETTERS))
        letters += REFERENCE_LETTERS[place]
    return f"{letters[:4]}-{letters[4:]}"
