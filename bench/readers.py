"""Many readers of one page over kept-alive connections, so thin that the server is measured and not they."""

from __future__ import annotations

import selectors
import socket
import time

from bench import site
from bench.library import Served, Stand

READERS = 16
"""As many as the server has threads."""


class Reader:
    """One connection that asks again when it was answered."""

    def __init__(self, port: int, request: bytes) -> None:
        self.request = request
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = b""

    def ask(self) -> None:
        self.socket.sendall(self.request)

    def answered(self) -> bool:
        """Reads what has come; whether that was the rest of an answer. Raises `RuntimeError` for any but 200."""
        self.buffer += self.socket.recv(1 << 18)
        head, found, body = self.buffer.partition(b"\r\n\r\n")
        if not found:
            return False
        if b" 200 " not in head[:20]:
            raise RuntimeError(f"answered {head[:200]!r}")
        length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
        if len(body) < length:
            return False
        self.buffer = b""
        return True


def request(address: str) -> bytes:
    return f"GET {address} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip, br\r\n\r\n".encode()


def per_second(port: int, address: str, number: int) -> float:
    """Answers a second over `number` visits to one address, all readers at once."""
    readers = [Reader(port, request(address)) for _ in range(READERS)]
    with selectors.DefaultSelector() as waiting:
        for reader in readers:
            waiting.register(reader.socket, selectors.EVENT_READ, reader)
        start, left, open_answers = time.perf_counter(), number, 0
        for reader in readers:
            reader.ask()
            left, open_answers = left - 1, open_answers + 1
        while open_answers:
            for ready, _events in waiting.select(60):
                if not ready.data.answered():
                    continue
                open_answers -= 1
                if left > 0:
                    ready.data.ask()
                    left, open_answers = left - 1, open_answers + 1
        seconds = time.perf_counter() - start
    for reader in readers:
        reader.socket.close()
    return number / seconds


def ratios(stand: Stand, address: str, *, number: int, runs: int) -> dict[str, list[float]]:
    """A page against the bare view, run by run in turn: answers a second (`ratio`), and time of the web processes on a
    processor for one answer (`cpu_ratio`, which other programs on the machine disturb less).
    """
    per_second(stand.reference.port, "/", 20 * READERS)
    per_second(stand.ours.port, address, 4 * READERS)
    found: dict[str, list[float]] = {"ratio": [], "cpu_ratio": []}
    for _ in range(runs):
        bare, bare_cpu = measured(stand.reference, "/", max(number, 1500))
        ours, ours_cpu = measured(stand.ours, address, number)
        found["ratio"].append(ours / bare)
        found["cpu_ratio"].append(bare_cpu / ours_cpu)
    return found


def measured(served: Served, address: str, number: int) -> tuple[float, float]:
    """Answers a second, and processor seconds for one of them."""
    before = site.processor_seconds(served.process)
    pace = per_second(served.port, address, number)
    return pace, (site.processor_seconds(served.process) - before) / number
