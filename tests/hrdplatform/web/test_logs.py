import json
import logging
import sys

from hrdplatform.web.logs import JsonFormatter, description, frames
from tests.servers import commands, migrated

CANARY = "canary-7f3a"


def line(name, message, *args, **extra):
    record = logging.LogRecord(name, logging.WARNING, __file__, 1, message, args, extra.pop("exc_info", None))
    record.__dict__.update(extra)
    return json.loads(JsonFormatter().format(record))


def test_a_message_is_kept_as_template_without_what_was_filled_in():
    assert (
        line("gunicorn.error", "Error handling request %s", f"/fr/{CANARY}")["message"] == "Error handling request %s"
    )


def test_a_foreign_message_put_together_beforehand_is_dropped():
    assert "message" not in line("django.security.DisallowedHost", f"Invalid HTTP_HOST header: {CANARY}")
    assert "message" not in line("gunicorn.error", f"Invalid request from ip={CANARY}")


def test_our_own_facts_are_written():
    written = line("hrdplatform.worker", "a turn failed", facts={"name": "notices", "seconds": 3})
    assert (written["message"], written["name"], written["seconds"]) == ("a turn failed", "notices", 3)


def test_foreign_facts_are_not():
    assert CANARY not in json.dumps(line("celery", "x", facts={"a": CANARY}))


def test_an_exception_leaves_its_class_and_place_but_not_its_words():
    try:
        int(CANARY)
    except ValueError:
        written = line("legal_aid.intake", "failed", exc_info=sys.exc_info())
    assert written["class"] == "ValueError"
    assert written["where"][-1].endswith("test_an_exception_leaves_its_class_and_place_but_not_its_words")
    assert CANARY not in json.dumps(written)


def test_one_event_is_one_line():
    assert "\n" not in JsonFormatter().format(logging.LogRecord("hrdplatform", 20, "", 1, "two\nlines", (), None))


def test_no_log_of_addresses_is_configured(tmp_path):
    loggers = description(tmp_path / "log")["loggers"]
    for name in ("gunicorn.access", "django.request", "django.server"):
        assert loggers[name] == {"level": "CRITICAL", "propagate": False, "handlers": []}


def test_a_process_writes_one_line_for_a_failure_and_none_for_an_unknown_address(tmp_path):
    ask = f"""
from django.test import Client
from hrdplatform.web import health
def fails(): raise ValueError("{CANARY}")
health.report = fails
visitor = Client(raise_request_exception=False, headers={{"host": "localhost"}})
print(visitor.get("/fr/{CANARY}/").status_code, visitor.get("/health/ready?{CANARY}").status_code)
"""
    migrated.install(tmp_path)
    said = commands.manage(tmp_path, "shell", "--no-imports", "-c", ask)
    assert said.stdout.split() == ["404", "500"]
    written = [json.loads(line) for line in said.stderr.splitlines()]
    assert [line["class"] for line in written] == ["ValueError"]
    assert CANARY not in said.stderr


def test_frames_of_nothing_are_none():
    assert frames(None) == []
