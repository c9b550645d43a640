"""Every address of every viewset, visited by somebody with all roles in another organisation."""

import pytest
from django.urls import NoReverseMatch, reverse

from hrdplatform.office.viewsets import choosers, registered
from tests.factories.accounts import signed_in
from tests.factories.office import all_rounder, platform_administrator, thing_of
from tests.factories.organisations import make_organisation

pytestmark = pytest.mark.django_db

HIDDEN = "Aubépine asbl"
QUERIES = ["", "?q=Aub", "?export=csv", "?export=xlsx", "?multiple=1"]


def load():
    """Wagtail registers viewsets when its addresses are first asked for."""
    reverse("wagtailadmin_home")
    return [*registered, *choosers]


def addresses(viewset, pk):
    """(address, whether it names the object) of every pattern of a viewset."""
    for pattern in viewset.get_urlpatterns():
        name = viewset.get_url_name(pattern.name)
        try:
            yield reverse(name), False
        except NoReverseMatch:
            yield reverse(name, args=[pk]), True


@pytest.fixture
def hidden():
    return make_organisation(HIDDEN)


@pytest.fixture
def foreigner():
    return signed_in(all_rounder(make_organisation("Fougère asbl")))


def test_there_are_viewsets_to_visit():
    assert {viewset.model.__name__ for viewset in load()} >= {"Organisation"}


def test_no_address_of_a_foreign_object_answers(foreigner, hidden):
    for viewset in load():
        thing = thing_of(viewset.model, hidden)
        for address, of_object in addresses(viewset, thing.pk):
            if of_object:
                assert foreigner.get(address).status_code in {403, 404, 405}, address
                assert foreigner.post(address, {"name_fr": "taken"}).status_code in {403, 404, 405}, address
                assert foreigner.get(f"{address}?multiple=1").status_code in {403, 404, 405}, address
        assert viewset.model.objects.filter(pk=thing.pk).exists()


def test_no_list_export_or_chooser_shows_a_foreign_object(foreigner, hidden):
    for viewset in load():
        thing = thing_of(viewset.model, hidden)
        for address, of_object in addresses(viewset, thing.pk):
            for query in [*QUERIES, f"?id={thing.pk}&multiple=1"] if not of_object else []:
                answer = foreigner.get(f"{address}{query}")
                content = b"".join(answer.streaming_content) if answer.streaming else answer.content
                assert answer.status_code in {200, 302, 403, 404, 405}, address + query
                assert HIDDEN not in content.decode("utf-8", "replace"), address + query
                assert HIDDEN.encode("unicode_escape").decode() not in content.decode("utf-8", "replace")


def test_the_very_same_addresses_show_it_to_an_administrator(hidden):
    client = signed_in(platform_administrator())
    for viewset in load():
        thing = thing_of(viewset.model, hidden)
        statuses = {client.get(address).status_code for address, of_object in addresses(viewset, thing.pk) if of_object}
        assert statuses <= {200, 405}, viewset


def test_somebody_without_an_office_role_does_not_come_in():
    from tests.factories.organisations import make_member

    client = signed_in(make_member(make_organisation()))
    assert client.get("/office/").status_code in {302, 403}
    assert client.get("/office/organisations/").status_code in {302, 403}
