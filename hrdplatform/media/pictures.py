"""Pictures at the gate: what is accepted, and the clean copy that is stored in its place.

Refusals come from the header, before a pixel is decoded. What is accepted is decoded once and written anew by our own
encoder: place, time, camera, comments, thumbnails and whatever was appended or hidden in the original bytes are gone,
the orientation is applied, colours are brought to sRGB. See docs/decisions/ on why not a lossless strip.
"""

from __future__ import annotations

import io
import struct
import warnings
from pathlib import PurePosixPath
from typing import IO, Final

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

MOST_BYTES: Final = 20 * 1024 * 1024
MOST_PIXELS: Final = 50_000_000
MOST_SIDE: Final = 20_000

EXTENSIONS: Final[dict[str, str]] = {
    ".jpg": "JPEG",
    ".jpeg": "JPEG",
    ".png": "PNG",
    ".webp": "WEBP",
    ".avif": "AVIF",
    ".gif": "GIF",
}
"""Extension -> format, as Pillow names it. No SVG: it may carry scripts."""

WRITTEN: Final[dict[str, tuple[str, str, dict[str, object]]]] = {
    "JPEG": (".jpg", "image/jpeg", {"quality": 92, "subsampling": 0, "optimize": True}),
    "PNG": (".png", "image/png", {"optimize": False}),
    "WEBP": (".webp", "image/webp", {"quality": 92, "method": 4}),
    "AVIF": (".avif", "image/avif", {"quality": 85}),
    "GIF": (".png", "image/png", {}),
}
"""Format -> extension, media type and options of the copy that is kept."""

DAMAGED = (OSError, ValueError, SyntaxError, EOFError, struct.error, IndexError, KeyError, TypeError)
"""What Pillow's decoders raise on broken files."""


class PictureRefusedError(ValidationError):
    """The picture cannot be taken; the message says why and what to do."""


def extension(name: str) -> str:
    """The lower-case ending of a file name, with its dot."""
    return PurePosixPath(name).suffix.lower()


def look(stream: IO[bytes], name: str, size: int) -> Image.Image:
    """Opens a picture without decoding it. Raises `PictureRefusedError`.

    `size` is the length in bytes. Reads the header only (WebP and AVIF: the compressed file, at most `MOST_BYTES`).
    """
    if size > MOST_BYTES:
        raise too_large(size)
    expected = EXTENSIONS.get(extension(name))
    if expected is None:
        raise PictureRefusedError(_("Send a JPEG, PNG, WebP, AVIF or GIF picture."), code="kind")
    picture = opened(stream)
    if picture.format not in {expected, "MPO" if expected == "JPEG" else expected}:
        raise PictureRefusedError(
            _("The name says %(said)s, the file is %(found)s. Give it the right ending, or save it anew."),
            code="mismatch",
            params={"said": expected, "found": picture.format},
        )
    check_size(picture)
    if expected != "JPEG" and getattr(picture, "is_animated", False):
        raise PictureRefusedError(
            _("Moving pictures are not shown here. Send a still one, or a video."), code="animated"
        )
    return picture


def opened(stream: IO[bytes]) -> Image.Image:
    """The picture by its content, whatever its name. Raises `PictureRefusedError`."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit is lower and comes next
            return Image.open(stream, formats=["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
    except Image.DecompressionBombError as error:
        raise too_many_pixels() from error
    except UnidentifiedImageError as error:
        raise PictureRefusedError(_("This file is not a picture that we can read."), code="unreadable") from error
    except DAMAGED as error:
        raise damaged() from error


def check_size(picture: Image.Image) -> None:
    """Raises `PictureRefusedError` where the header announces more pixels than we decode."""
    width, height = picture.size
    if width * height > MOST_PIXELS or max(width, height) > MOST_SIDE:
        raise too_many_pixels()


def too_large(size: int) -> PictureRefusedError:
    return PictureRefusedError(
        _("This picture has %(size)s. The most is %(most)s: save it smaller."),
        code="too_large",
        params={"size": filesizeformat(size), "most": filesizeformat(MOST_BYTES)},
    )


def too_many_pixels() -> PictureRefusedError:
    return PictureRefusedError(
        _("This picture has too many pixels. The most is %(most)s million: save it smaller."),
        code="too_many_pixels",
        params={"most": MOST_PIXELS // 1_000_000},
    )


def damaged() -> PictureRefusedError:
    return PictureRefusedError(_("This picture is damaged. Save it anew and send it again."), code="damaged")


def clean_copy(stream: IO[bytes], name: str, size: int) -> SimpleUploadedFile:
    """The picture as our own encoder writes it: pixels and nothing else. Raises `PictureRefusedError`."""
    picture = look(stream, name, size)
    ending, media_type, options = WRITTEN[EXTENSIONS[extension(name)]]
    try:
        pixels = plain(picture, alpha=ending != ".jpg")
    except DAMAGED as error:
        raise damaged() from error
    written = io.BytesIO()
    pixels.save(written, Image.registered_extensions()[ending], **options)
    return SimpleUploadedFile(PurePosixPath(name).stem + ending, written.getvalue(), media_type)


def plain(picture: Image.Image, *, alpha: bool) -> Image.Image:
    """Upright sRGB (or grey) pixels, with transparency where the format can hold it, and no metadata."""
    upright = ImageOps.exif_transpose(picture)
    profile = upright.info.get("icc_profile")
    see_through = alpha and (upright.mode in {"LA", "PA", "RGBA", "RGBa"} or "transparency" in upright.info)
    if profile and upright.mode in {"RGB", "CMYK"}:
        upright = to_srgb(upright, profile)
    if see_through:
        upright = upright.convert("RGBA")
    elif upright.mode not in {"L", "RGB"}:
        upright = upright.convert("RGB")
    copy = upright.copy()
    copy.info = {}
    return copy


def to_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    """The picture in sRGB; as it is where the profile makes no sense."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        return picture
    return converted or picture
