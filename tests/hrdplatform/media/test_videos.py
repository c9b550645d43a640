import io
from contextlib import suppress

import pytest

from hrdplatform.conf import configuration
from hrdplatform.media import containers, videos
from tests.factories.videos import AAC, MP3, PICTURES, box, element, full, mp4, mp4_track, webm, webm_track


def clean(content: bytes, name: str) -> tuple[bytes, int]:
    """What is kept of a file, and its length in seconds."""
    stream = io.BytesIO(content)
    found = videos.clean(stream, name, len(content))
    assert stream.tell() == 0
    return stream.read(), found.seconds


def refusal(content: bytes, name: str) -> str:
    stream = io.BytesIO(content)
    with pytest.raises(videos.VideoRefusedError) as refused:
        videos.clean(stream, name, len(content))
    assert stream.getvalue() == content
    return refused.value.code


PLACE = box(b"udta", box(b"\xa9xyz", b"\x00\x12\x15\xc7+49.6116+006.1319/"))
NOTES = [
    PLACE,
    full(b"meta", b"com.apple.quicktime.location.ISO6709 +49.6116+006.1319/"),
    box(b"uuid", bytes(16), b"Marias Telefon"),
    box(b"free", b"Marias Telefon"),
]


@pytest.mark.parametrize("note", NOTES)
@pytest.mark.parametrize("beside", [True, False])
def test_an_mp4_loses_place_device_and_hidden_words_wherever_they_stand(note, beside):
    content = mp4(note) if beside else mp4() + note
    kept, seconds = clean(content, "a.mp4")
    assert len(kept) == len(content)
    assert b"+49.6" not in kept
    assert b"Maria" not in kept
    assert PICTURES in kept
    assert seconds == 3


def test_an_mp4_loses_the_time_of_recording_and_the_names_of_its_tracks():
    content = mp4()
    kept, _ = clean(content, "a.mp4")
    assert content.count((3_800_000_000).to_bytes(4, "big")) == 10
    assert (3_800_000_000).to_bytes(4, "big") not in kept
    assert b"Maria" not in kept


def test_what_was_cleaned_is_clean_and_stays_as_it_is():
    for content, name in ((mp4(*NOTES), "a.mp4"), (webm(element(0x1254C367, b"Maria")), "a.webm")):
        once, _ = clean(content, name)
        assert clean(once, name)[0] == once


@pytest.mark.parametrize("live", [True, False])
def test_a_webm_loses_tags_titles_dates_and_programs(live):
    tags = element(0x1254C367, b"LOCATION +49.6116+006.1319/", b"Maria" * 40)
    attachment = element(0x1941A469, b"Marias Foto")
    content = webm(tags, attachment, live=live)
    kept, seconds = clean(content, "a.webm")
    assert len(kept) == len(content)
    assert b"Maria" not in kept
    assert b"+49.6" not in kept
    assert kept.count(PICTURES) == 2
    assert seconds == 3


def test_a_long_header_of_a_small_part_is_blanked_as_well():
    for width in range(1, 9):
        kept, _ = clean(webm(element(0x1254C367, b"Maria", width=width)), "a.webm")
        assert b"Maria" not in kept


@pytest.mark.parametrize(
    "content",
    [
        mp4(tracks=(mp4_track(b"vide", b"hvc1"),)),
        mp4(tracks=(mp4_track(b"vide", b"avc1"), mp4_track(b"soun", b"mp4a", entry=MP3))),
        mp4(tracks=(mp4_track(b"vide", b"avc1"), mp4_track(b"soun", b"mp4a"))),
        mp4(tracks=(mp4_track(b"vide", b"avc1"), mp4_track(b"meta", b"gpmd"))),
        mp4(tracks=(mp4_track(b"vide", b"avc1"), mp4_track(b"text", b"tx3g"))),
    ],
)
def test_an_mp4_with_another_codec_or_a_track_of_places_is_refused(content):
    assert refusal(content, "a.mp4") == "codec"


@pytest.mark.parametrize(
    "tracks",
    [
        (webm_track(1, 1, b"V_MPEG4/ISO/AVC"),),
        (webm_track(1, 1, b"V_VP9"), webm_track(2, 17, b"D_WEBVTT/SUBTITLES")),
        (webm_track(1, 2, b"V_VP9"),),
    ],
)
def test_a_webm_with_another_codec_or_kind_of_track_is_refused(tracks):
    assert refusal(webm(tracks=tracks), "a.webm") == "codec"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "a.mp4"),
        (b"<html><script>alert(1)</script>", "a.mp4"),
        (mp4(brand=b"qt  "), "a.mp4"),
        (mp4()[:-4], "a.mp4"),
        (mp4() + b"<script>", "a.mp4"),
        (mp4(tracks=(mp4_track(b"soun", b"mp4a", entry=AAC),)), "a.mp4"),
        (mp4(full(b"trak")), "a.mp4"),
        (webm(), "a.mp4"),
        (mp4(), "a.webm"),
        (webm(doctype=b"matroska"), "a.webm"),
        (webm()[:-3], "a.webm"),
        (webm() + b"\x00", "a.webm"),
        (webm(tracks=(webm_track(1, 2, b"A_OPUS"),)), "a.webm"),
    ],
)
def test_what_is_no_sound_video_is_refused(content, name):
    assert refusal(content, name) == "mismatch"


@pytest.mark.parametrize("name", ["a.mov", "a.avi", "a.mkv", "a.svg", "noending"])
def test_other_kinds_are_refused_by_their_name(name):
    assert refusal(mp4(), name) == "kind"


def test_one_byte_more_than_the_most_is_refused():
    most = configuration.video_megabytes * 1024 * 1024
    with pytest.raises(videos.VideoRefusedError) as refused:
        videos.clean(io.BytesIO(mp4()), "a.mp4", most + 1)
    assert refused.value.code == "too_large"


@pytest.mark.parametrize("content", [mp4(*NOTES), webm(element(0x1254C367, b"Maria"), live=True)])
def test_no_damaged_byte_and_no_early_end_breaks_the_gate(content):
    name = "a.webm" if content[:1] == b"\x1a" else "a.mp4"
    for place in range(len(content)):
        for damaged in (content[:place], content[:place] + b"\xff" + content[place + 1 :]):
            with suppress(videos.VideoRefusedError):
                assert len(clean(damaged, name)[0]) == len(damaged)


def test_a_file_of_countless_parts_is_given_up():
    content = box(b"ftyp", b"isom", bytes(4)) + box(b"free") * (containers.MOST_PARTS + 1)
    assert refusal(content, "a.mp4") == "mismatch"
