"""The sitemap, and what pages say of their translations."""

from xml.etree import ElementTree as ET

import pytest
from django.test import Client, RequestFactory

from cms.views import sitemap
from hrdplatform.web import doors
from tests.cms.counting import warmed
from tests.factories import learning
from tests.factories.cms import home, planted, standard_page
from tests.factories.organisations import make_organisation

pytestmark = pytest.mark.django_db
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def places(client: Client) -> dict[str, dict[str, str]]:
    """Every path of the sitemap with its translations."""
    answer = client.get("/sitemap.xml")
    assert answer["Content-Type"] == "application/xml; charset=utf-8"
    assert not answer.cookies
    found = {}
    for url in ET.fromstring(answer.content).findall("s:url", NAMES):
        links = {link.get("hreflang"): path(link.get("href")) for link in url.findall("x:link", NAMES)}
        found[path(url.find("s:loc", NAMES).text)] = links
    return found


def path(address: str) -> str:
    assert address.startswith("http://")
    return "/" + address.split("/", 3)[3]


def test_every_live_page_and_list_stands_in_it_in_every_language(client: Client):
    planted()
    page = learning.guide("Code", parent=learning.section())
    found = places(client)
    assert {page.url_path, "/fr/", "/de/learn/", "/lb/learn/glossary/", "/en/emergency/"} <= set(found)
    assert found["/de/learn/glossary/"]["en"] == "/en/learn/glossary/"


def test_it_holds_no_more_than_a_sitemap_may(client: Client, monkeypatch):
    planted()
    assert sitemap.MOST == 50_000
    assert len(places(client)) > 3
    monkeypatch.setattr(sitemap, "MOST", 3)
    assert len(places(client)) == 3


def test_nothing_that_is_not_public_stands_in_it(client: Client):
    planted()
    standard_page("Brouillon", slug="brouillon", live=False)
    learning.initiative("hidden", shown=False)
    learning.initiative("open")
    found = places(client)
    assert "/fr/learn/initiatives/open/" in found
    assert not [address for address in found if "brouillon" in address or "hidden" in address]
    assert not [address for address in found if address.startswith(("/office", "/fr/aid", "/fr/search"))]


def test_translations_name_each_other_and_the_one_for_everybody_else(client: Client):
    planted()
    french = standard_page("Contact", slug="contact")
    german = french.copy_for_translation(home("de").locale)
    german.title, german.slug = "Kontakt", "kontakt"
    german.save_revision().publish()
    both = {"fr": "/fr/contact/", "de": "/de/kontakt/", "x-default": "/fr/contact/"}
    found = places(client)
    assert found["/fr/contact/"] == found["/de/kontakt/"] == both


def test_the_first_pages_fall_back_on_the_address_that_asks_the_browser(client: Client):
    planted()
    assert places(client)["/de/"]["x-default"] == "/"
    assert (
        '<link rel="alternate" hreflang="x-default" href="http://localhost:8000/">'
        in client.get("/de/").content.decode()
    )


def test_a_page_without_translation_names_none(client: Client):
    planted()
    standard_page("Contact", slug="contact")
    assert places(client)["/fr/contact/"] == {}


def test_robots_find_the_way_to_it(client: Client):
    origin = doors.origin(doors.Door.PUBLIC, RequestFactory().get("/"))
    assert f"\nSitemap: {origin}/sitemap.xml\n" in client.get("/robots.txt").content.decode()
    assert "Sitemap" not in client.get("/robots.txt", headers={"host": "aid.localhost"}).content.decode()


def test_our_own_lists_name_their_translations(client: Client):
    planted()
    page = client.get("/de/learn/glossary/").content.decode()
    assert '/lb/learn/glossary/">' in page
    assert 'hreflang="x-default"' in page


@pytest.mark.parametrize("pages", [1, 3])
def test_the_sitemap_costs_the_same_queries_at_one_page_and_at_three(client: Client, django_assert_num_queries, pages):
    planted()
    for number in range(pages):
        standard_page(f"Page {number}")
    address = warmed(client, "/sitemap.xml")
    with django_assert_num_queries(4):
        client.get(address)


def test_a_section_stands_in_it_in_the_languages_in_which_something_is_published(client: Client):
    planted()
    learning.guide("Code", parent=learning.section(make_organisation("Passerelle", slug="passerelle"), "de"))
    found = places(client)
    assert "/de/learn/passerelle/" in found
    assert "/fr/learn/passerelle/" not in found
    assert found["/de/learn/passerelle/"] == {}
    assert '<a href="/fr/learn/">' in client.get("/fr/learn/passerelle/").content.decode().split("<main")[1]
