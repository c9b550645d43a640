"""A stripped photograph has the same pixels, the same way up and the same colours, and tells nothing else."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from hrdplatform.sealing.errors import MalformedError
from hrdplatform.sealing.images import StrippingStream, strip
from tests.hrdplatform.sealing.images import pictures
from tests.hrdplatform.sealing.images.pictures import SECRET, SIDEWAYS, jpeg_segment, pixels, png_chunk

PICTURES = {
    "jpeg": pictures.jpeg(),
    "progressive jpeg": pictures.jpeg(progressive=True),
    "png": pictures.png(),
    "grey png": pictures.png("L"),
    "webp": pictures.webp(),
    "lossy webp": pictures.webp(lossless=False),
    "animated webp": pictures.animated_webp(),
}
each_picture = pytest.mark.parametrize("octets", PICTURES.values(), ids=PICTURES)
JPEG, PNG, WEBP = PICTURES["jpeg"], PICTURES["png"], PICTURES["webp"]


def streamed(octets: bytes, step: int) -> tuple[bytes, StrippingStream]:
    stream = StrippingStream()
    kept = b"".join(stream.update(octets[start : start + step]) for start in range(0, len(octets), step))
    return kept + stream.finish(), stream


@each_picture
def test_pixels_stay_and_place_device_and_names_go(octets):
    stripped = strip(octets)
    assert SECRET in octets
    assert SECRET not in stripped
    assert b"Maker" not in stripped
    assert pixels(stripped) == pixels(octets)


@each_picture
def test_of_exif_only_the_orientation_stays(octets):
    with Image.open(BytesIO(strip(octets))) as image:
        assert dict(image.getexif()) == {0x0112: SIDEWAYS}


@pytest.mark.parametrize("octets", [JPEG, PNG, WEBP], ids=["jpeg", "png", "webp"])
def test_the_colour_profile_stays(octets):
    with Image.open(BytesIO(octets)) as before, Image.open(BytesIO(strip(octets))) as after:
        assert after.info["icc_profile"] == before.info["icc_profile"]


@each_picture
def test_a_stripped_picture_is_stripped_again_to_itself(octets):
    assert strip(strip(octets)) == strip(octets)


@each_picture
@pytest.mark.parametrize("step", [1, 7, 4096, 10**6])
def test_in_whatever_pieces_it_arrives_the_result_is_the_same(octets, step):
    kept, stream = streamed(octets, step)
    assert kept == strip(octets)
    assert (stream.stripped, stream.warning) == (True, "")


def test_what_follows_the_end_of_the_picture_is_left_out():
    for octets in PICTURES.values():
        assert strip(octets + b"second picture " + SECRET) == strip(octets)


def test_an_upright_photograph_keeps_no_exif_at_all():
    assert b"Exif" not in strip(pictures.jpeg(orientation=1))


def test_a_thumbnail_inside_jfif_goes_and_adobe_and_unknown_segments_are_told_apart():
    jfif = jpeg_segment(0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x01\x01" + b"RGB")
    others = jpeg_segment(0xED, b"Photoshop 3.0\x00" + SECRET) + jpeg_segment(0xEE, b"Adobe\x00d\x00\x00\x00\x00\x01")
    stripped = strip(JPEG[:2] + jfif + others + JPEG[2:])
    assert b"\x00\x01\x00\x01\x00\x00" in stripped
    assert b"RGB" not in stripped[:40]
    assert b"Adobe" in stripped
    assert SECRET not in stripped


def test_a_jpeg_cut_short_in_its_scan_is_stripped_as_far_as_it_goes():
    stripped = strip(JPEG[:-200])
    assert SECRET not in stripped
    assert JPEG[:-200].endswith(stripped[-300:])


DAMAGED = {
    "no picture": JPEG[:2],
    "no marker": JPEG[:2] + b"xx" + JPEG[2:],
    "marker out of place": JPEG[:2] + b"\xff\xd0" + JPEG[2:],
    "hierarchical jpeg": JPEG[:2] + jpeg_segment(0xDE, b"ab") + JPEG[2:],
    "segment beyond the end": JPEG[:2] + b"\xff\xe1\xff\xff" + JPEG[2:40],
    "segment too short": JPEG[:2] + b"\xff\xe1\x00\x01",
    "chunk beyond the end": PNG[:-20],
    "no header chunk": PNG[:8] + PNG[33:],
    "no end": PNG[:-12],
    "critical chunk": PNG[:33] + png_chunk(b"NEWS", b"") + PNG[33:],
    "odd chunk name": PNG[:33] + png_chunk(b"a1bc", b"") + PNG[33:],
    "webp beyond its end": WEBP[:-10],
    "webp without a picture": b"RIFF\x16\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00" + bytes(10),
    "webp too large": b"RIFF\xff\xff\xff\x7fWEBPVP8 " + bytes(20),
    "chunk beyond the webp": b"RIFF\x10\x00\x00\x00WEBPVP8 \xff\x00\x00\x00" + bytes(10),
    "no picture at all": b"%PDF-1.7",
}


@pytest.mark.parametrize("octets", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_picture_is_refused_by_name(octets):
    with pytest.raises(MalformedError):
        strip(octets)


@pytest.mark.parametrize(
    "octets", [DAMAGED["marker out of place"], DAMAGED["critical chunk"], DAMAGED["webp too large"]]
)
def test_a_damaged_picture_passes_whole_with_a_warning(octets):
    kept, stream = streamed(octets, 100)
    assert kept == octets
    assert (stream.stripped, stream.warning) == (False, "photo")


def test_a_document_passes_whole_with_its_warning():
    document = b"%PDF-1.7" + bytes(20_000)
    kept, stream = streamed(document, 999)
    assert kept == document
    assert (stream.kind, stream.stripped, stream.warning) == ("pdf", False, "pdf")


def test_an_empty_file_passes():
    assert streamed(b"", 1)[0] == b""


@given(st.sampled_from([JPEG, PNG, WEBP]), st.data())
def test_no_damage_makes_it_fail_otherwise_than_by_name(octets, data):
    place = data.draw(st.integers(12, len(octets) - 1))
    damaged = octets[:place] + data.draw(st.binary(max_size=8)) + octets[place + data.draw(st.integers(0, 20)) :]
    kept, stream = streamed(damaged, 500)
    try:
        assert strip(damaged) == kept
        assert stream.stripped
    except MalformedError:
        assert stream.warning == "photo"
