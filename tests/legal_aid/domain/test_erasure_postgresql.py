"""Erasing on PostgreSQL: after the night's work no file of the server holds a byte of it, neither pages nor log.

The files of a real server are read byte by byte. What belongs to a case that nobody erased must be found by the very
same search.
"""

import json
from pathlib import Path

import psycopg
import pytest

from tests.servers.commands import manage, script

BEGIN = """
import json
from django.test import Client
from legal_aid.models import Case, Card, KeyWrap, Record, UploadPart
from tests.factories import legal_aid

def marks(case):
    row = Case.objects.get(pk=case)
    sealed = [bytes(KeyWrap.objects.filter(card__case=case).first().sealed)[700:740]]
    sealed += [bytes(Record.objects.filter(case=case).first().sealed)[5000:5040]]
    sealed += [case.encode(), row.locator.encode(), UploadPart.objects.get(upload__case=case).blob.encode()]
    return [mark.hex() for mark in sealed]

team = legal_aid.team()
kept, gone = (legal_aid.Browser(Client(HTTP_HOST="localhost"), team) for _ in range(2))
for defender in (kept, gone):
    defender.open_case(uploads=(defender.upload(),), urgency="now")
print(json.dumps({"kept": marks(kept.case), "gone": marks(gone.case), "token": gone.token.hex(), "case": gone.case}))
"""

ERASE = """
import json
from django.test import Client
answer = Client(HTTP_HOST="localhost").post(
    "/en/aid/sealed/erase/", json.dumps({{"case": "{case}"}}), content_type="application/json",
    headers={{"Authorization": "Receipt " + __import__("base64").b64encode(bytes.fromhex("{token}")).decode()}},
)
print(answer.status_code)
"""

NIGHT = """
from datetime import timedelta
from hrdplatform.web import clock
from hrdplatform.worker import DUE
nightly = next(due for due in DUE if due.name == "legal_aid.compact_nightly")
print(nightly.function(at=clock.now(), limit=1))
"""


class Server:
    """An installation on a PostgreSQL server of this test's own, set as docs/operator/install.md asks."""

    def __init__(self, data: Path, server) -> None:
        self.data, self.server = data, server
        self.variables = {"DATABASE": server.migrated_database()}

    def statement(self, words: str) -> None:
        with psycopg.connect(self.variables["DATABASE"], autocommit=True) as connection:
            connection.execute(words)

    def run(self, source: str) -> str:
        return script(self.data, source, **self.variables)

    def settle(self) -> None:
        """What PostgreSQL does by itself every five minutes: pages to their files, old log segments away."""
        self.statement("CHECKPOINT")

    def holding(self, mark: str) -> set[str]:
        """The folders of the server, such as `base` and `pg_wal`, in which a mark stands."""
        octets = bytes.fromhex(mark)
        files = [path for path in self.server.data.rglob("*") if path.is_file()]
        return {path.relative_to(self.server.data).parts[0] for path in files if octets in content(path)}


def content(file: Path) -> bytes:
    """The octets of a file; none when the server took it away meanwhile."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return b""


@pytest.fixture
def server(tmp_path, postgres_server):
    return Server(tmp_path / "data", postgres_server)


def test_after_the_night_an_erased_case_stands_in_no_page_and_no_log_of_postgresql(server):
    begun = json.loads(server.run(BEGIN))
    server.settle()
    assert all("base" in server.holding(mark) for mark in (*begun["kept"], *begun["gone"]))
    assert server.run(ERASE.format(**begun)) == "204"
    assert any("pg_wal" in server.holding(mark) for mark in begun["gone"]), "nothing would be shown about the log"
    assert server.run(NIGHT) == "1"
    server.settle()
    assert {mark: places for mark in begun["gone"] if (places := server.holding(mark))} == {}
    assert all("base" in server.holding(mark) for mark in begun["kept"])
    said = manage(server.data, "erased", begun["case"], **server.variables)
    assert "Nothing is left of this case." in said.stdout
    assert "traces still in the database's log or pages: no" in said.stdout
