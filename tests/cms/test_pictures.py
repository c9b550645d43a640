"""Pictures in all their sizes: ordered when a page goes live, made by the worker, never in the way of a page."""

from datetime import timedelta

import pytest
from django.test import Client

from cms.domain import pictures
from cms.models import GuidePage
from hrdplatform.media import sizes
from hrdplatform.media.models import PictureOrder, PlatformRendition
from hrdplatform.web import clock, generations
from tests.factories.cms import image, planted, standard_page, stored
from tests.factories.learning import guide
from tests.factories.videos import captioned

pytestmark = pytest.mark.django_db


def shows(picture, words: str = "Un viaduc"):
    return [{"type": "image", "value": {"image": picture.pk, "decorative": not words, "alt_text": words}}]


@pytest.fixture
def picture():
    PlatformRendition.cache_backend.clear()  # keys of another test's pictures come again
    planted()
    return image()


def make_all() -> int:
    return pictures.make_due(at=clock.now())


def formats(picture) -> list[str]:
    return sorted(PlatformRendition.objects.filter(image=picture).values_list("filter_spec", flat=True))


def test_a_page_that_goes_live_has_its_pictures_made_once(picture):
    guide(body=stored(shows(picture), GuidePage))
    assert pictures.pending(clock.now())
    assert make_all() == 1
    assert formats(picture) == sorted(sizes.EVERY)
    assert not PictureOrder.objects.exists()
    assert not pictures.pending(clock.now())
    guide("Encore", body=stored(shows(picture), GuidePage))
    before = set(PlatformRendition.objects.values_list("pk", flat=True))
    assert make_all() == 1
    assert set(PlatformRendition.objects.values_list("pk", flat=True)) == before


def test_a_draft_orders_nothing(picture):
    guide(body=stored(shows(picture), GuidePage), live=False)
    assert not PictureOrder.objects.exists()


def test_the_still_picture_of_a_video_is_ordered_as_well(picture):
    film = captioned(poster=picture)
    guide(body=stored([{"type": "video", "value": {"video": film.pk}}], GuidePage))
    assert list(PictureOrder.objects.values_list("image", flat=True)) == [picture.pk]


def test_the_page_offers_avif_then_webp_then_a_jpeg(picture):
    page = guide(body=stored(shows(picture), GuidePage))
    make_all()
    html = Client().get(page.url_path).content.decode()
    avif, webp, jpeg = (html.index(word) for word in ('type="image/avif"', 'type="image/webp"', "<img src="))
    assert avif < webp < jpeg
    assert html.count(".avif ") == len(sizes.AVIF)
    assert 'alt="Un viaduc"' in html
    assert all(rendition.url in html for rendition in PlatformRendition.objects.all())


def test_before_the_worker_has_come_by_a_reader_waits_for_the_jpeg_alone(picture):
    page = guide(body=stored(shows(picture), GuidePage))
    html = Client().get(page.url_path).content.decode()
    assert "<source" not in html
    assert formats(picture) == [sizes.PLAIN]


def test_kept_pages_are_out_of_date_once_the_sizes_are_there(picture):
    guide(body=stored(shows(picture), GuidePage))
    generations.forget()
    before = generations.current(["cms"])
    make_all()
    generations.forget()
    assert generations.current(["cms"]) > before


@pytest.mark.parametrize("damage", ["gone", "broken"])
def test_a_picture_that_cannot_be_made_leaves_its_words_and_is_tried_later_not_for_ever(picture, damage):
    picture.file.storage.delete(picture.file.name)
    if damage == "broken":
        with picture.file.storage.open(picture.file.name, "wb") as file:
            file.write(b"\x89PNG\r\n\x1a\nno picture")
    page = guide(body=stored(shows(picture), GuidePage))
    answer = Client().get(page.url_path)
    assert answer.status_code == 200
    assert "Un viaduc" in answer.content.decode()
    at, tries = clock.now(), 0
    while pictures.pending(at):
        assert pictures.make_due(at=at) == 0
        assert not pictures.pending(at)
        at, tries = PictureOrder.objects.get().due_at, tries + 1
    assert tries == pictures.MOST_TRIES
    page.save_revision().publish()
    assert pictures.pending(clock.now() + timedelta(seconds=1))


def test_one_broken_picture_holds_up_no_other(picture):
    picture.file.storage.delete(picture.file.name)
    second = image("Second", "second.png")
    guide(body=stored([*shows(picture), *shows(second)], GuidePage))
    assert make_all() == 1
    assert formats(second) == sorted(sizes.EVERY)


def test_a_light_page_leads_to_the_picture_and_makes_one_size(picture):
    page = standard_page(body=shows(picture))
    html = Client().get(f"{page.url_path}?light=1").content.decode()
    assert "<img" not in html
    assert PlatformRendition.objects.get().url in html
    assert formats(picture) == [sizes.PLAIN]


@pytest.mark.parametrize("count", [1, 3])
def test_each_picture_costs_one_question(picture, count, django_assert_num_queries):
    from django.template import Context, Template

    shown = [picture, image("B", "b.png"), image("C", "c.png")][:count]
    for one in shown:
        sizes.make(one)
    PlatformRendition.cache_backend.clear()
    template = Template("{% load front %}{% for one in shown %}{% picture one 'words' %}{% endfor %}")
    with django_assert_num_queries(count):
        assert template.render(Context({"shown": shown})).count("<img") == count
