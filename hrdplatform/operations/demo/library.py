"""The demo's library: what stands in `library/`, taken in and published by the platform's own verbs.

A piece has the same name in all languages. Courses and guides are folders as editors export them
(docs/editor/course-folder.md), with pictures that `drawings` draws.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import yaml
from wagtail.models import Page

from cms.domain.folders import take_in
from cms.domain.trees import LANGUAGES
from cms.folders.sources import MemorySource
from hrdplatform.operations.demo import drawings, leaflets
from hrdplatform.operations.demo.cast import OWNERS
from hrdplatform.organisations.models import Organisation

FOLDER: Final = Path(__file__).with_name("library")
PICTURE: Final = re.compile(rb"media/([a-z]+)\.png")


@dataclass(frozen=True)
class Piece:
    """A course, a guide, a training, a piece of news or the guide to channels, in one language."""

    language: str
    kind: str
    path: Path

    @property
    def name(self) -> str:
        """The same in all languages."""
        return self.path.stem

    @property
    def label(self) -> str:
        """How the record names it."""
        return f"library:{self.language}:{self.kind}:{self.name}"


def pieces() -> Iterator[Piece]:
    """Everything, language by language."""
    for language in LANGUAGES:
        for kind in LAID:
            found = sorted((FOLDER / language / kind).glob("[!.]*"))
            yield from (Piece(language, kind, path) for path in found)


def lay(piece: Piece, *, at: datetime) -> None:
    """Publish one piece, unless its page stands."""
    LAID[piece.kind](piece, at)


def _folder(piece: Piece, _at: datetime) -> None:
    files = _files(piece.path)
    key = _key(files)
    if Page.objects.filter(translation_key=key, locale__language_code=piece.language).exists():
        return
    taken = take_in(MemorySource(files), organisation=_owner(piece), by=None).page
    if taken is not None:
        for page in taken.get_descendants(inclusive=True).select_related("latest_revision"):
            page.latest_revision.publish()


def _training(piece: Piece, at: datetime) -> None:
    leaflets.lay_training(_written(piece), at=at)


def _news(piece: Piece, _at: datetime) -> None:
    leaflets.lay_news(_written(piece))


def _channels(piece: Piece, _at: datetime) -> None:
    leaflets.lay_channels(_written(piece))


def _files(path: Path) -> dict[str, bytes]:
    """What the folder or the single file holds, and the pictures that its texts show."""
    found = [file for file in path.rglob("*") if file.is_file()] if path.is_dir() else [path]
    top = path if path.is_dir() else path.parent
    files = {file.relative_to(top).as_posix(): file.read_bytes() for file in found}
    shown = {name.decode() for text in files.values() for name in PICTURE.findall(text)}
    return files | {f"media/{name}.png": drawings.png(name) for name in sorted(shown)}


def _key(files: dict[str, bytes]) -> str:
    head = files.get("course.yaml") or next(iter(files.values())).split(b"---\n")[1]
    return str(yaml.safe_load(head)["key"])


def _written(piece: Piece) -> leaflets.Written:
    text = piece.path.read_text(encoding="utf-8")
    head, body = text.split("---\n", 2)[1:] if text.startswith("---\n") else (text, "")
    fields: dict[str, Any] = yaml.safe_load(head)
    owner = _owner(piece) if piece.name in OWNERS else None
    return leaflets.Written(piece.name, piece.language, fields, body.strip(), owner)


def _owner(piece: Piece) -> Organisation:
    return Organisation.objects.get(slug=OWNERS[piece.name])


LAID: Final[dict[str, Callable[[Piece, datetime], None]]] = {
    "courses": _folder,
    "guides": _folder,
    "trainings": _training,
    "news": _news,
    "channels": _channels,
}
"""Folder of a language -> how what stands in it is laid."""
