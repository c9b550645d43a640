"""One Chromium for the whole test run; every walk opens its own context in it."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

WHOLE = os.environ.get("CHROMIUM", "/usr/bin/chromium")
PROGRAM = shutil.which("chromium-headless-shell") or WHOLE
"""Without a window the same engine does half the work. It keeps no page to go back to: for that take the `WHOLE`."""
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]
FLAGS += ["--proxy-server=127.0.0.1:9"]  # where nobody listens: whatever is not of this machine itself is refused


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    # Playwright keeps an event loop in this thread, which Django would take for an asynchronous caller.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=PROGRAM, args=FLAGS)
        yield browser
        browser.close()
