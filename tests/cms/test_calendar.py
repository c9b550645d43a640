"""The calendar of trainings: the month, and the files that people's own calendars follow."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from django.test import Client

from tests.cms.counting import warmed
from tests.factories import learning
from tests.factories.cms import planted

pytestmark = pytest.mark.django_db
EVENING = datetime(2026, 12, 17, 17, 30, tzinfo=UTC)


@pytest.fixture
def section(stopped_clock):
    planted()
    return learning.section()


def events(client: Client, path: str = "/fr/learn/calendar.ics") -> list[icalendar.Event]:
    return list(read(client, path).walk("VEVENT"))


def read(client: Client, path: str) -> icalendar.Calendar:
    answer = client.get(path)
    assert answer.status_code == 200, path
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert not answer.cookies
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    return icalendar.Calendar.from_ical(answer.content)


def days(page: str) -> dict[str, str]:
    """Each day of the sheet with its classes."""
    return dict(reversed(found) for found in re.findall(r'<li(?: class="([^"]*)")?><time datetime="([^"]*)"', page))


def test_this_month_is_shown_with_its_trainings_on_their_day(client: Client, section, stopped_clock):
    stopped_clock.move(days=14)
    learning.training("Atelier", parent=section, starts_at=EVENING)
    page = client.get("/fr/learn/calendar/").content.decode()
    assert "<h1>Décembre 2026</h1>" in page
    assert "déc. 2026" in page
    day = page.split('<time datetime="2026-12-17">')[1].split("</li>")[0]
    assert ">Atelier</a>, 18:30" in day
    assert len(days(page)) == 31


def test_weekends_and_holidays_rest_and_holidays_have_their_name(client: Client, section):
    page = client.get("/fr/learn/calendar/?month=2026-12").content.decode()
    assert days(page)["2026-12-05"] == "rest none"
    assert days(page)["2026-12-25"] == "rest"
    assert days(page)["2026-12-01"] == " none"
    assert '<span class="off">Noël</span>' in page
    assert '<span class="off">Weihnachten</span>' in client.get("/de/learn/calendar/?month=2026-12").content.decode()


def test_the_sheet_begins_on_the_right_weekday(client: Client, section):
    page = client.get("/fr/learn/calendar/?month=2026-12").content.decode()
    assert page.count('<li class="day none" aria-hidden="true"></li>') == 1
    assert page.index(">Lundi</li>") < page.index(">Dimanche</li>")


def test_a_training_of_two_days_stands_on_both(client: Client, section):
    learning.training("Retraite", parent=section, starts_at=EVENING, ends_at=EVENING + timedelta(days=1))
    page = client.get("/fr/learn/calendar/?month=2026-12").content.decode()
    assert page.split("Ce qui vient ensuite")[0].count(">Retraite</a>") == 2


def test_one_that_runs_past_midnight_of_the_last_day_stands_in_both_months(client: Client, section):
    night = datetime(2026, 12, 31, 21, tzinfo=UTC)
    learning.training("Nuit", parent=section, starts_at=night, ends_at=night + timedelta(hours=6))
    for month, day in (("2026-12", "2026-12-31"), ("2027-01", "2027-01-01")):
        page = client.get(f"/fr/learn/calendar/?month={month}").content.decode()
        assert ">Nuit</a>" in page.split(f'<time datetime="{day}">')[1].split("</li>")[0]


def test_what_is_cancelled_stays_and_says_so(client: Client, section):
    learning.training("Atelier", parent=section, starts_at=EVENING, cancelled=True)
    page = client.get("/fr/learn/calendar/?month=2026-12").content.decode()
    assert re.search(r"Annulée\u202f: <a [^>]*>Atelier</a>", page)


@pytest.mark.parametrize("month", ["2026-13", "x", "2026-1", "1999-12", "2051-01", "2026-12-01", "9" * 5000])
def test_what_is_no_month_is_not_there(client: Client, section, month):
    assert client.get(f"/fr/learn/calendar/?month={month}").status_code == 404


def test_the_way_on_ends_where_the_calendar_ends(client: Client, section):
    assert 'rel="next"' not in client.get("/fr/learn/calendar/?month=2050-12").content.decode()
    assert 'rel="prev"' not in client.get("/fr/learn/calendar/?month=2020-01").content.decode()


def test_the_file_is_read_back_as_it_was_written(client: Client, section):
    page = learning.training(
        "Atelier; avec, virgules", parent=section, starts_at=EVENING, place="Rue d’Anvers 5", lead="Un code."
    )
    (event,) = events(client)
    assert str(event["summary"]) == "Atelier; avec, virgules"
    assert str(event["location"]) == "Rue d’Anvers 5"
    assert str(event["description"]) == "Un code."
    assert event.decoded("dtstart") == EVENING
    assert event.decoded("dtend") == EVENING + timedelta(hours=2)
    assert event["dtstart"].params["TZID"] == "Europe/Luxembourg"
    assert str(event["status"]) == "CONFIRMED"
    assert str(event["url"]).startswith("http://")
    assert str(event["url"]).endswith(page.url_path)


def test_the_time_zone_in_the_file_is_luxembourgs_also_on_both_days_of_change(client: Client, section):
    zone = read(client, "/fr/learn/calendar.ics").walk("VTIMEZONE")[0].to_tz()
    real = ZoneInfo("Europe/Luxembourg")
    for wall_clock in (
        "2027-03-28T01:30",
        "2027-03-28T03:30",
        "2027-10-31T01:30",
        "2027-10-31T03:30",
        "2026-12-17T18:30",
        "2031-07-01T09:00",
    ):
        moment = datetime.fromisoformat(wall_clock)
        assert moment.replace(tzinfo=zone).utcoffset() == moment.replace(tzinfo=real).utcoffset(), moment


def test_a_training_keeps_its_uid_in_every_language_and_after_each_change(client: Client, section):
    page = learning.training("Atelier", parent=section, starts_at=EVENING)
    (before,) = events(client)
    page.title, page.slug = "Atelier du soir", "soir"
    page.save_revision().publish()
    (after,) = events(client)
    assert str(after["uid"]) == str(before["uid"]) == str(page.translation_key)


def test_each_publication_raises_the_sequence_and_a_cancelled_one_says_so(client: Client, section):
    page = learning.training("Atelier", parent=section, starts_at=EVENING)
    page.first_published_at = page.first_published_at - timedelta(hours=1)
    page.save()
    sequences = []
    for cancelled in (False, True):
        page.cancelled = cancelled
        page.save_revision().publish()
        page.refresh_from_db()
        page.first_published_at = page.first_published_at - timedelta(hours=1)
        page.save()
        (event,) = events(client)
        sequences.append(event.decoded("sequence"))
    assert 0 < sequences[0] < sequences[1]
    assert str(event["status"]) == "CANCELLED"


def test_no_text_begins_a_line_of_its_own(client: Client, section):
    evil = "Atelier\r\nATTENDEE:mailto:evil@example.org\u2028X-EVIL:1\x0b\x00"
    learning.training(
        evil.replace("\x00", ""), parent=section, slug="atelier", starts_at=EVENING, place=evil[:-1], lead=evil[:-1]
    )
    (event,) = events(client)
    assert "attendee" not in event
    assert "x-evil" not in event
    assert "ATTENDEE:mailto:evil@example.org" in str(event["summary"])


def test_a_training_has_a_file_of_its_own_and_other_pages_have_none(client: Client, section):
    page = learning.training("Atelier été", parent=section, starts_at=EVENING)
    guide = learning.guide("Code", parent=section)
    learning.training("Autre", parent=section, starts_at=EVENING)
    (event,) = events(client, f"{page.url_path[:-1]}.ics")
    assert str(event["summary"]) == "Atelier été"
    assert client.get(f"{guide.url_path[:-1]}.ics").status_code == 404
    assert f'{page.url_path[:-1]}.ics" download' in client.get(page.url_path).content.decode()


def test_drafts_and_what_is_long_over_stand_in_no_file(client: Client, section):
    learning.training("Brouillon", parent=section, starts_at=EVENING, live=False)
    learning.training("Passé", parent=section, starts_at=EVENING - timedelta(days=500))
    learning.training("Récent", parent=section, starts_at=EVENING - timedelta(days=100))
    assert [str(event["summary"]) for event in events(client)] == ["Récent"]


def test_a_calendar_without_trainings_is_a_calendar(client: Client, section):
    assert events(client) == []
    assert "No training is announced." in client.get("/en/learn/calendar/").content.decode()


@pytest.mark.parametrize("trainings", [1, 3])
@pytest.mark.parametrize("costs", [("/fr/learn/calendar/?month=2026-12", 7), ("/fr/learn/calendar.ics", 3)])
def test_the_calendar_costs_the_same_queries_at_one_training_and_at_three(
    client: Client, django_assert_num_queries, section, trainings, costs
):
    address, queries = costs
    for number in range(trainings):
        learning.training(f"Atelier {number}", parent=section, starts_at=EVENING)
    warmed(client, address)
    with django_assert_num_queries(queries):
        client.get(address)


def test_a_month_without_trainings_says_so(client: Client, section):
    learning.training("Atelier", parent=section, starts_at=EVENING)
    words = "No training in this month."
    assert words not in client.get("/fr/learn/calendar/?month=2026-12").content.decode()
    assert words in client.get("/en/learn/calendar/?month=2026-12").content.decode()
