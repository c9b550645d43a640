"""The first visit of a browser that has nothing yet: what is transferred, as served, without the pictures of the text,
and which hosts it asks.
"""

from __future__ import annotations

import os
import tempfile
from urllib.parse import urlsplit

from bench import site
from bench.library import LESSON, pages

ADDRESSES = ("/en/", "/en/learn/", "/en/learn/passerelle/telephone/", LESSON, "/en/search/?q=telephone")
CONTENT = "/media/"


def visited(browser: object, address: str) -> tuple[int, set[str]]:
    """Bytes over the wire, headers included, and the hosts asked, in a context of its own."""
    context = browser.new_context()  # type: ignore[attr-defined]
    page = context.new_page()
    asked: dict[str, str] = {}
    transferred = 0

    def sent(event: dict[str, object]) -> None:
        asked[str(event["requestId"])] = event["request"]["url"]  # type: ignore[index]

    def loaded(event: dict[str, object]) -> None:
        nonlocal transferred
        if not urlsplit(asked[str(event["requestId"])]).path.startswith(CONTENT):
            transferred += int(event["encodedDataLength"])  # type: ignore[call-overload]

    network = context.new_cdp_session(page)
    network.on("Network.requestWillBeSent", sent)
    network.on("Network.loadingFinished", loaded)
    network.send("Network.enable")
    answer = page.goto(address, wait_until="networkidle")
    if answer.status != 200:
        raise RuntimeError(f"{address} answered {answer.status}")
    context.close()
    hosts = {urlsplit(url).netloc for url in asked.values()}
    return transferred, hosts - {""}  # the browser draws its player with pictures of its own, as data


def measure() -> dict[str, list[float]]:
    with tempfile.TemporaryDirectory(prefix="hrd-bench-") as folder:
        os.environ["HRD_STATICS"] = folder
        with pages():
            from django.core.management import call_command

            call_command("collectstatic", verbosity=0, interactive=False)
            with site.server("hrdplatform.wsgi:application", "/health/live") as (port, _):
                found = every_view(f"http://localhost:{port}")
    hosts = set().union(*(asked for _transferred, asked in found))
    return {
        "kilobytes": [max(transferred for transferred, _asked in found) / 1000],
        "each_kilobytes": [transferred / 1000 for transferred, _asked in found],
        "other_hosts": [float(len(hosts - {f"localhost:{port}"}))],
    }


def every_view(origin: str) -> list[tuple[int, set[str]]]:
    from playwright.sync_api import sync_playwright

    from tests.walks.chromium import FLAGS, PROGRAM

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=PROGRAM, args=FLAGS)
        found = [visited(browser, f"{origin}{address}") for address in ADDRESSES]
        browser.close()
    return found
