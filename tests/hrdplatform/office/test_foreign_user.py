"""Every address of every viewset, visited by somebody with all roles in another organisation."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import NoReverseMatch, reverse
from wagtail.permissions import policy_registry

from hrdplatform.office.choices import not_offered
from hrdplatform.office.policies import HousePolicy
from hrdplatform.office.views import owned
from hrdplatform.office.viewsets import choosers, registered
from hrdplatform.organisations.models import Organisation
from hrdplatform.organisations.states import Role
from tests.factories.accounts import make_person, signed_in
from tests.factories.office import all_rounder, platform_administrator, thing_of
from tests.factories.organisations import make_member, make_organisation, make_platform

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


def of_everybody(viewset) -> bool:
    """What belongs to nobody in particular: seen by all, changed by the house."""
    return isinstance(policy_registry.get_by_type(viewset.model, fallback=False), HousePolicy)


def of_organisations():
    """What belongs to one organisation each."""
    return [viewset for viewset in load() if not of_everybody(viewset)]


def test_there_are_viewsets_to_visit():
    assert {viewset.model.__name__ for viewset in of_organisations()} >= {"Organisation", "Initiative"}
    assert {viewset.model.__name__ for viewset in load()} >= {"Topic", "Term", "EmergencyContact"}


def refused(answer) -> bool:
    """Not there, not allowed, or back to the office's start, where Wagtail leads who lacks a right."""
    return answer.status_code in {403, 404, 405} or (answer.status_code == 302 and answer["Location"] == "/office/")


def reached(foreigner, hidden):
    """The addresses at which `foreigner` got hold of something that belongs to `hidden`."""
    found = []
    for viewset in of_organisations():
        thing = thing_of(viewset.model, hidden)
        for address, of_object in addresses(viewset, thing.pk):
            if of_object:
                answers = [
                    foreigner.get(address),
                    foreigner.get(f"{address}?multiple=1"),
                    foreigner.post(address, {"name_fr": "taken"}),
                ]
                found += [address for answer in answers if not refused(answer)]
        if not viewset.model.objects.filter(pk=thing.pk).exists():
            found.append(f"{viewset.model.__name__} deleted")
    return found


def shown(foreigner, hidden):
    """The lists, exports and choosers in which `foreigner` sees something that belongs to `hidden`."""
    found = []
    for viewset in of_organisations():
        thing = thing_of(viewset.model, hidden)
        for address, of_object in addresses(viewset, thing.pk):
            for query in [*QUERIES, f"?id={thing.pk}&multiple=1"] if not of_object else []:
                answer = foreigner.get(f"{address}{query}")
                content = b"".join(answer.streaming_content) if answer.streaming else answer.content
                assert answer.status_code in {200, 302, 403, 404, 405}, address + query
                text = content.decode("utf-8", "replace")
                if HIDDEN in text or HIDDEN.encode("unicode_escape").decode() in text:
                    found.append(address + query)
    return found


def test_no_address_of_a_foreign_object_answers(foreigner, hidden):
    assert reached(foreigner, hidden) == []
    assert str(Organisation.objects.get(pk=hidden.pk)) == HIDDEN


def test_no_list_export_or_chooser_shows_a_foreign_object(foreigner, hidden):
    assert shown(foreigner, hidden) == []


def test_what_belongs_to_everybody_is_seen_by_all_and_changed_by_the_houses_editors_alone(foreigner, hidden):
    editor = signed_in(make_member(make_platform(), Role.EDITOR))
    for viewset in filter(of_everybody, load()):
        thing = thing_of(viewset.model, hidden)
        for address, of_object in addresses(viewset, thing.pk):
            looking = not of_object or "inspect" in address or "chosen" in address
            may_look = {200} if looking and "new" not in address and "create" not in address else {302, 403, 404}
            assert foreigner.get(address).status_code in may_look | {405}, address
            assert foreigner.post(address, {"name_fr": "taken"}).status_code in {302, 403, 404, 405}, address
            assert editor.get(address).status_code in {200, 404, 405}, address
        before = viewset.model.objects.get(pk=thing.pk)
        assert {name: getattr(before, name) for name in vars(thing) if name.endswith("_fr")} == {
            name: value for name, value in vars(thing).items() if name.endswith("_fr")
        }


def test_who_comes_in_by_a_group_alone_sees_and_chooses_it_as_well(hidden):
    visitor, outside = make_person(), make_person()
    group = Group.objects.create(name="Gäste")
    group.permissions.add(Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"))
    visitor.groups.add(group)
    for viewset in filter(of_everybody, load()):
        thing = thing_of(viewset.model, hidden)
        policy = policy_registry.get_by_type(viewset.model)
        assert not not_offered({(viewset.model, str(thing.pk))}, visitor)
        assert set(policy.users_with_any_permission(["view"])) >= {visitor}
        assert not policy.user_has_any_permission(visitor, ["add", "change", "delete"])
        assert not_offered({(viewset.model, str(thing.pk))}, outside)
        assert not {visitor, outside} & set(policy.users_with_any_permission(["change"]))


def test_a_seeded_viewset_that_does_not_look_at_its_object_is_reported(foreigner, hidden, monkeypatch):
    monkeypatch.delattr(owned.OwnObject, "get_object")
    wanted = {f"/office/organisations/{view}/{hidden.pk}/" for view in ("inspect", "history", "usage")}
    assert wanted <= set(reached(foreigner, hidden))


def test_a_seeded_list_and_chooser_of_everything_are_reported(foreigner, hidden, monkeypatch):
    monkeypatch.delattr(owned.OwnIndex, "get_base_queryset")
    monkeypatch.delattr(owned.OwnChoices, "get_object_list")
    found = shown(foreigner, hidden)
    assert any(address.startswith("/office/organisations/") for address in found)
    assert any(address.startswith("/office/office_organisation_chooser/") for address in found)


def test_what_others_refer_to_is_not_deleted_and_one_is_told_why():
    organisation = make_organisation()
    make_member(organisation)
    answer = signed_in(platform_administrator()).post(f"/office/organisations/delete/{organisation.pk}/", follow=True)
    assert "Take those away first." in answer.content.decode()
    assert Organisation.objects.filter(pk=organisation.pk).exists()


def test_nothing_is_made_inside_a_chooser():
    assert signed_in(platform_administrator()).post("/office/office_organisation_chooser/create/").status_code == 404


def test_the_very_same_addresses_show_it_to_an_administrator(hidden):
    client = signed_in(platform_administrator())
    for viewset in load():
        thing = thing_of(viewset.model, hidden)
        statuses = {client.get(address).status_code for address, of_object in addresses(viewset, thing.pk) if of_object}
        assert statuses <= {200, 405}, viewset


def test_somebody_without_an_office_role_does_not_come_in():
    client = signed_in(make_member(make_organisation()))
    assert client.get("/office/").status_code in {302, 403}
    assert client.get("/office/organisations/").status_code in {302, 403}
