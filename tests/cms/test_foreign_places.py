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


@pytest.mark.parametrize("role", [Role.AUTHOR, Role.EDITOR])
def test_a_foreign_draft_as_a_place_for_many_is_refused_without_its_name(own, draft, role):
    page = guide(parent=section(own), live=False)
    address = f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', 'move'])}?id={page.pk}"
    client = signed_in(make_member(own, role))
    for place in (draft.pk, "keine", "9" * 30, "", "0"):
        answer = client.post(address, {"chooser": place}, follow=True)
        assert answer.status_code in {200, 404}
        assert SECRET not in answer.content.decode()
        assert Page.objects.get(pk=page.pk).get_parent().pk == section(own).pk


def test_many_move_to_an_own_place_as_before(own, other):
    page, place = guide(parent=section(own), live=False), section(other)
    address = f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', 'move'])}?id={page.pk}"
    both = make_member(other, Role.EDITOR, make_member(own, Role.EDITOR))
    signed_in(both).post(address, {"chooser": place.pk})
    assert Page.objects.get(pk=page.pk).get_parent().pk == place.pk


def test_what_stands_below_a_foreign_place_is_not_told_by_its_address(own, other, draft):
    taken = guide("Ihr Telefon", parent=section(other), slug="telefon", live=False)
    page = guide("Mein Telefon", parent=section(own), slug="telefon", live=False)
    client = signed_in(make_member(own, Role.EDITOR))
    for number, place in ((page, taken.get_parent()), (page, draft), (taken, section(other)), (taken, section(own))):
        answer = client.get(reverse("wagtailadmin_pages:move_confirm", args=[number.pk, place.pk]))
        assert answer.status_code == 404


@pytest.mark.parametrize("query", ["id=keine", "id=", "id=99999999", "id=all&childOf=keine", "id=all&childOf=99999999"])
@pytest.mark.parametrize(
    "path", ["bulk/wagtailcore/page/delete/", "bulk/media/platformimage/delete/", "choose-page/chosen-multiple/"]
)
def test_a_number_of_nothing_is_not_there(own, path, query):
    assert signed_in(make_member(own, Role.EDITOR)).get(f"/office/{path}?{query}").status_code == 404


@pytest.mark.parametrize("query", ["id=all", "id=all&q=Eigenes", "id=all&childOf={place}", "id={page}"])
def test_what_is_ones_own_is_ticked_one_by_one_and_all_at_once(own, other, draft, query):
    page = guide("Eigenes Blatt", parent=section(own), live=False)
    client = signed_in(make_member(own, Role.EDITOR))
    asked = query.format(place=section(own).pk, page=page.pk)
    answer = client.get(f"/office/bulk/wagtailcore/page/delete/?{asked}").content.decode()
    assert "Eigenes Blatt" in answer
    assert SECRET not in answer


@pytest.mark.parametrize("query", ["id=all", "id=all&q=Arches", "id=all&childOf={shelf}", "id={image}"])
def test_pictures_are_ticked_as_pages_are(own, query):
    mine = image("Arches", "two.png")
    mine.collection = collection_of(own)
    mine.save()
    asked = query.format(shelf=mine.collection_id, image=mine.pk)
    client = signed_in(make_member(own, Role.EDITOR))
    assert "Arches" in client.get(f"/office/bulk/media/platformimage/delete/?{asked}").content.decode()


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
