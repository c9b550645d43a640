import pytest
from django.core.files.base import ContentFile
from django.test import Client

from cms.models import StandardPage
from hrdplatform.media.models import PlatformVideo
from hrdplatform.organisations.states import Role
from tests.factories.accounts import signed_in
from tests.factories.cms import image, planted, standard_page, stored
from tests.factories.organisations import make_member, make_organisation
from tests.factories.videos import VTT, captioned, mp4, webm

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]
WHOLE = mp4()


def shows(film):
    return [{"type": "video", "value": {"video": film.pk}}]


@pytest.fixture
def film():
    planted()
    poster = image()
    return captioned(owner=make_organisation("Passerelle"), poster=poster)


def addresses(film) -> list[str]:
    return [film.url, film.tracks.get().url, film.poster.get_rendition("width-40").url]


def fetch(client, address, method="get", **headers):
    answer = getattr(client, method)(address, headers=headers)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    answer.close()
    return answer, content


def statuses(client, film):
    return [fetch(client, address)[0].status_code for address in addresses(film)]


def test_film_captions_and_still_picture_are_not_there_until_a_live_page_shows_them(film):
    page = standard_page(live=False, body=shows(film))
    assert statuses(Client(), film) == [404, 404, 404]
    page.save_revision().publish()
    assert statuses(Client(), film) == [200, 200, 200]
    public_page().unpublish()
    assert statuses(Client(), film) == [404, 404, 404]


def test_a_film_in_a_draft_beside_a_live_page_is_not_there(film):
    page = standard_page()
    page.body = stored(shows(film))
    page.save_revision()
    assert statuses(Client(), film) == [404, 404, 404]


def test_before_that_only_those_see_them_on_whose_shelf_they_lie(film):
    film.poster.collection = film.collection
    film.poster.save()
    owner = film.collection.shelf.organisation
    assert statuses(signed_in(make_member(owner, Role.AUTHOR)), film) == [200, 200, 200]
    assert statuses(signed_in(make_member(owner, Role.AUTHOR), verified=False), film) == [404, 404, 404]
    assert statuses(signed_in(make_member(make_organisation(), Role.EDITOR)), film) == [404, 404, 404]
    assert statuses(signed_in(make_member(owner)), film) == [404, 404, 404]


def test_what_is_not_public_is_not_kept_by_anybody(film):
    answer, _ = fetch(signed_in(make_member(film.collection.shelf.organisation, Role.AUTHOR)), film.url)
    assert answer["Cache-Control"] == "private, no-store"
    assert "ETag" not in answer


def public_page() -> StandardPage:
    return StandardPage.objects.get()


@pytest.fixture
def public(film):
    standard_page(body=shows(film))
    return film


def test_the_whole_film_comes_without_a_cookie(public):
    answer, content = fetch(Client(), public.url)
    assert content == WHOLE
    assert answer["Content-Type"] == "video/mp4"
    assert answer["Content-Length"] == str(len(WHOLE))
    assert answer["Accept-Ranges"] == "bytes"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert not answer.cookies


def test_captions_are_webvtt(public):
    answer, content = fetch(Client(), public.tracks.get().url)
    assert content == VTT
    assert answer["Content-Type"] == "text/vtt; charset=utf-8"


@pytest.mark.parametrize(
    ("header", "begin", "end"),
    [("bytes=0-0", 0, 1), ("bytes=10-19", 10, 20), ("bytes=100-", 100, None), ("bytes=-7", -7, None)],
)
def test_a_player_gets_the_part_that_it_asks_for(public, header, begin, end):
    answer, content = fetch(Client(), public.url, Range=header)
    assert answer.status_code == 206
    assert content == WHOLE[begin:end]
    first = len(WHOLE) + begin if begin < 0 else begin
    assert answer["Content-Range"] == f"bytes {first}-{first + len(content) - 1}/{len(WHOLE)}"
    assert answer["Content-Length"] == str(len(content))


def test_a_part_beyond_the_end_is_not_there_and_tells_how_long_it_is(public):
    answer, content = fetch(Client(), public.url, Range="bytes=99999999-")
    assert answer.status_code == 416
    assert answer["Content-Range"] == f"bytes */{len(WHOLE)}"
    assert content == b""


@pytest.mark.parametrize(
    "header", ["bytes=0-1,4-5", "bytes=5-2", "bytes=-", "lines=1-2", "bytes=a-b", "bytes=" + "9" * 40]
)
def test_what_is_no_single_part_is_the_whole(public, header):
    answer, content = fetch(Client(), public.url, Range=header)
    assert (answer.status_code, content) == (200, WHOLE)


def test_a_part_of_another_film_is_not_joined_to_this_one(public):
    answer, _ = fetch(Client(), public.url)
    same, _ = fetch(Client(), public.url, Range="bytes=1-2", **{"If-Range": answer["ETag"]})
    other, content = fetch(Client(), public.url, Range="bytes=1-2", **{"If-Range": '"other"'})
    assert (same.status_code, other.status_code) == (206, 200)
    assert content == WHOLE


def test_who_has_it_already_gets_nothing_new_and_a_hidden_one_says_nothing(public):
    tag = fetch(Client(), public.url)[0]["ETag"]
    assert fetch(Client(), public.url, **{"If-None-Match": tag})[0].status_code == 304
    public_page().unpublish()
    assert fetch(Client(), public.url, **{"If-None-Match": tag})[0].status_code == 404
    assert fetch(Client(), public.url, Range="bytes=0-1")[0].status_code == 404


def test_asking_for_the_head_brings_no_content(public):
    answer, content = fetch(Client(), public.url, method="head", Range="bytes=0-1")
    assert (answer.status_code, content) == (200, b"")
    assert answer["Content-Length"] == str(len(WHOLE))


def test_nothing_else_is_taken(public):
    assert Client().post(public.url).status_code == 405


def test_the_version_with_audio_description_is_as_public_as_the_film(public):
    assert public.described_url == ""
    public.described.save("described.webm", ContentFile(webm()))
    found = PlatformVideo.objects.get()
    answer, content = fetch(Client(), found.described_url)
    assert (answer.status_code, content) == (200, webm())
    assert answer["Content-Type"] == "video/webm"
    public_page().unpublish()
    assert fetch(Client(), found.described_url)[0].status_code == 404


def test_a_row_without_its_file_is_not_there(public):
    public.file.storage.delete(public.file.name)
    assert fetch(Client(), public.url)[0].status_code == 404


def test_other_names_are_not_there(public):
    for name in ("nothing.mp4", "..%2fsecret-key"):
        assert Client().get(f"/media/videos/{name}").status_code == 404
        assert Client().get(f"/media/captions/{name}").status_code == 404
        assert Client().get(f"/media/images/{name}").status_code == 404


def test_pages_may_play_what_is_ours(public):
    answer = Client().get(public_page().url_path)
    assert "media-src 'self'" in answer["Content-Security-Policy"]
    page = answer.content.decode()
    assert f'<source src="{public.url}">' in page
    assert f'src="{public.tracks.get().url}" srclang="fr"' in page
