"""Uploads: on the disk before they are acknowledged, bounded, and gone when nobody claims them."""

import hashlib
import secrets
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage

from hrdplatform.web import clock
from legal_aid.domain import blobs, space, uploads
from legal_aid.domain.uploads import Owner
from legal_aid.models import PART, BlobDeletion, Case, Upload, UploadPart
from tests.factories import legal_aid

pytestmark = [pytest.mark.django_db, pytest.mark.database]
OWNER = Owner(key="a" * 64)
SIZE = 70_000


def begin(owner=OWNER, sealed=SIZE):
    return uploads.begin(owner=owner, sealed=sealed, parts=-(-sealed // PART), at=clock.now())


def store(upload, pieces, whole: bytes, owner=OWNER):
    return uploads.store_part(
        owner=owner,
        upload=upload.pk,
        number=1,
        sha256=hashlib.sha256(whole).hexdigest(),
        pieces=pieces,
        length=len(whole),
        at=clock.now(),
    )


def files() -> list[str]:
    """Every blob in the storage."""
    folders, _ = default_storage.listdir(blobs.FOLDER) if default_storage.exists(blobs.FOLDER) else ([], [])
    return [
        f"{blobs.FOLDER}/{folder}/{name}"
        for folder in folders
        for name in default_storage.listdir(f"{blobs.FOLDER}/{folder}")[1]
    ]


@pytest.fixture(autouse=True)
def only_new_files():
    """The blobs of other tests are none of ours."""
    for name in files():
        default_storage.delete(name)


def test_a_stored_part_tells_no_time_of_day():
    whole = secrets.token_bytes(SIZE)
    assert store(begin(), [whole], whole)
    modified = default_storage.get_modified_time(files()[0])
    assert modified.astimezone().strftime("%M:%S") == "00:00"
    assert default_storage.path(files()[0])


def test_the_blobs_name_is_known_before_its_first_byte():
    whole = secrets.token_bytes(SIZE)
    upload = begin()

    def watched():
        part = UploadPart.objects.get()
        assert part.blob
        assert not part.stored
        yield whole

    assert store(upload, watched(), whole)


def test_a_broken_connection_leaves_no_byte():
    whole = secrets.token_bytes(SIZE)

    def breaking():
        yield whole[:100]
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        store(begin(), breaking(), whole)
    assert files() == []


def test_after_a_broken_connection_the_part_can_come_again():
    whole = secrets.token_bytes(SIZE)
    upload = begin()

    def breaking():
        yield whole[:100]
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        store(upload, breaking(), whole)
    assert store(upload, [whole], whole)
    blobs.remove_due(at=clock.now())
    assert len(files()) == 1


def test_a_part_whose_upload_goes_while_it_is_written_leaves_nothing():
    """Negative test 30 for files: the row is looked up again after the last byte is safe."""
    whole = secrets.token_bytes(SIZE)
    upload = begin()

    def erased_meanwhile():
        yield whole
        uploads.drop(owner=OWNER, upload=upload.pk)

    with pytest.raises(uploads.UnknownUploadError):
        store(upload, erased_meanwhile(), whole)
    blobs.remove_due(at=clock.now())
    assert files() == []
    assert not BlobDeletion.objects.exists()


def test_a_part_whose_bytes_are_unlinked_while_it_is_written_leaves_nothing():
    """An erasure does not wait for uploads on their way; the writer learns it afterwards, without a fault."""
    whole = secrets.token_bytes(SIZE)
    upload = begin()

    def erased_meanwhile():
        yield whole
        uploads.drop(owner=OWNER, upload=upload.pk)
        blobs.remove_due(at=clock.now())

    with pytest.raises(uploads.UnknownUploadError):
        store(upload, erased_meanwhile(), whole)
    assert files() == []


@pytest.mark.parametrize(("sealed", "parts"), [(SIZE, 2), (PART + 1, 1), (65_535, 1), (0, 0)])
def test_sizes_that_do_not_fit_begin_nothing(sealed, parts):
    with pytest.raises(uploads.UploadMalformedError):
        uploads.begin(owner=OWNER, sealed=sealed, parts=parts, at=clock.now())


def test_more_than_a_case_may_bring_is_refused_until_it_is_acknowledged(defender):
    defender.open_case()
    case = Case.objects.get()
    begin(Owner(case=case), space.CASE_QUOTA - 70_000)
    with pytest.raises(uploads.QuotaReachedError):
        begin(Owner(case=case), 70_001)
    case.acknowledged_on = legal_aid.days_ago(0)
    assert begin(Owner(case=case), 70_001)


def test_unfinished_uploads_of_everybody_share_a_pool(monkeypatch):
    whole = secrets.token_bytes(SIZE)
    begun = begin(), begin(Owner(key="b" * 64))
    monkeypatch.setattr(space, "room", lambda: space.Room(total=20 * SIZE, free=15 * SIZE))
    assert store(begun[0], [whole], whole)
    with pytest.raises(uploads.QuotaReachedError):
        store(begun[1], [whole], whole, Owner(key="b" * 64))
    with pytest.raises(uploads.QuotaReachedError):
        begin(Owner(key="c" * 64))


def test_announcing_files_without_sending_a_byte_shuts_nobody_out(monkeypatch):
    monkeypatch.setattr(space, "room", lambda: space.Room(total=100 * PART, free=90 * PART))
    for key in range(9):
        begin(Owner(key=f"{key:064}"), sealed=5 * PART)
    assert begin()


def test_below_a_tenth_of_the_disk_nothing_begins(monkeypatch):
    monkeypatch.setattr(space, "room", lambda: space.Room(total=1000 * PART, free=100 * PART))
    with pytest.raises(space.StorageFullError):
        begin()


def test_what_nobody_claims_dies_after_a_day():
    whole = secrets.token_bytes(SIZE)
    store(begin(), [whole], whole)
    assert uploads.remove_expired(at=clock.now() + timedelta(hours=23)) == 0
    assert uploads.remove_expired(at=clock.now() + timedelta(hours=26)) == 1
    blobs.remove_due(at=clock.now())
    assert files() == []


def test_a_claimed_upload_stays_and_carries_no_time(defender):
    defender.open_case(uploads=(defender.upload(),))
    assert uploads.remove_expired(at=clock.now() + timedelta(days=9)) == 0
    assert Upload.objects.get().expires_at is None
