"""A file whose bytes the storage lost: said plainly on every door, noted for the operator, found by the doctor."""

import logging

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from hrdplatform.operations.doctor import examine
from legal_aid.domain import blobs
from legal_aid.models import UploadPart
from tests.factories import legal_aid
from tests.legal_aid.plain_visitor import Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture(autouse=True)
def an_empty_storage():
    """The blobs of other tests are none of ours."""
    for name in list(blobs._every_name()):
        default_storage.delete(name)


def lose() -> None:
    default_storage.delete(UploadPart.objects.get().blob)


def said() -> dict[str, bool]:
    return {one.words: one.well for one in examine() if one.about == "sealed files"}


def test_a_lost_part_is_answered_in_words_and_leaves_a_line(defender, desk_of, caplog):
    upload = defender.upload()
    defender.open_case(uploads=(upload,))
    lose()
    path = f"files/{upload['digest']}/1/"
    with caplog.at_level(logging.ERROR, "hrdplatform.incident"):
        answer = defender.client.get(legal_aid.BASE + path, headers=defender.receipt)
    assert (answer.status_code, answer.json()["error"]) == (410, "lost")
    assert "missing on the server" in answer.json()["message"]
    [line] = [record for record in caplog.records if record.message == "blob_missing"]
    assert len(line.facts["incident"]) == 10
    assert desk_of("m01").get(f"{path}?case={defender.case}").status_code == 410


def test_a_lost_part_is_said_without_scripts_too(team):
    visitor = Visitor()
    visitor.confirm(visitor.open_case(files=[("clip.mp4", b"v" * 90_000, "video/mp4")]))
    lose()
    link = next(part for part in visitor.answer.content.decode().split('"') if "/plain/file/" in part)
    answer = visitor.client.get(link, secure=True)
    assert answer.status_code == 409
    assert b"v" * 100 not in answer.content


def test_the_doctor_counts_rows_without_bytes_and_bytes_without_row(defender):
    defender.open_case(uploads=(defender.upload(),))
    assert all(said().values())
    lose()
    assert said()["1 parts of sealed files are lost: restore them from a backup."] is False
    default_storage.save(blobs.new_name(), ContentFile(b"nobody's"))
    assert said()["1 files below sealed/ belong to nothing: remove them."] is False
