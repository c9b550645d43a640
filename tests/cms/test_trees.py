import pytest
from django.apps import apps
from wagtail.models import Page, Site

from cms.domain import trees
from cms.models import HomePage
from tests.factories.cms import home, planted

pytestmark = pytest.mark.django_db


def test_every_complete_language_has_a_home_page_and_the_site_leads_to_the_french_one():
    planted()
    assert set(HomePage.objects.values_list("locale__language_code", flat=True)) == {"fr", "de", "lb", "en"}
    assert Site.objects.get().root_page.specific == home("fr")


def test_planting_twice_changes_nothing():
    planted()
    before = list(Page.objects.order_by("path").values())
    planted()
    assert list(Page.objects.order_by("path").values()) == before


def test_an_emptied_database_is_planted_anew():
    Site.objects.all().delete()
    Page.objects.all().delete()
    planted()
    assert HomePage.objects.count() == 4
    assert Page.find_problems() == ([], [], [], [], [])


def test_a_fifth_language_joins_the_others():
    planted("ar")
    assert home("ar").get_translations(inclusive=True).count() == 5
    assert Page.find_problems() == ([], [], [], [], [])


def test_the_way_back_leaves_the_welcome_page_of_wagtail():
    planted()
    trees.uproot(apps.get_model)
    assert not HomePage.objects.exists()
    assert Site.objects.get().root_page.slug == "home"
    assert Page.find_problems() == ([], [], [], [], [])
