"""Member lists: exactly the published bytes, signed by the root they name, and nothing else."""

from dataclasses import replace

import pytest

from hrdplatform.sealing import canonical, ed25519, lists
from hrdplatform.sealing.canonical import CanonicalError
from tests.factories.sealed_case import Team, seed
from tests.hrdplatform.sealing.vectors import VECTORS

FILE = VECTORS["list"]["file"]


def spoiled(**changes: object) -> str:
    """The newest list of a team with other fields, signed by its true root."""
    team = Team()
    body = canonical.parse(team.texts[team.newest.hash].split("\n")[0].encode())
    return lists.sign(canonical.emit(body | changes), "list", team.root_seed)


def test_the_published_list():
    listed = lists.parse(FILE)
    assert listed.hash == VECTORS["list"]["hash"]
    assert lists.build(listed, bytes.fromhex(VECTORS["list"]["root_seed"])) == FILE
    for member, vector in zip(listed.members, VECTORS["members"], strict=True):
        assert (member.kem.hex(), member.sig.hex()) == (vector["kem_public"], vector["sig_public"])


def test_the_announced_root_is_the_hash_of_its_raw_bytes():
    assert lists.parse(FILE).next_root == lists.root_hash(ed25519.public_key(b"\x0a" * 32))


def test_a_member_is_found_by_id():
    listed = lists.parse(FILE)
    assert listed.member("m02") == listed.members[1]
    assert listed.member("m99") is None


@pytest.mark.parametrize(
    "changes",
    [
        {"demo": 2},
        {"demo": ""},
        {"v": 2},
        {"seq": 0},
        {"expires": "2027-02-30"},
        {"team": "x"},
        {"prev": ""},
        {"roster": ""},
        {"next_root": "x"},
        {"members": {}},
        {"members": [{}]},
        {"partners": [{"name": "a"}]},
        {"partners": [{"name": "a" * 256, "root": "0" * 64}]},
        {"partners": None},
        {"more": 1},
    ],
)
def test_a_root_cannot_sign_what_is_no_list(changes):
    assert lists.parse(spoiled()).seq == 1
    with pytest.raises(CanonicalError):
        lists.parse(spoiled(**changes))


@pytest.mark.parametrize("change", [{"kind": "admin"}, {"scope": "all"}, {"id": "m1"}, {"kem": ""}, {"sig": "AA=="}])
def test_a_member_has_exactly_its_fields(change):
    row = canonical.parse(FILE.split("\n")[0].encode())["members"][0]
    assert lists.parse(spoiled(members=[row])).members[0].id == "m01"
    for members in ([row | change], [row, row], [row | {"more": 1}]):
        with pytest.raises(CanonicalError):
            lists.parse(spoiled(members=members))


def test_members_stand_in_the_order_of_their_ids():
    team = Team()
    turned = replace(team.newest, members=tuple(reversed(team.newest.members)))
    with pytest.raises(CanonicalError):
        lists.parse(lists.build(turned, team.root_seed))


def test_another_key_than_the_named_root_signed_it():
    with pytest.raises(ed25519.SignatureError):
        lists.parse(lists.build(Team().newest, seed("somebody")))


def test_a_roster_is_no_list():
    team = Team()
    body = team.texts[team.newest.hash].split("\n")[0].encode()
    with pytest.raises(ed25519.SignatureError):
        lists.parse(lists.sign(body, "roster", team.root_seed))


@pytest.mark.parametrize("file", ["", FILE[:-1], FILE + "\n", FILE.replace("\n", "\r\n"), "\n" + FILE, "é" + FILE])
def test_the_file_is_two_lines(file):
    with pytest.raises(CanonicalError):
        lists.parse(file)
