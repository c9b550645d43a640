"""The first page of the aid door: whom one may write to, and what stands there when nobody takes requests."""

from dataclasses import replace

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone, translation

from legal_aid.domain import public_team
from tests.factories import legal_aid

pytestmark = pytest.mark.django_db
BEGIN = 'href="/fr/aid/request/"'


def home(language="fr"):
    return Client().get(f"/{language}/aid/").content.decode()


def test_with_a_team_one_may_begin():
    legal_aid.team("own")
    assert BEGIN in home()


def test_without_a_team_nothing_begins_and_the_emergency_numbers_stand_there():
    page = home()
    assert BEGIN not in page
    assert "aid/urgent/" not in page
    assert 'href="tel:112"' in page
    assert 'href="/fr/aid/return/"' in page


def test_a_team_whose_list_ran_out_takes_nothing_either():
    team = legal_aid.team("own")
    team.next_list(issued=legal_aid.days_ago(60), expires=legal_aid.days_ago(1))
    assert BEGIN not in home()


@pytest.mark.parametrize(
    ("name", "organisation", "title"),
    [
        ("Passerelle", "Passerelle asbl", "Passerelle"),
        ("Permanence Passerelle", "Passerelle", "Permanence Passerelle"),
        ("Défenseurs", "Passerelle asbl", "Défenseurs, Passerelle asbl"),
    ],
)
def test_the_organisation_is_named_where_it_says_more(name, organisation, title):
    shown = public_team.shown(legal_aid.team("own").row, at=timezone.now())
    assert replace(shown, name=name, organisation=organisation).title == title


@pytest.mark.parametrize(("language", "words"), [("fr", "0 personne "), ("en", "0 people"), ("de", "0 Personen")])
def test_nobody_is_counted_as_nobody(language, words):
    with translation.override(language):
        team = replace(public_team.shown(legal_aid.team("own").row, at=timezone.now()), count=0)
        assert f"<strong>{words.strip()}</strong>" in render_to_string("legal_aid/parts/readers.html", {"team": team})


def test_a_french_colon_keeps_its_distance():
    legal_aid.team("own")
    assert "de garde</a>\N{NARROW NO-BREAK SPACE}:" in home() or "</a>\N{NO-BREAK SPACE}:" in home()
