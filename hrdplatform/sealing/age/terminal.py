"""Sealing and opening files on the command line: streams of any size, and no half-written result.

What `manage.py seal` and `manage.py unseal` do, without Django. A file appears under its name only when it is whole:
until then it has a temporary one beside it, readable by its owner only, and an error leaves nothing behind. The name
`-` means standard input or output; what is opened to standard output is authentic, but whole only if no error follows.
"""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import BinaryIO, cast

from hrdplatform.sealing import xwing
from hrdplatform.sealing.age.files import decrypt, encrypt
from hrdplatform.sealing.age.header import VERSION_LINE
from hrdplatform.sealing.age.hybrid import HybridIdentity, HybridRecipient
from hrdplatform.sealing.age.scrypt import PassphraseIdentity
from hrdplatform.sealing.age.stanzas import Identity, Recipient
from hrdplatform.sealing.age.x25519 import X25519Identity, X25519Recipient
from hrdplatform.sealing.errors import MalformedError

STANDARD = "-"
IDENTITY_FILE_LIMIT = 1 << 20
"""Bytes of the longest identity file that is read."""

Ask = Callable[[], str]


def recipient(text: str) -> Recipient:
    """Return the recipient of an `age1pq1…` or `age1…` text; raises MalformedError for anything else."""
    if text.startswith(xwing.RECIPIENT_PREFIX + "1"):
        return HybridRecipient(xwing.read_recipient(text))
    return X25519Recipient.read(text)


def identities(content: bytes, ask: Ask) -> list[Identity]:
    """Return the identities in an identity file: one a line, lines with `#` and empty ones left out.

    A file that is an age file itself is opened first with the passphrase that `ask` returns, as a member's identity
    lies at rest. Raises MalformedError when there is none or a line is no identity, WrongKeyError, TamperedError.
    """
    if content.startswith((VERSION_LINE, b"-----BEGIN")):
        opened = BytesIO()
        decrypt(BytesIO(content), opened, [PassphraseIdentity(ask())])
        content = opened.getvalue()
    lines = (line.strip() for line in content.decode("utf-8", "replace").splitlines())
    found = [_identity(line) for line in lines if line and not line.startswith("#")]
    if not found:
        raise MalformedError("identity file holds no identity")
    return found


def read_identities(name: str, ask: Ask) -> list[Identity]:
    """Return the identities of the file called `name`; see `identities`. Raises OSError as well."""
    with _source(name) as source:
        return identities(source.read(IDENTITY_FILE_LIMIT), ask)


def seal(source: str, target: str, recipients: Sequence[str]) -> None:
    """Seal the file called `source` to all `recipients` and write it as `target`. Raises MalformedError or OSError."""
    keys = [recipient(text) for text in recipients]
    with _source(source) as plaintext, _target(target) as sealed:
        encrypt(plaintext, sealed, keys)


def unseal(source: str, target: str, keys: Sequence[Identity]) -> None:
    """Open the age file called `source` with one of `keys` and write it as `target`.

    Raises MalformedError, WrongKeyError, TamperedError or OSError; then no file `target` was written or replaced.
    """
    with _source(source) as sealed, _target(target) as plaintext:
        decrypt(sealed, plaintext, keys)


def _identity(line: str) -> Identity:
    if line.upper().startswith(xwing.IDENTITY_PREFIX.upper() + "1"):
        return HybridIdentity(xwing.read_identity(line))
    return X25519Identity.read(line)


@contextmanager
def _source(name: str) -> Iterator[BinaryIO]:
    if name == STANDARD:
        yield sys.stdin.buffer
        return
    with Path(name).open("rb") as source:
        yield source


@contextmanager
def _target(name: str) -> Iterator[BinaryIO]:
    if name == STANDARD:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    place = Path(name)
    with NamedTemporaryFile(dir=place.parent, prefix=f".{place.name}.", delete=False) as target:
        try:
            yield cast("BinaryIO", target)
            target.flush()
            os.fsync(target.fileno())
            Path(target.name).replace(place)
        except BaseException:
            Path(target.name).unlink(missing_ok=True)
            raise
