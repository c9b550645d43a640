import re

import psycopg
import pytest

from hrdplatform.conf import ROOT
from tests.servers.commands import script

FILL = """
from datetime import datetime, timezone
from django.core.management import call_command
call_command("migrate", "audit", verbosity=0)
from hrdplatform import audit
audit.record(audit.Event.BACKUP_MADE, actor="system", object="x", at=datetime(2026, 3, 2, tzinfo=timezone.utc))
"""


@pytest.fixture
def address(tmp_path, postgres_server):
    """A database with one entry, whose roles have the rights that the operator's page grants."""
    url = postgres_server.fresh_database()
    script(tmp_path, FILL, DATABASE=url)
    page = (ROOT / "docs" / "operator" / "audit.md").read_text()
    with psycopg.connect(url, autocommit=True) as owner:
        for role in ("hrdplatform_web", "hrdplatform_worker"):
            owner.execute(f"DROP ROLE IF EXISTS {role}")
            owner.execute(f"CREATE ROLE {role} LOGIN")
        for statement in re.findall(r"^    ((?:REVOKE|GRANT) .+;)$", page, re.MULTILINE):
            owner.execute(statement)
    yield url
    with psycopg.connect(url, autocommit=True) as owner:
        owner.execute("DROP OWNED BY hrdplatform_web, hrdplatform_worker")
        owner.execute("DROP ROLE hrdplatform_web, hrdplatform_worker")


def refused(address: str, role: str, statement: str) -> bool:
    """Whether the database itself refuses `statement` to `role`, before any trigger is asked."""
    with psycopg.connect(address.replace("postgres@", f"{role}@"), autocommit=True) as connection:
        try:
            connection.execute(statement)
        except psycopg.errors.InsufficientPrivilege:
            return True
    return False


def test_by_right_the_web_only_adds_and_the_worker_also_links(address):
    link = "UPDATE audit_entry SET sequence = 1, previous = 'p', digest = 'd'"
    for role in ("hrdplatform_web", "hrdplatform_worker"):
        assert refused(address, role, "DELETE FROM audit_entry")
        assert refused(address, role, "TRUNCATE audit_entry")
        assert refused(address, role, "UPDATE audit_entry SET actor = 'user:9'")
        assert refused(address, role, "UPDATE audit_anchor SET sequence = 9")
        assert not refused(address, role, "SELECT * FROM audit_entry")
    assert refused(address, "hrdplatform_web", link)
    assert not refused(address, "hrdplatform_worker", link)
