"""The database's machine is lost in the middle of the work, and its standby is promoted (docs/operator/backup.md)."""

from contextlib import closing

import pytest

from tests.faults.ledger import Expected, Ledger, left_in, opens
from tests.faults.program import Program
from tests.legal_aid.installation import Installation
from tests.servers.postgres import PostgresServer
from tests.servers.standby import StandbyServer

CASES = 5
OPENED = Expected([{}], ["what happened"]).whole


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


def told(ledger) -> list[str]:
    """The cases that stand in the ledger, in their order."""
    return list(Ledger.read(ledger).cases)


def more_cases(program: Program, ledger, number: int) -> None:
    """Until so many more stand in the ledger."""
    wanted = len(told(ledger)) + number
    while len(told(ledger)) < wanted:
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
        cases = Ledger.read(ledger).cases
        assert [name for name, case in cases.items() if not opens(site, name, case)] == []
        left = left_in(site)["cases"]
        assert {name: found for name, found in left.items() if found != OPENED} == {}
        # The last one may have been saved just before the machine was lost, without a line of it.
        assert 0 <= len(set(left) - set(cases)) <= 1


def test_without_them_what_came_after_the_line_broke_is_lost_and_the_ledger_says_so(site, primary, tmp_path):
    """The planted twin, and why docs/operator/backup.md insists."""
    ledger = tmp_path / "ledger"
    with closing(StandbyServer(primary, synchronous=False)) as standby:
        site.start()
        with closing(Program(site, ledger)) as program:
            more_cases(program, ledger, 2)
            standby.is_cut_off()
            before = len(told(ledger))
            more_cases(program, ledger, 2)
            standby.takes_over()
        moves_to(site, standby)
        left, names = set(left_in(site)["cases"]), told(ledger)
        assert set(names[: before - 1]) <= left
        assert not set(names[before + 1 :]) & left
