"""Who reads learning in Arabic reads all that the house says in Arabic; what others wrote may be in any language."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from babel.messages.pofile import read_po
from django.test import Client

from hrdplatform.operations.translations import catalogue, must_have
from tests.factories.cms import planted
from tests.factories.learning import contact, initiative, term
from tests.factories.library import library

pytestmark = pytest.mark.django_db
SAID = ("alt", "aria-label", "title", "placeholder")
SILENT = {"script", "style", "template"}
VOID = {"img", "input", "link", "meta", "br", "hr", "source", "track", "wbr", "use", "path", "col"}
MARK = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
PLACEHOLDER = re.compile(r"%\\\(\w+\\\)[sd]|\\{\w+\\}")


class Said(HTMLParser):
    """All that a page says in its own language, as text or in attributes."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, bool]] = []
        self.words: list[str] = []
        self.feed(html)

    @property
    def own(self) -> bool:
        return all(here for _tag, here in self.open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        here = tag not in SILENT and (given.get("lang") or "ar") == "ar"
        if here and self.own:
            self.words += [words for name in SAID if (words := given.get(name))]
        if tag not in VOID:
            self.open.append((tag, here))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self.own:
            self.words.append(data)


@pytest.fixture(scope="module")
def english() -> re.Pattern[str]:
    """Any sentence of the house as the code says it."""
    with catalogue("ar").open("rb") as file:
        messages = [message.id for message in read_po(file, locale="ar") if must_have("ar", message)]
    said = {one for words in messages for one in (words if isinstance(words, tuple) else [words])}
    lines = [" ".join(words.split()) for words in said if re.search("[a-z]{3}", MARK.sub("", words))]
    patterns = [PLACEHOLDER.sub(".+", re.escape(line)) for line in lines]
    return re.compile("|".join(patterns))


def untranslated(html: str, english: re.Pattern[str]) -> Iterator[str]:
    for words in Said(html).words:
        line = " ".join(words.split())
        if english.fullmatch(line):
            yield line


@pytest.fixture
def shelves(client: Client) -> list[str]:
    """The addresses of a page of each kind."""
    planted("ar")
    made = library("ar")
    contact()
    initiative(town="Luxembourg")
    term()
    learn = "/ar/learn/"
    pages = [made.section, made.course, made.module, *made.lessons, made.guide, made.training, made.channels]
    more = ["calendar/", "glossary/", "initiatives/", "initiatives/open-doors/", "topics/", "topics/digital-security/"]
    forms = [f"certificate/{made.course.pk}/", f"useful/{made.guide.pk}/", f"useful/{made.guide.pk}/thanks/"]
    search = ["/ar/search/", "/ar/search/?q=telephone", "/ar/search/?q=zzz&level=beginner"]
    asked = [f"{made.channels.url_path}?matter=discrimination&stage=thinking"]
    addresses = [page.url_path for page in pages] + [f"{learn}{place}" for place in ["", "progress/", *more, *forms]]
    return [*addresses, *search, *asked, "/ar/", "/ar/emergency/"]


def test_no_page_of_learning_says_anything_of_the_house_in_english(client: Client, shelves, english):
    found = {}
    for address in shelves:
        answer = client.get(address)
        assert answer.status_code == 200, address
        html = answer.content.decode()
        assert 'lang="ar" dir="rtl"' in html, address
        found[address] = sorted(set(untranslated(html, english)))
    assert {address: words for address, words in found.items() if words} == {}


def test_a_page_in_english_would_be_noticed(client: Client, shelves, english):
    html = client.get("/en/").content.decode().replace('lang="en"', 'lang="ar"')
    assert {"Search", "Emergency numbers"} & set(untranslated(html, english))
