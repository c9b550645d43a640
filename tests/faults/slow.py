"""A crowd of slow clients: each holds a connection open, and sends or reads a little each second."""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Self

CROWD = 24
"""Three times as many as one web process has threads."""


def slow_form(host: str, length: int = 5000) -> bytes:
    """The head of a form; at a byte a second it takes more than an hour."""
    return (
        f"POST /en/aid/request/plain/ HTTP/1.1\r\nHost: {host}\r\nContent-Length: {length}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
    ).encode()


class SlowCrowd:
    """Opens its connections at once; a thread of its own keeps them busy until the end."""

    def __init__(
        self, connect: Callable[[], socket.socket], first: bytes, *, reads: bool = False, piece: bytes = b"a"
    ) -> None:
        self.reads, self.piece = reads, piece
        self.connections = [connect() for _ in range(CROWD)]
        for connection in self.connections:
            connection.sendall(first)
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._go_on, daemon=True)
        self.thread.start()

    def _go_on(self) -> None:
        while not self.over.wait(1):
            for connection in self.connections:
                with suppress(OSError):  # the server has ended this one
                    if self.reads:
                        connection.recv(1, socket.MSG_DONTWAIT)
                    else:
                        connection.send(self.piece)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.thread.join()
        for connection in self.connections:
            connection.close()
