"""`manage.py seal` and `manage.py unseal`: streams in, streams out, and one plain line when it is refused."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from hrdplatform.sealing import xwing

SEED = bytes([7] * 32)
RECIPIENT = xwing.recipient_text(xwing.public_key(SEED))
ROOT = Path(__file__).parents[3]


@pytest.fixture
def identity(tmp_path):
    place = tmp_path / "identity.txt"
    place.write_text(xwing.identity_text(SEED) + "\n")
    return place


def manage(*arguments, given=b""):
    command = [sys.executable, "manage.py", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, input=given, capture_output=True, check=False)


def test_a_stream_passes_through_both_commands(identity):
    sealed = manage("seal", "--recipient", RECIPIENT, "-", "-", given=b"Moien" * 100_000)
    opened = manage("unseal", "--identity", identity, "-", "-", given=sealed.stdout)
    assert (sealed.returncode, opened.returncode) == (0, 0)
    assert opened.stdout == b"Moien" * 100_000


def test_a_refusal_is_one_line_without_a_traceback(identity):
    refused = manage("unseal", "--identity", identity, "-", "-", given=b"not an age file")
    assert refused.returncode == 1
    assert refused.stderr.decode().startswith("CommandError: Refused: not an age file")
    assert len(refused.stderr.splitlines()) == 1


@pytest.fixture
def sealed(tmp_path):
    letter, place = tmp_path / "letter.txt", tmp_path / "letter.age"
    letter.write_bytes(bytes(70_000))
    call_command("seal", str(letter), str(place), recipient=[RECIPIENT])
    return place


def test_each_refusal_says_what_it_means(identity, sealed, tmp_path):
    other = tmp_path / "other.txt"
    other.write_text(xwing.identity_text(bytes(32)))
    with pytest.raises(CommandError, match="does not open the file"):
        call_command("unseal", str(sealed), "out", identity=str(other))
    sealed.write_bytes(sealed.read_bytes()[:-1])
    with pytest.raises(CommandError, match="changed or cut short"):
        call_command("unseal", str(sealed), str(tmp_path / "out"), identity=str(identity))
    with pytest.raises(CommandError, match=r"Cannot read or write .*nowhere"):
        call_command("unseal", "nowhere", str(tmp_path / "out"), identity=str(identity))
    with pytest.raises(CommandError, match="not an age file, recipient or identity"):
        call_command("seal", str(sealed), str(tmp_path / "out"), recipient=["age1nobody"])
