import pytest
from django.conf import settings
from django.test import RequestFactory
from django.utils import translation

from hrdplatform.web.doors import Door
from hrdplatform.web.languages import AID, NAMES, PUBLIC, choices, preferred, spoken


@pytest.mark.parametrize(
    ("header", "among", "language"),
    [
        ("de-LU,de;q=0.9,fr;q=0.5", PUBLIC, "de"),
        ("ar-SY,en;q=0.3", PUBLIC, "en"),
        ("ar-SY,en;q=0.3", AID, "ar"),
        ("lb", PUBLIC, "lb"),
        ("zz,*;q=0.1", PUBLIC, "fr"),
        ("", AID, "fr"),
        ("q=;;;,=" * 500, AID, "fr"),
    ],
)
def test_the_browser_s_wish_is_met_where_it_can_be(header, among, language):
    assert preferred(RequestFactory().get("/", headers={"accept-language": header}), among) == language


def test_the_menu_keeps_the_page_in_each_language_of_the_door():
    request = RequestFactory().get("/fr/aid/request/")
    request.door = Door.AID
    menu = choices(request)
    assert [choice.code for choice in menu] == list(AID)
    assert menu[-1].href == "/ar/aid/request/"
    assert menu[-1].direction == "rtl"
    assert [choice.code for choice in menu if choice.current] == ["fr"]


@pytest.mark.parametrize(("language", "door"), [("ar", Door.PUBLIC), ("pt", Door.PUBLIC), ("lb", Door.AID)])
def test_the_language_that_is_read_is_the_chosen_one_also_where_it_is_not_offered(language, door):
    request = RequestFactory().get(f"/{language}/")
    request.door = door
    assert [choice.name for choice in choices(request) if choice.current] == [NAMES[language]]


def test_the_platform_has_a_name_in_each_language():
    names = set()
    for language in PUBLIC:
        with translation.override(language):
            names.add(str(settings.PLATFORM_NAME))
    assert len(names) == len(PUBLIC)


def test_a_view_may_know_better_addresses():
    request = RequestFactory().get("/fr/securite/")
    request.alternates = {"de": "/de/sicherheit/"}
    assert {choice.code: choice.href for choice in choices(request)}["de"] == "/de/sicherheit/"


def test_an_address_without_language_offers_a_form():
    request = RequestFactory().get("/account/")
    with translation.override("de"):
        menu = choices(request)
    assert {choice.href for choice in menu} == {""}
    assert [choice.code for choice in menu if choice.current] == ["de"]


def test_the_address_decides_before_the_browser():
    assert spoken(RequestFactory().get("/de/", headers={"accept-language": "en"})) == "de"
