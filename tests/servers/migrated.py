"""Databases as the migrations leave them: made by the migrations once, then copied for whoever needs one.

A file of SQLite and a dump of PostgreSQL are kept in `build/` until a migration, a model or a locked package changes;
a server of PostgreSQL keeps a database that the next ones are made after. What tests the migrations asks for neither.
"""

import fcntl
import hashlib
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from hrdplatform.conf import ROOT
from tests.servers import commands
from tests.servers.postgres import programs

FOLDER = ROOT / "build" / "migrated"
ROOMS = ("hrdplatform", "legal_aid", "consultations", "strategies", "cms")
PARTS = {"migrations", "models", "models.py", "apps.py", "settings.py", "states.py", "trees.py"}
LOCK = 20_261_123


@cache
def mark() -> str:
    """A hash over all that decides what the migrations leave."""
    files = [file for room in ROOMS for file in (ROOT / room).rglob("*.py") if PARTS & set(file.parts)]
    digest = hashlib.sha256()
    for file in [*sorted(files), ROOT / "requirements" / "test.txt"]:
        digest.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


@contextmanager
def _alone() -> Iterator[None]:
    """One process at a time: the others wait for what it makes."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _migrate(data: Path, **variables: str) -> None:
    done = commands.manage(data, "migrate", "-v0", **variables)
    assert done.returncode == 0, done.stderr


def lay_sqlite(target: Path) -> None:
    """A migrated database as the file `target`."""
    kept = FOLDER / f"{mark()}.sqlite3"
    with _alone():
        if not kept.exists():
            with tempfile.TemporaryDirectory(prefix="hrd-migrated-") as data:
                _migrate(Path(data))
                made = Path(data) / "platform.sqlite3"
                with closing(sqlite3.connect(made)) as connection:
                    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                for old in FOLDER.glob("*.sqlite3"):
                    old.unlink()
                partly = FOLDER / "partly"
                shutil.copyfile(made, partly)
                partly.replace(kept)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(kept, target)


def postgresql_template(url: str) -> str:
    """The name of the migrated database on the server at `url`, which CREATE DATABASE takes as its TEMPLATE."""
    name, making = f"migrated_{mark()}", urlunsplit(urlsplit(url)._replace(path="/migrating"))
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is None:
            connection.execute("DROP DATABASE IF EXISTS migrating")
            connection.execute("CREATE DATABASE migrating ENCODING 'UTF8' TEMPLATE template0")
            _fill(making)
            connection.execute(f"ALTER DATABASE migrating RENAME TO {name}")
    return name


def _fill(url: str) -> None:
    """The tables into the empty database at `url`: from the dump, which the first one leaves."""
    kept = FOLDER / f"{mark()}.dump"
    with _alone():
        if kept.exists():
            _postgresql("pg_restore", "--no-owner", "--exit-on-error", "--dbname", url, str(kept))
            return
        with tempfile.TemporaryDirectory(prefix="hrd-migrated-") as data:
            _migrate(Path(data), DATABASE=url)
        for old in FOLDER.glob("*.dump"):
            old.unlink()
        partly = FOLDER / "partly"
        _postgresql("pg_dump", "--format=custom", "--file", str(partly), url)
        partly.replace(kept)


def _postgresql(program: str, *words: str) -> None:
    done = subprocess.run([programs() / program, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def install(data: Path) -> None:
    """An installation in `data` on SQLite that has been migrated."""
    lay_sqlite(data / "platform.sqlite3")
