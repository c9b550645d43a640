import io
import zipfile

import pytest

from hrdplatform.media import documents


def package(*names: str, mimetype: bytes = b"") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, b"x")
    return stream.getvalue()


WORD = package("[Content_Types].xml", "word/document.xml")


def check(content: bytes, name: str) -> None:
    documents.check(io.BytesIO(content), name, len(content))


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"%PDF-1.7\n", "a.pdf"),
        (WORD, "a.docx"),
        (package("content.xml", mimetype=documents.MIMETYPES[".odt"]), "a.odt"),
        (package("META-INF/container.xml", mimetype=documents.MIMETYPES[".epub"]), "a.epub"),
        ("Numéro;Nom\n1;Zoë\n".encode(), "a.csv"),
        (b"", "a.txt"),
    ],
)
def test_a_document_that_is_what_it_says_is_taken(content, name):
    check(content, name)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<html><script>alert(1)</script>%PDF-1.7", "a.pdf"),
        (b"MZ\x90\x00", "a.pdf"),
        (WORD, "a.xlsx"),
        (b"PK\x03\x04broken", "a.docx"),
        (WORD, "a.odt"),
        (b"a\x00b", "a.txt"),
        ("Zoë".encode("latin-1"), "a.csv"),
        (b"anything", "a.html"),
        (b"anything", "a.svg"),
        (b"%PDF-1.7", "noending"),
    ],
)
def test_anything_else_is_refused(content, name):
    with pytest.raises(documents.DocumentRefusedError):
        check(content, name)


def test_macros_are_refused():
    with pytest.raises(documents.DocumentRefusedError, match="macros"):
        check(package("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "a.docx")


def test_a_letter_cut_between_two_chunks_is_still_utf8():
    check(b"a" * (documents.CHUNK - 1) + "é".encode(), "a.txt")


def test_one_byte_more_than_the_most_is_refused():
    with pytest.raises(documents.DocumentRefusedError):
        documents.check(io.BytesIO(b"%PDF-"), "a.pdf", documents.MOST_BYTES + 1)


def test_a_package_with_more_parts_than_programs_write_is_refused_before_they_are_read():
    place = WORD.rfind(b"PK\x05\x06") + 8
    check(WORD[:place] + (2).to_bytes(2, "little") * 2 + WORD[place + 4 :], "a.docx")
    many = (documents.MOST_ENTRIES + 1).to_bytes(2, "little") * 2
    with pytest.raises(documents.DocumentRefusedError):
        check(WORD[:place] + many + WORD[place + 4 :], "a.docx")
