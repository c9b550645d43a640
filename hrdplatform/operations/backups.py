"""Backups: database, files and secrets in one sealed archive, and the way back.

The archive opens only with the identity of its recipient, which stays off-line. Cases in it are sealed once more, to
the members of their team: a backup shows the operator no more than the platform does.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, cast

from django.core.files import File
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import transaction

from hrdplatform import audit
from hrdplatform.conf import configuration
from hrdplatform.operations import archive, dumps
from hrdplatform.operations.archive import ArchiveError, Member
from hrdplatform.sealing.age import terminal
from hrdplatform.sealing.age.stanzas import Identity

FILES = "files"
SECRETS = "secrets"
PASSING = ("health",)
"""Folders of the storage whose files last for moments."""


class InUseError(Exception):
    """The installation holds data that restoring would replace."""


def secret_files() -> dict[str, Path]:
    """The secrets, by their name in an archive."""
    return {path.name: path for path in (*configuration.secret_files, configuration.audit_key_file)}


def make(target: Path, *, recipients: Sequence[str], at: datetime) -> int:
    """Write a backup to `target` and return how many files it holds. Safe while the platform runs.

    The database is copied first, as of one moment; a file that comes later is only superfluous. Raises `MalformedError`
    for a recipient, `DumpError`, `ArchiveError`, `OSError`; then there is no `target`.
    """
    keys = [terminal.recipient(text) for text in recipients]
    about = {"engine": dumps.engine(), "made_at": at.astimezone(UTC).isoformat(timespec="seconds")}
    unfinished = target.with_name(f".{target.name}.unfinished")
    with _staging() as folder:
        dump = folder / dumps.file_name()
        dumps.dump(dump)
        try:
            with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                count = archive.write(file, keys, _members(dump), about)
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(target)
        finally:
            unfinished.unlink(missing_ok=True)
    with transaction.atomic():
        audit.record(audit.Event.BACKUP_MADE, actor="system", object="backup:archive", at=at, files=count)
    return count


def restore(source: BinaryIO, *, identities: Sequence[Identity], at: datetime, force: bool = False) -> dict[str, Any]:
    """Put the backup in `source` in the place of what is here; returns its manifest. The platform must be stopped.

    Everything is opened and held against the manifest first; only then is anything replaced. Raises `InUseError` for an
    installation with people, events or files unless `force`, and `ArchiveError`, `DumpError`, `SealingError`,
    `OSError`.
    """
    if not force and (dumps.has_content() or next(stored(), None) is not None):
        raise InUseError("This installation holds data. Restoring replaces all of it; say --force if you mean that.")
    with _staging() as folder:
        manifest = archive.extract(source, identities, folder)
        if manifest["engine"] != dumps.engine():
            raise ArchiveError(f"The backup is of {manifest['engine']}, this installation uses {dumps.engine()}.")
        dumps.load(folder / dumps.file_name())
        _replace_files(folder / FILES)
        _replace_secrets(folder / SECRETS)
    call_command("migrate", verbosity=0, interactive=False)
    with transaction.atomic():
        audit.record(
            audit.Event.BACKUP_RESTORED, actor="system", object="backup:archive", at=at, made=manifest["made_at"]
        )
    return manifest


def stored(folder: str = "") -> Iterator[str]:
    """The names of all files in the storage, for media and sealed blobs alike."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in sorted(files):
        yield f"{folder}/{name}" if folder else name
    for name in sorted(folders):
        if folder or name not in PASSING:
            yield from stored(f"{folder}/{name}" if folder else name)


def _members(dump: Path) -> Iterator[Member]:
    yield _local(dump.name, dump)
    for name, path in secret_files().items():
        if path.exists():
            yield _local(f"{SECRETS}/{name}", path)
    for name in stored():
        try:
            size = default_storage.size(name)
        except FileNotFoundError:
            continue  # erased since the list was made
        yield Member(f"{FILES}/{name}", size, lambda name=name: cast("BinaryIO", default_storage.open(name)))  # type: ignore[misc]  # a default binds the name of this round


def _local(name: str, path: Path) -> Member:
    return Member(name, path.stat().st_size, lambda: path.open("rb"))


def _replace_files(folder: Path) -> None:
    for name in list(stored()):
        default_storage.delete(name)
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            name = path.relative_to(folder).as_posix()
            with path.open("rb") as file:
                if default_storage.save(name, File(file)) != name:
                    raise ArchiveError(f"The storage did not keep the name {name!r}.")


def _replace_secrets(folder: Path) -> None:
    for name, place in secret_files().items():
        if (folder / name).exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(folder / name, place)
            place.chmod(0o600)


@contextmanager
def _staging() -> Iterator[Path]:
    """A folder beside the data, for its owner only, gone afterwards."""
    configuration.data.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=configuration.data, prefix=".backup-") as folder:
        yield Path(folder)
