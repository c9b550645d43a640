"""A standby of a PostgreSQL server: copied by pg_basebackup, fed by streaming, and promoted when the first is gone."""

import os
import signal
import subprocess
import time
from pathlib import Path

import psycopg

from tests.servers import processes
from tests.servers.postgres import PostgresServer

NAME = "standby"


class StandbyServer(PostgresServer):
    """Starts at once as a copy of `primary`, whose commits from then on wait for it if they are `synchronous`."""

    def __init__(self, primary: PostgresServer, *, synchronous: bool) -> None:
        self.primary = primary
        super().__init__()
        waits = "on" if synchronous else "local"
        self._tell(
            primary,
            f"ALTER SYSTEM SET synchronous_standby_names = '{NAME}'",
            # What a role is given comes before the command line of the tests' servers.
            f"ALTER ROLE postgres SET synchronous_commit = '{waits}'",
            "SELECT pg_reload_conf()",
        )
        self._until(primary, "SELECT count(*) = 1 FROM pg_stat_replication WHERE sync_state = 'sync'")

    def _initialise(self) -> None:
        source = f"host=127.0.0.1 port={self.primary.port} user=postgres application_name={NAME}"
        subprocess.run(
            [str(self.bin / "pg_basebackup"), "-D", str(self.data), "-d", source, "-R", "-X", "stream", "-c", "fast",
             "--no-sync"],
            check=True, capture_output=True, **processes.as_servant(),
        )  # fmt: skip

    def is_cut_off(self) -> None:
        """The line to the primary breaks: nothing more comes from there."""
        self._tell(self, "ALTER SYSTEM SET primary_conninfo = ''", "SELECT pg_reload_conf()")
        self._until(self, "SELECT count(*) = 0 FROM pg_stat_wal_receiver")

    def takes_over(self) -> None:
        """The primary dies without a word, and this one is promoted."""
        pid = self.primary.process.pid
        backends = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        for one in (pid, *map(int, backends)):
            os.kill(one, signal.SIGKILL)
        self.primary.process.wait()
        self._until(self, "SELECT pg_promote(true, 60)")

    def address(self, database: str) -> str:
        """Where a database of the primary stands here."""
        return database.replace(f":{self.primary.port}/", f":{self.port}/")

    @staticmethod
    def _tell(server: PostgresServer, *words: str) -> None:
        with psycopg.connect(server.url, autocommit=True) as connection:
            for one in words:
                connection.execute(one)

    @staticmethod
    def _until(server: PostgresServer, question: str) -> None:
        with psycopg.connect(server.url, autocommit=True) as connection:
            for _ in range(600):
                if connection.execute(question).fetchone() == (True,):
                    return
                time.sleep(0.1)  # asks the server, which tells nobody that it changed
        raise AssertionError(question)
