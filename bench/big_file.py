"""1 GiB through both paths: how far the web processes' peak memory rises, read from outside.

Scripted: parts as a browser sends them, sealed before (random bytes stand for them: the server cannot tell). Plain: one
form whose file is sealed while it arrives. Both end with a case that holds the file.
"""

from __future__ import annotations

import hashlib
import http.client
import json
import secrets
import subprocess
import time
from collections.abc import Callable, Iterator

from bench import site
from bench.browsing import Browsing
from bench.plain_path import ADDRESS, BOUNDARY, STORY, body

GIB = 2**30
SMALL = 20_000_000
PIECE = 1 << 20
WARM, MOST_WARM = 6, 60
"""How many small files go before."""
STRETCHING = {"scripted": 0, "plain": 19}
"""Megabytes that Argon2id takes at the end of a journey. Each process must have done so before, whatever its size."""


def scripted(port: int, team: object, size: int) -> None:
    """Send a sealed file of `size` octets in parts, then the request that names it."""
    from hrdplatform.sealing.files import sealed_file_size
    from hrdplatform.sealing.labels import hashed
    from tests.factories.legal_aid import BASE, PART, Browser

    sealed = sealed_file_size(size)
    parts = -(-sealed // PART)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    browser = Browser(None, team)  # type: ignore[arg-type]
    token = secrets.token_hex(16)
    headers = {
        "Host": "localhost",
        "Cookie": f"__Host-csrf={token}",
        "X-CSRFToken": token,
        "X-Visit": browser.visit,
        "Content-Type": "application/json",
    }

    def answer(method: str, path: str, sent: bytes, **more: str) -> dict[str, str]:
        connection.request(method, BASE + path, sent, {**headers, **more})
        got = connection.getresponse()
        content = got.read()
        if got.status != 201:
            raise RuntimeError(f"{method} {path} answered {got.status}: {content[:200]!r}")
        return json.loads(content or b"{}")  # type: ignore[no-any-return]

    upload = answer("POST", "uploads/", json.dumps({"sealed": sealed, "parts": parts}).encode())["upload"]
    whole, last = secrets.token_bytes(PART), secrets.token_bytes(sealed - PART * (parts - 1))
    hashes = []
    for number in range(1, parts + 1):
        part = whole if number < parts else last
        hashes.append(hashlib.sha256(part))
        more = {"Content-Type": "application/octet-stream", "X-Part-SHA256": hashes[-1].hexdigest()}
        answer("PUT", f"uploads/{upload}/{number}/", part, **more)
    digest = hashed(
        "file", sealed.to_bytes(8, "big"), parts.to_bytes(4, "big"), *(found.digest() for found in hashes)
    ).hex()
    claim = {"upload": upload, "digest": digest, "parts": parts, "sealed": sealed}
    answer("POST", "cases/", json.dumps(browser.request("With a film.", uploads=(claim,))).encode())


def form_with_file(fields: dict[str, list[str]], size: int) -> tuple[int, Iterator[bytes]]:
    """A form's body with a file of `size` octets as its last field: its length, and its pieces."""
    before = body(fields).removesuffix(f"--{BOUNDARY}--\r\n".encode())
    before += (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="film.bin"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n"
    ).encode()
    after = f"\r\n--{BOUNDARY}--\r\n".encode()

    def pieces() -> Iterator[bytes]:
        piece = secrets.token_bytes(PIECE)
        yield before
        for start in range(0, size, PIECE):
            yield piece[: min(PIECE, size - start)]
        yield after

    return len(before) + size + len(after), pieces()


def plain(port: int, size: int) -> None:
    """Walk the journey without scripts with one file of `size` octets."""
    kind = f"multipart/form-data; boundary={BOUNDARY}"
    browsing = Browsing(port)
    page = browsing.get(ADDRESS)
    fields = {**page.form("request/plain/")["fields"], "story": [STORY], "go": ["contact"]}
    length, pieces = form_with_file(fields, size)
    page = browsing.post(ADDRESS, pieces, kind, length=length)
    for pressed in ("check", "send"):
        page = browsing.post(ADDRESS, body({**page.form("request/plain/")["fields"], "go": [pressed]}), kind)
    if len(page.words) != 8:
        raise RuntimeError("The journey without scripts did not end with a receipt.")


def stored(size: int) -> int:
    """How many uploads of at least `size` octets belong to a case."""
    from legal_aid.models import Upload

    return Upload.objects.filter(case__isnull=False, sealed__gte=size).count()


def peak(process: subprocess.Popen[bytes]) -> float:
    return site.peak_megabytes(site.children(process))


def warm(act: Callable[[], None], process: subprocess.Popen[bytes], least: float) -> None:
    """Repeat `act` until each of the web processes has done it, which shows by `least` megabytes more."""
    begun = {pid: site.peak_megabytes([pid]) for pid in site.children(process)}
    for number in range(1, MOST_WARM + 1):
        act()
        if number >= WARM and all(site.peak_megabytes([pid]) - held >= least for pid, held in begun.items()):
            return


def measure() -> dict[str, list[float]]:
    found: dict[str, list[float]] = {}
    with site.database() as url, site.platform(url):
        from tests.factories.legal_aid import team

        row = team()
        ways = {"scripted": lambda port, size: scripted(port, row, size), "plain": plain}
        for name, way in ways.items():
            with site.server("hrdplatform.wsgi:application", "/health/live") as (port, process):
                warm(lambda way=way, port=port: way(port, SMALL), process, STRETCHING[name])  # type: ignore[misc]
                before, held, start = peak(process), stored(GIB), time.perf_counter()
                way(port, GIB)
                found[f"{name}_mb"] = [peak(process) - before]
                found[f"{name}_seconds"] = [time.perf_counter() - start]
                if stored(GIB) != held + 1:
                    raise RuntimeError(f"The file sent {name} is not there.")
    return found
