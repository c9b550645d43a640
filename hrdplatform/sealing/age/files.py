"""The general age v1 reader and writer: whole files between binary streams, any number of recipients, flat memory.

For the command line, backups and identity files. The platform's own objects are stricter: `sealed`.
"""

from collections.abc import Iterable, Sequence
from secrets import token_bytes
from typing import BinaryIO

from hrdplatform.sealing.age import header, scrypt, stream
from hrdplatform.sealing.age.armor import ArmorReader, begins_armor
from hrdplatform.sealing.age.stanzas import FILE_KEY_LENGTH, Identity, Recipient
from hrdplatform.sealing.errors import MalformedError, WrongKeyError

BLOCK = stream.CHUNK
"""Bytes read at a time: one chunk passes from read to write within the cache, and none is joined to others."""


def encrypt(source: BinaryIO, target: BinaryIO, recipients: Sequence[Recipient]) -> None:
    """Write the age file over everything in `source` to `target`, openable by each of `recipients`.

    Raises MalformedError without a recipient, for a bad one, and for a passphrase beside any other recipient.
    """
    if not recipients:
        raise MalformedError("a file needs a recipient")
    file_key, nonce = token_bytes(FILE_KEY_LENGTH), token_bytes(stream.NONCE_LENGTH)
    stanzas = [recipient.wrap(file_key) for recipient in recipients]
    scrypt.check_alone(stanzas)
    target.write(header.emit(stanzas, file_key) + nonce)
    payload = stream.PayloadSealer(stream.payload_key(file_key, nonce))
    while block := source.read(BLOCK):
        target.write(payload.update(block))
    target.write(payload.finish())


def decrypt(source: BinaryIO, target: BinaryIO, identities: Iterable[Identity]) -> None:
    """Write the plaintext of the age file in `source`, binary or armored, to `target`.

    Every byte written is authentic and in its place, but only a return without an error says that the file is whole: a
    caller who acts on the plaintext keeps it aside until then. Raises MalformedError, WrongKeyError, TamperedError.
    """
    source, first_line = _opened(source)
    parsed = header.parse(header.read(source, first_line))
    file_key = _file_key(parsed, identities)
    parsed.check_mac(file_key)
    nonce = source.read(stream.NONCE_LENGTH)
    if len(nonce) != stream.NONCE_LENGTH:
        raise MalformedError("file ends before its payload")
    payload = stream.PayloadOpener(stream.payload_key(file_key, nonce))
    while block := source.read(stream.SEALED_CHUNK):
        target.write(payload.update(block))
    target.write(payload.finish())


def _opened(source: BinaryIO) -> tuple[BinaryIO, bytes]:
    """Return the binary stream and the first line taken from it, seeing through armor and white space before it."""
    line = source.readline(header.COLUMNS)
    while line and not line.strip():
        line = source.readline(header.COLUMNS)
    if begins_armor(line):
        return ArmorReader(source, line).buffered(), b""
    return source, line


def _file_key(parsed: header.Header, identities: Iterable[Identity]) -> bytes:
    scrypt.check_alone(parsed.stanzas)
    for identity in identities:
        file_key = identity.unwrap(parsed.stanzas)
        if file_key is not None:
            return file_key
    raise WrongKeyError("none of the identities opens this file")
