"""A member of a team: the two keys behind one seed, and the identity file in which they lie at rest.

The file inside is what stock age takes as an identity, so what is sealed to a member opens without the platform.
"""

import re
from base64 import b64decode, b64encode
from binascii import Error as BinasciiError
from dataclasses import dataclass, field
from io import BytesIO
from secrets import randbelow

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hrdplatform.sealing import ed25519, xwing
from hrdplatform.sealing.age import header, scrypt
from hrdplatform.sealing.age.files import decrypt, encrypt
from hrdplatform.sealing.errors import MalformedError
from hrdplatform.sealing.labels import derive
from hrdplatform.sealing.words import LISTS, SIZE, fold

PASSPHRASE_WORDS = 7
HEADER_LIMIT = 4096
FILE_LIMIT = 65536
MEMBER_ID = re.compile(r"m[0-9]{2,}")


@dataclass(frozen=True)
class MemberKeys:
    """What a member reads with (an X-Wing seed) and signs with (an Ed25519 seed), 32 bytes each."""

    kem: bytes = field(repr=False)
    sig: bytes = field(repr=False)

    @property
    def kem_public(self) -> bytes:
        """The recipient, 1,216 bytes, as the member list names it."""
        return xwing.public_key(self.kem)

    @property
    def sig_public(self) -> bytes:
        """The Ed25519 public key, 32 bytes, as the member list names it."""
        return Ed25519PrivateKey.from_private_bytes(self.sig).public_key().public_bytes_raw()


def member_keys(seed: bytes) -> MemberKeys:
    """Return the keys of a member's 32-byte seed."""
    return MemberKeys(derive(seed, "member/kem"), derive(seed, "member/sig"))


def identity_file(member: str, keys: MemberKeys) -> bytes:
    """Return the identity file of `member` (m01…): two comment lines and the age identity, each ended by LF."""
    if not MEMBER_ID.fullmatch(member):
        raise MalformedError("member id is not m01…")
    sig = b64encode(keys.sig).decode("ascii")
    text = f"# hrdplatform member v1 {member}\n# sig {sig}\n{xwing.identity_text(keys.kem)}\n"
    return text.encode("ascii")


def read_identity_file(content: bytes) -> tuple[str, MemberKeys]:
    """Return the member id and keys of an identity file; raises MalformedError for any other bytes than we write."""
    try:
        first, second, third, rest = content.decode("ascii").split("\n")
        sig = b64decode(second.removeprefix("# sig "), validate=True)
    except (ValueError, BinasciiError):
        raise MalformedError("not an identity file") from None
    member, keys = first.removeprefix("# hrdplatform member v1 "), MemberKeys(xwing.read_identity(third), sig)
    if len(sig) != 32 or rest or identity_file(member, keys) != content:
        raise MalformedError("identity file is not written as ours")
    return member, keys


def new_passphrase(language: str = "en") -> str:
    """Draw seven words (90 bits), folded and joined by hyphens. A passphrase is drawn, never chosen by a person."""
    words = LISTS[language].words
    return "-".join(fold(words[randbelow(SIZE)]) for _ in range(PASSPHRASE_WORDS))


def typed_passphrase(text: str) -> str:
    """Return what was typed in the form in which passphrases protect: folded words joined by hyphens."""
    return "-".join(re.findall(r"[^\W_]+", fold(text)))


def protect(identity: bytes, passphrase: str) -> bytes:
    """Return `identity` as an age file under `passphrase`, scrypt with 2**15; stock age opens it."""
    protected = BytesIO()
    encrypt(BytesIO(identity), protected, [scrypt.PassphraseRecipient(passphrase)])
    return protected.getvalue()


def unprotect(protected: bytes, passphrase: str) -> bytes:
    """Return what `protect` was given.

    The server hands out these files and is not trusted: `check_protected` passes before anything is computed.
    Raises MalformedError, TooCostlyError (one of them), WrongKeyError for a wrong passphrase, TamperedError.
    """
    check_protected(protected)
    opened = BytesIO()
    decrypt(BytesIO(protected), opened, [scrypt.PassphraseIdentity(passphrase, scrypt.LOG_N_OWN_LIMIT)])
    return opened.getvalue()


def check_protected(protected: bytes) -> None:
    """Refuse, with MalformedError, what cannot be a member's protected identity; needs no passphrase.

    True of what passes: 64 KiB at most, header within 4 KiB, exactly one scrypt stanza, work factor of at most 2**16.
    """
    size = header.length(protected[:HEADER_LIMIT], HEADER_LIMIT)
    if size is None or len(protected) > FILE_LIMIT:
        raise MalformedError("not a protected identity")
    first, *others = header.parse(protected[:size]).stanzas
    if first.kind != scrypt.KIND or others:
        raise MalformedError("protected identity must have exactly one scrypt stanza")
    scrypt.check_cost(first, scrypt.LOG_N_OWN_LIMIT)


def check_public_keys(kem: bytes, sig: bytes) -> None:
    """Refuse, with MalformedError, a pair of public keys that nobody can seal to or whose signatures never hold.

    One such key on a signed list, and no request could be sealed for the whole team.
    """
    xwing.hpke_seal(b"", kem, b"")
    if not ed25519.acceptable(sig):
        raise MalformedError("an Ed25519 key out of range or of small order")
