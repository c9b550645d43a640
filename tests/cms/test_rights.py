"""What authors and editors may do, in the own section and nowhere else: every address of the office is tried."""

import io
from itertools import product

import pytest
from django.core.management import call_command
from django.db import transaction
from django.urls import NoReverseMatch, reverse
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import GroupPagePermission, Locale, Page, PageLogEntry
from wagtail_localize.models import Translation, TranslationSource

from cms.domain.rights import let_editors_write
from cms.domain.sections import collection_of, sections_of
from cms.models import GuidePage
from hrdplatform.media.models import PlatformDocument, PlatformImage
from hrdplatform.organisations.models import Organisation
from hrdplatform.organisations.states import Role
from tests.factories.accounts import signed_in
from tests.factories.cms import document, home, image, planted
from tests.factories.learning import guide, section
from tests.factories.organisations import make_member, make_organisation, make_platform
from tests.house.access import addresses

pytestmark = pytest.mark.django_db

SECRET = "Hawthorn"
"""Plain letters: the same in HTML, JSON and a script."""


def test_the_houses_editors_write_and_publish_on_every_home_page():
    planted()
    call_command("editor_rights")
    editor = make_member(make_platform(), Role.EDITOR)
    for language in ("fr", "de", "lb", "en"):
        may = home(language).permissions_for_user(editor)
        assert may.can_add_subpage()
        assert may.can_publish()


def test_a_second_time_changes_nothing():
    planted()
    let_editors_write()
    before = GroupPagePermission.objects.count()
    let_editors_write()
    assert GroupPagePermission.objects.count() == before


@pytest.fixture
def own() -> Organisation:
    planted()
    return make_organisation("Passerelle")


@pytest.fixture
def other() -> Organisation:
    planted()
    return make_organisation("Fougère")


@pytest.mark.parametrize(("role", "publishes"), [(Role.AUTHOR, False), (Role.EDITOR, True)])
def test_authors_write_in_the_own_section_of_every_language_and_editors_approve(own, other, role, publishes):
    person = make_member(own, role)
    for page in sections_of(own):
        may = page.permissions_for_user(person)
        assert may.can_add_subpage()
        assert may.can_edit()
        assert may.can_publish() == publishes
    for page in [*sections_of(other), home("fr"), *Page.objects.filter(slug="learn")]:
        may = page.permissions_for_user(person)
        assert not any([may.can_add_subpage(), may.can_edit(), may.can_publish(), may.can_delete()]), page


def test_an_author_without_a_section_role_gets_none_of_it(own):
    official = make_member(own, Role.OFFICIAL)
    assert not section(own).permissions_for_user(official).can_edit()


def put(item, organisation: Organisation):
    """On the shelf of an organisation."""
    item.collection = collection_of(organisation)
    item.save()
    return item


@pytest.mark.parametrize("model", [PlatformImage, PlatformDocument])
def test_media_are_the_organisations_own(own, other, model):
    from wagtail.permissions import policy_registry

    made = image() if model is PlatformImage else document()
    mine, foreign = put(made, own), put(type(made).objects.get(pk=make_second(model)), other)
    policy = policy_registry.get_by_type(model)
    author = make_member(own, Role.AUTHOR)
    for action in ("choose", "change"):
        assert list(policy.instances_user_has_permission_for(author, action)) == [mine], action
    assert not policy.user_has_permission_for_instance(author, "delete", foreign)


def make_second(model) -> int:
    return (image("Zweites", "two.png") if model is PlatformImage else document("Zweites", "two.pdf")).pk


class Hidden:
    """A draft with its revisions, its translation, a picture and a document of another organisation."""

    def __init__(self, organisation: Organisation) -> None:
        self.page = guide(f"{SECRET} eins", parent=section(organisation), live=False, slug="hidden")
        self.page.save_revision()
        self.image = put(image(f"{SECRET} Bild", "bild.png"), organisation)
        self.document = put(document(f"{SECRET} Blatt", "blatt.pdf"), organisation)
        source, _ = TranslationSource.update_or_create_from_instance(self.page)
        german = Locale.objects.get(language_code="de")
        self.translation = Translation.objects.create(source=source, target_locale=german)
        self.translation.save_target(publish=False)
        page = Page.objects.get(pk=self.page.pk)
        page.get_workflow().start(page.specific, make_member(organisation, Role.AUTHOR))
        self.state = page.specific.current_workflow_task_state
        self.target = self.translation.get_target_instance()

    def values(self, part: str, own_section: Page) -> list[object]:
        """What stands for one part of an address."""
        pages = [self.page.pk, self.target.pk]
        named = {
            "page_id": pages,
            "page_to_move_id": pages,
            "parent_page_id": [*pages, self.page.get_parent().pk, own_section.pk],
            "destination_id": [own_section.pk],
            "revision_id": [revision.pk for revision in self.page.revisions.all()][:1],
            "revision_id_a": ["earliest"],
            "revision_id_b": ["latest"],
            "image_id": [self.image.pk],
            "document_id": [self.document.pk],
            "translation_id": [self.translation.pk],
            "translation_source_id": [self.translation.source_id],
            "string_segment_id": [segment.pk for segment in self.translation.source.stringsegment_set.all()][:1],
            "overridable_segment_id": [1],
            "task_state_id": [self.state.pk],
            "task_id": [self.state.task_id],
            "workflow_state_id": [self.state.workflow_state_id],
            "content_type_app_name": ["cms"],
            "content_type_model_name": ["guidepage"],
            "app_label": ["wagtailcore", "media"],
            "model_name": ["page", "platformimage", "platformdocument"],
            "action": ["publish", "delete", "unpublish", "move", "add_to_collection", "add_tags"],
            "action_name": ["approve", "reject"],
            "privacy": ["login"],
            "filter_spec": ["original"],
            "object_id": pages,
        }
        if part in named:
            return named[part]
        return [*pages, self.image.pk, self.document.pk] if part in {"pk", "id"} else ["x"]


def paths(hidden: Hidden, own_section: Page):
    """Every address of the office with the foreign things in it."""
    for address in addresses():
        if not address.route.startswith("office/") or address.name.endswith(")") or address.nameless:
            continue
        for values in product(*(hidden.values(part, own_section) for part in address.parts)):
            try:
                yield address.name, reverse(address.name, kwargs=dict(zip(address.parts, values, strict=True)))
            except NoReverseMatch:
                continue


def text_of(answer) -> str:
    """What is shown now, and what would be said on the next page."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    told = getattr(getattr(answer.wsgi_request, "_messages", None), "_queued_messages", [])
    return content.decode("utf-8", "replace") + " ".join(str(message) for message in told)


def numbered(path: str) -> bool:
    """Whether an address asks in its query for the numbers of things."""
    return "/bulk/" in path or "multiple" in path


def shows(client, path: str, hidden: Hidden, *, posts: bool = True) -> bool:
    """Whether an address shows a foreign title: looked at, searched, asked by number, and with a form sent.

    Each visit is undone, so that one that changes something does not hide another.
    """
    found = False
    visits = [lambda: client.get(path), lambda: client.get(path, {"q": SECRET[:4]})]
    if numbered(path):
        queries = [{"id": thing.pk} for thing in (hidden.page, hidden.target, hidden.image, hidden.document)]
        queries += [{"id": "all"}, {"id": "all", "q": SECRET[:4]}]
        queries += [{"id": "all", "childOf": hidden.page.get_parent().pk}]
        visits += [lambda query=query: client.get(path, query) for query in queries]
    if posts:
        visits.append(lambda: client.post(path, {"title": "taken", "comment": "taken"}))
    for visit in visits:
        client.cookies.pop("messages", None)
        with transaction.atomic():
            found |= SECRET in text_of(visit())
            transaction.set_rollback(True)
    return found


@pytest.fixture
def hidden(other) -> Hidden:
    return Hidden(other)


@pytest.mark.parametrize("role", [Role.AUTHOR, Role.EDITOR])
def test_no_address_of_the_office_shows_what_another_organisation_drafts(own, hidden, role):
    client = signed_in(make_member(own, role))
    client.raise_request_exception = False
    found = sorted({name for name, path in paths(hidden, section(own)) if shows(client, path, hidden)})
    assert found == [], "\n".join(found)


def test_the_very_same_walk_finds_it_for_its_own_editor(own, other, hidden):
    client = signed_in(make_member(other, Role.EDITOR))
    client.raise_request_exception = False
    names = {name for name, path in paths(hidden, section(own)) if shows(client, path, hidden, posts=False)}
    assert names >= {
        "wagtailadmin_pages:edit",
        "wagtailadmin_pages:history",
        "wagtailadmin_pages:copy",
        "wagtailadmin_pages:search",
        "wagtailadmin_explore",
        "wagtailadmin_choose_page_search",
        "wagtailadmin_choose_page_chosen_multiple",
        "wagtailimages_chooser:chosen_multiple",
        "wagtail_bulk_action",
        "wagtailadmin_api:pages:detail",
        "wagtailadmin_reports:workflow",
        "wagtailimages:index",
        "wagtailimages:edit",
        "wagtaildocs:edit",
        "wagtaildocs_chooser:choose",
        "office_submit_translation",
        "office_update_translations",
    }


DANGEROUS = ("bulk", "delete", "move", "copy", "lock", "publish", "translat", "workflow", "edit", "revert", "position")


def test_no_form_changes_what_is_another_organisations(own, hidden):
    client = signed_in(make_member(own, Role.EDITOR))
    client.raise_request_exception = False
    number = Page.objects.count()
    form = {"title": "taken", "slug": "taken", "locales": [Locale.objects.get(language_code="lb").pk]}
    form |= {"new_title": "taken", "new_slug": "taken", "new_parent_page": section(own).pk, "value": "taken"}
    for name, path in paths(hidden, section(own)):
        if any(word in path for word in DANGEROUS) and "logout" not in path:
            query = f"?id={hidden.page.pk}&id={hidden.image.pk}&id={hidden.document.pk}"
            client.post(f"{path}{query}", form)
            client.put(f"{path}{query}", form)
            assert Page.objects.count() == number, name
    before = hidden.page
    after = GuidePage.objects.get(pk=before.pk)
    assert (after.title, after.path, after.live, after.locked) == (before.title, before.path, False, False)
    assert after.latest_revision_id == GuidePage.objects.get(pk=before.pk).revisions.order_by("-pk").first().pk
    assert after.current_workflow_task_state.status == "in_progress"
    assert PlatformImage.objects.get(pk=hidden.image.pk).title == hidden.image.title
    assert PlatformDocument.objects.get(pk=hidden.document.pk).title == hidden.document.title
    assert (
        not PageLogEntry.objects.filter(page=before.pk, user__isnull=False)
        .exclude(action="wagtail.workflow.start")
        .exclude(user__memberships__organisation=section(own).organisation_id, action="x")
        .filter(user__memberships__organisation=own)
        .exists()
    )


def test_an_author_starts_in_the_own_sections_and_sees_no_others(own, other):
    client = signed_in(make_member(own, Role.AUTHOR))
    page = client.get(reverse("wagtailadmin_explore_root"), follow=True).content.decode()
    learning = reverse("wagtailadmin_explore", args=[section(own).get_parent().pk])
    inside = client.get(learning, follow=True).content.decode()
    assert "Passerelle" in inside
    assert "Fougère" not in page + inside


def test_an_author_brings_a_picture_to_the_own_shelf_only(own, other):
    from tests.factories.cms import picture_bytes

    client = signed_in(make_member(own, Role.AUTHOR))

    def send(collection) -> None:
        file = io.BytesIO(picture_bytes())
        file.name = "arches.png"
        client.post(reverse("wagtailimages:add"), {"title": "Arches", "file": file, "collection": collection.pk})

    send(collection_of(other))
    assert not PlatformImage.objects.filter(collection=collection_of(other)).exists()
    send(collection_of(own))
    shelves = set(PlatformImage.objects.values_list("collection", flat=True))
    assert shelves == {collection_of(own).pk}


def test_the_way_to_a_foreign_page_is_not_told(own, hidden):
    assert AdminURLFinder(make_member(own, Role.AUTHOR)).get_edit_url(hidden.page) is None


def test_a_translation_of_the_own_page_may_be_asked_for_by_its_author_and_by_no_other(own, hidden):
    mine = guide(parent=section(own))
    client = signed_in(make_member(own, Role.AUTHOR))
    wish = {"locales": [Locale.objects.get(language_code="lb").pk]}
    assert client.post(reverse("office_submit_translation", args=[mine.pk]), wish).status_code == 302
    assert mine.get_translations().filter(locale__language_code="lb").exists()
    assert client.post(reverse("office_submit_translation", args=[hidden.page.pk]), wish).status_code == 404
    assert not hidden.page.get_translations().filter(locale__language_code="lb").exists()


def test_an_author_does_not_publish_translations_by_bringing_them_up_to_date(own):
    mine = guide(parent=section(own), lead="Une phrase.")
    source, _ = TranslationSource.update_or_create_from_instance(mine)
    translation = Translation.objects.create(source=source, target_locale=Locale.objects.get(language_code="lb"))
    translation.save_target(publish=False)
    target = translation.get_target_instance()
    from tests.cms.test_four_eyes import translate

    translate(translation, make_member(own, Role.AUTHOR))
    client = signed_in(make_member(own, Role.AUTHOR))
    client.post(reverse("office_update_translations", args=[source.pk]), {"publish_translations": "on"})
    assert not Page.objects.get(pk=target.pk).live
