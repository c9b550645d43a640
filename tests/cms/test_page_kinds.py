"""What each kind of page shows, and what it costs."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client

from cms.models import Change
from cms.states import Licence
from hrdplatform.media.models import PlatformVideo
from hrdplatform.web import clock, generations
from tests.factories.cms import planted
from tests.factories.learning import course, guide, news, section, topic, training
from tests.factories.library import library
from tests.factories.organisations import make_organisation

pytestmark = pytest.mark.django_db


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_a_guide_that_was_checked_says_when_and_when_again(client: Client, stopped_clock):
    planted()
    made = guide(parent=section(language="en"), checked_on=date(2026, 10, 3), review_by=date(2026, 11, 23))
    shown = page(client, made.url_path)
    assert '<span class="status is-ok">3 October 2026</span>' in shown
    assert "next check by 23 November 2026" in shown
    assert "Not checked since" not in shown


def test_a_guide_that_nobody_checked_in_time_says_so_from_the_next_day_on(client: Client, stopped_clock):
    planted()
    made = guide(parent=section(language="en"), checked_on=date(2026, 10, 3), review_by=date(2026, 11, 23))
    stopped_clock.move(days=1)
    shown = page(client, made.url_path)
    assert "Not checked since 3 October 2026." in shown
    assert "next check" not in shown


def test_a_lesson_is_overdue_with_its_course(client: Client, stopped_clock):
    planted()
    made = course(parent=section(language="en"), checked_on=date(2026, 1, 1), review_by=date(2026, 11, 1))
    assert "Not checked since 1 January 2026." in page(client, made.get_descendants().last().url_path)


def test_a_guide_tells_what_changed_the_newest_first(client: Client):
    planted()
    made = guide(parent=section(language="en"))
    for days, note in ((3, "First note"), (1, "Second note")):
        Change.objects.create(page_id=made.pk, at=clock.now() - timedelta(days=days), note=note)
    shown = page(client, made.url_path)
    assert shown.index("Second note") < shown.index("First note")


def test_every_block_of_a_lesson_is_drawn(client: Client):
    planted()
    made = library("en")
    shown = page(client, made.lessons[-1].url_path)
    for words in (
        "<picture>",
        'alt="A viaduct"',
        'class="notice is-warn"',
        '<ol class="walk" role="list">',
        'data-tick="',
        '<span class="tag">Advanced</span>',
        "<summary>Why a code?</summary>",
        "<blockquote>",
        'href="/en/learn/glossary/#seizure"',
        "<dfn>seizure</dfn>",
        'href="https://video.example/1" rel="external noreferrer"',
        "<p>Press twice.</p>",
        "Come and try it",
        'data-question="one"',
        'data-question="many"',
        '<details class="more" data-answer="right"><summary>Nobody can press it out of your hand</summary>',
    ):
        assert words in shown, words
    assert shown.count("<video") == 1


def test_a_film_of_ours_stands_with_all_that_belongs_to_it(client: Client):
    planted()
    made = library("en").lessons[-1]
    shown = page(client, made.url_path)
    film = PlatformVideo.objects.get(address="")
    assert re.search(r'<video controls preload="none" poster="/media/images/[^"]+" width="64" height="48"', shown)
    assert re.search(r'<track kind="captions" src="/media/captions/[^"]+" srclang="fr" label="Français">', shown)
    assert re.search(r'<track kind="chapters" src="/media/captions/[^"]+" srclang="en" label="English">', shown)
    assert f'<a href="{film.described_url}" download>Version with audio description</a>' in shown
    assert "(3 seconds)" in shown
    assert "<p>Press here, then there.</p>" in shown
    light = page(client, f"{made.url_path}?light=1")
    assert 'preload="none" aria-label="How to lock it"' in light
    assert "<script" not in light
    for html in (shown, light):
        for second, clock_shown, title in (("0", "0:00", "The number"), ("1.5", "0:01", "The arm &amp; the pen")):
            link = f'<a href="{film.url}#t={second}" data-chapter><span dir="ltr">{clock_shown}</span>'
            assert f'{link} <span lang="en" dir="auto">{title}</span></a>' in html


def test_a_guide_says_what_readers_may_do_with_it(client: Client):
    planted()
    made = guide(parent=section(language="en"), licence=Licence.BY_NC_SA)
    assert f"<dt>Licence</dt><dd>{Licence.BY_NC_SA.label}</dd>" in page(client, made.url_path)


def test_a_training_can_be_registered_for_until_its_day_and_not_when_cancelled(client: Client, stopped_clock):
    planted()
    made = library("en").training
    assert 'href="https://register.example/"' in page(client, made.url_path)
    made.register_by = date(2026, 11, 22)
    made.save_revision().publish()
    assert "https://register.example/" not in page(client, made.url_path)
    made.register_by, made.cancelled = None, True
    made.save_revision().publish()
    shown = page(client, made.url_path)
    assert "https://register.example/" not in shown
    assert "This training is cancelled." in shown


def test_a_training_that_has_ended_says_so_and_leaves_the_lists(client: Client, stopped_clock):
    planted()
    made = library("en").training
    assert made.url_path in page(client, "/en/learn/")
    assert made.url_path in page(client, "/en/")
    stopped_clock.move(days=10)
    assert "This training is over." in page(client, made.url_path)
    assert made.url_path not in page(client, "/en/learn/")
    assert made.url_path not in page(client, "/en/")


def test_the_channels_that_fit_come_first_and_none_is_hidden(client: Client):
    planted()
    library("en")
    first = page(client, "/en/channels/")
    assert first.index("Office des signalements") < first.index("Centre pour l’égalité")
    answered = page(client, "/en/channels/?matter=discrimination&stage=punished")
    assert answered.index("Centre pour l’égalité") < answered.index("Office des signalements")
    assert 'value="discrimination" checked' in answered
    neither = page(client, "/en/channels/?matter=employer&stage=punished")
    assert "No channel fits both answers." in neither
    assert neither.count("<h3>") == 2


@pytest.mark.parametrize("query", ["matter=x", "stage=<script>", "matter=" + "x" * 5000])
def test_an_answer_that_is_none_is_none(client: Client, query):
    planted()
    library("en")
    shown = page(client, f"/en/channels/?{query}")
    assert "All channels" in shown
    assert "checked" not in shown
    assert "<script>" not in shown


def test_the_learning_section_names_topics_sections_and_what_is_new_in_its_language_only(client: Client):
    planted()
    library("en")
    shown = page(client, "/en/learn/")
    for words in ("Digital security", "When it is seized", "Your telephone", "Workshop", "Passerelle"):
        assert words in shown
    assert "When it is seized" not in page(client, "/fr/learn/")
    assert "Passerelle" not in page(client, "/fr/learn/")


def test_a_section_is_the_public_page_of_its_organisation(client: Client):
    planted()
    owner = make_organisation("Passerelle", slug="passerelle")
    owner.description_en, owner.website = "We teach.\n\nSince 2001.", "https://passerelle.example/"
    owner.save()
    library("en", owner)
    guide("Somebody else’s", parent=section(language="en"))
    shown = page(client, "/en/learn/passerelle/")
    for words in ("<p>We teach.</p>", "https://passerelle.example/", "Your telephone", "A new course", "Workshop"):
        assert words in shown
    assert "Somebody else" not in shown


def test_a_topic_in_another_language_says_so(client: Client):
    planted()
    only = topic("wellbeing", fr="Bien-être")
    made = guide(parent=section(language="en"), topic=only)
    assert '<span lang="fr" dir="ltr">Bien-être</span>' in page(client, made.url_path)


@pytest.mark.parametrize("items", [1, 3])
@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/en/", 10),
        ("/en/learn/", 13),
        ("/en/learn/passerelle/", 12),
        ("/en/learn/passerelle/course-0/", 14),
        ("/en/learn/passerelle/course-0/premier-module/", 12),
        ("/en/learn/passerelle/course-0/premier-module/leçon-1/", 13),
        ("/en/learn/passerelle/guide-0/", 12),
        ("/en/learn/progress/", 5),
    ],
)
def test_a_page_costs_the_same_queries_with_one_and_with_three_of_each(
    client: Client, django_assert_num_queries, items, address, queries
):
    planted()
    place = section(make_organisation("Passerelle", slug="passerelle"), language="en")
    for number in range(items):
        own = topic(f"topic-{number}")
        course(f"Course {number}", slug=f"course-{number}", parent=place, topic=own, lessons=items)
        guide(f"Guide {number}", slug=f"guide-{number}", parent=place, topic=own)
        news(f"News {number}", parent=place)
        training(f"Training {number}", parent=place)
    client.get(address)
    generations.forget()
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200
