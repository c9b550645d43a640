"""The database's machine is lost in the middle of the work, and its standby is promoted (docs/operator/backup.md)."""

import json
from contextlib import closing

import pytest

from tests.faults.test_web import LEFT, READERS, Program, opens
from tests.legal_aid.installation import Installation
from tests.servers.postgres import PostgresServer
from tests.servers.standby import StandbyServer

CASES = 5
WHOLE = {"cards": 1, "wraps": len(READERS) + 1, "records": 1, "uploads": 1, "parts": 2}


@pytest.fixture
def primary():
    with closing(PostgresServer()) as server:
        yield server


@pytest.fixture
def site(tmp_path, valkey_server, primary):
    """Not started: connections that are open already do not learn that commits wait for a standby."""
    site = Installation(tmp_path, valkey_server.url, DATABASE=primary.migrated_database())
    yield site
    site.kill()


def lines(ledger) -> list[dict]:
    return [json.loads(line) for line in ledger.read_text().splitlines()]


def more_cases(program: Program, ledger, number: int) -> None:
    """Until so many more stand in the ledger."""
    wanted = len(lines(ledger)) + number if ledger.exists() else number
    while not ledger.exists() or len(lines(ledger)) < wanted:
        assert program.follow(120, answers=1), "no answer came any more"


def moves_to(site: Installation, standby: StandbyServer) -> None:
    """What the operator does: another HRD_DATABASE, and a start."""
    site.kill()
    site.variables["DATABASE"] = standby.address(site.variables["DATABASE"])
    site.start()


def test_what_was_acknowledged_with_synchronous_commits_is_on_the_promoted_standby(site, primary, tmp_path):
    ledger = tmp_path / "ledger"
    with closing(StandbyServer(primary, synchronous=True)) as standby:
        site.start()
        with closing(Program(site, ledger)) as program:
            more_cases(program, ledger, CASES)
            standby.takes_over()
        moves_to(site, standby)
        told = lines(ledger)
        assert [line["case"] for line in told if not opens(site, line)] == []
        left = json.loads(site.script(LEFT))
        assert {case: found for case, found in left["cases"].items() if found != WHOLE} == {}
        # The last one may have been saved just before the machine was lost, without a line of it.
        assert 0 <= len(set(left["cases"]) - {line["case"] for line in told}) <= 1


def test_without_them_what_came_after_the_line_broke_is_lost_and_the_ledger_says_so(site, primary, tmp_path):
    """The planted twin, and why docs/operator/backup.md insists."""
    ledger = tmp_path / "ledger"
    with closing(StandbyServer(primary, synchronous=False)) as standby:
        site.start()
        with closing(Program(site, ledger)) as program:
            more_cases(program, ledger, 2)
            standby.is_cut_off()
            before = len(lines(ledger))
            more_cases(program, ledger, 2)
            standby.takes_over()
        moves_to(site, standby)
        left = json.loads(site.script(LEFT))["cases"]
        told = [line["case"] for line in lines(ledger)]
        assert set(told[: before - 1]) <= set(left)
        assert not set(told[before + 1 :]) & set(left)
