"""A real installation in its own folder: migrated, with a team, served by gunicorn, killed without mercy if asked."""

from __future__ import annotations

import http.client
import os
import secrets
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from hrdplatform.conf import ROOT
from tests.legal_aid.plain_visitor import Page
from tests.servers import commands, migrated, processes

BOUNDARY = "----forms-have-a-boundary"


class Installation:
    """`data` holds everything the platform may write, the temporary folder of its processes too.

    `variables` are settings without their `HRD_`; a database that is named there is migrated already. Loopback is its
    trusted proxy: a visitor's address is what `X-Forwarded-For` says.
    """

    def __init__(self, data: Path, cache: str, **variables: str) -> None:
        self.data = data
        self.temporary = data / "tmp"
        self.temporary.mkdir()
        self.variables = {"CACHE": cache, "STATICS": str(data / "collected"), "LOG": str(data / "logs" / "platform")}
        self.variables |= {"TRUSTED_PROXIES": "127.0.0.1"} | variables
        (data / "logs").mkdir()
        if "DATABASE" not in variables:
            migrated.install(data)
        self.team = self.script("from tests.factories import legal_aid; print(legal_aid.team().hex)")
        self.server: subprocess.Popen | None = None

    def script(self, source: str) -> str:
        return commands.script(self.data, source, **self.variables)

    def start(self) -> None:
        """Start gunicorn in a group of its own and wait until it answers."""
        self.port = processes.free_port()
        environment = commands.surroundings(self.data, **self.variables) | {"TMPDIR": str(self.temporary)}
        with (self.data / "logs" / "server").open("ab") as log:
            self.server = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "-b", f"127.0.0.1:{self.port}",
                 "hrdplatform.wsgi"],
                cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and not self._answers():
            time.sleep(0.1)  # a probe of readiness, no synchronisation of a test

    def kill(self) -> None:
        """SIGKILL to the whole group: nobody tidies up."""
        if self.server is not None and self.server.poll() is None:
            os.killpg(self.server.pid, signal.SIGKILL)
            self.server.wait()

    def _answers(self) -> bool:
        try:
            return Walker(self).get("/en/aid/").status == 200
        except OSError:
            return False


@dataclass
class Answer:
    status: int
    body: bytes
    headers: http.client.HTTPMessage

    @property
    def page(self) -> Page:
        return Page(self.body.decode())


@dataclass
class Walker:
    """A browser without scripts on a bare connection, so that it can stop in the middle of a body."""

    site: Installation
    agent: str = "walker"
    address: str = "192.0.2.7"
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> Answer:
        return self._ask("GET", path)

    def post(self, path: str, fields: dict[str, list[str]], files: tuple = ()) -> Answer:
        body, kind = multipart(fields, files)
        return self._ask("POST", path, body, {"Content-Type": kind})

    def pause(self, path: str, fields: dict[str, list[str]], files: tuple, share: float) -> http.client.HTTPConnection:
        """Send a share of a form and stop: the connection stays open, the server waits."""
        body, kind = multipart(fields, files)
        connection = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=30)
        connection.putrequest("POST", path, skip_host=True)
        for name, value in {**self._headers(), "Content-Type": kind, "Content-Length": str(len(body))}.items():
            connection.putheader(name, value)
        connection.endheaders()
        connection.send(body[: int(len(body) * share)])
        return connection

    def _ask(self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=60)
        connection.request(method, path, body or None, {**self._headers(), **(headers or {})})
        response = connection.getresponse()
        answer = Answer(response.status, response.read(), response.headers)
        connection.close()
        for line in response.headers.get_all("Set-Cookie") or []:
            name, _, value = line.split(";")[0].partition("=")
            self.cookies[name] = value
        return answer

    def _headers(self) -> dict[str, str]:
        found = {
            "Host": f"localhost:{self.site.port}",
            "User-Agent": self.agent,
            "X-Forwarded-For": self.address,
            "Accept-Language": "en",
        }
        if self.cookies:
            found["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return found


def multipart(fields: dict[str, list[str]], files: tuple) -> tuple[bytes, str]:
    """A form's body as browsers write it: the key first, then the fields, then the files."""
    parts = []
    for name in sorted(fields, key=lambda name: name != "csrfmiddlewaretoken"):
        parts += [
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for value in fields[name]
        ]
    for name, content, kind in files:
        head = f'Content-Disposition: form-data; name="files"; filename="{name}"\r\nContent-Type: {kind}\r\n\r\n'
        parts += [f"--{BOUNDARY}\r\n{head}".encode(), content, b"\r\n"]
    parts.append(f"--{BOUNDARY}--\r\n".encode())
    return b"".join(parts), f"multipart/form-data; boundary={BOUNDARY}"


def bird(kind: str) -> str:
    """A text that stands nowhere else: with letters that each spelling writes differently."""
    return f"Käfervögel {kind} {secrets.token_hex(8)}"
