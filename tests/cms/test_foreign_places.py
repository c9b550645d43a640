"""A form that comes back names nothing of others: not the place of a copy, not a still picture."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from cms.domain.sections import collection_of
from hrdplatform.media.models import PlatformVideo
from hrdplatform.organisations.models import Organisation
from hrdplatform.organisations.states import Role
from tests.factories.accounts import signed_in
from tests.factories.cms import image
from tests.factories.learning import course, guide, section
from tests.factories.organisations import make_member, make_organisation

pytestmark = pytest.mark.django_db

SECRET = "Hawthorn"


@pytest.fixture
def other(own) -> Organisation:
    return make_organisation("Fougère")


@pytest.fixture
def draft(other) -> Page:
    return course(f"{SECRET} Kurs", parent=section(other), live=False, lessons=0)


@pytest.mark.parametrize("role", [Role.AUTHOR, Role.EDITOR])
@pytest.mark.parametrize(
    ("name", "field"),
    [("copy", "new_parent_page"), ("move", "new_parent_page"), ("choose_parent", "parent_page")],
)
def test_a_foreign_draft_as_a_place_is_refused_without_its_name(own, draft, role, name, field):
    page = guide(parent=section(own), live=False)
    arguments = ["cms", "modulepage"] if name == "choose_parent" else [page.pk]
    address = reverse(f"wagtailadmin_pages:{name}", args=arguments)
    number = Page.objects.count()
    form = {field: draft.pk, "new_title": "Kopie", "new_slug": "kopie"}
    answer = signed_in(make_member(own, role)).post(address, form, follow=True)
    assert SECRET not in answer.content.decode()
    assert Page.objects.count() == number


@pytest.mark.parametrize("value", ["keine", "9" * 30, "", "0"])
def test_a_place_that_is_none_is_no_fault_of_ours(own, value):
    page = guide(parent=section(own), live=False)
    client = signed_in(make_member(own, Role.EDITOR))
    for name in ("copy", "move"):
        form = {"new_parent_page": value, "new_title": "Kopie", "new_slug": "kopie"}
        assert client.post(reverse(f"wagtailadmin_pages:{name}", args=[page.pk]), form).status_code in {200, 400, 404}


def test_the_own_section_is_a_place_as_before(own):
    page = guide(parent=section(own), live=False)
    form = {"new_parent_page": section(own).pk, "new_title": "Kopie", "new_slug": "kopie"}
    address = reverse("wagtailadmin_pages:copy", args=[page.pk])
    assert signed_in(make_member(own, Role.AUTHOR)).post(address, form).status_code == 302
    assert Page.objects.filter(slug="kopie").exists()


def test_a_foreign_still_picture_is_neither_taken_nor_named(own, other):
    foreign, mine = image(f"{SECRET} Bild", "one.png"), image("Arches", "two.png")
    for item, organisation in ((foreign, other), (mine, own)):
        item.collection = collection_of(organisation)
        item.save()
    client = signed_in(make_member(own, Role.AUTHOR))
    fields = {"title": "Film", "collection": collection_of(own).pk, "address": "https://video.example.org/1"}
    fields |= {"language": "fr", "seconds": "1", "transcript": "Eine Brücke."}
    fields |= {f"tracks-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")}
    answer = client.post(reverse("office_videos:add"), fields | {"poster": foreign.pk})
    assert answer.status_code == 200
    assert SECRET not in answer.content.decode()
    assert "Eine Brücke." in answer.content.decode()
    assert client.post(reverse("office_videos:add"), fields | {"poster": mine.pk}).status_code == 302
    assert PlatformVideo.objects.get().poster == mine
