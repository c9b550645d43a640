"""gunicorn's worker of threads for a house that streams bodies: who is slow keeps a thread while nobody else needs it.

The proxies pass bodies on as they come, so a client that sends or reads a byte a second would hold its thread for
hours, and a handful of them the whole house. Here a connection that waits for its client gives way when others wait for
a thread: the slowest of all first, and none before it had some seconds. Whoever is cut off sends again; where there is
room, nobody is cut off for being slow. Addresses are not looked at: behind an onion service everybody has the same one.
"""

from __future__ import annotations

import errno
import select
import socket
import threading
import time
from collections.abc import Callable
from typing import IO, Any

from gunicorn.workers.gthread import TConn, ThreadWorker

GRACE = 3.0
"""Seconds of work with a client, and of each new judgement of its speed, before it may have to give way."""
TURN = 0.5
"""Seconds between two looks at whether somebody else waits."""
PIECE = 256 * 1024


class GaveWayError(ConnectionResetError):
    """The slowest client gave its thread to somebody who waited."""


class Crowd:
    """The connections of one process that wait for their clients, and how many others wait for a thread."""

    def __init__(self, queued: Callable[[], int]) -> None:
        self.queued = queued
        self.lock = threading.Lock()
        self.standing: set[PatientSocket] = set()
        self.leaving: set[PatientSocket] = set()

    def must_go(self, one: PatientSocket) -> bool:
        """Whether `one` gives way now. For each who waits for a thread, one goes."""
        with self.lock:
            if self.queued() <= len(self.leaving):
                return False
            judged = [other for other in self.standing if other.speed is not None]
            if one.speed is None or one.speed > min(other.speed for other in judged if other.speed is not None):
                return False
            self.standing.discard(one)
            self.leaving.add(one)
            return True

    def enters(self, one: PatientSocket) -> None:
        with self.lock:
            self.standing.add(one)

    def leaves(self, one: PatientSocket) -> None:
        with self.lock:
            self.standing.discard(one)

    def is_gone(self, one: PatientSocket) -> None:
        with self.lock:
            self.leaving.discard(one)


class PatientSocket:
    """A connected socket whose blocking calls wait in turns. Raises `GaveWayError` where it has to give way."""

    def __init__(self, sock: socket.socket, crowd: Crowd) -> None:
        self.sock, self.crowd = sock, crowd
        self.speed: float | None = None
        """Octets a second of the last stretch; None before the first is over."""
        self.begin()

    def begin(self) -> None:
        """A new request: its client has all of its grace again."""
        self.speed, self.since, self.octets = None, time.monotonic(), 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self.sock, name)

    def recv(self, size: int, flags: int = 0) -> bytes:
        data: bytes = self._patiently(lambda: self.sock.recv(size, flags | socket.MSG_DONTWAIT), select.POLLIN)
        self.octets += len(data)
        return data

    def sendall(self, data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            sent: int = self._patiently(lambda: self.sock.send(rest, socket.MSG_DONTWAIT), select.POLLOUT)  # noqa: B023 - called at once
            self.octets += sent
            rest = rest[sent:]

    def send(self, data: bytes) -> int:
        self.sendall(data)
        return len(data)

    def sendfile(self, file: IO[bytes], offset: int = 0, count: int | None = None) -> int:
        """As `socket.sendfile`, whose system call would wait for the client without end."""
        file.seek(offset)
        done = 0
        while (count is None or done < count) and (
            piece := file.read(PIECE if count is None else min(PIECE, count - done))
        ):
            self.sendall(piece)
            done += len(piece)
        return done

    def _patiently(self, work: Callable[[], Any], event: int) -> Any:
        try:
            return work()
        except BlockingIOError:
            self.crowd.enters(self)
        try:
            return self._wait(work, event)
        finally:
            self.crowd.leaves(self)

    def _wait(self, work: Callable[[], Any], event: int) -> Any:
        """Raises TimeoutError where the socket has a timeout that is over."""
        longest = self.sock.gettimeout()
        end = None if longest is None else time.monotonic() + longest
        poll = select.poll()
        poll.register(self.sock, event)
        while True:
            left = TURN if end is None else min(TURN, end - time.monotonic())
            if left <= 0:
                raise TimeoutError
            poll.poll(left * 1000)
            self._judge()
            if self.crowd.must_go(self):
                raise GaveWayError(errno.ECONNRESET, "gave way")
            try:
                return work()
            except BlockingIOError:
                continue

    def _judge(self) -> None:
        now = time.monotonic()
        if now - self.since >= GRACE:
            self.speed, self.since, self.octets = self.octets / (now - self.since), now, 0


class PatientWorker(ThreadWorker):
    """gunicorn's gthread with patient sockets."""

    def init_process(self) -> None:
        self.crowd = Crowd(self.queued)
        super().init_process()

    def queued(self) -> int:
        """How many connections wait for a thread."""
        handled = self.nr_conns - len(self.keepalived_conns) - len(self.pending_conns)
        return int(handled - self.cfg.threads)

    def handle(self, conn: TConn) -> object:
        if isinstance(conn.sock, PatientSocket):
            conn.sock.begin()
        else:
            conn.sock = PatientSocket(conn.sock, self.crowd)
        return super().handle(conn)

    def finish_request(self, conn: TConn, fs: object) -> None:
        super().finish_request(conn, fs)
        self.crowd.is_gone(conn.sock)
