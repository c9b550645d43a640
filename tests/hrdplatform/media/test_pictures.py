import io
import struct
import zlib

import pytest
from PIL import Image

from hrdplatform.media import pictures
from tests.factories.cms import picture_bytes


def clean(content: bytes, name: str):
    return pictures.clean_copy(io.BytesIO(content), name, len(content))


def refusal(content: bytes, name: str) -> str:
    with pytest.raises(pictures.PictureRefusedError) as refused:
        clean(content, name)
    return refused.value.code


def png_header(width: int, height: int) -> bytes:
    """A PNG that announces its size and holds nothing."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + header
    body = zlib.compress(b"")
    return (
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", 13)
        + chunk
        + struct.pack(">I", zlib.crc32(chunk))
        + struct.pack(">I", len(body))
        + b"IDAT"
        + body
        + struct.pack(">I", zlib.crc32(b"IDAT" + body))
    )


def gif_of(frames: int) -> bytes:
    stream = io.BytesIO()
    pictures_ = [Image.new("L", (2, 2), number % 256) for number in range(frames)]
    pictures_[0].save(stream, "GIF", save_all=True, append_images=pictures_[1:])
    return stream.getvalue()


class CountingStream(io.BytesIO):
    """Knows how much of it was read."""

    taken = 0

    def read(self, size=-1):
        content = super().read(size)
        self.taken += len(content)
        return content


def with_metadata() -> bytes:
    exif = Image.Exif()
    exif[0x0110] = "Geheimkamera"
    exif[0x8825] = {1: "N", 2: (49.0, 36.0, 0.0)}
    exif[0x0112] = 6
    return picture_bytes("JPEG", (64, 48), exif=exif, comment=b"Geheimwort")


def test_place_camera_and_comments_are_gone_and_the_picture_stands_upright():
    copy = clean(with_metadata(), "foto.jpg").read()
    assert b"Geheim" not in copy
    assert b"Exif" not in copy
    assert Image.open(io.BytesIO(copy)).size == (48, 64)


def test_what_hides_behind_a_picture_is_gone():
    polyglot = picture_bytes("PNG") + b"<script>alert(1)</script>PK\x03\x04"
    assert b"<script>" not in clean(polyglot, "a.png").read()


@pytest.mark.parametrize(
    ("kind", "name"), [("PNG", "a.png"), ("WEBP", "a.webp"), ("AVIF", "a.avif"), ("JPEG", "a.JPG")]
)
def test_every_accepted_kind_comes_out_as_itself(kind, name):
    assert Image.open(clean(picture_bytes(kind), name)).format == kind


def test_a_still_gif_becomes_a_png():
    copy = clean(picture_bytes("GIF"), "a.gif")
    assert copy.name == "a.png"
    assert Image.open(copy).format == "PNG"


def test_transparency_stays():
    stream = io.BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(stream, "PNG")
    assert Image.open(clean(stream.getvalue(), "a.png")).mode == "RGBA"


def test_a_flood_of_pixels_is_refused_from_the_header():
    stream = CountingStream(png_header(20_000, 20_000))
    with pytest.raises(pictures.PictureRefusedError) as refused:
        pictures.look(stream, "a.png", 100)
    assert refused.value.code == "too_many_pixels"
    assert stream.taken < 4096


def test_ten_thousand_frames_are_refused_at_the_second():
    content = gif_of(10_000)
    stream = CountingStream(content)
    with pytest.raises(pictures.PictureRefusedError) as refused:
        pictures.look(stream, "a.gif", len(content))
    assert refused.value.code == "animated"
    assert stream.taken < len(content) / 10


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.svg", "kind"),
        (b"<html><script>alert(1)</script>", "a.png", "unreadable"),
        (b"", "a.jpg", "unreadable"),
        (picture_bytes("JPEG"), "a.png", "mismatch"),
        (picture_bytes("PNG"), "a.exe", "kind"),
        (picture_bytes("JPEG", (640, 480))[:900], "a.jpg", "damaged"),
        (png_header(3, 3), "a.png", "damaged"),
    ],
)
def test_what_is_not_a_sound_picture_is_refused_with_a_reason(content, name, code):
    assert refusal(content, name) == code


def test_one_byte_more_than_the_most_is_refused():
    with pytest.raises(pictures.PictureRefusedError) as refused:
        pictures.look(io.BytesIO(picture_bytes()), "a.png", pictures.MOST_BYTES + 1)
    assert refused.value.code == "too_large"


def test_colours_of_a_profile_are_brought_to_srgb():
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    copy = Image.open(clean(picture_bytes("JPEG", icc_profile=profile), "a.jpg"))
    assert "icc_profile" not in copy.info
