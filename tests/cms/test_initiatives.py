"""The directory of initiatives: who is shown, how it is narrowed, how they are reached."""

import re

import pytest
from django.test import Client

from tests.cms.counting import warmed
from tests.factories import learning
from tests.factories.cms import planted

pytestmark = pytest.mark.django_db
LIST = "/fr/learn/initiatives/"


@pytest.fixture(autouse=True)
def _trees(db):
    planted()


def names(page: bytes) -> list[str]:
    return re.findall(r'<h3><a href="/fr/learn/initiatives/[^"]*">(.*?)</a></h3>', page.decode())


def test_only_who_wants_to_be_seen_is_listed_and_has_a_page(client: Client):
    learning.initiative("open")
    learning.initiative("hidden", name_fr="Cachée", shown=False)
    assert names(client.get(LIST).content) == ["Portes ouvertes"]
    assert client.get(f"{LIST}open/").status_code == 200
    assert client.get(f"{LIST}hidden/").status_code == 404
    assert client.get(f"{LIST}none/").status_code == 404


def test_the_list_is_narrowed_by_topic_kind_and_town(client: Client):
    topic = learning.topic()
    learning.initiative("one", name_fr="Un", topics=(topic,), town="Esch", occupation="civic_tech")
    learning.initiative("two", name_fr="Deux", town="Wiltz")
    assert names(client.get(f"{LIST}?topic=digital-security").content) == ["Un"]
    assert names(client.get(f"{LIST}?kind=association").content) == ["Deux"]
    assert names(client.get(f"{LIST}?town=Wiltz").content) == ["Deux"]
    assert names(client.get(f"{LIST}?town=Wiltz&kind=civic_tech").content) == []


def test_choices_are_those_that_lead_somewhere(client: Client):
    learning.topic("unused", fr="Rien")
    learning.initiative("one", topics=(learning.topic(),), town="Esch")
    learning.initiative("two", town="Secret", shown=False)
    page = client.get(LIST).content.decode()
    assert '<option value="Esch">' in page
    assert "Rien" not in page
    assert "Secret" not in page


@pytest.mark.parametrize("query", ["topic=none", "kind=<script>", "topic=unused&town='"])
def test_what_is_no_choice_leaves_the_whole_list(client: Client, query):
    learning.initiative()
    answer = client.get(f"{LIST}?{query}")
    assert answer.status_code == 200
    assert names(answer.content) == ["Portes ouvertes"]
    assert "<script>" not in answer.content.decode()


def test_the_page_says_how_to_reach_them(client: Client):
    learning.initiative(
        "open",
        joining_fr="Venez lundi.\n\nOu écrivez <b>.",
        telephone="+352 621 000 000",
        website="https://open.example.org",
        topics=(learning.topic(),),
    )
    page = client.get(f"{LIST}open/").content.decode()
    for part in (
        'href="mailto:hello@example.org"',
        'href="tel:+352621000000"',
        'href="https://open.example.org" rel="external noreferrer"',
        "<p>Venez lundi.</p>",
        "Ou écrivez &lt;b&gt;.",
        'href="/fr/learn/topics/digital-security/"',
    ):
        assert part in page


def test_contact_holds_nothing_but_ways_to_reach_them(client: Client):
    learning.initiative("open", town="Esch", website="https://open.example.org", topics=(learning.topic(),))
    before, contact = client.get("/en/learn/initiatives/open/").content.decode().split(">Contact</h2>")
    for word in ("Kind", "Town", "Topics"):
        assert f"<dt>{word}</dt>" in before
        assert f"<dt>{word}</dt>" not in contact
    assert "<dt>Website</dt>" in contact


def test_a_name_in_another_language_is_marked(client: Client):
    learning.initiative("open")
    page = client.get("/en/learn/initiatives/open/").content.decode()
    assert '<h1><span lang="fr" dir="ltr">Portes ouvertes</span></h1>' in page


@pytest.mark.parametrize("initiatives", [1, 3])
def test_the_directory_costs_the_same_queries_at_one_initiative_and_at_three(
    client: Client, django_assert_num_queries, initiatives
):
    for number in range(initiatives):
        learning.initiative(f"open-{number}", topics=(learning.topic(),))
    address = warmed(client, LIST)
    with django_assert_num_queries(8):
        client.get(address)
