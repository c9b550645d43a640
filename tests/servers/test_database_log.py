"""What PostgreSQL refuses is not written to its log when it is set as operators are told."""

import re
from contextlib import closing

import psycopg
import pytest

from hrdplatform.conf import ROOT
from hrdplatform.operations.doctor import POSTGRESQL
from tests.legal_aid import canary
from tests.legal_aid.installation import bird
from tests.servers.postgres import as_installed

REFUSED = {
    "a row that breaks a rule": "INSERT INTO told VALUES (%s, NULL)",
    "a row that is there already": "INSERT INTO told VALUES (%s, 1)",
    "a value that does not fit": "INSERT INTO told VALUES (%s, 1, 'too long')",
    "a sum that cannot be done": "SELECT needed / (needed - 1) FROM told WHERE story = %s",
}
CARELESS = (
    "log_min_error_statement = error",
    "log_error_verbosity = 'default'",
    "log_parameter_max_length_on_error = -1",
)
"""As PostgreSQL comes, but for the last, which it leaves at 0."""


def logged(server, sentence: str, *, client_side: bool, careless: bool) -> list[str]:
    """How a story that the sentence holds, or is given beside it, stands in the log after it was refused."""
    story = bird("story")
    with closing(psycopg.connect(server.fresh_database(), autocommit=True)) as connection:
        connection.execute("CREATE TABLE told (story text UNIQUE, needed int NOT NULL, short varchar(5))")
        connection.execute("INSERT INTO told VALUES (%s, 1)", [story])
        for words in CARELESS if careless else ():
            connection.execute(f"SET {words}")
        cursor = psycopg.ClientCursor(connection) if client_side else connection.cursor()
        with pytest.raises(psycopg.Error):
            cursor.execute(sentence, [story])
    return canary.sightings(story, (server.folder / "log").read_bytes())


@pytest.mark.parametrize("client_side", [True, False], ids=["in the sentence", "beside it"])
@pytest.mark.parametrize("sentence", REFUSED.values(), ids=REFUSED)
def test_the_log_has_no_word_of_what_was_refused(postgres_server, sentence, client_side):
    assert logged(postgres_server, sentence, client_side=client_side, careless=True), "nothing would be shown"
    assert logged(postgres_server, sentence, client_side=client_side, careless=False) == []


def test_compose_the_doctor_and_the_page_for_operators_name_the_same_settings():
    page = (ROOT / "docs" / "operator" / "install.md").read_text()
    told = dict(re.findall(r"`((?:log|wal)_\w+) = (\w+)`", page))
    assert as_installed() == told
    assert {"fsync": "on", **told} == POSTGRESQL
