import pytest
from django.test import Client

from cms.models import FooterLink
from hrdplatform.media.models import PlatformDocument
from hrdplatform.web import generations
from tests.factories.cms import document, home, image, planted, standard_page

pytestmark = pytest.mark.django_db

EVERY_BLOCK = [
    {"type": "text", "value": "<h2>Avant de partir</h2><p>Un <b>code</b> à six chiffres.</p>"},
    {"type": "callout", "value": {"tone": "warn", "text": "<p>Éteignez la reconnaissance faciale.</p>"}},
    {
        "type": "steps",
        "value": {"steps": [{"title": "Noter", "text": ""}, {"title": "Appeler", "text": "<p>Le numéro.</p>"}]},
    },
    {"type": "accordion", "value": {"items": [{"title": "Pourquoi un code ?", "text": "<p>Un doigt se force.</p>"}]}},
    {"type": "quote", "value": {"text": "J’avais le numéro sur le bras.", "source": "Une manifestante"}},
]


def every_block():
    return [
        *EVERY_BLOCK,
        {"type": "image", "value": {"image": image().pk, "decorative": False, "alt_text": "Un viaduc"}},
        {"type": "download", "value": {"document": document().pk, "label": ""}},
    ]


def test_the_home_page_shows_its_words_and_the_way_to_the_sealed_door(client: Client):
    planted()
    page = client.get("/fr/").content.decode()
    assert "Défendre les droits des autres ne devrait mettre personne en danger." in page
    assert 'href="/fr/aid/request/"' in page
    assert '<html lang="fr">' in page


def test_a_standard_page_draws_every_block(client: Client):
    planted()
    standard_page("Téléphone", slug="telephone", body=every_block())
    page = client.get("/fr/telephone/").content.decode()
    for words in (
        "<h2>Avant de partir</h2>",
        'class="notice is-warn"',
        '<ol class="walk" role="list">',
        "<summary>Pourquoi un code ?</summary>",
        "<blockquote>",
        'alt="Un viaduc"',
        PlatformDocument.objects.get().filename,
    ):
        assert words in page


def test_an_arabic_page_runs_from_right_to_left(client: Client):
    planted("ar")
    standard_page("الخصوصية", slug="privacy", parent=home("ar"))
    assert '<html lang="ar" dir="rtl">' in client.get("/ar/privacy/").content.decode()


def test_a_language_without_pages_leads_to_the_sealed_door(client: Client):
    planted()
    assert client.get("/pt/")["Location"] == "/pt/aid/"
    assert client.get("/pt/anything/").status_code == 404


def test_translations_name_each_other(client: Client):
    planted()
    french = standard_page("Contact", slug="contact")
    german = french.copy_for_translation(home("de").locale)
    german.title, german.slug = "Kontakt", "kontakt"
    german.save_revision().publish()
    page = client.get("/fr/contact/").content.decode()
    assert '<link rel="alternate" hreflang="de" href="http://localhost:8000/de/kontakt/">' in page
    assert 'href="/de/kontakt/" lang="de"' in page
    assert 'href="/lb/" lang="lb"' in page


def test_menu_and_foot_hold_what_the_editors_chose(client: Client):
    french = planted()
    standard_page("Apprendre", slug="apprendre", show_in_menus=True)
    privacy = standard_page("Vie privée", slug="vie-privee")
    FooterLink.objects.create(home=french, page=privacy)
    page = client.get("/fr/apprendre/").content.decode()
    assert '<li><a href="/fr/apprendre/" aria-current="page">Apprendre</a></li>' in page
    assert '<li><a href="/fr/vie-privee/">Vie privée</a></li>' in page
    assert "Apprendre" not in client.get("/de/").content.decode()


def test_a_deep_page_says_where_it_stands(client: Client):
    planted()
    section = standard_page("Guides", slug="guides")
    standard_page("Téléphone", slug="telephone", parent=section)
    page = client.get("/fr/guides/telephone/").content.decode()
    assert '<li><a href="/fr/guides/">Guides</a></li>' in page
    assert '<li aria-current="page">Téléphone</li>' in page


@pytest.mark.parametrize("address", ["/fr/", "/fr/telephone/"])
def test_nobody_gets_a_cookie_for_reading(client: Client, address):
    planted()
    standard_page("Téléphone", slug="telephone")
    answer = client.get(address)
    assert answer.status_code == 200
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")


def test_drafts_are_not_there(client: Client):
    planted()
    standard_page("Brouillon", slug="brouillon", live=False)
    assert client.get("/fr/brouillon/").status_code == 404


@pytest.mark.parametrize("children", [1, 3])
@pytest.mark.parametrize(("address", "queries"), [("/fr/", 10), ("/fr/page-0/", 10)])
def test_a_page_costs_the_same_queries_at_one_page_and_at_three(
    client: Client, django_assert_num_queries, children, address, queries
):
    planted()
    for number in range(children):
        standard_page(f"Page {number}", slug=f"page-{number}", show_in_menus=True, body=EVERY_BLOCK)
    client.get(address)
    generations.forget()
    with django_assert_num_queries(queries):
        client.get(address)


def test_search_and_emergency_numbers_are_one_step_from_every_public_page(client: Client):
    planted("ar")
    for language in ("fr", "ar"):
        page = client.get(f"/{language}/").content.decode()
        menu, foot = page.split('id="menu"')[1].split("</nav>")[0], page.split("<footer")[1]
        assert menu.index(f'href="/{language}/search/"') < menu.index(f'href="/{language}/aid/"')
        assert f'<li class="folded"><a href="/{language}/emergency/">' in menu
        assert f'href="/{language}/emergency/"' in foot
    assert '<a href="/fr/search/" aria-current="page">' in client.get("/fr/search/").content.decode()
