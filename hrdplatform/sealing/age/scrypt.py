"""The `scrypt` stanza (C2SP age.md): a file under a passphrase, as private keys lie at rest.

The work factor stands in the file, so whoever made the file chooses what opening it costs: the reader names the
highest one it takes, and a higher one is refused before any work is done.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from secrets import token_bytes

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from hrdplatform.sealing.age.stanzas import Stanza, argument, check_shape, encoded
from hrdplatform.sealing.errors import MalformedError, TooCostlyError

KIND = "scrypt"
SALT_LABEL = b"age-encryption.org/v1/scrypt"
SALT_LENGTH = 16
ZERO_NONCE = bytes(12)
LOG_N_WRITTEN = 15
"""Base-two logarithm of the work factor that we write: 32 MiB of memory; our passphrases have seven random words."""
LOG_N_OWN_LIMIT = 16
LOG_N_GENERAL_LIMIT = 20
"""The general reader takes up to 1 GiB of memory for one file; stock age writes 18."""
DECIMAL = re.compile(r"[1-9][0-9]*")


@dataclass(frozen=True)
class PassphraseRecipient:
    """Seals under a passphrase with work factor 2**`log_n`; must be the only recipient of its file."""

    passphrase: str = field(repr=False)
    log_n: int = LOG_N_WRITTEN

    def wrap(self, file_key: bytes) -> Stanza:
        """Return the stanza under a fresh salt."""
        salt = token_bytes(SALT_LENGTH)
        key = _wrap_key(self.passphrase, salt, self.log_n)
        body = ChaCha20Poly1305(key).encrypt(ZERO_NONCE, file_key, None)
        return Stanza(KIND, (encoded(salt), str(self.log_n)), body)


@dataclass(frozen=True)
class PassphraseIdentity:
    """Opens what was sealed under a passphrase, if its work factor is at most 2**`log_n_limit`."""

    passphrase: str = field(repr=False)
    log_n_limit: int = LOG_N_GENERAL_LIMIT

    def unwrap(self, stanzas: Sequence[Stanza]) -> bytes | None:
        """Return the file key, None when the passphrase is wrong or the file has no scrypt stanza.

        Raises MalformedError as the format rules, TooCostlyError (one of them) above the limit.
        """
        for stanza in stanzas:
            if stanza.kind == KIND:
                return self._opened(stanza)
        return None

    def _opened(self, stanza: Stanza) -> bytes | None:
        log_n = check_cost(stanza, self.log_n_limit)
        key = _wrap_key(self.passphrase, argument(stanza, 0, SALT_LENGTH), log_n)
        try:
            return ChaCha20Poly1305(key).decrypt(ZERO_NONCE, stanza.body, None)
        except InvalidTag:
            return None


def check_cost(stanza: Stanza, log_n_limit: int) -> int:
    """Return the logarithm of the work factor of a well-formed scrypt stanza, without doing any of the work.

    Raises MalformedError when the stanza is not well formed, TooCostlyError (one of them) above the limit.
    """
    check_shape(stanza, 2)
    argument(stanza, 0, SALT_LENGTH)
    if not DECIMAL.fullmatch(stanza.arguments[1]):
        raise MalformedError("scrypt work factor is no plain decimal number")
    if len(stanza.arguments[1]) > 2 or int(stanza.arguments[1]) > log_n_limit:
        raise TooCostlyError(f"scrypt work factor is above 2**{log_n_limit}")
    return int(stanza.arguments[1])


def check_alone(stanzas: Sequence[Stanza]) -> None:
    """Raise MalformedError for a scrypt stanza beside any other: nobody could tell who sealed such a file."""
    if len(stanzas) > 1 and any(stanza.kind == KIND for stanza in stanzas):
        raise MalformedError("a scrypt stanza must be the only one")


def _wrap_key(passphrase: str, salt: bytes, log_n: int) -> bytes:
    scrypt = Scrypt(salt=SALT_LABEL + salt, length=32, n=1 << log_n, r=8, p=1)
    return scrypt.derive(passphrase.encode("utf-8"))
