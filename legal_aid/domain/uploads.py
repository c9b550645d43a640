"""Uploads from begin to claim: parts come in any order, each is on the disk before it is acknowledged, nobody
assembles.

The server sees ciphertext only. A retry sends the same bytes again (the same hash is a success, another one a
conflict); an upload that no message claims dies after a day. sealing.md 5, *Files*.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet, Sum

from hrdplatform.sealing.files import Piece, digest
from legal_aid.models import PART, Case, Installation, Upload, UploadPart

from . import blobs, space, waiting
from .space import StorageFullError

LIFE = timedelta(hours=24)
MOST_PARTS = space.CASE_QUOTA // PART + 1
LEAST_SEALED = 65_536


class UnknownUploadError(Exception):
    """No such upload, not this sender's, claimed already, or dead."""


class UploadMalformedError(Exception):
    """Sizes, a number or a hash that do not fit; what came was thrown away."""


class QuotaReachedError(Exception):
    """More than one case may bring, or the place for unfinished uploads is full."""


class PartDiffersError(Exception):
    """The part is stored already, with other bytes. Sealing changed bytes anew needs a new upload."""


class ClaimRefusedError(Exception):
    """A message names an upload that is not complete, not this sender's, or whose digest is another."""


@dataclass(frozen=True)
class Owner:
    """Who brings files: a visit or session by the hash of its secret, or a case; a `member` needs no share of what
    waiting requests may hold.
    """

    key: str = ""
    case: Case | None = None
    member: bool = False

    def uploads(self) -> QuerySet[Upload]:
        """The sender's unclaimed uploads."""
        mine = {"case": self.case} if self.case is not None else {"owner": self.key, "case": None}
        return Upload.objects.filter(digest="", **mine)


@dataclass(frozen=True)
class Claim:
    """What a message says of an upload; `digest` is the hash of the file, `sealed` its bytes."""

    upload: str
    digest: str
    parts: int
    sealed: int


def begin(*, owner: Owner, sealed: int, parts: int, at: datetime) -> Upload:
    """Make room for `sealed` bytes in `parts` parts. Raises `UploadMalformedError`, `QuotaReachedError`,
    `StorageFullError`.
    """
    if sealed < LEAST_SEALED or parts != -(-sealed // PART):
        raise UploadMalformedError
    room = space.room()
    space.check_reserve(room, more=sealed)
    with space.refusing(StorageFullError), transaction.atomic():
        lock_pool()
        _check_pool(min(sealed, PART), space.pool(room))
        _check_share(owner, sealed, room)
        _check_quota(owner, sealed)
        return Upload.objects.create(
            owner=owner.key, case=owner.case, sealed=sealed, parts_expected=parts, expires_at=_expiry(at)
        )


def store_part(  # noqa: PLR0913 - keyword-only, a sentence has this many parts
    *, owner: Owner, upload: str, number: int, sha256: str, pieces: Iterable[bytes], length: int, at: datetime
) -> bool:
    """Store part `number` (from 1) and return True; False when the very same bytes are stored already.

    On return with True the bytes survive a loss of power. Raises `UnknownUploadError`, `UploadMalformedError`,
    `PartDiffersError`; `QuotaReachedError` and `StorageFullError` where the disk has filled since `begin`.
    """
    found = owner.uploads().filter(pk=upload, expires_at__gt=at).first()
    if found is None:
        raise UnknownUploadError
    if not 1 <= number <= found.parts_expected or length != part_size(found, number):
        raise UploadMalformedError
    known = found.parts.filter(number=number, stored=True).first()
    if known is not None:
        if known.sha256 != sha256:
            raise PartDiffersError
        return False
    room = space.room()
    space.check_reserve(room, more=length)
    _check_pool(length, space.pool(room))
    with space.refusing(StorageFullError):
        part = begin_part(found, number)
        written, size = write_part(part, pieces, at=at)
    if size != length or written != sha256:
        forget_part(part)
        raise UploadMalformedError
    finish_part(part, sha256=written, size=size)
    return True


def lock_pool() -> None:
    """Lock one row for everybody, for a millisecond: the pool is counted without a gap."""
    Installation.objects.get_or_create(pk=Installation.ONLY)
    Installation.objects.select_for_update().get(pk=Installation.ONLY)


class StreamedUpload:
    """An upload of unknown length, written part by part while it is sealed here; it grows with every finished part."""

    def __init__(self, *, owner: Owner, at: datetime) -> None:
        space.check_reserve(space.room(), more=PART)
        self._owner, self._at = owner, at
        self._row = Upload.objects.create(
            owner=owner.key, case=owner.case, sealed=0, parts_expected=0, expires_at=_expiry(at)
        )
        self._part: UploadPart | None = None
        self._writer: blobs.BlobWriter | None = None
        self._size = 0

    def write(self, piece: Piece) -> None:
        """Write a run of ciphertext. Raises `QuotaReachedError`, `StorageFullError`; then `abandon` it."""
        with space.refusing(StorageFullError):
            self._write(piece)

    def _write(self, piece: Piece) -> None:
        if self._writer is None:
            self._part = self._next_part(piece.part)
            self._writer = blobs.BlobWriter(self._part.blob, at=self._at)
            self._size = 0
        self._writer.write(bytes(piece.octets))
        self._size += len(piece.octets)
        if piece.hash is not None and self._part is not None:
            self._writer.finish()
            finish_part(self._part, sha256=piece.hash.hex(), size=self._size)
            self._writer = self._part = None

    def finish(self) -> None:
        """Every part is on the disk: note how large the whole is."""
        stored = self._row.parts.filter(stored=True)
        self._row.sealed = stored.aggregate(sum=Sum("size"))["sum"] or 0
        self._row.parts_expected = stored.count()
        self._row.save(update_fields=["sealed", "parts_expected"])

    def abandon(self) -> None:
        """Remove everything, also the part that is being written."""
        if self._writer is not None:
            self._writer.abandon()
        drop(owner=self._owner, upload=self._row.pk)

    def _next_part(self, number: int) -> UploadPart:
        room = space.room()
        space.check_reserve(room, more=PART)
        with transaction.atomic():
            lock_pool()
            _check_pool(PART, space.pool(room))
            _check_share(self._owner, PART, room)
            _check_quota(self._owner, PART)
            Upload.objects.filter(pk=self._row.pk).update(sealed=F("sealed") + PART, parts_expected=number)
        return begin_part(self._row, number)


def part_size(upload: Upload, number: int) -> int:
    """How many bytes part `number` has: 8 MiB, the last one the rest."""
    return PART if number < upload.parts_expected else upload.sealed - PART * (upload.parts_expected - 1)


def begin_part(upload: Upload, number: int) -> UploadPart:
    """Commit the name of the blob to come. A part that another request left unfinished is taken over."""
    with transaction.atomic():
        if Upload.objects.select_for_update().filter(pk=upload.pk, digest="").first() is None:
            raise UnknownUploadError
        stale = UploadPart.objects.filter(upload=upload, number=number, stored=False)
        blobs.queue_removal(stale.values_list("blob", flat=True))
        stale.delete()
        if UploadPart.objects.filter(upload=upload, number=number).exists():
            raise PartDiffersError
        return UploadPart.objects.create(upload=upload, number=number, blob=blobs.new_name())


def write_part(part: UploadPart, pieces: Iterable[bytes], *, at: datetime) -> tuple[str, int]:
    """Write the blob; return its SHA-256 in hex and its size. Whatever interrupts it, no bytes stay."""
    found, size = hashlib.sha256(), 0
    with blobs.BlobWriter(part.blob, at=at) as writer:
        for piece in pieces:
            found.update(piece)
            size += len(piece)
            writer.write(piece)
        writer.finish()
    return found.hexdigest(), size


def finish_part(part: UploadPart, *, sha256: str, size: int) -> None:
    """Mark a written part as stored. Raises `UnknownUploadError`, with the bytes removed, if its row was erased
    meanwhile.
    """
    with transaction.atomic():
        Upload.objects.select_for_update().filter(pk=part.upload_id).first()
        kept = UploadPart.objects.filter(pk=part.pk, blob=part.blob).update(sha256=sha256, size=size, stored=True)
    if not kept:
        blobs.remove(part.blob)
        raise UnknownUploadError


def forget_part(part: UploadPart) -> None:
    """Remove a part and its blob."""
    UploadPart.objects.filter(pk=part.pk).delete()
    blobs.remove(part.blob)


def drop(*, owner: Owner, upload: str) -> None:
    """Give an unclaimed upload up; one that is not there is dropped already."""
    with transaction.atomic():
        found = owner.uploads().select_for_update().filter(pk=upload).first()
        if found is not None:
            delete([found.pk])


def check_claims(claims: Sequence[Claim], *, owner: Owner) -> None:
    """Raise `ClaimRefusedError` unless each claim names a complete upload of `owner` with its true digest.

    Run before the transaction that calls `claim`; parts of a complete upload never change.
    """
    if not claims:
        return
    found = {upload.pk: upload for upload in owner.uploads().filter(pk__in=[claim.upload for claim in claims])}
    for claim in claims:
        upload = found.get(claim.upload)
        if upload is None or (upload.sealed, upload.parts_expected) != (claim.sealed, claim.parts):
            raise ClaimRefusedError
        if digest(upload.sealed, stored_hashes(upload)) != claim.digest:
            raise ClaimRefusedError


def stored_hashes(upload: Upload) -> list[bytes]:
    """The hashes of all parts in order. Raises `ClaimRefusedError` while one is not stored."""
    rows = list(upload.parts.filter(stored=True).order_by("number").values_list("number", "sha256"))
    if [number for number, _ in rows] != list(range(1, upload.parts_expected + 1)):
        raise ClaimRefusedError
    return [bytes.fromhex(sha256) for _, sha256 in rows]


def claim(claims: Sequence[Claim], *, owner: Owner, case: Case) -> None:
    """Give checked uploads to `case`, within the caller's transaction; all or, with `ClaimRefusedError`, none.

    A file is in a case once: another upload of the same bytes is refused.
    """
    digests = [one.digest for one in claims]
    if claims and (len(set(digests)) != len(digests) or Upload.objects.filter(case=case, digest__in=digests).exists()):
        raise ClaimRefusedError
    for one in claims:
        given = owner.uploads().filter(pk=one.upload).update(digest=one.digest, case=case, owner="", expires_at=None)
        if not given:
            raise ClaimRefusedError


def delete(ids: Sequence[str]) -> None:
    """Delete uploads with their parts, within the caller's transaction, and note their blobs for removal."""
    parts = UploadPart.objects.filter(upload__in=ids)
    blobs.queue_removal(parts.values_list("blob", flat=True))
    parts.delete()
    Upload.objects.filter(pk__in=ids).delete()


def remove_expired(*, at: datetime, limit: int = 100) -> int:
    """Delete uploads that nobody claimed in time; returns how many."""
    with transaction.atomic():
        # What lives longer than any upload was begun before the clock was put back.
        over = Q(expires_at__lte=at) | Q(expires_at__gt=at + LIFE + timedelta(hours=2))
        dying = Upload.objects.select_for_update().filter(over, digest="")
        ids = list(dying.values_list("pk", flat=True)[:limit])
        delete(ids)
    return len(ids)


def _check_pool(more: int, pool: int | None) -> None:
    """Raise `QuotaReachedError` if `more` bytes find no place among unfinished uploads.

    What lies on the disk counts, not what was announced: else forty announcements without a byte behind them would shut
    every defender out for a day.
    """
    if pool is None:
        return
    unfinished = UploadPart.objects.filter(upload__digest="", stored=True).aggregate(sum=Sum("size"))["sum"] or 0
    if unfinished + more > pool:
        raise QuotaReachedError


def _check_share(owner: Owner, more: int, room: space.Room | None) -> None:
    """Raise `StorageFullError` if requests that nobody acknowledged would hold more than their share."""
    if not owner.member:
        waiting.check(owner.case, more=more, room=room)


def _check_quota(owner: Owner, sealed: int) -> None:
    """Raise `QuotaReachedError` beyond what one case may bring, announced bytes included."""
    if owner.case is not None and owner.case.acknowledged_on is not None:
        return
    mine = Upload.objects.filter(case=owner.case) if owner.case is not None else owner.uploads()
    if (mine.aggregate(sum=Sum("sealed"))["sum"] or 0) + sealed > space.CASE_QUOTA:
        raise QuotaReachedError


def _expiry(at: datetime) -> datetime:
    """A day from now, rounded up to the hour: the row does not tell the minute."""
    return (at + LIFE + timedelta(hours=1)).replace(minute=0, second=0, microsecond=0)
