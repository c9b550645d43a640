"""gunicorn's worker of threads for a house that streams bodies: who is slow keeps a thread while nobody else needs it.

The proxies pass bodies on as they come, so a client that sends or reads a byte a second would hold its thread for
hours, and a handful of them the whole house. Here a connection that waits for its client gives way when others wait for
a thread: first the one that would keep its thread longest, so that a text on a slow line outlives a film, none before
it was judged, and never the quarter of the threads that is done soonest. Addresses are not looked at: behind an onion
service everybody has the same one.
"""

from __future__ import annotations

import errno
import math
import select
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import IO, Any

from gunicorn.http.message import Request
from gunicorn.workers.gthread import TConn, ThreadWorker

GRACE = 3.0
"""Seconds of waiting for a client after which its pace is judged, each time anew."""
TURN = 0.5
"""Seconds between two looks at the queue; who is in it for less, as in a moment's rush, makes nobody give way."""
PIECE = 256 * 1024


class PatientSocket:
    """A connected socket whose blocking calls wait in turns. Raises `ConnectionResetError` where it has to give way.

    Where gunicorn sets a timeout (5 s for what is left of a body that nobody read), Python itself waits as ever.
    """

    def __init__(self, sock: socket.socket, worker: PatientWorker) -> None:
        self.sock, self.worker = sock, worker
        self.begin()

    def begin(self) -> None:
        """A new request: its client has all of its grace again. Nobody knows how long it is until its head is read."""
        self.body = self.rest = self.pace = math.inf
        self.waited, self.octets = 0.0, 0

    @property
    def seconds(self) -> float:
        """How long its client needs, at its last pace, for the rest of the body or of the piece that it reads."""
        return self.rest * self.pace

    def __getattr__(self, name: str) -> Any:
        return getattr(self.sock, name)

    def recv(self, size: int) -> bytes:
        data: bytes = self._patiently(lambda: self.sock.recv(size, socket.MSG_DONTWAIT), select.POLLIN, self.body)
        self.octets += len(data)
        self.body -= len(data)
        return data

    def sendall(self, data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            sent: int = self._patiently(
                lambda: self.sock.send(rest, socket.MSG_DONTWAIT),  # noqa: B023 - called at once
                select.POLLOUT,
                len(rest),
            )
            self.octets += sent
            rest = rest[sent:]

    send = sendall

    def sendfile(self, file: IO[bytes], offset: int, count: int) -> None:
        """As `socket.sendfile`, whose system call would wait for the client without end."""
        file.seek(offset)
        while count > 0 and (piece := file.read(min(PIECE, count))):
            self.sendall(piece)
            count -= len(piece)

    def _patiently(self, work: Callable[[], Any], event: int, rest: float) -> Any:
        with suppress(BlockingIOError):
            return work()
        self.rest = rest
        poll = select.poll()
        poll.register(self.sock, event)
        try:
            while True:
                if self.worker.must_go(self):
                    self._give_way()
                self._wait(poll)
                with suppress(BlockingIOError):
                    return work()
        finally:
            self.worker.goes_on(self)

    def _wait(self, poll: select.poll) -> None:
        begun = time.monotonic()
        poll.poll(TURN * 1000)
        self.waited += time.monotonic() - begun
        if self.waited >= GRACE:
            self.pace, self.waited, self.octets = self.waited / max(self.octets, 1), 0.0, 0

    def _give_way(self) -> None:
        """Shut both ways: an answer to half a form would show its sender an empty one, and closing waits for nobody."""
        with suppress(OSError):
            self.sock.shutdown(socket.SHUT_RDWR)
        raise ConnectionResetError(errno.ECONNRESET, "gave way")


class PatientWorker(ThreadWorker):
    """gunicorn's gthread with patient sockets. Where gunicorn itself speaks TLS, its sockets stay as they are."""

    def init_process(self) -> None:
        self.lock = threading.Lock()
        self.queue: dict[TConn, float] = {}
        """Since when each connection waits for a thread."""
        self.promised = 0
        """To how many of the queue somebody gave way."""
        self.standing: set[PatientSocket] = set()
        super().init_process()

    def enqueue_req(self, conn: TConn) -> None:
        with self.lock:
            self.queue[conn] = time.monotonic()
        super().enqueue_req(conn)

    def handle(self, conn: TConn) -> object:
        with self.lock:
            del self.queue[conn]
            self.promised = max(0, self.promised - 1)
        if not self.cfg.is_ssl:
            if not isinstance(conn.sock, PatientSocket):
                conn.sock = PatientSocket(conn.sock, self)
            conn.sock.begin()
        return super().handle(conn)

    def handle_request(self, req: Request, conn: TConn) -> object:
        if isinstance(conn.sock, PatientSocket):
            length = getattr(req.body.reader, "length", math.inf)  # none where the body comes in chunks
            conn.sock.body = length - len(conn.parser.unreader.buf.getvalue())
        return super().handle_request(req, conn)

    def must_go(self, one: PatientSocket) -> bool:
        """Whether `one` gives way now. For each who has waited a turn one goes: who needs longest.

        Who is not judged yet counts as longest, so that a slow text outlives a film that has only just begun.
        """
        with self.lock:
            self.standing.add(one)
            late = time.monotonic() - TURN
            waiting = sum(since < late for since in self.queue.values())
            longer = sum(other.seconds > one.seconds for other in self.standing)
            stays = one.pace == math.inf or len(self.standing) - longer <= self.cfg.threads // 4
            if stays or longer >= waiting - self.promised:
                return False
            self.promised += 1
            return True

    def goes_on(self, one: PatientSocket) -> None:
        with self.lock:
            self.standing.discard(one)
