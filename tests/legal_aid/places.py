"""Every place of an installation in which words of a visitor could lie: how to read it whole, and to plant a bird."""

import sqlite3
import subprocess
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import redis

from tests.legal_aid import canary
from tests.legal_aid.installation import Installation
from tests.servers.postgres import PostgresServer

PLACES = ("database", "dump", "files", "tmp", "logs", "mail", "cache", "broker")
READ = {"string": "get", "hash": "hgetall", "set": "smembers"}
BLANK = b"\0" * 512


class Places:
    """The places of `site`; with `server` its database is on PostgreSQL, whose log and data folder are ours to read."""

    def __init__(self, site: Installation, server: PostgresServer | None) -> None:
        self.site, self.server = site, server
        if server:
            # What was logged before has nothing of a visitor, and is a lot.
            self.ask("SELECT pg_switch_wal()")
            self.ask("CHECKPOINT")
        self.ask(f"CREATE TABLE planted (words {'bytea' if server else 'BLOB'}, written TEXT)")

    def ask(self, statement: str, values: Sequence[object] = ()) -> Any:
        """The first column of the first row that a statement gives, `%s` in it standing for a value; null for none.

        The connection is closed before any file is read: closing a file of SQLite drops this process's locks.
        """
        if self.server:
            with psycopg.connect(self.site.variables["DATABASE"], autocommit=True) as connection:
                cursor = connection.execute(statement, values)
                row = cursor.fetchone() if cursor.description else None
        else:
            with closing(sqlite3.connect(self.site.data / "platform.sqlite3", timeout=20)) as connection, connection:
                row = connection.execute(statement.replace("%s", "?"), values).fetchone()
        return row[0] if row else None

    def content(self, place: str) -> bytes:
        """Everything that lies in a place, as bytes, without long blanks."""
        if place in {"cache", "broker"}:
            return _kept(self.site.variables[place.upper()])
        if place == "dump":
            return self._dump()
        return b"\n".join(self._files(place)).replace(BLANK, b"")

    def plant(self, place: str, text: str) -> set[str]:
        """Put a clear bird into a place, in every spelling and compressed; which of them must be found there."""
        spelled = canary.spellings(text) | {"gzip, utf-8": canary.packed(text)}
        everything = b"\n".join(spelled.values())
        if place in {"cache", "broker"}:
            redis.Redis.from_url(self.site.variables[place.upper()]).rpush("planted", everything)
        elif place == "database":
            for octets in spelled.values():
                self.ask("INSERT INTO planted (words) VALUES (%s)", [octets])
        elif place == "dump":
            # What a dump writes as text; everything else stands in it as hex.
            spelled = {name: octets for name, octets in spelled.items() if "16" not in name and "gzip" not in name}
            for octets in spelled.values():
                self.ask("INSERT INTO planted (written) VALUES (%s)", [octets.decode()])
        else:
            folder = self.site.data / place
            folder.mkdir(exist_ok=True)
            (folder / "planted").write_bytes(everything)
        return set(spelled)

    def seen(self, texts: Sequence[str]) -> list[str]:
        """Where any of the texts stands, in which spelling."""
        found = []
        for place in PLACES:
            content = self.content(place)
            found += [f"{place}: {sighting}" for text in texts for sighting in canary.sightings(text, content)]
        return found

    def _files(self, place: str) -> list[bytes]:
        if place == "database":
            return self._pages()
        files = _below(self.site.data / place)
        if place == "logs" and self.server:
            files.append(self.server.folder / "log")
        return [str(path).encode() + b"\n" + path.read_bytes() for path in files]

    def _pages(self) -> list[bytes]:
        """The database's own files: pages and write-ahead log."""
        if not self.server:
            return [content for path in sorted(self.site.data.glob("platform.sqlite3*")) for content in _content(path)]
        number = self.ask("SELECT oid FROM pg_database WHERE datname = current_database()")
        logged = [path.read_bytes() for path in _below(self.server.data / "pg_wal")]
        self.ask("CHECKPOINT")
        return logged + [path.read_bytes() for path in _below(self.server.data / "base" / str(number))]

    def _dump(self) -> bytes:
        if self.server:
            command = [str(self.server.bin / "pg_dump"), "--inserts", self.site.variables["DATABASE"]]
            return subprocess.run(command, check=True, capture_output=True).stdout
        with closing(sqlite3.connect(self.site.data / "platform.sqlite3", timeout=20)) as connection:
            return "\n".join(connection.iterdump()).encode()


def _content(path: Path) -> list[bytes]:
    """What a file holds; nothing of one that went while it was looked for, as SQLite's shared memory does."""
    try:
        return [path.read_bytes()]
    except FileNotFoundError:
        return []


def _below(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _kept(url: str) -> bytes:
    """All keys and values of a Valkey, whatever their kind."""
    with closing(redis.Redis.from_url(url)) as server:
        found = []
        for key in server.scan_iter():
            kind = server.type(key).decode()
            if kind == "list":
                values: Any = server.lrange(key, 0, -1)
            elif kind == "zset":
                values = server.zrange(key, 0, -1)
            else:
                values = getattr(server, READ[kind])(key)
            found += [key, *_flat(values)]
        return b"\n".join(found)


def _flat(values: Any) -> list[bytes]:
    if isinstance(values, bytes):
        return [values]
    if isinstance(values, dict):
        return [octets for pair in values.items() for octets in pair]
    return list(values or [])
