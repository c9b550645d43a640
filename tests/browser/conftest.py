"""The browser tests run in a real Chromium, on a page under the aid door's policy, against the bundle as it is
shipped.
"""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from .doors import Doors
from .people import first_list, signed
from .site import Server, serving
from .worker import Worker

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


@pytest.fixture(scope="session")
def static(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder the site serves: the shipped bundle and, beside it, the test harness."""
    folder = tmp_path_factory.mktemp("static")
    node = shutil.which("node") or "node"
    build = [node, str(ROOT / "deploy" / "bundle.mjs"), "--out", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True, text=True)
    script = [str(ROOT / "node_modules" / ".bin" / "esbuild"), str(HERE / "harness.js"), "--bundle", "--format=iife"]
    script += ["--target=es2022", f"--outfile={folder / 'static' / 'harness.js'}", "--log-level=warning"]
    subprocess.run(script, cwd=ROOT, check=True)
    return folder / "static"


@pytest.fixture(scope="session")
def browser(chromium: Browser) -> Browser:
    """The run's one browser: a second Playwright in the same process would find the first one's event loop."""
    return chromium


@pytest.fixture(scope="session")
def site(static: Path) -> Iterator[Server]:
    with serving(static) as server:
        yield server


@pytest.fixture(scope="session")
def vectors() -> dict:
    return json.loads((ROOT / "tests" / "vectors" / "sealing.json").read_text("utf-8"))


@pytest.fixture
def breaks_policy() -> bool:
    """Whether a test breaks the page's policy on purpose."""
    return False


@pytest.fixture
def page(browser: Browser, site: Server, *, breaks_policy: bool) -> Iterator[Page]:
    """A fresh page of the site; whatever breaks its policy or throws unseen fails the test."""
    site.door = None
    context = browser.new_context()
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda line: faults.append(line.text) if "Content Security Policy" in line.text else None)
    opened.goto(site.address + "/")
    yield opened
    context.close()
    assert bool(faults) is breaks_policy, faults


@pytest.fixture
def doors(site: Server, page: Page) -> Doors:
    """The sealed doors in memory, behind the page's own host."""
    opened = Doors([signed(first_list())])
    site.door = opened
    return opened


@pytest.fixture
def worker(page: Page, doors: Doors) -> Worker:
    """The shipped worker, started for the defender's door."""
    return Worker(page)
