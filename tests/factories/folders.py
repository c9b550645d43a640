"""Courses as folders, for tests: the canonical one lies in tests/cms/course."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cms.domain import arrivals
from cms.domain.folders import Report, take_in
from cms.folders.errors import BrokenFolderError
from cms.folders.sources import MemorySource
from cms.models import SentFolder
from cms.packages.zips import zipped
from hrdplatform.organisations.models import Organisation
from hrdplatform.web import clock
from tests.factories import learning
from tests.factories.cms import picture_bytes, planted
from tests.factories.organisations import make_organisation

CANONICAL = Path(__file__).parents[1] / "cms" / "course"
GUIDE = CANONICAL.with_name("guide.txt")


def writer(slug: str = "passerelle") -> Organisation:
    """An organisation with its section, where topic and term of the canonical course are known."""
    planted()
    learning.topic()
    learning.term()
    owner = make_organisation(slug.title(), slug=slug)
    learning.section(owner, "en")
    return owner


def folder(**changed: bytes | str | None) -> dict[str, bytes]:
    """The canonical course with some files changed or (None) missing."""
    files: dict[str, bytes | None] = {
        path.relative_to(CANONICAL).as_posix(): path.read_bytes() for path in CANONICAL.rglob("*.*")
    }
    files |= {"media/phone.png": picture_bytes(), "media/card.pdf": b"%PDF-1.7\n%card\n"}
    for path, content in changed.items():
        files[path] = content.encode() if isinstance(content, str) else content
    return {path: content for path, content in files.items() if content is not None}


def taken(files: dict[str, bytes], organisation: Organisation, *, by=None, dry: bool = False) -> Report:
    return take_in(MemorySource(files), organisation=organisation, by=by, dry=dry)


def findings(files: dict[str, bytes], organisation: Organisation, *, by=None) -> list[str]:
    with pytest.raises(BrokenFolderError) as broken:
        taken(files, organisation, by=by)
    return [str(finding) for finding in broken.value.findings]


def packed(files: dict[str, bytes]) -> SimpleUploadedFile:
    """The files as a browser sends them."""
    return SimpleUploadedFile("course.zip", zipped(files.items()), "application/zip")


def sent(files: dict[str, bytes], organisation: Organisation, by, *, dry: bool = False, at=None) -> SentFolder:
    """A folder that waits for the worker."""
    return arrivals.send(packed(files), organisation=organisation, by=by, dry=dry, at=at or clock.now())
