"""Photographs as telephones make them, with everything that must not travel: place, device, names, thumbnails."""

import struct
from io import BytesIO
from zlib import crc32

from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

SECRET = b"49.6116N 6.1319E Dieschbourg"
SIDEWAYS = 6


def exif(orientation: int = SIDEWAYS) -> bytes:
    block = Image.Exif()
    block[0x010F], block[0x0110] = "Maker " + SECRET.decode(), "Model"
    block[0x0112] = orientation
    block.get_ifd(0x8825).update({1: "N", 2: (49.0, 36.0, 41.0), 29: SECRET.decode()})
    return block.tobytes()


def profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def picture(mode: str = "RGB") -> Image.Image:
    image = Image.radial_gradient("L").resize((97, 61))
    return Image.merge(mode, [image.rotate(30 * band) for band in range(len(mode))])


def saved(image: Image.Image, kind: str, **options) -> bytes:
    target = BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def jpeg(*, progressive: bool = False, orientation: int = SIDEWAYS) -> bytes:
    xmp = b"<x:xmpmeta>" + SECRET + b"</x:xmpmeta>"
    return saved(
        picture(),
        "JPEG",
        exif=exif(orientation),
        icc_profile=profile(),
        comment=SECRET,
        xmp=xmp,
        progressive=progressive,
    )


def png(mode: str = "RGBA") -> bytes:
    texts = PngInfo()
    texts.add_text("Author", SECRET.decode())
    texts.add_itxt("XML:com.adobe.xmp", SECRET.decode())
    return saved(picture(mode), "PNG", pnginfo=texts, exif=exif(), icc_profile=profile(), dpi=(72, 72))


def webp(*, lossless: bool = True) -> bytes:
    return saved(picture("RGBA"), "WEBP", exif=exif(), xmp=SECRET, icc_profile=profile(), lossless=lossless)


def animated_webp() -> bytes:
    frames = [picture("RGBA").rotate(turn) for turn in (10, 20)]
    return saved(picture("RGBA"), "WEBP", save_all=True, append_images=frames, exif=exif(), xmp=SECRET, duration=50)


def jpeg_segment(code: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, code, len(content) + 2) + content


def png_chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", crc32(kind + content))


def pixels(octets: bytes) -> list[bytes]:
    with Image.open(BytesIO(octets)) as image:
        return [frame.convert("RGBA").tobytes() for frame in _frames(image)]


def _frames(image: Image.Image):
    for number in range(getattr(image, "n_frames", 1)):
        image.seek(number)
        yield image
