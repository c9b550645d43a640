"""The off-line script of a team lead, run as its own process; what it signs is judged by the platform's own readers."""

import ast
import base64
import hashlib
import stat
import sys
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest

from hrdplatform.sealing import ed25519, lists, pins, rosters
from hrdplatform.sealing.age import scrypt
from hrdplatform.sealing.age.files import decrypt
from hrdplatform.sealing.members import read_identity_file
from hrdplatform.sealing.spoken import spoken_digits
from tests.deploy.lead import SCRIPT, Lead, b64, keys, member, numbers, words
from tests.factories.sealed_case import Team, seed


@pytest.fixture
def lead(tmp_path: Path) -> Lead:
    lead = Lead(tmp_path)
    lead.root = lead.make_root()
    return lead


@pytest.fixture
def signed(lead: Lead) -> Lead:
    """A team whose first list is signed: two members of the intake."""
    lead.request(member("m01"), member("m02"))
    assert lead.sign(numbers("m01"), numbers("m02"), "sign").returncode == 0
    return lead


def test_the_first_list_opens_with_the_platforms_reader(signed):
    listed = signed.newest
    today = datetime.now(UTC).date()
    pins.verify_for_writing(listed, today=today, demo_allowed=False)
    assert (listed.root.hex(), listed.seq, [one.id for one in listed.members]) == (signed.root, 1, ["m01", "m02"])
    assert pins.is_first(listed)


def test_each_member_opens_the_roster_and_nobody_else(signed):
    sealed = {name: base64.b64decode(blob) for name, blob in signed.answer()["rosters"].items()}
    for name in ("m01", "m02"):
        roster = rosters.open_sealed(sealed[name], keys(name).kem, signed.newest)
        assert [one.name for one in roster.members] == ["Name of m01", "Name of m02"]
    with pytest.raises(rosters.SealingError):
        rosters.open_sealed(sealed["m01"], keys("m02").kem, signed.newest)


def test_a_later_list_descends_from_the_first(signed):
    first = signed.newest
    signed.request(member("m01"), member("m04", scope="case"))
    done = signed.sign(numbers("m04"), "m02", "sign")
    assert "REMOVED  m02" in done.stdout
    pins.verify(signed.newest, pins.pin(first), {first.hash: first})


def test_a_member_is_never_signed_without_the_words(lead):
    lead.request(member("m01"))
    done = lead.sign(*[numbers("m02")] * 3)
    assert (done.returncode, lead.texts) == (1, [])
    assert "find out why" in done.stderr


def test_the_words_are_not_shown_to_who_must_type_them(lead):
    lead.request(member("m01"))
    done = lead.sign("I do not know", more=("words",))
    assert not set(words("m01").split()) <= set(done.stdout.split())
    assert numbers("m01") not in done.stdout


def test_words_serve_like_numbers(lead):
    lead.request(member("m01"))
    assert lead.sign(words("m01").upper(), "sign", more=("words",)).returncode == 0


def test_keys_that_the_site_swapped_ask_for_the_words_again(signed):
    signed.request(member("m01", "swapped by the site"), member("m02"))
    assert signed.sign(*[numbers("m01")] * 3).returncode == 1
    assert signed.sign(numbers("m01", "swapped by the site"), "sign").returncode == 0


def test_another_role_is_agreed_to(signed):
    signed.request(member("m01"), member("m02", scope="case"))
    assert signed.sign("no").returncode == 1
    assert signed.sign("m02", "sign").returncode == 0


def test_a_recovery_key_comes_from_here_only(signed):
    signed.request(member("m01"), member("m02"), member("m03", kind="recovery"))
    done = signed.sign(numbers("m03"), "sign")
    assert "never from the site" in done.stderr


def test_a_recovery_key_on_paper_opens_what_was_sealed_to_it(signed):
    assert signed.run("make-recovery", "--id", "m03", "--out", "paper").returncode == 0
    signed.request(member("m01"), member("m02"))
    assert signed.sign("sign", more=("--recovery", "paper.json")).returncode == 0
    member_id, own = read_identity_file((signed.folder / "paper.txt").read_bytes())
    listed = signed.newest.member("m03")
    assert (member_id, listed.kind, listed.kem, listed.sig) == ("m03", "recovery", own.kem_public, own.sig_public)
    assert rosters.open_sealed(base64.b64decode(signed.answer()["rosters"]["m03"]), own.kem, signed.newest)


def test_renewing_changes_dates_only(signed):
    before = signed.newest
    signed.request(member("m01"), member("m02"))
    assert signed.sign("sign", command="renew", more=("--days", "30")).returncode == 0
    after = signed.newest
    assert (after.seq, after.members, after.prev) == (2, before.members, before.hash)
    assert (after.expires - after.issued).days == 30


def test_renewing_refuses_another_member(signed):
    signed.request(member("m01"))
    assert "use sign-list" in signed.sign("m02", "sign", command="renew").stderr


def test_a_root_is_succeeded_by_the_one_it_announced(signed):
    first, old_passphrase = signed.newest, signed.passphrase
    heir = signed.make_root("heir.age")
    heirs_passphrase, signed.passphrase = signed.passphrase, old_passphrase
    signed.request(member("m01"), member("m02"))
    assert signed.sign("sign", command="succeed", more=("--next", heir)).returncode == 0
    announcing, signed.passphrase = signed.newest, heirs_passphrase
    signed.request(member("m01"), member("m02"))
    six = " ".join(spoken_digits("root", bytes.fromhex(signed.root)))
    assert signed.sign(six, "2", "sign", command="renew", root="heir.age").returncode == 0
    assert (signed.newest.root.hex(), signed.newest.next_root) == (heir, "")
    known = {one.hash: one for one in (first, announcing)}
    pins.verify(signed.newest, pins.pin(first), known)


def test_a_root_that_nobody_announced_signs_nothing(signed):
    signed.make_root("stranger.age")
    signed.request(member("m01"), member("m02"))
    assert "of another root" in signed.sign("1", "sign", root="stranger.age").stderr


def test_a_false_root_that_announces_the_true_one_is_found_out(lead):
    false = seed("false root")
    listed = replace(Team().newest, root=ed25519.public_key(false), next_root=lists.root_hash(bytes.fromhex(lead.root)))
    lead.texts = [lists.build(listed, false)]
    lead.request(*(member(one.id, kem=b64(one.kem), sig=b64(one.sig)) for one in listed.members))
    done = lead.sign(*["0001 0002 0003 0004 0005 0006"] * 3, "1", "sign")
    assert "find out why" in done.stderr


def test_an_older_list_is_not_gone_on_from(signed):
    signed.request(member("m01"))
    assert signed.sign("m02", "sign").returncode == 0
    signed.texts.pop()
    signed.request(member("m01"), member("m02"))
    assert "you signed list 2" in signed.sign("sign").stderr


def test_a_site_that_lost_its_list_does_not_start_anew(signed):
    signed.texts.clear()
    signed.request(member("m01"))
    assert "find out why" in signed.sign(numbers("m01"), "sign").stderr


def test_a_previous_list_that_was_touched(signed):
    touched = signed.texts[-1].replace('"seq":1', '"seq":2')
    signed.request(member("m01"), member("m02"), previous=touched)
    assert "damaged" in signed.sign("sign").stderr


def test_the_root_at_rest_opens_with_a_stock_reader_of_age(lead):
    opened, armored = BytesIO(), (lead.folder / "root.age").read_bytes()
    decrypt(BytesIO(armored), opened, [scrypt.PassphraseIdentity(lead.passphrase, scrypt.LOG_N_OWN_LIMIT)])
    root_seed = base64.b64decode(opened.getvalue().splitlines()[-1])
    assert ed25519.public_key(root_seed).hex() == lead.root


def test_a_wrong_passphrase_is_said_plainly(lead):
    lead.request(member("m01"))
    lead.passphrase = "wrong"
    done = lead.sign()
    assert done.stderr == "Stopped: wrong passphrase, or not the file of a root that this script made\n"


def test_files_are_for_their_owner_only(signed):
    signed.run("make-recovery", "--id", "m03", "--out", "paper")
    for name in ("root.age", "root.age.last.json", "signed.json", "paper.txt", "paper.json"):
        assert stat.S_IMODE((signed.folder / name).stat().st_mode) == 0o600


def test_nothing_is_overwritten(lead):
    before = (lead.folder / "root.age").read_bytes()
    (lead.folder / "signed.json").write_text("kept")
    lead.request(member("m01"))
    files = ("--root", "root.age", "--request", "request.json", "--out", "signed.json")
    assert "exists" in lead.run("sign-list", *files, typed=lead.passphrase).stderr
    assert (lead.folder / "signed.json").read_text() == "kept"
    assert (lead.folder / "root.age").read_bytes() == before


@pytest.mark.parametrize(
    "spoil",
    [
        {"format": "other"},
        {"v": 2},
        {"more": 1},
        {"team": "xyz"},
        {"members": "m01"},
        {"members": [1]},
        {"members": [member("m01"), member("m01")]},
        {"members": [member("m01", kem="AAAA")]},
        {"members": [member("m01", kem="!")]},
        {"members": [member("m01", kind="admin")]},
        {"members": [member("m01", publish=True)]},
        {"members": [member("m01", name=None)]},
        {"members": [member("m1")]},
        {"members": [member("m01") | {"id": ["m01"]}]},
        {"members": None},
        {"partners": [{"name": "x", "root": "y"}]},
        {"partners": 3},
        {"previous": 3},
        {"previous": "[" * 100_000},
        {"previous": '{"root":[]}\nAAAA\n'},
    ],
)
def test_a_bad_request_is_refused_in_one_line_without_a_traceback(lead, spoil):
    lead.request(member("m01"), **({} | spoil))
    done = lead.sign(numbers("m01"), "sign")
    assert (done.returncode, lead.texts) == (1, [])
    assert done.stderr.strip().startswith("Stopped: ")
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("content", [b"", b"not JSON", b"\xff", b"[" * 100_000, b"[1]", b'"x"'])
def test_a_file_that_is_no_request(lead, content):
    (lead.folder / "request.json").write_bytes(content)
    done = lead.sign()
    assert done.stderr.startswith("Stopped: request.json is no hrdplatform-team-request file")


def test_a_name_cannot_move_the_cursor(lead):
    lead.request(member("m01", name="Anna\r\x1b[2Jm99\u202e"))
    assert lead.sign(numbers("m01"), "sign").stdout.count("Anna??[2Jm99?") == 1


def test_an_end_of_input_writes_nothing(lead):
    lead.request(member("m01"))
    assert "nothing was written" in lead.sign().stderr
    assert not (lead.folder / "signed.json").exists()


def test_it_imports_nothing_of_the_project():
    tree = ast.parse(SCRIPT.read_text())
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {alias.name for node in imports if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in imports if isinstance(node, ast.ImportFrom)}
    outside = {name.split(".")[0] for name in names} - set(sys.stdlib_module_names)
    assert outside == {"cryptography"}


def test_its_word_list_is_the_platforms():
    digest = hashlib.sha256(Path("hrdplatform/sealing/words/en.txt").read_bytes()).hexdigest()
    assert f'WORDS_SHA256 = "{digest}"' in SCRIPT.read_text()
