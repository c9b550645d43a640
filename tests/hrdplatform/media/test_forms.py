"""Uploads through the office's own addresses."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hrdplatform.media.models import PlatformDocument, PlatformImage
from tests.factories.accounts import signed_in
from tests.factories.cms import picture_bytes, planted
from tests.factories.office import platform_administrator

pytestmark = pytest.mark.django_db
NAMES = ["../../evil.png", "a\r\nb.png", "\u202egnp.a.png", "x" * 300 + ".png", "Zoë à la manif.png"]


@pytest.fixture
def administrator():
    planted()
    return signed_in(platform_administrator())


def test_an_image_is_stored_under_a_random_name_and_without_its_own_bytes(administrator):
    upload = SimpleUploadedFile("Maria.jpg", picture_bytes("JPEG", comment=b"Geheimwort"))
    answer = administrator.post("/office/images/add/", {"title": "Arches", "file": upload, "collection": 1})
    assert answer.status_code == 302
    stored = PlatformImage.objects.get()
    assert "Maria" not in stored.file.name
    assert b"Geheimwort" not in stored.file.read()
    stored.file.close()


@pytest.mark.parametrize("name", NAMES)
def test_no_file_name_breaks_anything(administrator, name):
    upload = SimpleUploadedFile("a.png", picture_bytes())
    upload.name = name
    assert administrator.post("/office/images/add/", {"title": "a", "file": upload}).status_code in {200, 302}
    paper = SimpleUploadedFile("a.pdf", b"%PDF-1.7\n")
    paper.name = name.replace(".png", ".pdf")
    assert administrator.post("/office/documents/add/", {"title": "a", "file": paper}).status_code in {200, 302}
    for found in [*PlatformImage.objects.all(), *PlatformDocument.objects.all()]:
        assert not set(found.file.name) & set("\r\n\u202e")
        assert ".." not in found.file.name


def test_many_at_once_pass_the_same_gate(administrator):
    upload = SimpleUploadedFile("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>")
    answer = administrator.post(
        "/office/images/multiple/add/", {"files[]": upload}, headers={"X-Requested-With": "XMLHttpRequest"}
    )
    assert json.loads(answer.content)["success"] is False
    assert not PlatformImage.objects.exists()


def test_a_refused_picture_says_why_and_keeps_the_title(administrator):
    upload = SimpleUploadedFile("a.png", b"<html>")
    page = administrator.post("/office/images/add/", {"title": "My arches", "file": upload}).content.decode()
    assert "not a picture that we can read" in page
    assert "My arches" in page


def test_a_page_that_calls_itself_a_document_is_refused(administrator):
    upload = SimpleUploadedFile("a.pdf", b"<html><script>alert(1)</script>")
    administrator.post("/office/documents/add/", {"title": "a", "file": upload})
    assert not PlatformDocument.objects.exists()


def test_a_document_of_a_kind_that_is_not_taken_is_named_in_one_sentence(administrator):
    fields = {"title": "Fiche", "file": SimpleUploadedFile("fiche.exe", b"MZ"), "collection": 1}
    said = administrator.post("/office/documents/add/", fields).content.decode()
    assert "“fiche.exe” cannot be taken. Send one of these: CSV, DOCX," in said
    assert "not allowed" not in said
    assert not PlatformDocument.objects.exists()


def test_a_document_of_the_office_is_taken(administrator):
    upload = SimpleUploadedFile("fiche.pdf", b"%PDF-1.7\n")
    assert administrator.post("/office/documents/add/", {"title": "a", "file": upload}).status_code == 302
    assert PlatformDocument.objects.get().file_extension == "pdf"
