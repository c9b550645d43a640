"""What is to be checked again: two mails for each day that was set, to those who can do it, and the list of them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from cms.domain import upkeep
from cms.models import Entry
from hrdplatform.notices import Kind as Notice
from hrdplatform.notices import sending
from hrdplatform.notices.models import Notice as Mail
from hrdplatform.organisations.states import Role
from tests.factories.accounts import signed_in
from tests.factories.learning import guide, section
from tests.factories.office import platform_administrator
from tests.factories.organisations import make_member, make_organisation, make_platform

pytestmark = pytest.mark.django_db
LUXEMBOURG = ZoneInfo("Europe/Luxembourg")
DAY = date(2027, 3, 28)  # the night in which summer time begins


def moment(day: date, hour: int = 12, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=LUXEMBOURG)


@pytest.fixture
def page(own):
    return guide(parent=section(own), review_by=DAY)


def told(kind: Notice) -> list[str]:
    return sorted(Mail.objects.filter(kind=kind).values_list("to", flat=True))


def test_authors_and_editors_are_told_thirty_days_before_and_on_the_day_once_each(own, author, page):
    editor = make_member(own, Role.EDITOR)
    make_member(own, Role.OFFICIAL)
    make_member(make_organisation(), Role.EDITOR)
    everybody = sorted([author.email, editor.email])
    assert upkeep.remind_due(at=moment(date(2027, 2, 25))) == 0
    for day in (date(2027, 2, 26), date(2027, 2, 27), date(2027, 3, 27)):
        upkeep.remind_due(at=moment(day))
    assert told(Notice.CHECK_SOON) == everybody
    assert told(Notice.CHECK_DUE) == []
    for day in (DAY, date(2027, 3, 29), date(2028, 3, 29)):
        upkeep.remind_due(at=moment(day))
    assert told(Notice.CHECK_SOON) == everybody
    assert told(Notice.CHECK_DUE) == everybody


def test_somebody_with_both_roles_gets_one_mail(own, author, page):
    make_member(own, Role.EDITOR, author)
    upkeep.remind_due(at=moment(DAY))
    assert told(Notice.CHECK_DUE) == [author.email]


def test_who_was_not_told_before_is_told_on_the_day_alone(author, page):
    assert upkeep.remind_due(at=moment(DAY)) == 1
    assert (told(Notice.CHECK_SOON), told(Notice.CHECK_DUE)) == ([], [author.email])


@pytest.mark.parametrize(("hour", "minute", "mails"), [(0, 1, 1), (23, 59, 1)])
def test_the_day_is_one_of_luxembourg_also_when_the_clocks_change(author, page, hour, minute, mails):
    upkeep.remind_due(at=moment(date(2027, 3, 27), 23, 59))
    assert told(Notice.CHECK_DUE) == []
    upkeep.remind_due(at=moment(DAY, hour, minute).astimezone(ZoneInfo("Pacific/Auckland")))
    assert len(told(Notice.CHECK_DUE)) == mails


def test_a_new_day_begins_anew(author, page):
    upkeep.remind_due(at=moment(DAY))
    page.review_by = date(2028, 3, 28)
    page.save_revision().publish()
    assert upkeep.remind_due(at=moment(date(2027, 4, 1))) == 0
    assert upkeep.remind_due(at=moment(date(2028, 3, 1))) == 1
    assert told(Notice.CHECK_SOON) == [author.email]


def test_drafts_and_pages_taken_off_are_not_spoken_of(own, author, page):
    guide("Brouillon", parent=section(own), live=False, review_by=DAY)
    page.unpublish()
    assert upkeep.remind_due(at=moment(DAY)) == 0


def test_where_nobody_of_the_organisation_writes_the_houses_editors_are_told(own, page):
    editor = make_member(make_platform(), Role.EDITOR)
    away = make_member(own, Role.AUTHOR)
    away.is_active = False
    away.save()
    upkeep.remind_due(at=moment(DAY))
    assert told(Notice.CHECK_DUE) == [editor.email]


def test_a_round_does_as_many_as_it_may_and_the_next_one_goes_on(own, author):
    for number in range(3):
        guide(f"Guide {number}", parent=section(own), review_by=DAY)
    assert [upkeep.remind_due(at=moment(DAY), limit=2) for _ in range(3)] == [2, 1, 0]


def test_two_workers_write_one_mail(author, page):
    number = Entry.objects.get().pk
    assert [upkeep.remind(number, today=DAY) for _ in range(2)] == [True, False]
    assert told(Notice.CHECK_DUE) == [author.email]


@pytest.mark.parametrize(("language", "words"), [("en", "is to be checked now"), ("fr", "Votre téléphone")])
def test_the_mail_names_the_page_and_the_way_to_it(author, page, mailoutbox, language, words):
    author.language = language
    author.save()
    upkeep.remind_due(at=moment(DAY))
    sending.send_due(at=moment(DAY))
    [mail] = mailoutbox
    assert words in mail.subject
    assert f"/office/pages/{page.pk}/edit/" in mail.body
    assert author.name in mail.body


def report(person, **query) -> str:
    return signed_in(person).get(reverse("office_to_check"), query).content.decode()


def test_the_list_shows_the_own_pages_the_next_first(own, author, page, stopped_clock):
    stopped_clock.at = moment(date(2027, 3, 10))
    guide("Le droit de filmer", parent=section(own), review_by=date(2027, 3, 9))
    guide("Plus tard", parent=section(own), review_by=date(2027, 9, 9))
    guide("Sans date", parent=section(own))
    guide("Des autres", parent=section(make_organisation()), review_by=DAY)
    shown = report(author)
    places = [shown.index(words) for words in ("Le droit de filmer", "Votre téléphone", "Plus tard")]
    assert places == sorted(places)
    assert "Sans date" not in shown
    assert "Des autres" not in shown
    assert shown.count("To be checked now") == 1
    assert shown.count("<td>Soon</td>") == 1
    assert shown.count("<td>Later</td>") == 1


def test_an_administrator_sees_all_of_them_and_an_official_none(own, page):
    assert "Votre téléphone" in report(platform_administrator())
    assert "Votre téléphone" not in report(make_member(own, Role.OFFICIAL))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_however_long_it_is(own, author, count, django_assert_num_queries):
    for number in range(count):
        guide(f"Guide {number}", parent=section(own), review_by=DAY)
    with django_assert_num_queries(2):
        rows = list(upkeep.to_check(author))
        assert [str(row.organisation.name) for row in rows] == ["Passerelle"] * count
