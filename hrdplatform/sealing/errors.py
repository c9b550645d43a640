"""The ways in which something sealed can fail: one small family, told apart by what the reader may conclude.

The text of an error is for logs and for the operator's terminal: it names lengths, positions and kinds, never a key, a
word or any plaintext. What a visitor reads is chosen by the page that catches the error.
"""


class SealingError(Exception):
    """Something could not be sealed, opened or read. Every error of this package is one."""


class MalformedError(SealingError):
    """The bytes or the text are not of the format at all: nothing was decrypted, no key was judged."""


class ArmorError(MalformedError):
    """The text form ("-----BEGIN AGE ENCRYPTED FILE-----") is not strict, so it is not read as an age file."""


class TooCostlyError(MalformedError):
    """Opening would take more work or memory than the caller allows; refused before any of it is spent."""


class WrongKeyError(SealingError):
    """The file is well formed, but none of the given identities opens it: another key, or a wrong passphrase."""


class TamperedError(SealingError):
    """The key fits, but the bytes are not those that were sealed: changed, cut short, reordered or appended to."""
