"""Rosters: names for the members only, bound to one list by its hash."""

from dataclasses import replace
from hashlib import sha256

import pytest

from hrdplatform.sealing import canonical, ed25519, rosters
from hrdplatform.sealing.errors import SealingError, WrongKeyError
from hrdplatform.sealing.rosters import Named, Roster
from tests.factories.sealed_case import Team, seed


@pytest.fixture
def named():
    """A team whose second list names a roster, and that roster's file."""
    team = Team()
    members = (Named("m01", "Anna Weber", True), Named("m02", "Ben آدم", False))
    roster = Roster(members, "5" * 32, 2, team.newest.team)
    team.next(roster=sha256(rosters.body(roster)).hexdigest())
    return team, roster, rosters.build(roster, team.root_seed)


def test_each_member_opens_the_same_roster(named):
    team, roster, file = named
    sealed = rosters.seal(file, team.newest)
    assert sealed.keys() == {"m01", "m02", "m03", "m04"}
    for who, blob in sealed.items():
        assert rosters.open_sealed(blob, team.keys(who).kem, team.newest) == roster


def test_nobody_else_opens_it(named):
    team, _, file = named
    with pytest.raises(WrongKeyError):
        rosters.open_sealed(rosters.seal(file, team.newest)["m01"], team.keys("m02").kem, team.newest)


def test_a_roster_of_another_list(named):
    team, _, file = named
    with pytest.raises(rosters.RosterRefusedError):
        rosters.parse(file, team.next(roster="0" * 64))
    with pytest.raises(rosters.RosterRefusedError):
        rosters.parse(file, replace(team.newest, roster=sha256(file.split("\n")[0].encode()).hexdigest(), seq=9))


def test_a_roster_signed_by_somebody_else(named):
    team, roster, _ = named
    with pytest.raises(ed25519.SignatureError):
        rosters.parse(rosters.build(roster, seed("somebody")), team.newest)


@pytest.mark.parametrize("change", [{"v": 2}, {"more": 1}, {"members": {}}, {"members": [{"id": "m01"}]}, {"salt": ""}])
def test_exactly_its_fields(named, change):
    team, roster, _ = named
    raw = canonical.emit(canonical.parse(rosters.body(roster)) | change)
    file = rosters.sign(raw, "roster", team.root_seed)
    with pytest.raises(canonical.CanonicalError):
        rosters.parse(file, replace(team.newest, roster=sha256(raw).hexdigest()))


def test_sealed_bytes_that_are_no_roster(named):
    team, _, _ = named
    for raw in (b"\xff", b"", b"x\ny\n"):
        blob = rosters.sealed.seal(raw, team.member("m01").kem)
        with pytest.raises(SealingError):
            rosters.open_sealed(blob, team.keys("m01").kem, team.newest)
