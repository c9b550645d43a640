"""The first page of the office: where somebody begins for whom nothing waits."""

import pytest
from django.test import RequestFactory
from django.urls import reverse

from cms.models import SectionPage
from cms.waiting import ways
from hrdplatform.organisations.states import Role
from tests.factories.accounts import signed_in
from tests.factories.learning import guide, section
from tests.factories.office import platform_administrator
from tests.factories.organisations import make_member, make_organisation

pytestmark = pytest.mark.django_db


def begun(user) -> str:
    request = RequestFactory().get("/office/")
    request.user = user
    return str(ways(request))


def test_an_author_finds_where_she_writes_a_guide_and_where_her_section_is(own, author):
    author.language = "de"
    author.save()
    section(own)
    german = SectionPage.objects.get(organisation=own, locale__language_code="de")
    first = signed_in(author).get("/office/").content.decode()
    assert f'href="{reverse("wagtailadmin_pages:add", args=["cms", "guidepage", german.pk])}"' in first
    assert f'href="{reverse("wagtailadmin_explore", args=[german.pk])}"' in first


def test_who_writes_nowhere_is_led_nowhere(own):
    section(own)
    assert begun(make_member(own, Role.OFFICIAL)) == ""
    assert begun(platform_administrator()) == ""


@pytest.mark.parametrize("number", [1, 3])
def test_the_ways_cost_the_same_however_many_sections_one_writes_in(own, number, django_assert_num_queries):
    author = make_member(own, Role.AUTHOR)
    for count in range(1, number):
        make_member(make_organisation(f"Number {count}"), Role.AUTHOR, author)
    author = type(author).objects.get(pk=author.pk)
    with django_assert_num_queries(3):
        found = begun(author)
    assert found.count("<li>") == 2 * number


def test_the_number_of_pages_is_that_of_the_own(own, author):
    guide(parent=section(own))
    guide("Elsewhere", parent=section(make_organisation("Other", slug="other")))
    mine = SectionPage.objects.filter(organisation=own).count() + 1
    assert f">{mine} pages that you may change</a>" in signed_in(author).get("/office/").content.decode()


@pytest.mark.parametrize(("language", "heading"), [("fr", "Nouveau\u00a0: Guide"), ("de", "Neu: Anleitung")])
def test_a_heading_is_set_as_its_language_sets_it(own, author, language, heading):
    author.language = language
    author.save()
    address = reverse("wagtailadmin_pages:add", args=["cms", "guidepage", section(own).pk])
    assert signed_in(author).get(address).context["header_title"] == heading


def test_what_is_not_there_is_said_in_our_own_words(own, author):
    address = reverse("office_videos:edit", args=[4711])
    answer = signed_in(author).get(address, headers={"Accept-Language": "en"})
    assert answer.status_code == 404
    said = answer.content.decode()
    assert "There is nothing at this address" in said
    assert "Wagtail" not in said


def test_a_script_that_finds_nothing_gets_no_page_of_ours(own, author):
    answer = signed_in(author).get("/office/no-such-thing/", headers={"X-Requested-With": "XMLHttpRequest"})
    assert answer.status_code == 404
    assert "There is nothing at this address" not in answer.content.decode()
