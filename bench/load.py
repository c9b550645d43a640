"""Many clients at once over kept-alive connections: how many answers a second, and which."""

from __future__ import annotations

import http.client
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Asked:
    """One request, ready to be sent."""

    path: str
    body: bytes
    headers: dict[str, str]


@dataclass
class Answers:
    """What came back: how often each status, which requests were acknowledged, and how long all of it took."""

    statuses: Counter[int] = field(default_factory=Counter)
    acknowledged: list[bytes] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def per_second(self) -> float:
        return sum(self.statuses.values()) / self.seconds


def drive(port: int, requests: Sequence[Asked], *, clients: int = 32) -> Answers:
    """Send every request once, `clients` at a time, each client on one connection."""
    answers, lock = Answers(), threading.Lock()
    waiting = iter(requests)

    def client() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while True:
            with lock:
                asked = next(waiting, None)
            if asked is None:
                connection.close()
                return
            status, body = one(connection, asked)
            with lock:
                answers.statuses[status] += 1
                if status in {200, 201}:
                    answers.acknowledged.append(body)

    threads = [threading.Thread(target=client) for _ in range(clients)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    answers.seconds = time.perf_counter() - started
    return answers


def one(connection: http.client.HTTPConnection, asked: Asked) -> tuple[int, bytes]:
    """The status and body of one answer; 0 when the connection broke."""
    try:
        connection.request("POST", asked.path, body=asked.body, headers=asked.headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    except (OSError, http.client.HTTPException):
        connection.close()
        return 0, b""
