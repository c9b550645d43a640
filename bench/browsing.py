"""One visitor without scripts over plain HTTP on loopback: keeps the cookies, reads the forms of a page."""

from __future__ import annotations

import hashlib
import http.client
import http.cookies
from collections.abc import Iterator
from typing import Any

PIECE = 1 << 20


class Browsing:
    """A browser that keeps every cookie it is given; those marked Secure too, loopback being safe enough."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}

    def get(self, address: str) -> Any:
        return self._asked("GET", address, None, {})

    def post(self, address: str, body: bytes | Iterator[bytes], kind: str, *, length: int = 0) -> Any:
        """The page that answers a form, or to which it leads; `length` of a body that comes in pieces."""
        lengths = {"Content-Length": str(length)} if length else {}
        return self._asked("POST", address, body, {"Content-Type": kind, **lengths})

    def taken(self, address: str) -> bytes:
        """The SHA-256 of a download, which is read piece by piece."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=300)
        connection.request("GET", address, headers={"Host": "localhost", "Cookie": self.cookie})
        answer, digest = connection.getresponse(), hashlib.sha256()
        while piece := answer.read(PIECE):
            digest.update(piece)
        connection.close()
        if answer.status != 200:
            raise RuntimeError(f"GET {address} answered {answer.status}")
        return digest.digest()

    @property
    def cookie(self) -> str:
        """The Cookie header."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def _asked(self, method: str, address: str, body: bytes | Iterator[bytes] | None, headers: dict[str, str]) -> Any:
        from tests.legal_aid.plain_visitor import Page

        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=300)
        connection.request(method, address, body, {**headers, "Host": "localhost", "Cookie": self.cookie})
        answer = connection.getresponse()
        content = answer.read().decode()
        for line in answer.headers.get_all("Set-Cookie") or []:
            for name, morsel in http.cookies.SimpleCookie(line).items():
                self.cookies[name] = morsel.coded_value
        connection.close()
        if answer.status == 302:
            return self.get(answer.headers["Location"])
        if answer.status != 200:
            raise RuntimeError(f"{method} {address} answered {answer.status}")
        return Page(content)
