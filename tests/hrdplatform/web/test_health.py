import pytest
from django.test import Client

from hrdplatform.web import health


@pytest.fixture
def checks(monkeypatch):
    """A registry of its own, and no remembered answer."""
    own: dict = {}
    monkeypatch.setattr(health, "_checks", own)
    monkeypatch.setattr(health, "_last", None)
    return own


def failing():
    raise OSError("/var/lib/secret/place is full")


def test_ready_when_every_check_is_good(checks):
    health.register("cache", health.cached)
    response = Client().get("/health/ready")
    assert response.status_code == 200
    assert response.json() == {"status": "ready", "checks": {"cache": "ok"}}


def test_one_vital_failure_is_enough(checks):
    health.register("cache", health.cached)
    health.register("storage", failing)
    response = Client().get("/health/ready")
    assert response.status_code == 503
    assert response.json()["checks"] == {"cache": "ok", "storage": "failed"}
    assert b"secret" not in response.content


def test_nobody_waits_for_a_silent_database_more_than_once(checks):
    health.register("database", failing)
    health.register("worker", pytest.fail, in_database=True)
    health.register("cache", health.cached)
    assert health.ask().states == {"database": "failed", "worker": "failed", "cache": "ok"}


def test_a_late_worker_is_shown_but_turns_nobody_away(checks):
    health.register("worker", lambda: health.State(good=False, word="late"), vital=False)
    response = Client().get("/health/ready")
    assert response.status_code == 200
    assert response.json()["checks"] == {"worker": "late"}


def test_asking_often_costs_one_answer(checks):
    asked = []
    health.register("count", lambda: asked.append(1) or health.GOOD)
    for _ in range(5):
        Client().get("/health/ready")
    assert len(asked) == 1


def test_alive_asks_nobody(checks):
    health.register("storage", failing)
    assert Client().get("/health/live").json() == {"status": "alive"}


@pytest.mark.django_db
def test_a_fresh_installation_is_ready(monkeypatch):
    monkeypatch.setattr(health, "_last", None)
    states = health.ask().states
    assert {name: states[name] for name in ("database", "migrations", "cache", "storage")} == dict.fromkeys(
        ("database", "migrations", "cache", "storage"), "ok"
    )
