"""The vault: short secrets that the server itself needs again, sealed at rest under a key that lies in a file.

For the seeds of authenticator apps: a copy of the database alone gives none of them. Whoever has the key file as well
has them; this is not end-to-end. A box is bound to its context (row and purpose), so that it opens nowhere else.

    box = key id (8) || nonce (12) || ChaCha20-Poly1305 (RFC 8439) of the secret, aad = context

The key is `derive(line, "vault")` of one line of the key file, its id the first 8 bytes of `hashed("vault-id", key)`.
Files hold the newest line first: new boxes are made under it, boxes of older lines still open.
"""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from hrdplatform.sealing.errors import MalformedError, TamperedError, WrongKeyError
from hrdplatform.sealing.labels import derive, hashed

ID_LENGTH = 8
NONCE_LENGTH = 12
TAG_LENGTH = 16


def _key(line: str) -> tuple[bytes, bytes]:
    """The id and the key of one line."""
    key = derive(line.encode("utf-8"), "vault")
    return hashed("vault-id", key)[:ID_LENGTH], key


def seal_secret(plaintext: bytes, keys: tuple[str, ...], context: bytes) -> bytes:
    """Return the box of `plaintext` under the first of `keys`, bound to `context`."""
    name, key = _key(keys[0])
    nonce = secrets.token_bytes(NONCE_LENGTH)
    return name + nonce + ChaCha20Poly1305(key).encrypt(nonce, plaintext, context)


def open_secret(box: bytes, keys: tuple[str, ...], context: bytes) -> bytes:
    """Return the secret of a box made under any of `keys`.

    Raises `MalformedError` (too short), `WrongKeyError` (a key that is not in the file), `TamperedError` (changed, or
    of another context).
    """
    if len(box) < ID_LENGTH + NONCE_LENGTH + TAG_LENGTH:
        raise MalformedError(f"A box of {len(box)} bytes is too short.")
    name, nonce, sealed = box[:ID_LENGTH], box[ID_LENGTH:][:NONCE_LENGTH], box[ID_LENGTH + NONCE_LENGTH :]
    key = dict(_key(line) for line in keys).get(name)
    if key is None:
        raise WrongKeyError("The key of this box is not in the key file.")
    try:
        return ChaCha20Poly1305(key).decrypt(nonce, sealed, context)
    except InvalidTag as error:
        raise TamperedError("The box was changed, or stands in another place than it was made for.") from error
