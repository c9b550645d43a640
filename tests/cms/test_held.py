"""What a page holds that two people looked at stays as they looked at it: pictures, documents and videos."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import ReferenceIndex

from cms.domain.sections import collection_of
from cms.models import GuidePage
from hrdplatform.media.models import PlatformDocument, PlatformImage, PlatformVideo, Track
from hrdplatform.organisations.states import Role
from tests.cms.test_four_eyes import again, decide, form
from tests.cms.test_videos import captions, tracks
from tests.cms.test_videos import form as film_form
from tests.factories.accounts import signed_in
from tests.factories.cms import document, image, picture_bytes, standard_page, stored
from tests.factories.learning import guide, section
from tests.factories.organisations import make_member
from tests.factories.videos import captioned, mp4

pytestmark = pytest.mark.django_db(transaction=True)
STAYS = "where two people looked at it"


def shelf(item, owner):
    item.collection = collection_of(owner)
    item.save()
    return item


@pytest.fixture
def picture(own) -> PlatformImage:
    return shelf(image(), own)


@pytest.fixture
def paper(own) -> PlatformDocument:
    return shelf(document(), own)


@pytest.fixture
def film(own) -> PlatformVideo:
    return captioned(owner=own, transcript="Tout.")


def body(kind: str, found):
    values = {
        "image": {"image": found.pk, "alt_text": "Une porte", "decorative": False},
        "download": {"document": found.pk, "words": ""},
        "video": {"video": found.pk},
    }
    return stored([{"type": kind, "value": values[kind]}], GuidePage)


def text_of(answer) -> str:
    return answer.content.decode()


def change_picture(who, found, **fields):
    sent = {"title": found.title, "collection": found.collection_id, "description": "", "tags": "", **fields}
    return signed_in(who).post(reverse("wagtailimages:edit", args=[found.pk]), sent, follow=True)


def change_paper(who, found, **fields):
    sent = {"title": found.title, "collection": found.collection_id, "tags": "", **fields}
    return signed_in(who).post(reverse("wagtaildocs:edit", args=[found.pk]), sent, follow=True)


def change_film(who, own, found, *, track=None, **fields):
    row = {"id": found.tracks.get().pk, "kind": "captions", "language": "fr", "file": "", **(track or {})}
    sent = film_form(own, title=found.title, transcript="Tout.") | tracks(row, old=1) | fields
    return signed_in(who).post(reverse("office_videos:edit", args=[found.pk]), sent, follow=True)


def test_a_picture_that_readers_see_stays_for_everybody(own, author, editor, picture):
    guide(parent=section(own), body=body("image", picture))
    before = picture.file.name
    other = SimpleUploadedFile("b.png", picture_bytes(size=(9, 9)))
    for who in (author, editor):
        other.seek(0)
        assert STAYS in text_of(change_picture(who, picture, file=other))
        focus = {"focal_point_x": 5, "focal_point_y": 5, "focal_point_width": 2, "focal_point_height": 2}
        assert STAYS in text_of(change_picture(who, picture, **focus))
    picture.refresh_from_db()
    assert (picture.file.name, picture.focal_point_x) == (before, None)
    change_picture(author, picture, title="Une autre porte")
    picture.refresh_from_db()
    assert picture.title == "Une autre porte"


def test_a_document_that_readers_see_stays_and_its_title_is_an_editors(own, author, editor, paper):
    guide(parent=section(own), body=body("download", paper))
    before = paper.file.name
    assert STAYS in text_of(change_paper(editor, paper, file=SimpleUploadedFile("b.pdf", b"%PDF-1.7\n%%EOF")))
    assert "an editor changes its words" in text_of(change_paper(author, paper, title="Neuf"))
    change_paper(editor, paper, title="Neuf")
    paper.refresh_from_db()
    assert (paper.file.name, paper.title) == (before, "Neuf")


def test_a_film_that_readers_see_stays_and_its_words_are_an_editors(own, author, editor, film):
    guide(parent=section(own), body=body("video", film))
    before = film.file.name
    assert STAYS in text_of(change_film(editor, own, film, file=SimpleUploadedFile("b.mp4", mp4())))
    for changes in ({"transcript": "Autre."}, {"track": {"language": "de"}}, {"title": "Autre"}):
        assert "an editor changes its words" in text_of(change_film(author, own, film, **changes))
    change_film(editor, own, film, transcript="Autre.", track={**captions(), "language": "de"})
    film.refresh_from_db()
    assert (film.file.name, film.title, film.transcript) == (before, "Verrouiller", "Autre.")
    assert Track.objects.get().language == "de"


def test_the_still_picture_of_a_film_stays_with_it(own, editor, film, picture):
    film.poster = picture
    film.save()
    guide(parent=section(own), body=body("video", film))
    assert STAYS in text_of(change_picture(editor, picture, focal_point_x=5))


@pytest.mark.parametrize("kind", ["image", "download", "video"])
def test_nothing_that_readers_see_is_deleted_until_the_page_is_taken_off(request, own, author, editor, kind):
    names = {"image": "picture", "download": "paper", "video": "film"}
    found = request.getfixturevalue(names[kind])
    page = guide(parent=section(own), body=body(kind, found))
    way = {"image": "wagtailimages:delete", "download": "wagtaildocs:delete", "video": "office_videos:delete"}
    for who in (author, editor):
        assert STAYS in text_of(signed_in(who).post(reverse(way[kind], args=[found.pk]), follow=True))
    assert type(found).objects.filter(pk=found.pk).exists()
    again(page).unpublish(user=editor)
    signed_in(author).post(reverse(way[kind], args=[found.pk]), follow=True)
    assert not type(found).objects.filter(pk=found.pk).exists()


def test_many_are_not_deleted_at_once_either(own, editor, picture):
    guide(parent=section(own), body=body("image", picture))
    bulk = reverse("wagtail_bulk_action", args=["media", "platformimage", "delete"])
    assert STAYS in text_of(signed_in(editor).post(f"{bulk}?id={picture.pk}", follow=True))
    assert PlatformImage.objects.exists()


def test_what_is_looked_at_now_stays_too(own, author, editor, paper):
    page = guide(parent=section(own), live=False, by=author)
    newer = again(page)
    newer.body = body("download", paper)
    newer.save_revision(user=author)
    page = again(page)
    page.get_workflow().start(page, author)
    assert STAYS in text_of(change_paper(author, paper, file=SimpleUploadedFile("b.pdf", b"%PDF-1.7\n%%EOF")))
    decide(page, editor, "reject", comment="Non.", fields=form(page))
    change_paper(author, paper, file=SimpleUploadedFile("b.pdf", b"%PDF-1.7\n%%EOF"))
    before = paper.file.name
    paper.refresh_from_db()
    assert paper.file.name != before


def test_what_only_drafts_or_plain_pages_show_is_changed_as_before(own, author, paper):
    guide(parent=section(own), live=False, body=body("download", paper))
    assert ReferenceIndex.objects.filter(to_object_id=str(paper.pk)).exists()
    assert STAYS not in text_of(change_paper(author, paper, file=SimpleUploadedFile("b.pdf", b"%PDF-1.7\n%%EOF")))
    standard_page()
    assert signed_in(author).post(reverse("wagtaildocs:delete", args=[paper.pk])).status_code == 302
    assert not PlatformDocument.objects.exists()


def test_a_members_role_in_another_organisation_changes_nothing_here(own, picture):
    guide(parent=section(own), body=body("image", picture))
    stranger = make_member(section().organisation, Role.EDITOR)
    answer = signed_in(stranger).post(reverse("wagtailimages:delete", args=[picture.pk]))
    assert answer.status_code in {302, 403, 404}
    assert PlatformImage.objects.exists()
