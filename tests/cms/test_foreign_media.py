"""Nobody publishes another organisation's private picture, document, video or draft by naming its number by hand."""

import json
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield
from wagtail_localize.models import OverridableSegment, SegmentOverride

from cms.domain import readings
from cms.domain.rights import permissions_on
from cms.domain.sections import collection_of
from cms.models import CoursePage, GuidePage, ModulePage
from hrdplatform.media.models import PlatformDocument, PlatformImage, PlatformVideo
from hrdplatform.media.queries import is_public
from hrdplatform.office.choices import named_by
from hrdplatform.organisations.domain.roles import group_name
from hrdplatform.organisations.states import Role
from hrdplatform.web import clock
from tests.cms.test_four_eyes import again, begun
from tests.factories.accounts import signed_in
from tests.factories.cms import document, home, image, stored
from tests.factories.editing import edit
from tests.factories.folders import GUIDE
from tests.factories.learning import course, guide, section
from tests.factories.office import video as video_of
from tests.factories.organisations import make_member, make_organisation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own")]

SECRET = "Hawthorn"
REFUSED = "not yours to use"


class Shelf:
    """A picture, a document, a video and a draft of one organisation."""

    def __init__(self, organisation, name: str) -> None:
        self.image, self.document = image(f"{name} Bild", f"{name}.png"), document(f"{name} Blatt", f"{name}.pdf")
        for item in (self.image, self.document):
            item.collection = collection_of(organisation)
            item.save()
        self.video = video_of(organisation)
        PlatformVideo.objects.filter(pk=self.video.pk).update(title=f"{name} Film")
        self.page = guide(f"{name} Entwurf", parent=section(organisation), live=False, slug=f"{name}-entwurf".lower())


@pytest.fixture
def mine(own) -> Shelf:
    return Shelf(own, "Passerelle")


@pytest.fixture
def other(db):
    return make_organisation("Fougère")


@pytest.fixture
def foreign(other) -> Shelf:
    return Shelf(other, SECRET)


@pytest.fixture
def shelves(mine, foreign) -> tuple[Shelf, Shelf]:
    return mine, foreign


def linking(kind: str, key: int) -> str:
    return rich_text(f'<p>Hier: <a linktype="{kind}" id="{key}">das Blatt</a>.</p>', features=["link", "document-link"])


def nested(kind: str, block: str, key: int) -> dict:
    """Rich text within a list within a block."""
    item = {"value": {"title": "Erstens", "text": linking(kind, key)}, "deleted": "", "order": "0", "id": ""}
    second = {"value": {"title": "Zweitens", "text": rich_text("")}, "deleted": "", "order": "1", "id": ""}
    name = {"steps": "steps", "accordion": "items"}[block]
    return {name: {"count": "2", "0": item, "1": second}}


WAYS = {
    "a picture": lambda shelf: ("image", {"image": shelf.image.pk, "alt_text": "Ein Pass", "decorative": ""}),
    "a document": lambda shelf: ("download", {"document": shelf.document.pk, "label": "Ein Blatt"}),
    "a video": lambda shelf: ("video", {"video": shelf.video.pk}),
    "a link to a document": lambda shelf: ("text", linking("document", shelf.document.pk)),
    "a link to a draft": lambda shelf: ("text", linking("page", shelf.page.pk)),
    "a link in a callout": lambda shelf: ("callout", {"tone": "warn", "text": linking("document", shelf.document.pk)}),
    "a link in a step": lambda shelf: ("steps", nested("document", "steps", shelf.document.pk)),
}
ways = pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)


def fields(title: str, *blocks, slug: str = "telefon", notes: str = "") -> dict[str, str]:
    """What the editor sends for a guide, course or lesson."""
    sent = {"title": title, "slug": slug, "lead": "Mit Bedacht geschrieben.", "audience": "everybody", "level": ""}
    sent |= {"licence": "CC-BY-SA-4.0", "contributors": "", "checked_on": "", "review_by": "", "topic": ""}
    sent |= {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0", "change_note": "", "minutes": "10"}
    sent |= {"seo_title": "", "search_description": "", "objectives": "", "prerequisites": ""}
    return nested_form_data({**sent, "body": streamfield(blocks), "facilitator_notes": notes or rich_text("")})


def add(own, who, *blocks):
    address = reverse("wagtailadmin_pages:add", args=["cms", "guidepage", section(own).pk])
    return signed_in(who).post(address, fields("Ihr Telefon", *blocks))


@ways
def test_what_is_on_the_own_shelf_is_taken(own, author, mine, way):
    answer = add(own, author, way(mine))
    assert answer.status_code == 302
    page = GuidePage.objects.get(slug="telefon")
    assert len(page.get_latest_revision_as_object().body) == 1


@ways
def test_what_is_another_organisations_is_refused_and_what_was_typed_stays(own, author, mine, foreign, way):
    answer = add(own, author, ("quote", {"text": "Lange gewartet.", "source": ""}), way(foreign), way(mine))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert REFUSED in page
    assert not GuidePage.objects.filter(slug="telefon").exists()
    assert "Mit Bedacht geschrieben." in page
    assert "Lange gewartet." in page
    assert SECRET not in page
    assert "Passerelle" in page


@pytest.mark.parametrize("kind", ["document", "page"])
@pytest.mark.parametrize("key", ["999999", "1" * 30, "keine"])
def test_a_link_to_what_is_not_there_is_refused_in_the_same_words(own, author, kind, key):
    assert REFUSED in add(own, author, ("text", linked(kind, key))).content.decode()
    assert not GuidePage.objects.filter(slug="telefon").exists()


def linked(kind: str, key: str) -> str:
    """Rich text as a hand writes it, since the editor's own code would not."""
    content = json.loads(rich_text("<p>Hier</p>"))
    content["entityMap"] = {"0": {"type": {"document": "DOCUMENT", "page": "LINK"}[kind], "data": {"id": key}}}
    content["entityMap"]["0"]["mutability"] = "MUTABLE"
    content["blocks"][0]["entityRanges"] = [{"key": 0, "offset": 0, "length": 4}]
    return json.dumps(content)


@ways
def test_what_a_page_shows_already_stays_whoever_put_it_there(own, author, foreign, way):
    page = guide("Ihr Telefon", parent=section(own), slug="telefon", body=stored([stored_way(way, foreign)], GuidePage))
    answer = signed_in(author).post(edit(page), fields("Neuer Titel", way(foreign)))
    assert answer.status_code == 302
    assert again(page).get_latest_revision_as_object().title == "Neuer Titel"


def stored_way(way, shelf: Shelf) -> dict:
    """The same as the platform stores it."""
    kind, sent = way(shelf)
    link = '<p>Hier: <a linktype="{}" id="{}">das Blatt</a>.</p>'
    of_page = way is WAYS["a link to a draft"]
    html = link.format(*(("page", shelf.page.pk) if of_page else ("document", shelf.document.pk)))
    values = {
        "text": html,
        "callout": {"tone": "warn", "text": html},
        "steps": {"steps": [{"title": "Erstens", "text": html}, {"title": "Zweitens", "text": ""}]},
        "image": {"image": shelf.image.pk, "alt_text": "Ein Pass", "decorative": False},
    }
    return {"type": kind, "value": values.get(kind, sent)}


def test_what_only_an_older_version_showed_is_chosen_anew_by_who_may(own, author, foreign):
    body = stored([stored_way(WAYS["a document"], foreign)], GuidePage)
    page = guide("Ihr Telefon", parent=section(own), slug="telefon", live=False, body=body)
    page.body = []
    page.save_revision()
    page.save()
    answer = signed_in(author).post(edit(page), fields("Neuer Titel", WAYS["a document"](foreign)))
    assert REFUSED in answer.content.decode()


def test_what_readers_see_may_come_back_into_the_draft(own, author, foreign):
    body = stored([stored_way(WAYS["a document"], foreign)], GuidePage)
    page = guide("Ihr Telefon", parent=section(own), slug="telefon", body=body)
    page.body = []
    page.save_revision()
    assert signed_in(author).post(edit(page), fields("Neuer Titel", WAYS["a document"](foreign))).status_code == 302


@pytest.mark.parametrize("kind", ["document", "page"])
def test_facilitator_notes_are_asked_as_well(own, author, mine, foreign, kind):
    add_course = reverse("wagtailadmin_pages:add", args=["cms", "coursepage", section(own).pk])
    client = signed_in(author)

    def send(shelf: Shelf):
        key = shelf.document.pk if kind == "document" else shelf.page.pk
        return client.post(add_course, fields("Kurs", slug="kurs", notes=linking(kind, key)))

    page = send(foreign).content.decode()
    assert REFUSED in page
    assert SECRET not in page
    assert "das Blatt" in page
    assert not CoursePage.objects.exists()
    assert send(mine).status_code == 302


def test_a_picture_smuggled_into_rich_text_is_not_stored(own, author, foreign):
    content = json.loads(rich_text("<p>Text</p>"))
    data = {"id": str(foreign.image.pk), "format": "left", "alt": "x", "src": "/x"}
    content["entityMap"] = {"0": {"type": "IMAGE", "mutability": "IMMUTABLE", "data": data}}
    block = content["blocks"][0]
    content["blocks"].append({**block, "type": "atomic", "text": " ", "key": "zzzzz"})
    content["blocks"][1]["entityRanges"] = [{"key": 0, "offset": 0, "length": 1}]
    answer = add(own, author, ("text", json.dumps(content)))
    stored_now = GuidePage.objects.filter(slug="telefon").first()
    assert answer.status_code == 200 or "embed" not in str(stored_now.body.raw_data[0]["value"])
    assert not is_public(foreign.image)


def test_the_preview_shows_it_neither(own, author, foreign):
    page = guide("Ihr Telefon", parent=section(own), slug="telefon", live=False)
    client = signed_in(author)
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    answer = client.post(address, fields("Ihr Telefon", WAYS["a document"](foreign)))
    assert answer.json()["is_valid"] is False
    assert SECRET not in client.get(address).content.decode()


def test_an_editor_of_the_organisation_is_asked_like_an_author(own, editor, foreign):
    assert REFUSED in add(own, editor, WAYS["a picture"](foreign)).content.decode()


def test_who_writes_for_two_organisations_uses_both_shelves(own, other, foreign):
    both = make_member(other, Role.AUTHOR, make_member(own, Role.AUTHOR))
    assert add(own, both, WAYS["a picture"](foreign)).status_code == 302


def test_a_refused_picture_stays_private_after_all_that_may_be_published(own, author, editor, foreign):
    add(own, author, WAYS["a picture"](foreign))
    page = guide("Ihr Telefon", parent=section(own), slug="telefon")
    signed_in(author).post(edit(page), fields("Neuer Titel", WAYS["a picture"](foreign)))
    again(page).get_latest_revision().publish()
    assert not is_public(foreign.image)


def overriding(own, author, shelf: Shelf, way: str = "a picture"):
    """A translation into German of a page with something of the own shelf, and the address to show another instead."""
    page = guide("Votre téléphone", parent=section(own), body=stored([stored_way(WAYS[way], shelf)], GuidePage))
    translation = begun(page)
    suffix = {"a picture": "image", "a document": "document", "a video": "video"}[way]
    segment = OverridableSegment.objects.get(source=translation.source, context__path__endswith=f".{suffix}")
    address = reverse("office_override", args=[translation.pk, segment.pk])
    assert address == reverse("wagtail_localize:edit_override", args=[translation.pk, segment.pk])
    return signed_in(author), address, translation


def put(client, address: str, value: object):
    return client.put(address, f"value={value}", content_type="application/x-www-form-urlencoded")


@pytest.mark.parametrize(
    ("way", "name"), [("a picture", "image"), ("a document", "document"), ("a video", "video")], ids=lambda way: way
)
def test_a_translation_shows_another_thing_of_the_own_shelf_and_none_of_others(own, author, shelves, way, name):
    mine, foreign = shelves
    client, address, translation = overriding(own, author, mine, way)
    assert put(client, address, getattr(foreign, name).pk).status_code in {302, 403}
    assert not SegmentOverride.objects.exists()
    assert SECRET not in client.get(edit(translation.get_target_instance())).content.decode()
    second = Shelf(own, "Zweites")
    assert put(client, address, getattr(second, name).pk).status_code == 201
    assert json.loads(SegmentOverride.objects.get().data_json) == str(getattr(second, name).pk)


@pytest.mark.parametrize("value", ["999999", "keine", "", "1" * 30])
def test_a_translation_shows_nothing_that_is_no_number_of_a_thing(own, author, mine, value):
    client, address, _translation = overriding(own, author, mine)
    assert put(client, address, value).status_code in {302, 400, 403}
    assert not SegmentOverride.objects.exists()


@pytest.mark.parametrize("text", ['<a linktype="document" id="{}">Blatt</a>', '<embed embedtype="image" id="{}"/>'])
def test_a_translated_text_smuggles_nothing_in(own, author, foreign, text):
    page = guide(
        "Votre téléphone", parent=section(own), body=stored([{"type": "text", "value": "<p>Ici</p>"}], GuidePage)
    )
    translation = begun(page)
    segment = translation.source.stringsegment_set.get(string__data="Ici")
    address = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
    value = quote(text.format(foreign.document.pk))
    client = signed_in(author)
    client.raise_request_exception = False
    client.put(address, f"value={value}", content_type="application/x-www-form-urlencoded")
    client.post(edit(translation.get_target_instance()), {"action": "save-draft"})
    draft = again(translation.get_target_instance()).get_latest_revision_as_object()
    assert str(foreign.document.pk) not in {key for _model, key in named_by(draft)}


def test_who_may_not_edit_a_translation_overrides_nothing(own, author, mine, foreign, other):
    _client, address, _translation = overriding(own, author, mine)
    assert put(signed_in(make_member(other, Role.AUTHOR)), address, foreign.image.pk).status_code in {302, 403}
    assert not SegmentOverride.objects.exists()


def test_a_folder_names_pictures_and_documents_by_their_bytes_and_none_by_number(own, author, foreign):
    text = GUIDE.read_text(encoding="utf-8")
    text += f'\n<a linktype="document" id="{foreign.document.pk}">das Blatt</a>\n'
    text += f'\n<embed embedtype="image" id="{foreign.image.pk}" format="left" alt=""/>\n'
    text += f"\n[Entwurf]({foreign.page.url_path})\n"
    sent = SimpleUploadedFile("phone.md", text.encode(), "text/markdown")
    signed_in(author).post(reverse("office_import_course"), {"organisation": own.pk, "folder": sent, "do": "take"})
    assert readings.read_due(at=clock.now()) == 1
    for page in GuidePage.objects.descendant_of(section(own, "en")):
        body = json.dumps(page.get_latest_revision_as_object().body.get_prep_value())
        assert "linktype" not in body
        assert "embedtype" not in body
    assert not is_public(foreign.image)
    assert not is_public(foreign.document)


def test_a_page_is_copied_and_moved_only_by_who_looks_after_both_places(own, other, editor):
    theirs = guide("Leur guide", parent=section(other), slug="leur-guide")
    client = signed_in(editor)
    copy = reverse("wagtailadmin_pages:copy", args=[theirs.pk])
    words = {"new_title": "Kopie", "new_slug": "kopie", "new_parent_page": section(own).pk}
    assert client.post(copy, words).status_code == 302
    assert not Page.objects.filter(slug="kopie").exists()
    move = reverse("wagtailadmin_pages:move_confirm", args=[theirs.pk, section(own).pk])
    client.post(move)
    assert again(theirs).get_parent().pk == section(other).pk


def test_a_copy_into_another_section_takes_along_what_its_writer_could_choose(own, other, foreign):
    both = make_member(other, Role.EDITOR, make_member(own, Role.EDITOR))
    body = stored([stored_way(WAYS["a picture"], foreign)], GuidePage)
    page = guide("Leur guide", parent=section(other), slug="leur-guide", live=False, body=body)
    words = {"new_title": "Kopie", "new_slug": "kopie", "new_parent_page": section(own).pk}
    signed_in(both).post(reverse("wagtailadmin_pages:copy", args=[page.pk]), words)
    copied = GuidePage.objects.child_of(section(own)).get(slug="kopie")
    assert not copied.live
    assert not is_public(foreign.image)


@pytest.mark.parametrize("model", [PlatformImage, PlatformDocument])
def test_the_use_of_an_own_thing_in_foreign_drafts_is_not_told_by_name(own, author, mine, other, model):
    way = "a picture" if model is PlatformImage else "a document"
    guide(f"{SECRET} Seite", parent=section(other), body=stored([stored_way(WAYS[way], mine)], GuidePage), live=False)
    name = "wagtailimages:image_usage" if model is PlatformImage else "wagtaildocs:document_usage"
    key = mine.image.pk if model is PlatformImage else mine.document.pk
    answer = signed_in(author).get(reverse(name, args=[key]))
    assert answer.status_code == 200
    assert SECRET not in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("wagtailimages:image_usage", "image"),
        ("wagtaildocs:document_usage", "document"),
        ("wagtailimages_chooser:chosen", "image"),
        ("wagtailimages_chooser:select_format", "image"),
        ("wagtaildocs_chooser:chosen", "document"),
        ("office_video_chooser:chosen", "video"),
        ("office_videos:usage", "video"),
    ],
)
def test_foreign_things_are_neither_chosen_nor_looked_up_by_number(author, shelves, name, kind):
    mine, foreign = shelves
    client = signed_in(author)
    answer = client.get(reverse(name, args=[getattr(foreign, kind).pk]))
    assert answer.status_code in {302, 403, 404}
    assert SECRET not in answer.content.decode()
    assert client.get(reverse(name, args=[getattr(mine, kind).pk])).status_code == 200


def test_a_row_that_belongs_to_a_page_is_asked_as_well(own, author, mine, foreign):
    group = author.groups.get(name=group_name(own, Role.AUTHOR))
    GroupPagePermission.objects.create(
        group=group, page=home("de"), permission=permissions_on(Page, ["change_page"])[0]
    )
    client = signed_in(author)

    def send(page: Page):
        row = {"page": str(page.pk), "ORDER": "1", "DELETE": "", "id": ""}
        rows = {"TOTAL_FORMS": "1", "INITIAL_FORMS": "0", "MIN_NUM_FORMS": "0", "MAX_NUM_FORMS": "9", "0": row}
        words = {**fields("Start", slug="de"), "hero": "Guten Tag", "ways-count": "0"}
        return client.post(edit(home("de")), words | nested_form_data({"footer_links": rows}))

    refused = send(foreign.page).content.decode()
    assert REFUSED in refused
    assert SECRET not in refused
    assert send(mine.page).status_code == 302


def test_a_lesson_is_asked_like_a_guide(own, author, mine, foreign):
    module = ModulePage.objects.child_of(course(parent=section(own), lessons=1)).get()
    address = reverse("wagtailadmin_pages:add", args=["cms", "lessonpage", module.pk])
    client = signed_in(author)
    refused = client.post(address, fields("Lektion", WAYS["a picture"](foreign), slug="lektion"))
    assert REFUSED in refused.content.decode()
    assert client.post(address, fields("Lektion", WAYS["a picture"](mine), slug="lektion")).status_code == 302
