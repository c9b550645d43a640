"""Dumps: the whole database as one file, consistent while the platform runs, and back again."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from pathlib import Path

from django.db import connection, connections


class DumpError(Exception):
    """The database could not be written out or read back; the message says why and what to do."""


def engine() -> str:
    """`sqlite` or `postgresql`."""
    return connection.vendor


def file_name() -> str:
    """The name of the dump in an archive; a dump of the one engine is nothing to the other."""
    return "database.sqlite3" if engine() == "sqlite" else "database.pgdump"


def dump(target: Path) -> None:
    """Write the database to `target`, as of one moment. Raises `DumpError`."""
    if engine() == "sqlite":
        _dump_sqlite(target)
    else:
        _run_postgresql("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")


def load(source: Path) -> None:
    """Put the database in `source` in place of the one there is. Raises `DumpError`; then the old one stands."""
    if engine() == "sqlite":
        _check_sqlite(source)
        place = Path(connection.settings_dict["NAME"])
        connections.close_all()
        for name in (f"{place}-wal", f"{place}-shm"):
            Path(name).unlink(missing_ok=True)
        shutil.move(source, place)
        return
    name = str(connection.settings_dict["NAME"])
    connections.close_all()
    _run_postgresql(
        "pg_restore", "--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction",
        "--exit-on-error", f"--dbname={name}", str(source),
    )  # fmt: skip


def has_content() -> bool:
    """Whether somebody has used this database: it knows a person or an event."""
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in ("accounts_user", "audit_entry"):
            if table in tables:
                cursor.execute(f"SELECT 1 FROM {table} LIMIT 1")  # noqa: S608  # one of the two words above
                if cursor.fetchone():
                    return True
    return False


def _dump_sqlite(target: Path) -> None:
    connection.ensure_connection()
    copy = sqlite3.connect(target)
    try:
        connection.connection.backup(copy)
        # A single file without a log beside it, whatever the mode of the one it was copied from.
        copy.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        raise DumpError(f"SQLite could not be copied: {error}.") from error
    finally:
        copy.close()
    target.chmod(0o600)
    _check_sqlite(target)


def _check_sqlite(path: Path) -> None:
    checked = sqlite3.connect(path)
    try:
        answer = checked.execute("PRAGMA quick_check").fetchone()[0]
    except sqlite3.Error as error:
        raise DumpError(f"The copy is no SQLite database: {error}.") from error
    finally:
        checked.close()
    if answer != "ok":
        raise DumpError(f"The copy is damaged: {answer}.")


def _run_postgresql(program: str, *arguments: str) -> None:
    path = shutil.which(program)
    if path is None:
        raise DumpError(f"`{program}` is missing. Install PostgreSQL's client of the server's version, or newer.")
    settings = connection.settings_dict
    surroundings = {
        "LC_ALL": "C",
        "PGHOST": str(settings["HOST"]),
        "PGPORT": str(settings["PORT"] or 5432),
        "PGUSER": str(settings["USER"]),
        "PGPASSWORD": str(settings["PASSWORD"]),
        "PGDATABASE": str(settings["NAME"]),
        **{f"PG{name.upper()}": str(value) for name, value in settings["OPTIONS"].items() if name.startswith("ssl")},
    }
    done = subprocess.run([path, *arguments], env=surroundings, capture_output=True, text=True, check=False)
    if done.returncode:
        first = (done.stderr.strip() or "no reason given").splitlines()[0]
        raise DumpError(f"`{program}` failed: {first}")
