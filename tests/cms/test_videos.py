"""Videos in the office: sent through the gate, kept on the own shelf, shown with captions or not at all."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.urls import reverse
from wagtail.models import Collection

from cms.domain.findings import findings
from cms.domain.sections import collection_of
from cms.models import GuidePage
from cms.rules import SilentVideoError
from hrdplatform.media.models import PlatformVideo, Track
from tests.factories.accounts import signed_in
from tests.factories.cms import image, stored
from tests.factories.learning import guide, section
from tests.factories.office import platform_administrator
from tests.factories.organisations import make_organisation
from tests.factories.videos import VTT, captioned, mp4, video, webm

pytestmark = pytest.mark.django_db


def form(owner, **changes) -> dict[str, object]:
    fields = {"title": "Verrouiller", "collection": collection_of(owner).pk, "address": "", "language": "fr"}
    fields |= {"seconds": "0", "poster": "", "transcript": ""}
    return fields | tracks() | changes


def tracks(*rows: dict[str, object], old: int = 0) -> dict[str, object]:
    fields = {"TOTAL_FORMS": len(rows), "INITIAL_FORMS": old, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}
    fields |= {f"{number}-{name}": value for number, row in enumerate(rows) for name, value in row.items()}
    return {f"tracks-{name}": value for name, value in fields.items()}


def captions(content: bytes = VTT, name: str = "fr.vtt") -> dict[str, object]:
    return {"kind": "captions", "language": "fr", "file": SimpleUploadedFile(name, content)}


def film(content: bytes = b"", name: str = "Maria.mp4") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or mp4())


def add(person, fields):
    return signed_in(person).post(reverse("office_videos:add"), fields)


def shows(found):
    return stored([{"type": "video", "value": {"video": found.pk}}], GuidePage)


def test_an_author_sends_a_film_with_captions(own, author):
    answer = add(author, form(own, file=film(), transcript="Tout.") | tracks(captions()))
    assert answer.status_code == 302, answer.content.decode()
    found = PlatformVideo.objects.get()
    assert (found.uploaded_by, found.seconds, found.lacks) == (author, 3, "")
    assert found.collection == collection_of(own)
    with found.file.open() as file:
        kept = file.read()
    assert b"Maria" not in kept
    assert "Maria" not in found.file.name
    assert found.tracks.get().file.name.endswith(".vtt")


def test_a_large_film_is_cleaned_on_disk_before_it_is_stored(own, author):
    upload = TemporaryUploadedFile("film.webm", "video/webm", 0, None)
    upload.write(webm())
    upload.size = len(webm())
    upload.seek(0)
    assert add(author, form(own, file=upload)).status_code == 302
    with PlatformVideo.objects.get().file.open() as file:
        assert b"Maria" not in file.read()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"file": film(b"<html>")}, "the content is something else or damaged"),
        ({"file": film(name="film.mov")}, "Send an MP4 or WebM video."),
        ({"file": film()} | tracks(captions(b"1\n00:00:01,000")), "Line 1: the first line is WEBVTT."),
        ({"file": film()} | tracks(captions(name="fr.srt")), "whose name ends in .vtt"),
        ({}, "one of the two"),
        ({"file": film(), "address": "https://example.org/film"}, "one of the two"),
    ],
)
def test_what_the_gate_refuses_is_said_and_nothing_is_kept(own, author, fields, words):
    answer = add(author, form(own, **fields))
    said = answer.content.decode()
    assert words in said
    assert ("one of the two" in words) == ("one of the two" in said)
    assert ("file" in fields) == ("Choose the file once more." in said)
    assert not PlatformVideo.objects.exists()


def test_a_film_elsewhere_is_an_address_with_a_transcript(own, author):
    assert add(author, form(own, address="https://example.org/film", transcript="Tout.")).status_code == 302
    assert PlatformVideo.objects.get().url == ""


def test_an_author_puts_nothing_on_another_shelf_and_takes_no_foreign_picture(own, author):
    other = make_organisation("Fougère")
    hidden = image("Geheim")
    hidden.collection = collection_of(other)
    hidden.save()
    root = Collection.get_first_root_node().pk
    for change in ({"collection": collection_of(other).pk}, {"collection": root}, {"poster": hidden.pk}):
        add(author, form(own, file=film(), **change))
        assert not PlatformVideo.objects.exists(), change


def test_choosers_and_lists_know_the_own_films_alone(own, author):
    mine = captioned("Unser Film", owner=own)
    foreign = captioned("Fremder Film", owner=make_organisation("Fougère"))
    client = signed_in(author)
    for name in ("office_videos:index", "office_video_chooser:choose"):
        for query in ("", "?q=Film"):
            page = client.get(f"{reverse(name)}{query}").content.decode()
            assert mine.title in page, name
            assert foreign.title not in page, name
            assert "Fougère" not in page, name
    chosen = client.get(reverse("office_video_chooser:chosen", args=[mine.pk]))
    assert json.loads(chosen.content)["result"]["title"] == mine.title


def test_nobody_makes_a_film_inside_the_chooser(author):
    client = signed_in(author)
    address = reverse("office_video_chooser:choose")
    assert client.get(address).status_code == 200
    assert client.get(f"{address}create/").status_code == 404
    assert client.post(f"{address}create/", {"title": "a"}).status_code == 404
    assert not PlatformVideo.objects.exists()


def test_an_author_opens_changes_and_deletes_an_own_film(own, author):
    found = captioned(owner=own)
    client = signed_in(author)
    address = reverse("office_videos:edit", args=[found.pk])
    assert client.get(address).status_code == 200
    track = found.tracks.get()
    row = {"id": track.pk, "kind": "captions", "language": "fr", "file": ""}
    answer = client.post(address, form(own, title="Neu") | tracks(row, old=1))
    assert answer.status_code == 302, answer.content.decode()
    found.refresh_from_db()
    assert (found.title, found.uploaded_by) == ("Neu", None)
    assert client.post(reverse("office_videos:delete", args=[found.pk])).status_code == 302
    assert not PlatformVideo.objects.exists()
    assert not Track.objects.exists()


def test_captions_of_a_film_that_readers_see_are_not_taken_away(own, author, editor):
    found = captioned(owner=own)
    guide(parent=section(own), body=shows(found))
    row = {"id": found.tracks.get().pk, "kind": "captions", "language": "fr", "file": "", "DELETE": "on"}
    address = reverse("office_videos:edit", args=[found.pk])
    client = signed_in(editor)
    answer = client.post(address, form(own, transcript="Tout ce qui est dit.") | tracks(row, old=1))
    assert "it needs captions." in answer.content.decode()
    answer = client.post(address, form(own) | tracks(row | {"DELETE": ""}, old=1))
    assert "it needs a transcript." in answer.content.decode()
    assert Track.objects.exists()
    client.post(address, form(own, transcript="Une rivière.", wordless="on") | tracks(row, old=1))
    assert not Track.objects.exists()


CHAPTERS, CAPTIONS = Track.Kind.CHAPTERS, Track.Kind.CAPTIONS
SAID = {"transcript": "Tout ce qui est dit."}
ELSEWHERE = {"file": "", "address": "https://example.org/film"}


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("fields", "kind", "lacks"),
    [
        ({}, CHAPTERS, "captions and a transcript"),
        (SAID, CHAPTERS, "captions"),
        ({"transcript": " "}, CAPTIONS, "a transcript"),
        (SAID, CAPTIONS, ""),
        ({"wordless": True}, CHAPTERS, "a transcript"),
        ({"wordless": True, **SAID}, CHAPTERS, ""),
        (ELSEWHERE, CHAPTERS, "a transcript"),
        ({**ELSEWHERE, **SAID}, CHAPTERS, ""),
    ],
)
def test_a_page_is_published_with_a_film_that_lacks_nothing(own, fields, kind, lacks):
    found = video(owner=own, **fields)
    Track.objects.create(video=found, kind=kind, language="fr", file="videos/track.vtt")
    assert found.lacks == lacks
    page = guide(parent=section(own), live=False, body=shows(found))
    if lacks:
        with pytest.raises(SilentVideoError, match=f"needs {lacks} first"):
            page.get_latest_revision().publish()
    else:
        page.get_latest_revision().publish()
    assert GuidePage.objects.get().live == (not lacks)


def test_a_film_that_readers_saw_before_stays_and_its_page_says_what_it_lacks(own, english):
    found = captioned(owner=own)
    page = guide(parent=section(own), body=shows(found))
    PlatformVideo.objects.update(transcript="")
    assert GuidePage.objects.get(pk=page.pk).live
    assert "needs a transcript" in " ".join(findings(GuidePage.objects.get()))


def test_a_shelf_with_films_is_not_thrown_away(own):
    captioned(owner=own)
    address = reverse("wagtailadmin_collections:delete", args=[collection_of(own).pk])
    signed_in(platform_administrator()).post(address)
    assert PlatformVideo.objects.exists()


def test_previews_and_old_revisions_are_kept_by_nobody(own, author):
    page = guide(parent=section(own), live=False)
    revision = page.save_revision(user=author)
    client = signed_in(author)
    for address in (
        reverse("wagtailadmin_pages:view_draft", args=[page.pk]),
        reverse("wagtailadmin_pages:revisions_view", args=[page.pk, revision.pk]),
        reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk]),
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
    ):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert answer["Cache-Control"] == "no-store", address
        assert "ETag" not in answer, address
