"""The doctor: looks at an installation as an operator would and says in plain words what is well and what is not."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.mail import get_connection
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from hrdplatform import notices
from hrdplatform.audit import anchors
from hrdplatform.audit.models import Entry
from hrdplatform.conf import ROOT, configuration
from hrdplatform.notices import turns
from hrdplatform.notices.models import Notice
from hrdplatform.operations import buckets
from hrdplatform.operations.backups import secret_files
from hrdplatform.web import clock
from legal_aid.domain import blobs

POSTGRESQL = {
    "fsync": "on",
    "log_statement": "none",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length_on_error": "0",
    "wal_recycle": "off",
}
"""Settings with which what was saved stays saved, what was erased goes, and nothing that people typed is logged."""
LEAST_SPACE = 0.1
"""The share of the disk below which uploads are refused."""


@dataclass(frozen=True)
class Finding:
    """One sentence about one thing; `well` says whether the operator may leave it as it is."""

    about: str
    well: bool
    words: str


def examine() -> Iterator[Finding]:
    """Every finding, as it is made. Whatever a look raises is a finding itself, named by its class."""
    for about, look in LOOKS.items():
        try:
            for words in look():
                well = not words.startswith("! ")
                yield Finding(about, well, words.removeprefix("! "))
        except Exception as error:  # noqa: BLE001  # drivers raise what they like; the doctor goes on and says so
            yield Finding(about, well=False, words=f"could not be looked at: {type(error).__name__}.")


def data_folder() -> Iterator[str]:
    """Exists, closed to others, with room left."""
    folder = configuration.data
    yield f"{folder}" if folder.is_dir() else f"! {folder} is missing."
    if stat.S_IMODE(folder.stat().st_mode) & 0o077:
        yield f"! others on this machine can enter it: chmod 700 {folder}"
    space = shutil.disk_usage(folder)
    share = space.free / space.total
    words = f"{share:.0%} of the disk is free."
    yield words if share >= LEAST_SPACE else f"! only {words} Uploads are refused below {LEAST_SPACE:.0%}."


def secrets() -> Iterator[str]:
    """Each file is there, ours, closed to others."""
    for name, path in sorted(secret_files().items()):
        yield _secret(name, path)


def _secret(name: str, path: Path) -> str:
    if not path.exists():
        late = path == configuration.audit_key_file and not configuration.production
        return f"{name} is made when it is first needed." if late else f"! {name} is missing: run `manage.py secrets`."
    mode = stat.S_IMODE(path.stat().st_mode)
    return f"! others can read {path}: chmod 600 {path}" if mode & 0o077 else f"{name} is safe, mode {mode:04o}."


def database() -> Iterator[str]:
    """Answers, is up to date, and is set so that what was saved stays saved and what was erased stays erased."""
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    yield f"! {len(missing)} migrations are missing: run `manage.py migrate`." if missing else "up to date."
    if connection.vendor == "sqlite":
        for pragma, wanted in (("journal_mode", "wal"), ("synchronous", 2), ("secure_delete", 1)):
            found = _value(f"PRAGMA {pragma}")
            yield f"{pragma} is {found}." if found == wanted else f"! {pragma} is {found}, it should be {wanted}."
        return
    for name, wanted in POSTGRESQL.items():
        found = _value(f"SHOW {name}")
        yield f"{name} is {found}." if found == wanted else f"! {name} is {found}, it should be {wanted}."
    yield from _forgetting()


def _forgetting() -> Iterator[str]:
    """Whether this role may drive what was erased out of tables and log (sealing.md 5, *Erase*)."""
    segment = "SELECT has_function_privilege('pg_switch_wal()', 'EXECUTE')"
    foreign = (
        "SELECT count(*) FROM pg_tables WHERE tablename LIKE 'legal_aid%' AND NOT pg_has_role(tableowner, 'USAGE')"
    )
    if not _value(segment):
        yield "! what was erased stays in the log: this role needs EXECUTE ON FUNCTION pg_switch_wal()."
    if count := _value(foreign):
        yield f"! what was erased stays in the tables: this role does not own {count} of legal_aid's."


def _value(statement: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


def audit_record() -> Iterator[str]:
    """Its triggers stand, it is being linked, and somebody keeps its heads."""
    wanted = {"audit_entry_keep", "audit_entry_link_once", "audit_anchor_keep"}
    table = "sqlite_master WHERE type = 'trigger'" if connection.vendor == "sqlite" else "pg_trigger WHERE true"
    column = "name" if connection.vendor == "sqlite" else "tgname"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table}")  # noqa: S608  # words of this function only
        missing = wanted - {row[0] for row in cursor.fetchall()}
    yield f"! triggers are missing: {', '.join(sorted(missing))}." if missing else "updates and deletes are refused."
    waiting = Entry.objects.unlinked().filter(at__lt=clock.now() - timedelta(days=2)).count()
    yield f"! {waiting} entries wait for more than two days to be linked." if waiting else "linked up to now."
    keepers = len(anchors.recipients())
    yield (
        f"{keepers} people are mailed its head each day."
        if keepers
        else "! nobody is mailed its head: no administrator."
    )


def storage() -> Iterator[str]:
    """A file can be written, read and removed."""
    name = default_storage.save(f"health/{os.urandom(16).hex()}", ContentFile(b"well"))
    try:
        with default_storage.open(name) as file:
            yield "writes and reads." if file.read() == b"well" else "! gives back something else than was written."
    finally:
        default_storage.delete(name)
    yield from (f"! {words}" for words in buckets.memories(default_storage))


def sealed_files() -> Iterator[str]:
    """Every part of a sealed file has its row and its bytes."""
    lost, stray = blobs.without_bytes(), blobs.without_row()
    yield f"! {lost} parts of sealed files are lost: restore them from a backup." if lost else "none is lost."
    yield f"! {stray} files below sealed/ belong to nothing: remove them." if stray else "none belongs to nothing."


def mail() -> Iterator[str]:
    """The mail server lets us in; no mail is sent."""
    if "smtp" in settings.EMAIL_BACKEND:
        mailer = get_connection(settings.EMAIL_BACKEND)
        mailer.open()
        mailer.close()
        yield "the mail server answers."
    else:
        yield f"letters go to {configuration.email}."
    parked = Notice.objects.parked().count()
    if parked:
        yield f"! {parked} notices were set aside after their last try: look at them in the office."


def worker() -> Iterator[str]:
    """Gave a sign of life, and none of its work fails."""
    seen = notices.worker_seen()
    if seen is None:
        yield "! it never ran: start `manage.py work`, or Celery's worker and beat."
    elif clock.now() - seen > timedelta(seconds=90):
        yield f"! last seen {seen:%Y-%m-%d %H:%M} UTC."
    else:
        yield "runs."
    for turn in turns.failing():
        yield f"! {turn.name} failed {turn.failures} times in a row, last with {turn.failure}."


def browser_scripts() -> Iterator[str]:
    """The scripts that seal in the browser were bundled, and their manifest is here."""
    manifest = ROOT / "build" / "bundle-manifest.json"
    yield "bundled." if manifest.exists() else "! not bundled: without `node deploy/bundle.mjs` no browser can seal."


LOOKS: dict[str, Callable[[], Iterator[str]]] = {
    "data folder": data_folder,
    "secrets": secrets,
    "database": database,
    "audit record": audit_record,
    "storage": storage,
    "sealed files": sealed_files,
    "mail": mail,
    "worker": worker,
    "browser scripts": browser_scripts,
}
