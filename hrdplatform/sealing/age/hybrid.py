"""The `mlkem768x25519` stanza: HPKE over X-Wing, the only recipient kind between people (C2SP age.md).

Safe from a future quantum computer as long as ML-KEM-768 holds, and from today's attackers as long as X25519 does.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from hrdplatform.sealing import xwing
from hrdplatform.sealing.age.stanzas import Stanza, argument, check_shape, encoded
from hrdplatform.sealing.errors import WrongKeyError

KIND = "mlkem768x25519"
INFO = b"age-encryption.org/mlkem768x25519"


@dataclass(frozen=True)
class HybridRecipient:
    """Seals to a 1,216-byte X-Wing public key."""

    public: bytes

    def wrap(self, file_key: bytes) -> Stanza:
        """Return the stanza; raises MalformedError when the public key is none."""
        enc, body = xwing.hpke_seal(file_key, self.public, INFO)
        return Stanza(KIND, (encoded(enc),), body)


@dataclass(frozen=True)
class HybridIdentity:
    """Opens what was sealed to the public key of a 32-byte X-Wing seed."""

    seed: bytes = field(repr=False)

    def unwrap(self, stanzas: Sequence[Stanza]) -> bytes | None:
        """Return the file key of the first stanza that opens, or None; raises MalformedError as the format rules."""
        for stanza in stanzas:
            if stanza.kind == KIND:
                check_shape(stanza, 1)
                enc = argument(stanza, 0, xwing.ENCAPSULATION_LENGTH)
                try:
                    return xwing.hpke_open(enc, stanza.body, self.seed, INFO)
                except WrongKeyError:
                    continue
        return None
