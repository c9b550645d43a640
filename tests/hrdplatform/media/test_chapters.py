"""Chapters of a film as readers get them: a list of links, in a language that they read."""

import doctest
import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from hrdplatform.media import captions, chapters
from hrdplatform.media.models import Track
from tests.factories.videos import CHAPTERS, video

ODD = (
    b"\xef\xbb\xbfWEBVTT\r\n\r\nNOTE ours\r\n\r\n01:00:01.000 --> 01:00:02.000 line:80%\r\nSecond\r\nline\r\n\r\n"
    b"00:05.000 --> 00:09.000\r\nFirst"
)


def track(language: str = "fr", content: bytes = CHAPTERS, kind: str = Track.Kind.CHAPTERS, film=None) -> Track:
    made = film or video()
    return Track.objects.create(video=made, kind=kind, language=language, file=ContentFile(content, "parts.vtt"))


def test_examples_in_the_module_hold():
    assert doctest.testmod(chapters) == (0, 2)


@pytest.mark.parametrize("content", [CHAPTERS, ODD])
def test_every_cue_that_the_gate_counts_is_read(content):
    stream = io.BytesIO(content)
    assert captions.check(stream, "a.vtt", len(content), markup=False) == len(captions.cues(stream)) == 2


@pytest.mark.django_db
def test_chapters_are_read_in_their_order_with_their_words_on_one_line():
    assert [(part.clock, part.fragment, part.title) for part in chapters.read(track(content=ODD))] == [
        ("0:05", "t=5", "First"),
        ("1:00:01", "t=3601", "Second line"),
    ]
    assert [part.title for part in chapters.read(track())] == ["The number", "The arm & the pen"]


@pytest.mark.django_db
def test_a_file_that_is_gone_has_no_chapters():
    gone = track()
    default_storage.delete(gone.file.name)
    assert chapters.read(gone) == ()


@pytest.mark.django_db
def test_the_readers_language_comes_first_then_that_of_the_film_then_any():
    film = video(language="fr")
    made = {language: track(language, film=film) for language in ("de", "fr", "lb")}
    track("en", kind=Track.Kind.CAPTIONS, film=film)
    rows = list(film.tracks.all())
    assert chapters.track_for(rows, "lb", "fr") == made["lb"]
    assert chapters.track_for(rows, "en", "fr") == made["fr"]
    assert chapters.track_for(rows, "en", "ar") in made.values()
    assert chapters.track_for([], "en", "fr") is None
