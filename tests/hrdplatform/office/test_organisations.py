import pytest
from django.utils import translation

from hrdplatform.audit import Event
from hrdplatform.audit.models import Entry
from hrdplatform.organisations.states import Kind, Role
from hrdplatform.web.texts import State
from tests.factories.accounts import signed_in
from tests.factories.office import platform_administrator
from tests.factories.organisations import make_member, make_organisation, make_platform, membership_of

pytestmark = pytest.mark.django_db


def form_of(organisation, **changes):
    fields = ("slug", "kind", "website", "source_language", "name_fr", "name_de", "name_lb", "name_en")
    fields += ("description_fr", "description_de", "description_lb", "description_en")
    return {name: getattr(organisation, name) for name in fields} | changes


@pytest.fixture
def own():
    return make_organisation("Passerelle")


def address(organisation):
    return f"/office/organisations/edit/{organisation.pk}/"


def test_an_editor_changes_the_words_of_the_own_organisation_and_leaves_an_audit_line(own):
    editor = make_member(own, Role.EDITOR)
    answer = signed_in(editor).post(address(own), form_of(own, name_de="Der Steg"))
    assert answer.status_code == 302
    own.refresh_from_db()
    assert own.name_de == "Der Steg"
    line = Entry.objects.get(event=Event.ORGANISATION_CHANGED)
    assert (line.actor, line.object) == (f"user:{editor.pk}", f"organisation:{own.pk}")


def test_fields_that_the_form_has_not_are_not_taken(own):
    other, editor = make_organisation("Aubépine"), make_member(own, Role.EDITOR)
    planted = {"id": other.pk, "pk": other.pk, "organisation": other.pk, "translated_from": '{"de": "x"}'}
    planted |= {"memberships": "1", "memberships-TOTAL_FORMS": "1", "memberships-0-role": "administrator"}
    planted |= {"user": editor.pk, "is_superuser": "on", "role": "administrator"}
    assert signed_in(editor).post(address(own), form_of(own, name_de="Der Steg") | planted).status_code == 302
    own.refresh_from_db()
    assert (own.name_de, own.translated_from) == ("Der Steg", {"de": own.source_digest()})
    assert membership_of(editor, own).role == Role.EDITOR
    assert str(type(own).objects.get(pk=other.pk)) == "Aubépine"
    editor.refresh_from_db()
    assert not editor.is_superuser


@pytest.mark.parametrize("kind", [Kind.MINISTRY, Kind.PLATFORM])
def test_what_an_organisation_is_only_administrators_of_the_platform_say(own, kind):
    boss = make_member(own, Role.ADMINISTRATOR)
    signed_in(boss).post(address(own), form_of(own, name_de="Der Steg", kind=kind))
    own.refresh_from_db()
    assert (own.name_de, own.kind) == ("Der Steg", Kind.NGO)
    signed_in(platform_administrator()).post(address(own), form_of(own, kind=Kind.INSTITUTION))
    own.refresh_from_db()
    assert own.kind == Kind.INSTITUTION


def test_the_platform_stays_the_platform():
    house = make_platform()
    signed_in(platform_administrator()).post(address(house), form_of(house, name_de="Haus", kind=Kind.NGO))
    house.refresh_from_db()
    assert house.kind == Kind.PLATFORM


def test_an_author_looks_but_does_not_change(own):
    client = signed_in(make_member(own, Role.AUTHOR))
    assert client.get(f"/office/organisations/inspect/{own.pk}/").status_code == 200
    assert client.post(address(own), form_of(own, name_de="Der Steg")).status_code in {302, 403, 404}
    own.refresh_from_db()
    assert own.name_de == ""


@pytest.mark.parametrize("role", [Role.EDITOR, Role.ADMINISTRATOR])
def test_organisations_are_made_by_the_administrators_of_the_platform_alone(own, role):
    member = signed_in(make_member(own, role))
    fields = form_of(own, slug="new", name_en="New")
    assert member.post("/office/organisations/new/", fields).status_code in {302, 403}
    assert not type(own).objects.filter(slug="new").exists()
    assert signed_in(platform_administrator()).post("/office/organisations/new/", fields).status_code == 302
    assert type(own).objects.filter(slug="new").exists()


def test_the_source_language_must_be_filled(own):
    editor = signed_in(make_member(own, Role.EDITOR))
    answer = editor.post(address(own), form_of(own, source_language="lb"))
    assert answer.status_code == 200
    assert "Fill this in" in answer.content.decode()


def test_a_written_translation_is_current_until_the_source_changes(own):
    editor = signed_in(make_member(own, Role.EDITOR))
    editor.post(address(own), form_of(own, name_de="Der Steg"))
    own.refresh_from_db()
    assert own.state("de") == State.CURRENT
    editor.post(address(own), form_of(own, name_en="The Footbridge"))
    own.refresh_from_db()
    assert own.state("de") == State.OUTDATED
    assert "confirm_de" in editor.get(address(own)).content.decode()


def test_the_box_confirms_that_a_translation_still_fits(own):
    editor = signed_in(make_member(own, Role.EDITOR))
    editor.post(address(own), form_of(own, name_de="Der Steg"))
    own.refresh_from_db()
    editor.post(address(own), form_of(own, name_en="The Footbridge"))
    own.refresh_from_db()
    editor.post(address(own), form_of(own, confirm_de="on"))
    own.refresh_from_db()
    assert own.state("de") == State.CURRENT
    assert "confirm_de" not in editor.get(address(own)).content.decode()


def test_the_list_names_what_is_missing_and_only_what_is_the_editors_own(own):
    make_organisation("Aubépine")
    page = signed_in(make_member(own, Role.EDITOR)).get("/office/unfinished/").content.decode()
    assert page.count("Passerelle") >= 3
    assert "Aubépine" not in page


def test_the_first_panel_says_how_much_waits(own):
    page = signed_in(make_member(own, Role.EDITOR)).get("/office/").content.decode()
    assert "3 translations are missing or out of date" in page


def test_a_reader_gets_another_language_and_is_told_which(own):
    with translation.override("de"):
        assert (own.name, own.name.language) == ("Passerelle", "en")
