"""`make.py run` as somebody who tries the platform meets it: started, used, stopped, started again."""

import json
import re
import stat
import sys

import pytest

from hrdplatform.conf import ROOT
from tests.legal_aid.plain_visitor import Page
from tests.servers.processes import free_port
from tests.servers.terminal import Terminal
from tests.walks.plain import PlainVisitor

STORY = "They took my phone at the border."


@pytest.fixture
def make_run(tmp_path):
    """Starts the platform with all its data in `tmp_path`, as a relative DATA would have it in the checkout."""
    started: list[Terminal] = []

    def start() -> Terminal:
        port = free_port()
        command = [sys.executable, str(ROOT / "make.py"), "run", f"PORT={port}", f"DATA={tmp_path / 'data'}"]
        started.append(Terminal(command, port))
        started[-1].wait_for("Ctrl-C stops it.")
        assert started[-1].ask("/health/ready") == 200
        return started[-1]

    yield start
    for terminal in started:
        terminal.close()


def send_request(visitor: PlainVisitor) -> str:
    """A request without scripts to the first team; its eight words."""
    page = visitor.visit("/en/aid/request/plain/")
    team = re.search(rb'name="team"[^>]*value="([0-9a-f]{32})"', page.body)[1].decode()
    for go, typed in (("contact", {"story": STORY, "team": team}), ("check", {}), ("send", {})):
        page = visitor.submit(page.form("/request/plain/"), typed, button=("go", go))
    words = Page(page.body.decode()).words
    assert len(words) == 8
    return " ".join(words)


def read_request(visitor: PlainVisitor, words: str) -> str:
    page = visitor.visit("/en/aid/return/plain/")
    return visitor.submit(page.form("words"), {"words": words}).text


def test_it_says_where_everything_is_and_a_second_start_keeps_all_of_it(make_run, tmp_path):
    terminal = make_run()
    said = "".join(terminal.said)
    port, accounts = terminal.port, tmp_path / "data" / "demo-accounts.json"
    for words in (
        f"Ready. http://localhost:{port}/",
        f"http://aid.localhost:{port}/desk/",
        f"office.localhost:{port}/",
    ):
        assert words in said
    assert str(accounts) in said
    assert stat.S_IMODE(accounts.stat().st_mode) == 0o600

    written = accounts.read_bytes()
    people = json.loads(written)["accounts"]
    for person in people:
        assert all(person[name] for name in ("user", "password", "totp", "role")), person["user"]
    assert [person["user"] for person in people if person["member"] and person["passphrase"]]
    assert not [person["user"] for person in people if person["member"] and not person["passphrase"]]

    words = send_request(PlainVisitor(f"http://localhost:{port}"))
    terminal.press_ctrl_c()

    again = make_run()
    assert STORY in read_request(PlainVisitor(f"http://localhost:{again.port}"), words)
    assert accounts.read_bytes() == written
    again.press_ctrl_c()
