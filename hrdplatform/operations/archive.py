"""The archive of a backup: a tar stream sealed with age, its last member a manifest of what stands before it.

Nothing of it is ever written unsealed, and reading holds no more than a chunk in memory. age says that no byte was
changed since it was sealed, not who sealed it; names in the archive are therefore checked before a file is written.
"""

from __future__ import annotations

import hashlib
import json
import os
import tarfile
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from hrdplatform.sealing.age.files import decrypt, encrypt
from hrdplatform.sealing.age.stanzas import Identity, Recipient

MANIFEST = "manifest.json"
FORMAT = 1
BLOCK = 1 << 20


class ArchiveError(Exception):
    """The archive is not a backup of ours, or not whole; the message says what is missing."""


@dataclass(frozen=True)
class Member:
    """One file of the archive: its name there, its size in bytes, and how to open it. `open` may raise OSError."""

    name: str
    size: int
    open: Callable[[], BinaryIO]


def write(target: BinaryIO, recipients: Sequence[Recipient], members: Iterable[Member], about: dict[str, Any]) -> int:
    """Seal all `members` to `recipients` into `target`; returns their number. Raises what opening a member raises."""
    count: list[int] = []

    def produce(stream: BinaryIO) -> None:
        count.append(_write_tar(stream, members, about))

    _beside(produce, lambda stream: encrypt(stream, target, recipients), produce_writes=True)
    return count[0]


def extract(source: BinaryIO, identities: Sequence[Identity], folder: Path) -> dict[str, Any]:
    """Open the archive into `folder`, which is empty, and return the manifest, held against every file.

    Only a return means that the archive is whole; the caller acts on nothing before it. Raises `ArchiveError`,
    `SealingError`, `OSError`.
    """
    found: dict[str, list[object]] = {}
    _beside(
        lambda stream: found.update(_read_tar(stream, folder)),
        lambda stream: decrypt(source, stream, identities),
        produce_writes=False,
    )
    path = folder / MANIFEST
    if not path.exists():
        raise ArchiveError("The archive has no manifest: it is not a backup of this platform.")
    manifest: dict[str, Any] = json.loads(path.read_text())
    del found[MANIFEST]
    if manifest.get("format") != FORMAT:
        raise ArchiveError("The archive was made by a version that this one does not know.")
    if manifest["files"] != found:
        raise ArchiveError("The archive does not hold the files that its manifest names.")
    return manifest


def _beside(aside: Callable[[BinaryIO], None], here: Callable[[BinaryIO], None], *, produce_writes: bool) -> None:
    """Run `aside` in a thread at one end of a pipe and `here` at the other; the first failure is the one raised."""
    reader, writer = os.pipe()
    aside_end, here_end = (writer, reader) if produce_writes else (reader, writer)
    failures: list[Exception] = []

    def run() -> None:
        try:
            with os.fdopen(aside_end, "wb" if produce_writes else "rb") as stream:
                aside(stream)
        except Exception as error:  # noqa: BLE001  # raised again by the thread that waits
            failures.append(error)

    thread = threading.Thread(target=run, name="archive")
    thread.start()
    broken: BrokenPipeError | None = None
    try:
        with os.fdopen(here_end, "rb" if produce_writes else "wb") as stream:
            here(stream)
    except BrokenPipeError as error:
        broken = error  # the other side gave up; its reason is the one to tell
    finally:
        thread.join()
    if failures:
        raise failures[0]
    if broken:
        raise broken


def _write_tar(stream: BinaryIO, members: Iterable[Member], about: dict[str, Any]) -> int:
    listed: dict[str, list[object]] = {}
    with tarfile.open(fileobj=stream, mode="w|", format=tarfile.PAX_FORMAT) as tar:
        for member in members:
            try:
                opened = member.open()
            except FileNotFoundError:
                continue  # erased since the list was made, and meant to be gone
            with opened as file:
                reader = _Hashing(file, member.size)
                _add(tar, member.name, member.size, reader)
            listed[member.name] = [member.size, reader.digest.hexdigest()]
        manifest = json.dumps({"format": FORMAT, **about, "files": listed}, sort_keys=True).encode()
        _add(tar, MANIFEST, len(manifest), BytesIO(manifest))
    return len(listed)


def _add(tar: tarfile.TarFile, name: str, size: int, file: Any) -> None:
    # No times, no owners: what is in the archive tells nothing about when a file was written.
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    tar.addfile(info, file)


def _read_tar(stream: BinaryIO, folder: Path) -> dict[str, list[object]]:
    found: dict[str, list[object]] = {}
    try:
        with tarfile.open(fileobj=stream, mode="r|") as tar:
            for info in tar:
                path = _place(folder, info)
                source = tar.extractfile(info)
                if source is None:
                    raise ArchiveError(f"The archive holds something that is no file: {info.name!r}.")
                found[info.name] = [info.size, _copy(source, path)]
    except tarfile.TarError as error:
        raise ArchiveError("The sealed file holds no archive.") from error
    while stream.read(BLOCK):
        pass  # the padding behind the end, so that the other side can finish
    return found


def _place(folder: Path, info: tarfile.TarInfo) -> Path:
    name = PurePosixPath(info.name)
    if not info.isreg() or name.is_absolute() or ".." in name.parts or "\\" in info.name:
        raise ArchiveError(f"The archive holds a name that must not be written: {info.name!r}.")
    return folder / name


def _copy(source: Any, path: Path) -> str:
    digest = hashlib.sha256()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
        while block := source.read(BLOCK):
            digest.update(block)
            target.write(block)
    return digest.hexdigest()


class _Hashing:
    """A file of which exactly `size` bytes are read and hashed; too short a file is an error, not a gap."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self.file, self.left, self.digest = file, size, hashlib.sha256()

    def read(self, length: int = -1) -> bytes:
        block = self.file.read(self.left if length < 0 else min(length, self.left))
        if not block and self.left:
            raise ArchiveError("A file became shorter while it was read.")
        self.left -= len(block)
        self.digest.update(block)
        return block
