"""Hidden data of photographs in the browser: gone, pixels untouched, and octet for octet what the Python side keeps."""

import base64
import io
import random

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from playwright.sync_api import Page

from hrdplatform.sealing import images
from hrdplatform.sealing.errors import MalformedError

SECRET = b"49.6116 N"
STRIP = """async (texts) => Promise.all(texts.map(async (text) => {
    const found = await sealing.images.stripMetadata(new Blob([sealing.octets.fromB64(text)]));
    const octets = sealing.octets.b64(new Uint8Array(await found.blob.arrayBuffer()));
    return [found.kind, found.stripped, found.warning, octets];
}))"""


def stripped(page: Page, *files: bytes) -> list[tuple[str, bool, str, bytes]]:
    answers = page.evaluate(STRIP, [base64.b64encode(file).decode() for file in files])
    return [(kind, done, warning, base64.b64decode(octets)) for kind, done, warning, octets in answers]


def photograph(form: str, *, orientation: int = 6, lossless: bool = False, mode: str = "RGB") -> bytes:
    """A picture of noise with place, maker, comment, XMP and something behind its end."""
    noise = Image.frombytes("RGB", (48, 32), random.Random(form).randbytes(48 * 32 * 3)).convert(mode)
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x9286] = orientation, "Maker", SECRET.decode()
    exif.get_ifd(0x8825)[1] = SECRET.decode()
    icc = b"\0" * 36 + b"acsp" + b"\0" * 88
    target = io.BytesIO()
    more: dict = (
        {"pnginfo": text()}
        if form == "PNG"
        else {"comment": SECRET, "progressive": lossless}
        if form == "JPEG"
        else {"lossless": lossless}
    )
    noise.save(target, form, exif=exif, icc_profile=icc, xmp=b"<x:xmpmeta>" + SECRET, **more)
    return target.getvalue() + b"MotionPhoto" + SECRET


def text() -> PngInfo:
    info = PngInfo()
    info.add_text("Comment", SECRET.decode())
    info.add_itxt("XML:com.adobe.xmp", SECRET.decode())
    return info


FORMS = [
    ("JPEG", False, "RGB"),
    ("JPEG", True, "L"),
    ("PNG", False, "RGBA"),
    ("WEBP", False, "RGB"),
    ("WEBP", True, "RGBA"),
]


@pytest.mark.parametrize(("form", "lossless", "mode"), FORMS)
def test_place_and_names_go_and_every_pixel_stays(page: Page, form: str, mode: str, *, lossless: bool) -> None:
    before = photograph(form, lossless=lossless, mode=mode)
    [(kind, done, warning, after)] = stripped(page, before)
    assert (kind, done, warning) == (form.lower(), True, "")
    assert SECRET in before
    assert SECRET not in after
    assert b"Maker" not in after
    one, other = Image.open(io.BytesIO(before)), Image.open(io.BytesIO(after))
    assert one.convert("RGBA").tobytes() == other.convert("RGBA").tobytes()
    assert other.getexif().get(0x0112) == 6
    assert dict(other.getexif()) == {0x0112: 6}
    assert other.info["icc_profile"] == one.info["icc_profile"]


@pytest.mark.parametrize(("form", "lossless", "mode"), FORMS)
def test_the_browser_itself_shows_the_same_pixels(page: Page, form: str, mode: str, *, lossless: bool) -> None:
    before = photograph(form, orientation=1, lossless=lossless, mode=mode)
    [(_, _, _, after)] = stripped(page, before)
    drawn = page.evaluate(
        """async (texts) => Promise.all(texts.map(async (text) => {
            const blob = new Blob([sealing.octets.fromB64(text)]);
            const bitmap = await createImageBitmap(blob, {colorSpaceConversion: "none"});
            const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
            context.drawImage(bitmap, 0, 0);
            return sealing.octets.hex(sealing.labels.digest(new Uint8Array(context.getImageData(0, 0, 48, 32).data)));
        }))""",
        [base64.b64encode(file).decode() for file in (before, after)],
    )
    assert drawn[0] == drawn[1]


def animated(form: str) -> bytes:
    frames = [Image.new("RGB", (16, 16), colour) for colour in ("red", "green", "blue")]
    target = io.BytesIO()
    frames[0].save(target, form, save_all=True, append_images=frames[1:], duration=100)
    return target.getvalue()


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_an_animation_keeps_its_frames(page: Page, form: str) -> None:
    [(_, done, _, after)] = stripped(page, animated(form))
    assert done
    assert Image.open(io.BytesIO(after)).n_frames == 3


def python_verdict(file: bytes) -> bytes | None:
    try:
        return images.strip(file)
    except MalformedError:
        return None


@pytest.mark.parametrize(("form", "lossless", "mode"), FORMS)
def test_both_sides_keep_the_same_octets_of_damaged_pictures_too(
    page: Page, form: str, mode: str, *, lossless: bool
) -> None:
    whole = photograph(form, lossless=lossless, mode=mode)
    draw = random.Random(f"{form}{lossless}")
    damaged = [whole]
    for _ in range(150):
        octets = bytearray(whole[: draw.randrange(20, len(whole))] if draw.random() < 0.3 else whole)
        for _ in range(draw.randrange(4)):
            octets[draw.randrange(12, min(len(octets), 700))] = draw.randrange(256)
        damaged.append(bytes(octets))
    verdicts = [after if done else None for _, done, _, after in stripped(page, *damaged)]
    assert verdicts == [python_verdict(file) for file in damaged]


KINDS = {
    "heic": b"\0\0\0\x18ftypheic",
    "avif": b"\0\0\0\x18ftypavif",
    "gif": b"GIF89a",
    "tiff": b"II*\0",
    "video": b"\0\0\0\x18ftypqt  ",
    "audio": b"ID3\4",
    "pdf": b"%PDF-1.7",
    "office": b"PK\3\4" + bytes(26) + b"[Content_Types].xml",
    "other": b"PK\3\4" + bytes(26) + b"holiday.txt",
}


def test_what_cannot_be_stripped_is_named_and_passes_as_it_is(page: Page) -> None:
    found = stripped(page, *KINDS.values())
    assert [kind for kind, _, _, _ in found] == list(KINDS)
    assert all(not done and warning for _, done, warning, _ in found)
    assert [after for _, _, _, after in found] == list(KINDS.values())


def test_every_file_is_the_same_kind_to_both_sides(page: Page) -> None:
    files = [*KINDS.values(), *(photograph(form) for form in ("JPEG", "PNG", "WEBP")), b"", b"x" * 5000]
    assert [kind for kind, _, _, _ in stripped(page, *files)] == [images.detect(file) for file in files]
