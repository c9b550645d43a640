"""The kind of a file is read from its content, and each kind has its plain warning."""

import pytest

from hrdplatform.sealing.images import detect, warning_for
from tests.hrdplatform.sealing.images import pictures

FILES = {
    "jpeg": pictures.jpeg(),
    "png": pictures.png(),
    "webp": pictures.webp(),
    "heic": b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic",
    "avif": b"\x00\x00\x00\x18ftypavif",
    "gif": b"GIF89a",
    "tiff": b"II*\x00",
    "video": b"\x00\x00\x00\x18ftypmp42",
    "audio": b"ID3\x03",
    "pdf": b"\n%PDF-1.7",
    "office": b"PK\x03\x04....[Content_Types].xml",
    "other": b"Moien",
}


@pytest.mark.parametrize(("kind", "content"), FILES.items())
def test_the_content_tells_the_kind(kind, content):
    assert detect(content) == kind


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\x1a\x45\xdf\xa3webm", "video"),
        (b"RIFF\x00\x00\x00\x00AVI ", "video"),
        (b"\x00\x00\x00\x18ftypM4A ", "audio"),
        (b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.text", "office"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office"),
        (b"PK\x03\x04holiday.txt", "other"),
        (b"", "other"),
    ],
)
def test_other_spellings_of_a_kind_are_known(content, kind):
    assert detect(content) == kind


@pytest.mark.parametrize(
    ("kind", "warning"),
    [("heic", "photo"), ("gif", "photo"), ("video", "video"), ("pdf", "pdf"), ("office", "office"), ("other", "other")],
)
def test_each_kind_that_passes_has_its_warning(kind, warning):
    assert warning_for(kind) == warning
