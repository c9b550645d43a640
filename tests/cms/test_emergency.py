"""Emergency numbers: who answers in danger comes first, and a finger can dial it."""

import pytest
from django.test import Client

from tests.cms.counting import warmed
from tests.factories import learning
from tests.factories.cms import planted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _trees(db):
    planted()


def test_who_answers_in_danger_stands_before_everybody_else(client: Client):
    learning.contact("Conseil", telephone="8002 1234", hours_fr="Lundi à vendredi", spoken="fr lb")
    learning.contact("Secours", telephone="112", immediate=True, place=90)
    page = client.get("/fr/emergency/").content.decode()
    assert page.index("Secours") < page.index("Conseil")
    assert 'href="tel:80021234"' in page
    assert '<span lang="lb">Lëtzebuergesch</span>' in page
    assert "Lundi à vendredi<br><span" in page


def test_nothing_written_beside_a_number_is_dialled(client: Client):
    learning.contact(telephone="+352 (621) 00-00 <x>")
    assert 'href="tel:+3526210000"' in client.get("/fr/emergency/").content.decode()


def test_texts_in_another_language_are_marked(client: Client):
    learning.contact("Secours")
    assert '<span lang="fr" dir="ltr">Secours</span>' in client.get("/de/emergency/").content.decode()


def test_it_leads_to_the_person_on_call_of_the_sealed_door(client: Client):
    assert 'href="/fr/aid/urgent/"' in client.get("/fr/emergency/").content.decode()


def test_who_reads_it_gets_no_cookie(client: Client):
    assert not client.get("/fr/emergency/").cookies


@pytest.mark.parametrize("contacts", [1, 3])
def test_it_costs_the_same_queries_at_one_number_and_at_three(client: Client, django_assert_num_queries, contacts):
    for number in range(contacts):
        learning.contact(f"Secours {number}")
    address = warmed(client, "/fr/emergency/")
    with django_assert_num_queries(5):
        client.get(address)
