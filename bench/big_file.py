"""1 GiB through both paths, to the server and back: how far the web processes' peak memory rises, read from outside.

Scripted: parts as a browser sends them, sealed before (random bytes stand for them: the server cannot tell). Plain: one
form whose file is sealed while it arrives, and opened while it is sent back. Both end with a case that holds the file,
and with her who has the very bytes again.
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

RETURN = "/en/aid/return/plain/"
GIB = 2**30
SMALL = 20_000_000
PIECE = 1 << 20
WARM, MOST_WARM = 6, 60
"""How many small files go before, there and back."""
STRETCHING = {"scripted": 0, "plain": 19}
"""Megabytes that Argon2id takes at the end of a journey. Each process must have done so before, whatever its size."""


Back = Callable[[], None]
"""Fetches again what was sent; raises RuntimeError unless the very bytes came."""


def scripted(port: int, team: object, size: int) -> Back:
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
    connection.close()

    def back() -> None:
        holder = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        for number, sent in enumerate(hashes, start=1):
            holder.request("GET", f"{BASE}files/{digest}/{number}/", headers={"Host": "localhost", **browser.receipt})
            if hashlib.sha256(holder.getresponse().read()).digest() != sent.digest():
                raise RuntimeError(f"Part {number} came back as something else.")
        holder.close()

    return back


def cut(piece: bytes, size: int) -> Iterator[bytes]:
    """A file of `size` octets: `piece` again and again."""
    for start in range(0, size, PIECE):
        yield piece[: min(PIECE, size - start)]


def form_with_file(fields: dict[str, list[str]], piece: bytes, size: int) -> tuple[int, Iterator[bytes]]:
    """A form's body with a file of `size` octets as its last field: its length, and its pieces."""
    before = body(fields).removesuffix(f"--{BOUNDARY}--\r\n".encode())
    before += (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="film.bin"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n"
    ).encode()
    after = f"\r\n--{BOUNDARY}--\r\n".encode()

    def pieces() -> Iterator[bytes]:
        yield before
        yield from cut(piece, size)
        yield after

    return len(before) + size + len(after), pieces()


def plain(port: int, size: int) -> Back:
    """Walk the journey without scripts with one file of `size` octets."""
    kind = f"multipart/form-data; boundary={BOUNDARY}"
    browsing = Browsing(port)
    page = browsing.get(ADDRESS)
    fields = {**page.form("request/plain/")["fields"], "story": [STORY], "go": ["contact"]}
    piece = secrets.token_bytes(PIECE)
    length, pieces = form_with_file(fields, piece, size)
    page = browsing.post(ADDRESS, pieces, kind, length=length)
    for pressed in ("check", "send"):
        page = browsing.post(ADDRESS, body({**page.form("request/plain/")["fields"], "go": [pressed]}), kind)
    words = page.words
    if len(words) != 8:
        raise RuntimeError("The journey without scripts did not end with a receipt.")

    def back() -> None:
        returning, sent = Browsing(port), hashlib.sha256()
        page = returning.get(RETURN)
        form = {**page.form("return/plain/")["fields"], "words": [" ".join(words)]}
        thread = returning.post(RETURN, body(form), kind)
        for part in cut(piece, size):
            sent.update(part)
        if returning.taken(next(link for link in thread.links if "/return/plain/file/" in link)) != sent.digest():
            raise RuntimeError("The file came back as something else.")

    return back


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
                warm(lambda way=way, port=port: way(port, SMALL)(), process, STRETCHING[name])  # type: ignore[misc]
                before, held, start = peak(process), stored(GIB), time.perf_counter()
                back = way(port, GIB)
                found[f"{name}_mb"] = [peak(process) - before]
                found[f"{name}_seconds"] = [time.perf_counter() - start]
                if stored(GIB) != held + 1:
                    raise RuntimeError(f"The file sent {name} is not there.")
                start = time.perf_counter()
                back()
                found[f"{name}_there_and_back_mb"] = [peak(process) - before]
                found[f"{name}_back_seconds"] = [time.perf_counter() - start]
    return found
