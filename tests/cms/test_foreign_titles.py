"""What a public page of others will be called is not told before it is public, although links may lead to it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page

from cms.domain.rights import permissions_on
from cms.models import FooterLink, GuidePage
from hrdplatform.office import titles
from hrdplatform.organisations.domain.roles import group_name
from hrdplatform.organisations.models import Organisation
from hrdplatform.organisations.states import Role
from hrdplatform.web import doors
from tests.cms.test_foreign_media import Shelf
from tests.factories.accounts import signed_in
from tests.factories.cms import home, stored
from tests.factories.learning import guide, section
from tests.factories.organisations import make_member, make_organisation

pytestmark = pytest.mark.django_db

KNOWN = "Telefonbuch"
SECRET = "Hawthorn"


def renamed(page: Page) -> Page:
    """The page as it is public, with a draft that calls it otherwise."""
    page.title = f"{SECRET} {page.pk}"
    page.save_revision()
    return Page.objects.get(pk=page.pk).specific


@pytest.fixture
def other(own) -> Organisation:
    return make_organisation("Fougère")


@pytest.fixture
def mine(own) -> Shelf:
    return Shelf(own, "Passerelle")


@pytest.fixture
def theirs(other, mine) -> Page:
    """A public guide of another organisation and its section, both with a title to come; it shows what is mine."""
    body = stored([{"type": "download", "value": {"document": mine.document.pk, "label": ""}}], GuidePage)
    page = guide(KNOWN, parent=section(other), slug="telefonbuch", body=body)
    renamed(section(other))
    return renamed(page)


@pytest.fixture
def linking(own, theirs) -> Page:
    """A page of one's own that links to it."""
    link = f'<p>Hier: <a linktype="page" id="{theirs.pk}">das Buch</a>.</p>'
    body = stored([{"type": "text", "value": link}], GuidePage)
    return guide("Eigenes", parent=section(own), slug="eigenes", body=body)


def children_of(page: Page) -> str:
    return reverse("wagtailadmin_choose_page_child", args=[page.pk])


PLACES = {
    "browsed": lambda page, _mine, _own: children_of(page.get_parent()),
    "browsed for many": lambda page, _mine, _own: f"{children_of(page.get_parent())}?multiple=1",
    "its section, browsed": lambda page, _mine, _own: children_of(page.get_parent().get_parent()),
    "the page above": lambda page, _mine, _own: children_of(page),
    "searched": lambda _page, _mine, _own: f"{reverse('wagtailadmin_choose_page_search')}?q={KNOWN}",
    "chosen": lambda page, _mine, _own: f"{reverse('wagtailadmin_choose_page_chosen_multiple')}?id={page.pk}",
}
"""Where a chooser names it: page, own shelf, own page that links to it -> address."""

ELSEWHERE = {
    "the use of a document": lambda _page, mine, _own: reverse("wagtaildocs:document_usage", args=[mine.document.pk]),
    "the own page": lambda _page, _mine, own: reverse("wagtailadmin_pages:edit", args=[own.pk]),
    "the own page's use": lambda _page, _mine, own: reverse("wagtailadmin_pages:usage", args=[own.pk]),
    "the own page's history": lambda _page, _mine, own: reverse("wagtailadmin_pages:history", args=[own.pk]),
    "its own use": lambda page, _mine, _own: reverse("wagtailadmin_pages:usage", args=[page.pk]),
    "its own form": lambda page, _mine, _own: reverse("wagtailadmin_pages:edit", args=[page.pk]),
    "its own history": lambda page, _mine, _own: reverse("wagtailadmin_pages:history", args=[page.pk]),
    "the explorer": lambda _page, _mine, _own: reverse("wagtailadmin_explore_root"),
    "the explorer in its place": lambda page, _mine, _own: reverse("wagtailadmin_explore", args=[page.get_parent().pk]),
    "the search of the office": lambda _page, _mine, _own: f"{reverse('wagtailadmin_pages:search')}?q={KNOWN}",
    "the list for the menu": lambda _page, _mine, _own: "/office/api/main/pages/?limit=20&fields=*",
    "its row for the menu": lambda page, _mine, _own: f"/office/api/main/pages/{page.pk}/?fields=*",
    "the start": lambda _page, _mine, _own: reverse("wagtailadmin_home"),
    **{
        name: lambda _page, _mine, _own, name=name: reverse(name)
        for name in (
            "wagtailadmin_reports:locked_pages",
            "wagtailadmin_reports:workflow",
            "wagtailadmin_reports:workflow_tasks",
            "wagtailadmin_reports:aging_pages",
            "office_unfinished",
            "office_opinions",
            "office_to_check",
        )
    },
}
"""Where else somebody could come across it."""


@pytest.mark.parametrize("place", [*PLACES, *ELSEWHERE])
def test_who_may_not_change_a_page_does_not_read_its_title_to_come(author, mine, theirs, linking, place):
    answer = signed_in(author).get((PLACES | ELSEWHERE)[place](theirs, mine, linking))
    assert answer.status_code in ({200} if place in PLACES else {200, 302, 403, 404})
    assert SECRET not in answer.content.decode()
    if place in PLACES and place != "its section, browsed":
        assert KNOWN in answer.content.decode()


@pytest.mark.parametrize("place", PLACES)
def test_who_may_change_it_reads_it_there(other, mine, theirs, linking, place):
    answer = signed_in(make_member(other, Role.AUTHOR)).get(PLACES[place](theirs, mine, linking))
    assert SECRET in answer.content.decode()


def test_nobody_finds_it_by_the_title_to_come(author, other, theirs):
    address = f"{reverse('wagtailadmin_choose_page_search')}?q={SECRET}"
    for person in (author, make_member(other, Role.AUTHOR)):
        assert KNOWN not in signed_in(person).get(address).content.decode()


@pytest.mark.parametrize("query", ["", "?seite=2"])
@pytest.mark.parametrize("origin", ["", doors.origin(doors.Door.PUBLIC)])
def test_its_address_stays_an_address_and_tells_no_title(author, theirs, origin, query):
    words = {
        "external-link-chooser-url": f"{origin}{theirs.url_path}{query}",
        "external-link-chooser-link_text": "Hier",
    }
    answer = signed_in(author).post(reverse("wagtailadmin_choose_page_external_link"), words).json()
    assert answer["step"] == "external_link_chosen"
    assert SECRET not in str(answer)


def test_a_form_that_names_it_shows_its_public_title(own, author, theirs):
    start = home("de")
    FooterLink.objects.create(home=start, page=theirs)
    group = author.groups.get(name=group_name(own, Role.AUTHOR))
    GroupPagePermission.objects.create(group=group, page=start, permission=permissions_on(Page, ["change_page"])[0])
    GroupPagePermission.objects.filter(group=group).exclude(page=start).delete()
    theirs.move(Page.objects.get(depth=1), pos="last-child")  # else it would stand below what she may change
    answer = signed_in(author).get(reverse("wagtailadmin_pages:edit", args=[start.pk])).content.decode()
    assert KNOWN in answer
    assert SECRET not in answer


def test_a_chooser_asks_the_database_nothing_more_for_pages_with_a_title_to_come(author, other, theirs):
    client, address = signed_in(author), children_of(section(other))
    pages = [guide(f"{KNOWN} {number}", parent=section(other), slug=f"telefonbuch-{number}") for number in (1, 2)]
    client.get(address)
    with CaptureQueriesContext(connection) as before:
        client.get(address)
    assert [renamed(page).draft_title for page in pages] == [f"{SECRET} {page.pk}" for page in pages]
    with CaptureQueriesContext(connection) as after:
        answer = client.get(address)
    assert SECRET not in answer.content.decode()
    assert len(after) == len(before)


def test_when_the_answer_was_sent_nobody_looks(author, theirs):
    client = signed_in(author)
    client.get(children_of(theirs.get_parent()))
    assert titles.looking.get() is None
    assert Page.objects.get(pk=theirs.pk).get_admin_display_title().startswith(SECRET)
