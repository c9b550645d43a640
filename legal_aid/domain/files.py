"""Sealed files of a case: where a part's ciphertext lies. Nobody assembles a file on the server."""

from __future__ import annotations

from legal_aid.models import Case, UploadPart

from .uploads import UnknownUploadError


def part_of(case: Case, *, digest: str, number: int) -> UploadPart:
    """Part `number` of the blob with that digest. Raises `UnknownUploadError`."""
    found = (
        UploadPart.objects.filter(upload__case=case, upload__digest=digest, number=number, stored=True).first()
        if digest
        else None
    )
    if found is None:
        raise UnknownUploadError
    return found
