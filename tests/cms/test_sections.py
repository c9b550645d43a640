"""One verb gives an organisation its place: pages in every language, groups with rights, a shelf, four eyes."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Locale, Page

from cms.domain.sections import SectionInUseError, close_section, collection_of, open_section, sections_of
from cms.models import SectionPage, Shelf
from hrdplatform.organisations.domain.invitations import accept_as_new, invite
from hrdplatform.organisations.domain.roles import change_role, take_role
from hrdplatform.organisations.models import Organisation
from hrdplatform.organisations.states import Kind, Role
from hrdplatform.web import clock, generations
from tests.factories.accounts import PASSWORD, signed_in
from tests.factories.cms import image, planted
from tests.factories.learning import guide, section
from tests.factories.office import platform_administrator
from tests.factories.organisations import make_member, make_organisation, make_platform, membership_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def own() -> Organisation:
    planted()
    return make_organisation("Passerelle")


def groups(user) -> set[str]:
    return set(user.groups.values_list("name", flat=True))


def test_a_new_organisation_has_a_section_in_every_language(own):
    sections = sections_of(own)
    assert {page.locale.language_code for page in sections} == {"fr", "de", "lb", "en"}
    assert {page.url_path for page in sections} == {
        f"/{language}/learn/{own.slug}/" for language in ("fr", "de", "lb", "en")
    }
    assert all(page.live for page in sections)


def test_what_an_organisation_says_of_itself_names_its_language_where_it_is_not_the_pages(own, client):
    own.description_fr = "Nous ouvrons des portes."
    own.save()
    shown = {page.locale.language_code: client.get(page.url_path).content.decode() for page in sections_of(own)}
    assert '<div class="flow" lang="fr" dir="ltr"><p>Nous ouvrons des portes.' in shown["de"]
    assert '<div class="flow"><p>Nous ouvrons des portes.' in shown["fr"]


def test_opening_again_changes_nothing(own):
    def state():
        kinds = (Page, Group, GroupPagePermission, GroupCollectionPermission, Collection, Shelf)
        return [list(kind.objects.order_by("pk").values_list("pk", flat=True)) for kind in kinds]

    before = state()
    open_section(own)
    call_command("open_sections")
    assert state() == before


def test_a_language_that_comes_later_gets_its_sections_by_command(own):
    planted("ar")
    call_command("open_sections")
    arabic = section(own, "ar")
    author = make_member(own, Role.AUTHOR)
    assert arabic.permissions_for_user(author).can_edit()


def test_a_section_is_called_as_its_organisation_until_an_editor_names_it(own):
    own.name_de = "Beobachtungsstelle"
    own.save()
    german = section(own, "de")
    assert german.title == german.draft_title == "Beobachtungsstelle"
    german.title = "Die Beobachtungsstelle"
    german.save_revision().publish()
    open_section(own)
    assert section(own, "de").title == "Die Beobachtungsstelle"


def test_a_new_name_given_in_the_office_stands_on_the_section(own):
    fields = dict.fromkeys(("website", "name_fr", "name_lb", "description_fr", "description_de"), "")
    fields |= {"description_lb": "", "description_en": "", "slug": own.slug, "kind": own.kind, "source_language": "en"}
    names = {"name_en": "Watch", "name_de": "Wache"}
    answer = signed_in(platform_administrator()).post(f"/office/organisations/edit/{own.pk}/", {**fields, **names})
    assert answer.status_code == 302
    titles = {page.locale.language_code: page.title for page in sections_of(own)}
    assert (titles["de"], titles["lb"]) == ("Wache", "Watch")


def test_opening_tells_kept_pages_that_something_changed(own):
    generations.forget()
    before = generations.current(["cms"])
    open_section(own)
    generations.forget()
    assert generations.current(["cms"]) != before


def test_organisations_made_in_the_office_get_their_section(own):
    fields = dict.fromkeys(("website", "name_fr", "name_de", "name_lb", "description_fr", "description_de"), "")
    fields |= {"description_lb": "", "description_en": "", "slug": "new", "kind": "ngo", "source_language": "en"}
    answer = signed_in(platform_administrator()).post("/office/organisations/new/", {**fields, "name_en": "New"})
    assert answer.status_code == 302
    made = Organisation.objects.get(slug="new")
    assert len(sections_of(made)) == 4
    assert collection_of(made).name == "New"


def test_an_empty_section_goes_with_its_organisation(own):
    number = own.pk
    administrator = signed_in(platform_administrator())
    assert administrator.post(f"/office/organisations/delete/{number}/").status_code == 302
    assert not Organisation.objects.filter(pk=number).exists()
    assert not SectionPage.objects.filter(slug=own.slug).exists()
    assert not Group.objects.filter(name__endswith=f":{number}").exists()


def test_an_organisation_with_pages_or_pictures_is_not_deleted(own):
    guide(parent=section(own))
    answer = signed_in(platform_administrator()).post(f"/office/organisations/delete/{own.pk}/", follow=True)
    assert "still has pages" in answer.content.decode()
    assert Organisation.objects.filter(pk=own.pk).exists()
    other = make_organisation()
    picture = image()
    picture.collection = collection_of(other)
    picture.save()
    with pytest.raises(SectionInUseError):
        close_section(other)


def test_authors_and_editors_are_in_the_groups_of_their_own_organisation_alone(own):
    other = make_organisation()
    author = make_member(own, Role.AUTHOR)
    assert groups(author) == {f"author:{own.pk}"}
    make_member(other, Role.EDITOR, author)
    assert groups(author) == {f"author:{own.pk}", f"editor:{other.pk}"}
    membership = author.memberships.get(organisation=own)
    change_role(membership, to=Role.EDITOR, by=platform_administrator(), at=clock.now())
    assert groups(author) == {f"editor:{own.pk}", f"editor:{other.pk}"}
    take_role(author.memberships.get(organisation=other), by=platform_administrator(), at=clock.now())
    assert groups(author) == {f"editor:{own.pk}"}


def test_who_accepts_an_invitation_writes_in_the_section(own):
    words = {"email": "nora@example.org", "organisation": own, "role": Role.AUTHOR, "language": "fr", "door": "office"}
    link = invite(**words, by=make_member(own, Role.ADMINISTRATOR), at=clock.now())
    secret = link.rstrip("/").rpartition("/")[2]
    nora = accept_as_new(secret=secret, name="Nora", password=PASSWORD, language="fr", at=clock.now())
    assert section(own).permissions_for_user(nora).can_add_subpage()
    assert not section(make_organisation()).permissions_for_user(nora).can_add_subpage()


def test_a_group_given_by_hand_stays(own):
    author = make_member(own, Role.AUTHOR)
    author.groups.add(Group.objects.create(name="Photographers"))
    take_role(membership_of(author, own), by=platform_administrator(), at=clock.now())
    assert groups(author) == {"Photographers"}


def test_other_roles_bring_no_group_of_an_organisation(own):
    assert groups(make_member(own, Role.ADMINISTRATOR)) == set()
    assert groups(make_member(own, Role.MEMBER)) == set()


def test_the_houses_own_roles_stay_groups_of_the_house():
    planted()
    house = make_platform()
    author = make_member(house, Role.AUTHOR)
    assert groups(author) == {"author"}
    assert section(house).permissions_for_user(author).can_edit()
    close_section(house)
    assert Group.objects.filter(name="author").exists()


def test_who_was_author_before_the_section_was_opened_writes_in_it_afterwards():
    planted()
    own = Organisation.objects.create(slug="old", source_language="fr", name_fr="Ancienne", kind=Kind.NGO)
    author = make_member(own, Role.AUTHOR)
    author.groups.clear()
    call_command("open_sections")
    author = type(author).objects.get(pk=author.pk)
    assert section(own).permissions_for_user(author).can_add_subpage()


def test_a_section_is_changed_in_words_only(own):
    editor = make_member(own, Role.EDITOR)
    may = section(own).permissions_for_user(editor)
    assert may.can_edit()
    assert not any([may.can_delete(), may.can_move(), may.can_unpublish(), may.can_copy()])
    assert section(own).permissions_for_user(platform_administrator()).can_unpublish()


def test_the_command_says_what_it_opened_and_what_is_missing(own, capsys):
    Locale.objects.create(language_code="ar")
    call_command("open_sections")
    said = capsys.readouterr().out
    assert f"{own.slug}: 0 sections opened, 4 stand" in said
    assert "ar: no Learn page, so nothing was opened there. Translate the home page, then Learn" in said
