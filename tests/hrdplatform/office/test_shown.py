"""What the translation editor asks about pictures and documents: the own ones are shown, others are not there."""

import pytest
from django.core.cache import cache

from cms.domain.sections import collection_of
from hrdplatform.organisations.states import Role
from tests.factories.accounts import signed_in
from tests.factories.cms import document, image, planted
from tests.factories.learning import section
from tests.factories.organisations import make_member, make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def own():
    planted()
    organisation = make_organisation()
    section(organisation)
    return organisation


def on_the_shelf(thing, organisation):
    thing.collection = collection_of(organisation)
    thing.save()
    return thing


def test_an_own_picture_is_shown_with_its_title_and_how_it_looks(own):
    picture = on_the_shelf(image("Arches"), own)
    client = signed_in(make_member(own, Role.AUTHOR))
    told = client.get(f"/office/api/main/images/{picture.pk}/").json()
    assert told["title"] == "Arches"
    assert b"".join(client.get(told["thumbnail"]["url"])).startswith(b"\x89PNG")


def test_a_picture_whose_file_is_lost_is_told_by_its_title_alone(own):
    picture = on_the_shelf(image("Arches"), own)
    picture.renditions.all().delete()
    cache.clear()
    picture.file.storage.delete(picture.file.name)
    client = signed_in(make_member(own, Role.AUTHOR))
    told = client.get(f"/office/api/main/images/{picture.pk}/")
    assert told.json() == {"id": picture.pk, "title": "Arches", "thumbnail": {}}


def test_of_an_own_document_the_title_is_told(own):
    leaflet = on_the_shelf(document("Leaflet"), own)
    client = signed_in(make_member(own, Role.AUTHOR))
    assert client.get(f"/office/api/main/documents/{leaflet.pk}/").json() == {"id": leaflet.pk, "title": "Leaflet"}


@pytest.mark.parametrize(("kind", "make"), [("images", image), ("documents", document)])
def test_another_organisations_are_not_there_and_nobody_lists_them(own, kind, make):
    thing = on_the_shelf(make(), own)
    stranger = make_organisation()
    section(stranger)
    client = signed_in(make_member(stranger, Role.EDITOR))
    for address in (f"{kind}/{thing.pk}/", f"{kind}/", f"{kind}/find/?id={thing.pk}"):
        assert client.get(f"/office/api/main/{address}").status_code == 404
