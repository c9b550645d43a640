"""What is said of a broken folder, and what is refused in a zip file."""

import io
import tracemalloc
import zipfile

import pytest

from cms.domain.folders import take_in
from cms.domain.lifting import export
from cms.folders.errors import BrokenFolderError, Ledger
from cms.folders.sources import ZipSource
from cms.models import CoursePage
from hrdplatform.media.models import PlatformImage
from tests.factories.cms import picture_bytes
from tests.factories.folders import findings, folder, writer

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def organisation(db):
    return writer()


BROKEN = {
    "course.yaml": """\
format: 1
title: ''
slug: phone safety
language: xx
audience: defender
levl: beginner
licence: CC-BY-SA-4.0
checked_on: 3 October
objectives: decide
""",
    "01-before/02-your-phone.md": """\
---
title: Your phone
minutes: ten
title: Twice
---

# Too big

A <b>bold</b> word and a [link](javascript:alert(1)).

> Quoted

```callout
tone: loud
text: |
  Fine.

  ## Not here
```

```video
title: None
```

```steps
- title: Only one
```

```image
file: media/phon.png
```

```calout
text: x
```

[card](media/none.pdf)

```term
term: *anchor
```

```checklist
items:
- text: Open
""",
}


def test_a_broken_folder_is_told_line_by_line_and_changes_nothing(organisation):
    found = findings(folder(**BROKEN), organisation)
    lines = [finding.split(": ", 1)[0] for finding in found]
    assert lines == [
        *("01-before/02-your-phone.md:" + str(line) for line in (3, 4, 7, 9, 9, 11, 14, 18, 22, 26, 29, 30, 33, 37)),
        *("01-before/02-your-phone.md:" + str(line) for line in (40, 43)),
        *("course.yaml:" + str(line) for line in (2, 3, 4, 5, 6, 8, 9)),
    ]
    text = "\n".join(found)
    assert "course.yaml:6: “levl” is not known. Do you mean “level”?" in text
    assert "course.yaml:5: “defender” is not known. Do you mean “defenders”?" in text
    assert "02-your-phone.md:11: A quote is a block of its own: ```quote." in text
    assert "02-your-phone.md:30: “media/phon.png” is not known. Do you mean “media/phone.png”?" in text
    assert "02-your-phone.md:33: “calout” is not known. Do you mean “callout”?" in text
    assert not CoursePage.objects.exists()
    assert not PlatformImage.objects.exists()


@pytest.mark.parametrize(
    ("path", "content", "said"),
    [
        ("course.yaml", None, "course.yaml: This file is missing."),
        ("course.yaml", "a: [", "course.yaml:1: This cannot be read as YAML"),
        ("course.yaml", "a: &x 1\nb: *x", "course.yaml:1: This cannot be read as YAML: no & and * here."),
        ("course.yaml", "[" * 5000, "course.yaml:1: This cannot be read as YAML: too deep."),
        ("course.yaml", b"title: \xff", "course.yaml:1: A character is damaged: save the file as UTF-8."),
        (
            "01-before/module.yaml",
            "title: a\x07b",
            "01-before/module.yaml:1: There is a character here that no text has",
        ),
        ("01-before/module.yaml", None, "01-before/module.yaml: This file is missing."),
        ("01-before/02-your-phone.md", "Words.", "01-before/02-your-phone.md:1: The file begins with a line ---"),
        ("01-before/02-your-phone.md", b"\0", "01-before/02-your-phone.md:1: This is not a text."),
        ("01-before/notes.txt", "x", "01-before/notes.txt: A file of this name has no place here."),
        (
            "01-before/02-other.md",
            "---\ntitle: x\n---\n",
            "01-before/02-your-phone.md: The number in front is the same",
        ),
        ("media/phone.png", b"GIF89a", "media/phone.png: This file is not a picture that we can read."),
        ("media/phone.png", picture_bytes("JPEG"), "media/phone.png: The name says PNG, the file is JPEG."),
        ("media/card.pdf", b"MZ", "media/card.pdf: The name says PDF"),
    ],
)
def test_each_thing_that_is_wrong_is_said_where_it_stands(organisation, path, content, said):
    found = findings(folder(**{path: content}), organisation)
    assert any(finding.startswith(said) for finding in found), found
    assert not CoursePage.objects.exists()


def packed(files: dict[str, bytes], top: str = "") -> io.BytesIO:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for path, content in files.items():
            archive.writestr(top + path, content)
    return stream


def refused(stream: io.BytesIO) -> str:
    ledger = Ledger()
    ZipSource(stream, ledger)
    return "\n".join(map(str, ledger.findings))


def test_a_zip_file_with_a_folder_around_everything_is_taken(organisation):
    ledger = Ledger()
    source = ZipSource(packed({**folder(), "__MACOSX/x": b"x", ".DS_Store": b"x"}, "phone-safety/"), ledger)
    ledger.settle()
    page = take_in(source, organisation=organisation, by=None).page
    assert dict(export(page.specific)) == folder()


@pytest.mark.parametrize("name", ["../course.yaml", "/course.yaml", "a\\b", "C:x", "a/../b", "x\u202ey", "a" * 300])
def test_a_name_that_leads_out_refuses_the_whole_zip_file(name):
    assert "leads out of the folder" in refused(packed({name: b"x", "course.yaml": b"x"}))


def test_links_in_a_zip_file_are_refused():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        info = zipfile.ZipInfo("course.yaml")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    assert "Links and devices are not taken" in refused(stream)


def test_a_file_behind_a_password_is_told_as_such():
    whole = bytearray(packed({"course.yaml": b"x"}).getvalue())
    whole[whole.rfind(b"PK\1\2") + 8] |= 1
    assert refused(io.BytesIO(whole)) == "course.yaml: This file is behind a password. Make the zip file without one."


def test_a_bomb_is_refused_before_it_is_opened():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            archive.writestr(f"media/{number}.png", bytes(49 * 1024 * 1024))
    assert len(stream.getvalue()) < 200_000
    assert "All files together are larger than 100 MB." in refused(stream)


def test_more_files_than_are_taken_are_refused_before_their_names_are_read():
    assert "More than 2000 files." in refused(packed({f"media/{number}.png": b"" for number in range(2_001)}))
    assert "More than 2000 files." in refused(packed({f"media/{number}.png": b"" for number in range(8_000)}))


def test_folders_in_a_zip_file_are_no_files():
    assert refused(packed({f"media/{number}/": b"" for number in range(2_001)})) == ""


def test_a_bomb_that_says_it_is_small_is_damaged_and_unpacked_no_further(organisation):
    """A megabyte that would become 200: the office's look at a folder and every other way read through this one."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("course.yaml", bytes(200 * 1024 * 1024))
    whole = bytearray(stream.getvalue())
    assert len(whole) < 1024 * 1024
    row = whole.rfind(b"PK\1\2")
    whole[row + 24 : row + 28] = (100).to_bytes(4, "little")
    source = ZipSource(io.BytesIO(whole), Ledger())
    assert source.sizes == {"course.yaml": 100}
    tracemalloc.start()
    try:
        with pytest.raises(OSError, match=r"course\.yaml"):
            source.read("course.yaml")
        assert tracemalloc.get_traced_memory()[1] < 1024 * 1024
    finally:
        tracemalloc.stop()


def test_a_member_that_lies_about_its_size_is_damaged(organisation):
    stream = packed({**folder(), "course.yaml": b"x" * 5000})
    lie = stream.getvalue().replace((5000).to_bytes(4, "little"), (5).to_bytes(4, "little"))
    ledger = Ledger()
    source = ZipSource(io.BytesIO(lie), ledger)
    with pytest.raises(BrokenFolderError) as broken:
        take_in(source, organisation=organisation, by=None)
    assert any(str(finding).startswith("course.yaml: This file is damaged") for finding in broken.value.findings)


def test_what_is_no_zip_file_is_refused():
    assert "This is not a zip file" in refused(io.BytesIO(b"PK\x03\x04nonsense"))
