"""The age vectors of the Community Cryptography Test Vectors project, read from the npm package that carries them."""

import re
import zlib
from base64 import b64decode
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from hrdplatform.sealing.age import stream

PACKAGE = Path(__file__).parents[4] / "node_modules" / "cctv-age" / "index.js"
ENTRY = re.compile(r'var (\w+)_default = __toBinary\("([A-Za-z0-9+/=]*)"\)')


@dataclass(frozen=True)
class Vector:
    name: str
    fields: tuple[tuple[str, str], ...]
    file: bytes

    def all(self, key: str) -> list[str]:
        return [value for name, value in self.fields if name == key]

    def one(self, key: str) -> str | None:
        return next(iter(self.all(key)), None)

    @property
    def binary(self) -> bytes:
        return b64decode(b"".join(self.file.strip().splitlines()[1:-1])) if self.one("armored") else self.file

    def authentic(self) -> bytes:
        """The chunks that open in their place, up to one that opens as the last: what a reader may release at most."""
        start = self.binary.index(b"\n", self.binary.index(b"\n---") + 1) + 1
        payload = self.binary[start + 16 :]
        key = stream.payload_key(bytes.fromhex(self.one("file key")), self.binary[start : start + 16])
        released, last = [], False
        for counter, place in enumerate(range(0, len(payload), stream.SEALED_CHUNK)):
            chunk, last = _either(key, counter, payload[place : place + stream.SEALED_CHUNK])
            released.append(chunk)
            if last:
                break
        return b"".join(released)


def vectors() -> list[Vector]:
    return [_vector(name, b64decode(content)) for name, content in ENTRY.findall(PACKAGE.read_text())]


def _vector(name: str, content: bytes) -> Vector:
    head, _, file = content.partition(b"\n\n")
    fields = tuple(tuple(line.split(": ", 1)) for line in head.decode().splitlines())
    compressed = ("compressed", "zlib") in fields
    return Vector(name, fields, zlib.decompress(file) if compressed else file)


def _either(key: bytes, counter: int, chunk: bytes) -> tuple[bytes, bool]:
    marks = (stream.MORE, stream.LAST) if len(chunk) == stream.SEALED_CHUNK else (stream.LAST,)
    for mark in marks:
        try:
            return ChaCha20Poly1305(key).decrypt(counter.to_bytes(11, "big") + mark, chunk, None), mark == stream.LAST
        except InvalidTag:
            continue
    return b"", True
