"""What the tables of legal aid say of time: days, but for a few columns that need more and are named here."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.apps import apps
from django.db import models

from hrdplatform.web import clock
from legal_aid.domain import plain_session, uploads
from legal_aid.models import AnswerClock, Case, PlainSession, Record, Upload
from tests.legal_aid.plain_visitor import Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.database]

CLIP = ("clip.mp4", b"\x00\x00\x00\x18ftypmp42" + b"v" * 200_000, "video/mp4")
DAY = timedelta(days=1)
FINER = {
    # An urgent request that nobody acknowledged: somebody is woken at these minutes. The row goes when she answers.
    "legal_aid.AnswerClock.next_at": timedelta.resolution,
    "legal_aid.AnswerClock.due_at": timedelta.resolution,
    # A file that no message has claimed dies after a day; claimed, it has no time at all.
    "legal_aid.Upload.expires_at": timedelta(hours=1),
    # A visit without scripts ends half an hour after its last page.
    "legal_aid.PlainSession.expires_at": timedelta(minutes=10),
    # When a member made her keys: she has an account, and it stands in the audit record too.
    "legal_aid.IdentityFile.made_at": timedelta.resolution,
}
"""Columns that are finer than a day, and how fine."""


def columns() -> dict[str, models.Field]:
    """Every column of the room that holds a time."""
    kinds = (models.DateTimeField, models.TimeField, models.DurationField)
    return {
        f"{model._meta.label}.{one.name}": one
        for model in apps.get_app_config("legal_aid").get_models(include_auto_created=True)
        for one in model._meta.concrete_fields
        if isinstance(one, kinds)
    }


def grain(at: datetime) -> timedelta:
    """How far a moment is beyond the start of its day (UTC)."""
    return at.astimezone(UTC) - datetime.combine(at.astimezone(UTC).date(), time(), UTC)


def stored() -> dict[str, list[datetime]]:
    return {
        name: [*one.model.objects.exclude(**{one.name: None}).values_list(one.name, flat=True)]
        for name, one in columns().items()
    }


@pytest.fixture
def journeys(team, defender, desk_of):
    """Both paths from the request to the return; nobody has acknowledged yet."""
    defender.open_case(urgency="now", uploads=(defender.upload(),))
    defender.write("And since yesterday.")
    defender.upload()
    visitor = Visitor()
    words = visitor.open_case(files=[CLIP], urgency="now")
    visitor.confirm(words)
    visitor.send("messages/", [CLIP], text="And this film.", go="send")
    visitor.send("messages/", [CLIP], go="files")
    for case in Case.objects.values_list("pk", flat=True):
        assert desk_of("m01").write(case, "Do not sign anything.").status_code == 201
    Visitor().come_back(words)


def test_each_column_that_holds_a_time_is_named_here():
    assert columns().keys() == FINER.keys()


def test_after_whole_journeys_nothing_says_more_of_time_than_it_must(journeys):
    found = stored()
    empty = {name for name, moments in found.items() if not moments}
    assert empty == {"legal_aid.IdentityFile.made_at"}, "a journey fills the others"
    fine = {name: moment for name, moments in found.items() for moment in moments if grain(moment) % FINER[name]}
    assert fine == {}


def test_claimed_files_carry_no_time_and_rows_of_both_journeys_the_day_alone(journeys):
    assert Upload.objects.exclude(digest="").count() == 3
    assert not Upload.objects.exclude(digest="").exclude(expires_at=None).exists()
    assert {type(day) for day in Record.objects.values_list("day", flat=True)} == {date}
    assert {type(day) for day in Case.objects.values_list("received_on", flat=True)} == {date}


def test_acknowledged_a_request_leaves_days_only(journeys, desk_of):
    for case in Case.objects.values_list("pk", flat=True):
        assert desk_of("m01").post(f"case/{case}/acknowledge/", {}).status_code == 204
    assert not AnswerClock.objects.exists()
    later = clock.now() + 2 * DAY
    plain_session.remove_idle(at=later)
    uploads.remove_expired(at=later)
    assert not PlainSession.objects.exists()
    assert [moment for moments in stored().values() for moment in moments] == []
