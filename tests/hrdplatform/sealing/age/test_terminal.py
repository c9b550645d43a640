"""On the command line a file appears whole or not at all, in memory that does not grow with it."""

import subprocess
import sys
from io import BytesIO

import pytest

from hrdplatform.sealing import xwing
from hrdplatform.sealing.age import terminal
from hrdplatform.sealing.age.hybrid import HybridIdentity
from hrdplatform.sealing.age.x25519 import X25519Identity
from hrdplatform.sealing.errors import MalformedError, TamperedError, WrongKeyError
from hrdplatform.sealing.members import identity_file, member_keys, protect

SEED = bytes(32)
RECIPIENT = xwing.recipient_text(xwing.public_key(SEED))
IDENTITY = xwing.identity_text(SEED)
CLASSIC = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX"
CLASSIC_RECIPIENT = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj"


def nobody_asks() -> str:
    raise AssertionError("no passphrase is needed here")


@pytest.fixture
def letter(tmp_path):
    place = tmp_path / "letter.txt"
    place.write_text("Moien")
    return place


def test_a_file_is_sealed_to_several_and_opened_by_each(letter, tmp_path):
    sealed, opened = tmp_path / "letter.age", tmp_path / "opened.txt"
    terminal.seal(str(letter), str(sealed), [RECIPIENT, CLASSIC_RECIPIENT])
    for key in (HybridIdentity(SEED), X25519Identity.read(CLASSIC)):
        terminal.unseal(str(sealed), str(opened), [key])
        assert opened.read_text() == "Moien"


def test_an_identity_file_may_hold_several_identities_and_remarks():
    content = f"# made today\n\n{IDENTITY}\n{CLASSIC}\n".encode()
    assert terminal.identities(content, nobody_asks) == [HybridIdentity(SEED), X25519Identity.read(CLASSIC)]


def test_a_members_identity_is_opened_with_its_passphrase_first():
    keys = member_keys(SEED)
    protected = protect(identity_file("m01", keys), "seven-words")
    assert terminal.identities(protected, lambda: "seven-words") == [HybridIdentity(keys.kem)]
    with pytest.raises(WrongKeyError):
        terminal.identities(protected, lambda: "other-words")


@pytest.mark.parametrize("content", [b"", b"# only a remark\n", b"AGE-SECRET-KEY-1\n", b"\xff\xfe", RECIPIENT.encode()])
def test_what_is_no_identity_file_is_refused(content):
    with pytest.raises(MalformedError):
        terminal.identities(content, nobody_asks)


@pytest.mark.parametrize("text", ["", "age1pq1", "age1", RECIPIENT.upper(), RECIPIENT[:-1], IDENTITY])
def test_what_is_no_recipient_is_refused_before_anything_is_written(text, letter, tmp_path):
    with pytest.raises(MalformedError):
        terminal.seal(str(letter), str(tmp_path / "letter.age"), [text])
    assert [*tmp_path.iterdir()] == [letter]


@pytest.mark.parametrize("damage", [lambda sealed: sealed[:-1], lambda sealed: sealed + b"x"])
def test_a_damaged_file_leaves_what_was_there_and_nothing_new(damage, letter, tmp_path):
    sealed, opened = tmp_path / "letter.age", tmp_path / "opened.txt"
    terminal.seal(str(letter), str(sealed), [RECIPIENT])
    sealed.write_bytes(damage(sealed.read_bytes()))
    opened.write_text("from yesterday")
    with pytest.raises(TamperedError):
        terminal.unseal(str(sealed), str(opened), [HybridIdentity(SEED)])
    assert opened.read_text() == "from yesterday"
    assert {place.name for place in tmp_path.iterdir()} == {"letter.txt", "letter.age", "opened.txt"}


def test_an_opened_file_is_readable_by_its_owner_only(letter, tmp_path):
    sealed = tmp_path / "letter.age"
    terminal.seal(str(letter), str(sealed), [RECIPIENT])
    assert sealed.stat().st_mode & 0o077 == 0


def test_a_file_can_be_opened_onto_itself(letter):
    terminal.seal(str(letter), str(letter), [RECIPIENT])
    terminal.unseal(str(letter), str(letter), [HybridIdentity(SEED)])
    assert letter.read_text() == "Moien"


def test_an_armored_file_is_opened(tmp_path):
    from base64 import encodebytes

    from hrdplatform.sealing.age.files import decrypt
    from hrdplatform.sealing.age.sealed import seal

    body = encodebytes(seal(b"Moien" * 100, xwing.public_key(SEED))).replace(b"\n", b"")
    lines = [body[start : start + 64] for start in range(0, len(body), 64)]
    armored = b"\n".join([b"-----BEGIN AGE ENCRYPTED FILE-----", *lines, b"-----END AGE ENCRYPTED FILE-----", b""])
    opened = BytesIO()
    decrypt(BytesIO(armored), opened, [HybridIdentity(SEED)])
    assert opened.getvalue() == b"Moien" * 100


GROWTH = """
import sys
from hrdplatform.sealing import xwing
from hrdplatform.sealing.age import terminal
from hrdplatform.sealing.age.hybrid import HybridIdentity

def peak():
    lines = open("/proc/self/status").read().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))

folder, recipient = sys.argv[1], xwing.recipient_text(xwing.public_key(bytes(32)))
peaks = []
for size in (1, 96):
    with open(f"{folder}/in", "wb") as plaintext:
        plaintext.truncate(size * 1024 * 1024)
    terminal.seal(f"{folder}/in", f"{folder}/sealed", [recipient])
    terminal.unseal(f"{folder}/sealed", f"{folder}/out", [HybridIdentity(bytes(32))])
    peaks.append(peak())
print(peaks[1] - peaks[0])
"""


def test_memory_does_not_grow_with_the_file(tmp_path):
    done = subprocess.run([sys.executable, "-c", GROWTH, tmp_path], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 8 * 1024
