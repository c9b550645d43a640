import pytest
from django.test import Client, RequestFactory

from cms.models import GuidePage
from hrdplatform.web import light
from tests.factories.cms import document, image, planted, stored
from tests.factories.learning import course, guide, section

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    planted()
    picture = {"type": "image", "value": {"image": image().pk, "decorative": False, "alt_text": "A viaduct"}}
    drawn = {"type": "image", "value": {"image": image().pk, "decorative": True, "alt_text": ""}}
    paper = {"type": "download", "value": {"document": document().pk, "label": ""}}
    return guide("Telephone", parent=section(language="en"), body=stored([picture, drawn, paper], GuidePage))


def test_a_light_page_names_its_pictures_instead_of_showing_them(client: Client, page):
    full = client.get(page.url_path).content.decode()
    shown = client.get(f"{page.url_path}?light=1").content.decode()
    assert full.count("<img") == 2
    assert "<img" not in shown
    assert shown.count(">Picture: A viaduct</a>") == 1


def test_a_light_course_loads_no_script(client: Client, page):
    made = course("Course", parent=page.get_parent())
    assert "<script" in client.get(made.url_path).content.decode()
    assert "<script" not in client.get(f"{made.url_path}?light=1").content.decode()


def test_links_of_a_light_page_lead_to_light_pages_and_files_stay_files(client: Client, page):
    shown = client.get(f"{page.url_path}?light=1").content.decode()
    assert 'href="/en/learn/?light=1"' in shown
    assert f'data-full rel="nofollow" href="{page.url_path}"' in shown
    assert '.pdf" download' in shown
    assert 'href="/en/aid/?light' not in shown


def test_a_search_form_of_a_light_page_keeps_it_light(client: Client, page):
    shown = client.get("/en/learn/?light=1").content.decode()
    assert '<input type="hidden" name="light" value="1">' in shown
    assert 'name="light"' not in client.get("/en/learn/").content.decode()


@pytest.mark.parametrize("word", ["0", "", "2", "yes"])
def test_any_other_word_is_the_full_page(client: Client, page, word):
    assert "<img" in client.get(f"{page.url_path}?light={word}").content.decode()


def test_the_other_address_keeps_what_else_was_asked():
    make = RequestFactory()
    assert light.other_address(make.get("/en/search/?q=a+b")) == "/en/search/?q=a+b&light=1"
    assert light.other_address(make.get("/en/search/?q=a+b&light=1")) == "/en/search/?q=a+b"
    assert light.other_address(make.get("/en/?light=1")) == "/en/"


def test_a_page_made_to_confuse_is_left_as_it_is_at_once():
    html = b'<a href="/en/learn/' * 20_000
    assert light.keep(html) == html


def test_the_sealed_door_knows_no_light_pages(client: Client, page):
    assert b"light=1" not in client.get("/en/aid/?light=1").content
