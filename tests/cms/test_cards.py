"""The pictures beside links to pages: drawn by us, for live pages alone, one for each."""

import io
import re

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import translation
from PIL import Image

from cms import cards
from cms.domain.card_files import FOLDER, files, sweep
from hrdplatform.web import clock
from tests.factories import learning
from tests.factories.cms import planted, standard_page

TITLE = "Votre téléphone est saisi : que faire ?"


@pytest.fixture
def page(db):
    planted()
    return standard_page("Téléphone", slug="telephone", lead="Que faire.")


def path_of_card(client: Client, address: str) -> str:
    """What the page names, without scheme and host."""
    found = re.search(r'<meta property="og:image" content="http://[^/]+([^"]+)">', client.get(address).content.decode())
    return found[1]


def dark(drawn: bytes) -> int:
    """How many points of a picture have the ink of titles."""
    picture = Image.open(io.BytesIO(drawn))
    return sum(count for count, colour in picture.getcolors(1 << 20) if colour == (0x15, 0x20, 0x2B))


def test_a_card_has_the_size_that_other_sites_ask_for_and_both_inks():
    picture = Image.open(io.BytesIO(cards.card(TITLE, "Plateforme")))
    assert (picture.format, picture.size) == ("PNG", (1200, 630))
    colours = {colour for _count, colour in picture.getcolors(1 << 20)}
    assert {(0x17, 0x46, 0x6B), (0x7A, 0x1C, 0x5B), (0x15, 0x20, 0x2B)} <= colours


def test_the_same_words_give_the_same_bytes():
    assert cards.card(TITLE, "Plateforme") == cards.card(TITLE, "Plateforme")
    assert cards.card(TITLE, "Plateforme") != cards.card("Autre", "Plateforme")


def test_every_letter_of_our_languages_can_be_written_and_arabic_goes_without_words():
    assert cards.written("éèêëàâäôöüùûçïîœæÉÀŒÄÖÜßËÇ’‘“”„«»–—…·€áãõñ")
    assert not cards.written("حماية هاتفك")
    assert dark(cards.card("حماية هاتفك", "Plateforme")) == 0
    assert dark(cards.card(TITLE, "Plateforme")) > 0


@pytest.mark.parametrize("title", ["x" * 255, "mot " * 60, "", "\n", "Rindfleischetikettierung" * 8])
def test_no_title_leaves_the_paper(title):
    picture = Image.open(io.BytesIO(cards.card(title, "Plateforme")))
    edges = [picture.crop(box) for box in ((0, 0, 60, 630), (1150, 0, 1200, 630), (0, 600, 1200, 630))]
    assert all(edge.getcolors(1 << 20) == [(edge.width * edge.height, (255, 255, 255))] for edge in edges)


def test_a_page_names_its_card_and_it_can_be_kept_for_good(client: Client, page):
    html = client.get("/fr/telephone/").content.decode()
    assert '<meta property="og:title" content="Téléphone">' in html
    assert '<meta property="og:description" content="Que faire.">' in html
    answer = client.get(path_of_card(client, "/fr/telephone/"))
    assert answer["Content-Type"] == "image/png"
    assert "immutable" in answer["Cache-Control"]
    assert not answer.cookies
    assert Image.open(io.BytesIO(answer.content)).size == (1200, 630)


def test_a_card_is_drawn_once_and_the_one_before_goes(client: Client, page):
    folder = f"{FOLDER}/{page.pk}"
    before = client.get(path_of_card(client, "/fr/telephone/")).content
    assert client.get(path_of_card(client, "/fr/telephone/")).content == before
    assert len(files(folder)[1]) == 1
    page.title = "Portable"
    page.save_revision().publish()
    assert client.get(path_of_card(client, "/fr/telephone/")).content != before
    assert len(files(folder)[1]) == 1


def test_nobody_has_a_card_drawn_from_words_of_her_own_or_of_a_draft(client: Client, page):
    card = path_of_card(client, "/fr/telephone/")
    assert client.get(card.replace(card[-20:-4], "0" * 16)).status_code == 404
    page.unpublish()
    assert client.get(card).status_code == 404


def test_cards_of_pages_that_are_gone_are_swept(client: Client, page):
    sweep(at=clock.now())  # what other tests left in the storage
    other = standard_page("Autre", slug="autre")
    for address in ("/fr/telephone/", "/fr/autre/"):
        client.get(path_of_card(client, address))
    page.unpublish()
    assert sweep(at=clock.now()) == 1
    assert sweep(at=clock.now()) == 0
    assert not default_storage.exists(f"{FOLDER}/{page.pk}")
    assert len(files(f"{FOLDER}/{other.pk}")[1]) == 1


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("/en/emergency/", "Emergency numbers"),
        ("/en/learn/calendar/?month=2027-03", "March 2027"),
        ("/en/learn/glossary/", "Glossary"),
        ("/en/learn/initiatives/", "Initiatives"),
        ("/en/learn/initiatives/open-doors/", "Portes ouvertes"),
        ("/en/learn/topics/", "Topics"),
        ("/en/learn/topics/digital-security/", "Digital security"),
    ],
)
def test_a_page_that_is_no_editors_has_the_sites_card_in_its_language(client: Client, page, address, title):
    learning.initiative(topics=(learning.topic(),))
    html = client.get(address).content.decode()
    assert f'<meta property="og:title" content="{title}">' in html
    assert f'<meta property="og:url" content="http://localhost:80{address.partition("?")[0]}">' in html
    card = path_of_card(client, address)
    assert card.startswith("/cards/en/")
    answer = client.get(card)
    with translation.override("en"):
        assert answer.content == cards.card(str(settings.PLATFORM_NAME), "")
    assert "immutable" in answer["Cache-Control"]
    assert card != path_of_card(client, address.replace("/en/", "/fr/"))


def test_the_site_has_a_card_in_its_own_words_and_languages_alone_and_it_stays(client: Client, page):
    card = path_of_card(client, "/en/emergency/")
    client.get(card)
    sweep(at=clock.now())
    assert len(files(f"{FOLDER}/site-en")[1]) == 1
    assert client.get(card.replace(card[-20:-4], "0" * 16)).status_code == 404
    assert client.get(card.replace("/en/", "/xx/")).status_code == 404


def test_nothing_was_drawn_yet_and_nothing_is_swept(page):
    assert files(f"{FOLDER}/none") == ([], [])


def test_a_card_tells_of_guides_in_every_language(client: Client, db):
    planted()
    section = learning.section(language="lb")
    guide = learning.guide("Är Rechter", parent=section)
    assert client.get(path_of_card(client, guide.url_path)).status_code == 200
