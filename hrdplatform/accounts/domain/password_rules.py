"""Which long passwords are weak all the same: common words with padding, repetitions, sequences.

No rule about kinds of characters (NIST SP 800-63B, 3.1.1.2; ASVS 5.0, 6.2.5): a sentence of plain words is good.
Django's own list of common passwords holds hardly any of 15 characters, so it is asked for the core of a password.
"""

from __future__ import annotations

from itertools import pairwise

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

ROWS = ("qwertzuiopü", "qwertyuiop", "azertyuiop", "asdfghjklöä", "yxcvbnm", "zxcvbnm", "wxcvbn")
FEWEST_CHARACTERS = 6


def repeats(text: str) -> bool:
    """Whether `text` is one piece over and over, the last time perhaps cut short.

    >>> repeats("hunde-hunde-hu"), repeats("hunde und katzen")
    (True, False)
    """
    return any(text == (text[:size] * len(text))[: len(text)] for size in range(1, len(text) // 2 + 1))


def is_neighbour(one: str, other: str) -> bool:
    """Whether two characters follow each other in the alphabet, in counting, or in a row of a keyboard."""
    pair = one + other
    return abs(ord(one) - ord(other)) <= 1 or pair == "90" or any(pair in row or pair[::-1] in row for row in ROWS)


def is_sequence(text: str) -> bool:
    """Whether most characters only follow the one before.

    >>> is_sequence("abcdefgh12345678"), is_sequence("drei leise boote")
    (True, False)
    """
    steps = sum(is_neighbour(one, other) for one, other in pairwise(text))
    return steps * 3 > len(text) * 2


class WeakPatternValidator:
    """For AUTH_PASSWORD_VALIDATORS: refuses what a guesser tries first among long passwords."""

    def __init__(self) -> None:
        self.common = CommonPasswordValidator().passwords

    def validate(self, password: str, user: object = None) -> None:
        """Raises `ValidationError`."""
        text = password.lower()
        core = "".join(character for character in text if character.isalpha())
        weak = (
            core in self.common
            or len(set(text)) < FEWEST_CHARACTERS
            or repeats(text)
            or (len(core) > 3 and repeats(core))
            or is_sequence(text)
        )
        if weak:
            raise ValidationError(_("This password is easy to guess. Take four or five unrelated words."))

    def get_help_text(self) -> str:
        return _("No common word, repetition or sequence.")
