"""A tiny loopback site for the browser tests: files of one folder under the strict policy of the aid door, and
live doors.
"""

import http.server
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

POLICY = (
    "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'; img-src 'self' blob:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
TYPES = {
    ".js": "text/javascript",
    ".txt": "text/plain; charset=utf-8",
    ".json": "application/json",
    ".html": "text/html",
}

Answer = tuple[int, str, bytes]
Door = Callable[[str, str, dict[str, str], bytes], Answer]


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    folder: Path
    door: Door | None

    def respond(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length)
        status, kind, answer = self.answer(body)
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(answer)))
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(answer)

    def answer(self, body: bytes) -> Answer:
        path = self.path.partition("?")[0]
        door = self.server.door  # type: ignore[attr-defined]
        if door is not None and not path.startswith("/static/"):
            headers = {name.lower(): value for name, value in self.headers.items()}
            found = door(self.command, self.path, headers, body)
            if found is not None:
                return found
        if path == "/":
            return 200, TYPES[".html"], b'<!DOCTYPE html><title>t</title><script src="/static/harness.js"></script>'
        file = (self.server.folder / path.removeprefix("/static/")).resolve()  # type: ignore[attr-defined]
        if path.startswith("/static/") and file.is_file():
            return 200, TYPES.get(file.suffix, "application/octet-stream"), file.read_bytes()
        return 404, "text/plain", b""

    do_GET = do_POST = do_PUT = do_DELETE = respond  # noqa: N815  # the names that http.server calls

    def log_message(self, *args: object) -> None:
        """Say nothing: the tests read what the door noted."""


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    folder: Path
    door: Door | None = None

    @property
    def address(self) -> str:
        return f"http://localhost:{self.server_port}"


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    server = Server(("127.0.0.1", 0), Handler)
    server.folder = folder
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
