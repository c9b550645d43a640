"""`make.py run` as somebody who tries the platform meets it: started, used, stopped, started again."""

import json
import os
import re
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing

import pytest

from hrdplatform.conf import ROOT
from tests.legal_aid.plain_visitor import Page
from tests.servers import migrated
from tests.servers.processes import free_port
from tests.servers.terminal import Terminal
from tests.walks.axe import examine
from tests.walks.plain import PlainVisitor

STORY = "They took my phone at the border."
COURSE = "/en/learn/observatoire-des-libertes/your-rights/"
WORTH_READING = ("/en/", "/fr/learn/", COURSE, f"{COURSE}on-the-street/check-and-arrest/", "/de/learn/calendar/")
"""Pages of the demo's library."""


@pytest.fixture
def make_run(tmp_path):
    """Starts the platform with all its data in `tmp_path`, as a relative DATA would have it in the checkout."""
    started: list[Terminal] = []

    def start(*more: str) -> Terminal:
        port = free_port()
        command = [sys.executable, str(ROOT / "make.py"), "run", f"PORT={port}", f"DATA={tmp_path / 'data'}", *more]
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


def look(chromium, origin: str) -> None:
    """The demo's pages leave nobody out, on a narrow screen."""
    page = chromium.new_page(viewport={"width": 360, "height": 740})
    for address in WORTH_READING:
        assert page.goto(origin + address).status == 200, address
        report = examine(page)
        assert (report.violations, report.unjudged) == ([], []), address
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, address
    page.close()


def test_it_says_where_everything_is_and_a_second_start_keeps_all_of_it(make_run, tmp_path, chromium):
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
    look(chromium, f"http://localhost:{again.port}")
    again.press_ctrl_c()


def test_without_the_demo_it_is_empty_and_the_command_that_it_prints_makes_the_first_administrator(make_run, tmp_path):
    """On tables that stand already, which is quicker; an empty folder is what the other test begins with."""
    migrated.install(tmp_path / "data")
    terminal = make_run("DEMO=0")
    with closing(sqlite3.connect(tmp_path / "data" / "platform.sqlite3")) as database:
        for table in ("accounts_user", "organisations_organisation", "legal_aid_team", "legal_aid_case"):
            assert database.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table
    assert not (tmp_path / "data" / "demo-accounts.json").exists()

    command = next(line.strip() for line in terminal.said if "first_administrator" in line)
    words = ["bash", "-c", f"{command} --email irene@example.org"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("HRD_", "DJANGO"))}
    done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    link = done.stdout.strip()
    visitor = PlainVisitor(link[: link.index("/account/")])
    page = visitor.visit(link)
    answers = {"name": "Irene Weber", "password": "a river and seven bridges"}
    visitor.submit(page.form("name"), answers)
    with closing(sqlite3.connect(tmp_path / "data" / "platform.sqlite3")) as database:
        assert database.execute("SELECT email FROM accounts_user").fetchall() == [("irene@example.org",)]
    terminal.press_ctrl_c()
