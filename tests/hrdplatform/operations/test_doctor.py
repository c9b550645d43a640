from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection

from hrdplatform.audit import anchors
from hrdplatform.conf import configuration
from hrdplatform.notices import turns
from hrdplatform.notices.turns import Due, do
from hrdplatform.operations.doctor import LOOKS, Finding, examine
from hrdplatform.operations.wellbeing import worker
from hrdplatform.web import clock
from tests.servers.flushing import triggers_aside

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def findings(about: str) -> list[Finding]:
    assert about in LOOKS
    return [finding for finding in examine() if finding.about == about]


def unwell(about: str) -> str:
    return " ".join(finding.words for finding in findings(about) if not finding.well)


def test_the_doctor_looks_at_everything():
    assert {finding.about for finding in examine()} == set(LOOKS)


def test_a_worker_that_never_ran_is_said_and_one_that_runs_is_well():
    assert "never ran" in unwell("worker")
    assert worker().word == "never seen"
    do(Due(turns.HEARTBEAT, turns.heartbeat, timedelta(seconds=15)), at=clock.now())
    assert unwell("worker") == ""
    assert worker().good


def test_a_worker_that_fell_silent_is_said():
    do(Due(turns.HEARTBEAT, turns.heartbeat, timedelta(seconds=15)), at=clock.now() - timedelta(minutes=5))
    assert "last seen" in unwell("worker")
    assert worker().word == "late"


def test_work_that_fails_is_said():
    def fail(*, at, limit=100):
        raise RuntimeError

    do(Due("letters", fail, timedelta(seconds=1)), at=clock.now())
    assert "letters failed 1 times in a row, last with RuntimeError." in unwell("worker")


def test_a_secret_that_others_can_read_is_said():
    secret = configuration.secret_files[0]
    secret.chmod(0o644)
    assert f"chmod 600 {secret}" in unwell("secrets")
    secret.chmod(0o600)
    assert unwell("secrets") == ""


def test_an_audit_record_without_its_triggers_is_said(monkeypatch):
    monkeypatch.setattr(anchors, "providers", [lambda: [("a@example.org", "fr")]])
    assert unwell("audit record") == ""
    with triggers_aside():
        assert "audit_entry_keep" in unwell("audit record")


def test_a_mail_server_that_does_not_answer_is_said(monkeypatch, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert "could not be looked at: ConnectionRefusedError" in unwell("mail")


def test_the_storage_is_tried_with_a_file_that_is_removed_again():
    assert unwell("storage") == ""
    assert not list((configuration.data / "files" / "health").iterdir())
    assert settings.STORAGES["default"]


def test_a_database_that_could_not_forget_what_was_erased_is_said():
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete=OFF")
            said = unwell("database")
            cursor.execute("PRAGMA secure_delete=ON")
        assert "secure_delete is 0, it should be 1." in said
        return
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE forgetful")
        cursor.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO forgetful")
        cursor.execute("SET LOCAL wal_recycle = on")
        cursor.execute("SET ROLE forgetful")
        said = unwell("database")
        cursor.execute("RESET ROLE")
    assert "wal_recycle is on, it should be off." in said
    assert "stays in the log" in said
    assert "stays in the tables" in said
