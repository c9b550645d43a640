import json
import os

import pytest

from hrdplatform.sealing import xwing
from tests.servers import migrated
from tests.servers.commands import manage, script

FILL = """
from datetime import datetime, timezone
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from hrdplatform import audit
from hrdplatform.accounts.models import User
User.objects.create_user("jeanne@example.lu", "x")
audit.record(audit.Event.SIGNED_IN, actor="user:1", object="user:1", at=datetime(2026, 3, 2, tzinfo=timezone.utc))
for number in range(3):
    default_storage.save(f"sealed/{number}/blob", ContentFile(bytes([number]) * 300_000))
"""

LOOK = """
import hashlib
from django.core.files.storage import default_storage
from hrdplatform.accounts.models import User
from hrdplatform.audit.models import Entry
from hrdplatform.operations.backups import stored
people = list(User.objects.values_list("email", "password"))
events = list(Entry.objects.filter(event="accounts.session.signed_in").values_list("id", "object"))
files = [(name, hashlib.sha256(default_storage.open(name).read()).hexdigest()) for name in stored()]
print(people, events, files)
"""


@pytest.fixture
def identity(tmp_path):
    seed = os.urandom(32)
    file = tmp_path / "identity"
    file.write_text(xwing.identity_text(seed) + "\n")
    return file, xwing.recipient_text(xwing.public_key(seed))


@pytest.fixture(params=["sqlite", "postgresql"])
def variables(request, tmp_path, monkeypatch):
    """Two installations on the same engine, as the variables that each needs: `old` is migrated, `new` is empty."""
    if request.param == "sqlite":
        migrated.install(tmp_path / "old")
        return {"old": {}, "new": {}}
    server = request.getfixturevalue("postgres_server")
    monkeypatch.setenv("PATH", f"{server.bin}:{os.environ['PATH']}")
    return {"old": {"DATABASE": server.migrated_database()}, "new": {"DATABASE": server.fresh_database()}}


def test_a_backup_restored_elsewhere_has_the_same_rows_files_and_secrets(tmp_path, identity, variables):
    file, recipient = identity
    old, new, archive = tmp_path / "old", tmp_path / "new", tmp_path / "backup.age"
    script(old, FILL, **variables["old"])
    made = manage(old, "backup", "--recipient", recipient, str(archive), **variables["old"])
    assert made.returncode == 0, made.stderr
    assert b"jeanne" not in archive.read_bytes()
    restored = manage(new, "restore", "--identity", str(file), str(archive), **variables["new"])
    assert restored.returncode == 0, restored.stderr
    before = script(old, LOOK, **variables["old"])
    assert "sealed/2/blob" in before
    assert script(new, LOOK, **variables["new"]) == before
    assert (new / "vault-key").read_text() == (old / "vault-key").read_text()
    again = manage(new, "restore", "--identity", str(file), str(archive), **variables["new"])
    assert "holds data" in again.stderr
    assert not [path for path in (*old.iterdir(), *new.iterdir()) if path.name.startswith(".backup-")]


CASE = """
import json
from django.test import Client
from tests.factories import legal_aid
defender = legal_aid.Browser(Client(HTTP_HOST="localhost"), legal_aid.team())
upload = defender.upload()
defender.open_case("They are at my door.", uploads=(upload,))
keys = defender.keys
print(json.dumps([defender.token.hex(), keys.kem_seed.hex(), keys.sig_seed.hex(), upload["digest"]]))
"""

OPEN = """
import hashlib
from django.test import Client
from hrdplatform.sealing import cases
from hrdplatform.sealing.labels import hashed
from hrdplatform.sealing.stored import Defender
from tests.factories import legal_aid
token, kem, sig = (bytes.fromhex(word) for word in ("{}", "{}", "{}"))
keys, client = Defender(kem, sig), Client(HTTP_HOST="localhost")
defender = legal_aid.Browser(client, None, token=token, keys=keys)
print([record.body.text for record in defender.view().messages.trusted(1)])
answer = client.get("/en/aid/sealed/files/{}/1/", headers=defender.receipt)
part = b"".join(answer.streaming_content)
one = (1).to_bytes(4, "big")
print(hashed("file", len(part).to_bytes(8, "big"), one, hashlib.sha256(part).digest()).hex())
"""


def test_a_case_opens_for_its_receipt_after_backup_and_restore(tmp_path, identity, variables):
    file, recipient = identity
    old, new, archive = tmp_path / "old", tmp_path / "new", tmp_path / "backup.age"
    receipt = json.loads(script(old, CASE, **variables["old"]))
    assert manage(old, "backup", "--recipient", recipient, str(archive), **variables["old"]).returncode == 0
    restored = manage(new, "restore", "--identity", str(file), str(archive), **variables["new"])
    assert restored.returncode == 0, restored.stderr
    assert script(new, OPEN.format(*receipt), **variables["new"]).splitlines() == [
        "['They are at my door.']",
        receipt[3],
    ]


def test_a_damaged_or_foreign_backup_changes_nothing(tmp_path, identity):
    file, recipient = identity
    data, archive = tmp_path / "data", tmp_path / "backup.age"
    migrated.install(data)
    script(data, FILL)
    manage(data, "backup", "--recipient", recipient, str(archive))
    before = script(data, LOOK)
    whole = archive.read_bytes()
    for damaged in (whole[:-1], b"no archive"):
        archive.write_bytes(damaged)
        answer = manage(data, "restore", "--force", "--identity", str(file), str(archive))
        assert answer.returncode == 1
        assert answer.stderr.startswith("CommandError: Refused:")
        assert len(answer.stderr.splitlines()) == 1
    assert script(data, LOOK) == before
    archive.write_bytes(whole)
    forced = manage(data, "restore", "--force", "--identity", str(file), str(archive))
    assert (forced.returncode, script(data, LOOK)) == (0, before), forced.stderr


def test_a_backup_to_something_that_is_no_recipient_writes_no_file(tmp_path):
    answer = manage(tmp_path / "data", "backup", "--recipient", "age1nonsense", str(tmp_path / "backup.age"))
    assert (answer.returncode, (tmp_path / "backup.age").exists()) == (1, False)
