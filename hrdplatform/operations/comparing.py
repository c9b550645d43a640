"""Comparing a live site with this release, as an anonymous visitor: scripts, worker, forms and content policy.

A malicious server could still serve other pages to one visitor than to this one; what it cannot do is to change what
everybody gets unnoticed. sealing.md 7.
"""

from __future__ import annotations

import hashlib
import json
import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from hrdplatform.web.doors import Door
from hrdplatform.web.headers import fixed

PAGES = ("/en/aid/", "/en/aid/request/", "/en/aid/urgent/", "/en/aid/return/")
HASHED = re.compile(r"\.[0-9a-f]{12}(?=\.[a-z]+$)")
LARGEST = 4 * 1024 * 1024
WORKER = "sealing/worker.js"


class SilentSiteError(Exception):
    """The site does not answer as a site does; the words say what happened."""


class Page(HTMLParser):
    """What a page loads and what it may send: scripts, the worker's address, inline scripts, forms that post."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self.inline = 0
        self.posts: list[str] = []
        self.handlers: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self.handlers += [name for name in told if name.startswith("on")]
        if tag == "script":
            if "src" in told:
                self.scripts.append(told["src"])
            else:
                self.inline += 1
        if "data-worker" in told:
            self.scripts.append(told["data-worker"])
        if tag == "form" and told.get("method", "").lower() == "post":
            self.posts.append(told.get("action", ""))


def differences(site: str, manifest: Path) -> Iterator[str]:
    """Every way in which the site's aid pages differ from the release whose bundle manifest is given."""
    released = {name: entry["sha256"] for name, entry in json.loads(manifest.read_text()).items()}
    met: set[str] = set()
    for path in PAGES:
        address = urljoin(site, path)
        headers, body = fetched(address)
        if headers.get("Content-Security-Policy") != fixed(Door.AID, framed=False)["Content-Security-Policy"]:
            yield f"{path}: another content security policy than the release's"
        page = Page(body.decode(errors="replace"))
        if page.inline or page.handlers:
            yield f"{path}: scripts inside the page, which the release has nowhere"
        if page.posts:
            yield f"{path}: a form that posts to {', '.join(page.posts)}; these pages hold none"
        for script in page.scripts:
            yield from judged(address, script, released, met)
    if WORKER not in met:
        yield "the pages name no worker that seals"


def judged(page: str, script: str, released: dict[str, str], met: set[str]) -> Iterator[str]:
    """One script against the release, each only once."""
    address = urljoin(page, script)
    if urlsplit(address).netloc != urlsplit(page).netloc:
        yield f"{script}: a script from another host"
        return
    name = HASHED.sub("", urlsplit(address).path.split("/static/", 1)[-1])
    if name in met:
        return
    met.add(name)
    if name not in released:
        yield f"{name}: no script of this release"
    elif hashlib.sha256(fetched(address)[1]).hexdigest() != released[name]:
        yield f"{name}: other bytes than the release's"


def fetched(address: str) -> tuple[dict[str, str], bytes]:
    """Headers and body of one address. Raises `SilentSiteError`."""
    if urlsplit(address).scheme not in {"http", "https"}:
        raise SilentSiteError(f"{address} is no web address")
    try:
        with urllib.request.urlopen(address, timeout=20) as answer:  # noqa: S310 - the scheme was looked at
            body: bytes = answer.read(LARGEST + 1)
            if len(body) > LARGEST:
                raise SilentSiteError(f"{address} answers with more than {LARGEST} bytes")
            return dict(answer.headers.items()), body
    except urllib.error.HTTPError as error:
        raise SilentSiteError(f"{address} answers {error.code}") from error
    except OSError as error:
        raise SilentSiteError(f"{address} does not answer: {error}") from error
