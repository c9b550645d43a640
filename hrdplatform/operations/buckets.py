"""Buckets that remember: versioning or object lock would keep what was erased.

Asked of the storage itself, since no setting of ours tells. The deploy check refuses, the doctor says it (sealing.md 5,
*Erase*; safety.md, "retention leaves no ciphertext").
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.files.storage import default_storage

NO_LOCK = "ObjectLockConfigurationNotFoundError"
HINT = "Take a bucket that never had versioning or object lock on, move the files over, and set HRD_STORAGE."


def memories(storage: Any) -> list[str]:
    """What would keep deleted files in the bucket behind `storage`, in words; nothing for a folder of our own.

    Suspended versioning counts: versions from before stay. A bucket that does not answer may remember too.
    """
    bucket = getattr(storage, "bucket", None)
    if bucket is None:
        return []
    client = bucket.meta.client
    found = []
    try:
        versioning = client.get_bucket_versioning(Bucket=bucket.name).get("Status", "")
    except Exception as error:  # noqa: BLE001 - drivers raise what they like
        return [f"nobody can say whether the bucket keeps what is deleted: {type(error).__name__}."]
    if versioning:
        found.append(f"versioning is {versioning.lower()}: the bucket keeps what is deleted.")
    try:
        locked = client.get_object_lock_configuration(Bucket=bucket.name).get("ObjectLockConfiguration", {})
    except Exception as error:  # noqa: BLE001 - as above
        code = getattr(error, "response", {}).get("Error", {}).get("Code", "")
        if code != NO_LOCK:
            found.append(f"nobody can say whether the bucket locks its files: {code or type(error).__name__}.")
    else:
        if locked.get("ObjectLockEnabled"):
            found.append("object lock is enabled: the bucket refuses to delete.")
    return found


@register(Tags.security, deploy=True)
def buckets_forget(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Sealed files that are erased must be gone."""
    return [Error(f"The storage: {words}", hint=HINT, id="platform.E013") for words in memories(default_storage)]
