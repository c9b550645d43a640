"""Topics, and what there is to read about one."""

import pytest
from django.test import Client

from tests.cms.counting import warmed
from tests.factories import learning
from tests.factories.cms import planted

pytestmark = pytest.mark.django_db


@pytest.fixture
def section():
    planted()
    return learning.section()


def test_topics_that_something_is_about_are_listed(client: Client, section):
    learning.topic("unused", fr="Rien")
    learning.guide("Code", parent=section, topic=learning.topic())
    page = client.get("/fr/learn/topics/").content.decode()
    assert '<a href="/fr/learn/topics/digital-security/">Sécurité numérique</a>' in page
    assert "Rien" not in page


def test_a_topic_shows_its_guides_courses_and_trainings_to_come(client: Client, section):
    topic, other = learning.topic(), learning.topic("rights", fr="Droits")
    learning.guide("Code", parent=section, topic=topic)
    learning.course("Cours", parent=section, topic=topic, lessons=1)
    learning.training("Atelier", parent=section, topic=topic)
    learning.guide("Procès", parent=section, topic=other)
    page = client.get("/fr/learn/topics/digital-security/").content.decode()
    for title in ("Code", "Cours", "Atelier"):
        assert f">{title}</a>" in page
    assert ">Leçon 1</a>" not in page
    assert ">Procès</a>" not in page


def test_a_name_in_another_language_is_marked(client: Client, section):
    learning.guide("Code", parent=section, topic=learning.topic("law", de="Recht", en="Law"))
    assert '<h1><span lang="de" dir="ltr">Recht</span></h1>' in client.get("/fr/learn/topics/law/").content.decode()


def test_drafts_stand_under_no_topic(client: Client, section):
    learning.guide("Brouillon", parent=section, topic=learning.topic(), live=False)
    assert "Brouillon" not in client.get("/fr/learn/topics/digital-security/").content.decode()


@pytest.mark.parametrize("address", ["/fr/learn/topics/none/", "/pt/learn/topics/"])
def test_what_is_not_there_is_not_found(client: Client, section, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("guides", [1, 3])
@pytest.mark.parametrize("costs", [("/fr/learn/topics/", 5), ("/fr/learn/topics/digital-security/", 9)])
def test_topics_cost_the_same_queries_at_one_guide_and_at_three(
    client: Client, django_assert_num_queries, section, guides, costs
):
    address, queries = costs
    for number in range(guides):
        learning.guide(f"Code {number}", parent=section, topic=learning.topic())
    warmed(client, address)
    with django_assert_num_queries(queries):
        client.get(address)
