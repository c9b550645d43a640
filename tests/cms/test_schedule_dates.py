"""What is no date, or is past, does not become "at once": it is refused, and the reason stands above the page."""

import re
from datetime import datetime, timedelta
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from hrdplatform.web import clock
from tests.cms.test_four_eyes import form
from tests.factories.accounts import signed_in
from tests.factories.editing import edit
from tests.factories.learning import guide, section

pytestmark = pytest.mark.django_db(transaction=True)
LUXEMBOURG = ZoneInfo("Europe/Luxembourg")
DAY = datetime(2099, 7, 1, 9, 0, tzinfo=LUXEMBOURG)


@pytest.fixture
def draft(own, author):
    return guide(parent=section(own), live=False, by=author)


def messages(answer) -> str:
    """What stands above the page."""
    found = re.search(r'<div class="messages".*?</div>', answer.content.decode(), re.DOTALL)
    return unescape(found[0]) if found else ""


def typed(moment: datetime) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("dates", "reason"),
    [
        ({"go_live_at": "demain"}, "Enter a valid date/time."),
        ({"go_live_at": "2027-03-28 02:30"}, "Europe/Luxembourg"),
        ({"go_live_at": "2020-01-01 09:00"}, "This moment is past."),
        ({"go_live_at": "2099-07-01 09:00", "expire_at": "2099-06-30 09:00"}, "must be before expiry"),
    ],
)
def test_a_date_that_is_wrong_is_refused_with_its_reason_above_the_page(author, draft, dates, reason):
    answer = signed_in(author).post(edit(draft), form(draft, **dates))
    assert answer.status_code == 200
    assert reason in messages(answer)
    assert all(f'value="{value}"' in answer.content.decode() for value in dates.values())
    assert Page.objects.get(pk=draft.pk).get_latest_revision_as_object().go_live_at is None


def test_a_new_page_does_not_go_live_in_the_past(own, author):
    place = section(own)
    address = reverse("wagtailadmin_pages:add", args=["cms", "guidepage", place.pk])
    page = guide("Anderes", parent=place, live=False)
    changes = {"title": "Neu", "slug": "neu", "go_live_at": typed(clock.now() - timedelta(hours=1))}
    assert "This moment is past." in messages(signed_in(author).post(address, form(page, **changes)))
    assert not Page.objects.filter(slug="neu").exists()


def test_a_page_that_went_live_by_the_clock_can_be_written_on(own, author):
    went = clock.now() - timedelta(days=1)
    page = guide(parent=section(own), go_live_at=went)
    answer = signed_in(author).post(edit(page), form(page, title="Weiter", go_live_at=typed(went)))
    assert answer.status_code == 302
    assert Page.objects.get(pk=page.pk).get_latest_revision_as_object().title == "Weiter"


def test_dialog_and_panel_say_whose_time_is_meant(author, draft):
    words = signed_in(author).get(edit(draft)).content.decode()
    assert words.count("In Luxembourg’s time") == 2
    assert "All times are Luxembourg’s." not in words
    draft.go_live_at = DAY
    draft.save_revision(user=author)
    assert "All times are Luxembourg’s." in signed_in(author).get(edit(draft)).content.decode()
