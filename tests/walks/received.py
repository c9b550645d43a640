"""What a team holds of the only case: its text, its files and its safe way, as a lawyer's keys open them."""

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageChops

from hrdplatform.sealing.bodies import Attachment
from hrdplatform.sealing.files import opened
from hrdplatform.sealing.verdicts import ShownRecord
from legal_aid.models import Case
from tests.factories import legal_aid
from tests.factories.accounts import signed_in

PICTURES = {".png", ".jpg"}
"""Kinds that lose their metadata on her device, and with it their digest."""


class Received:
    """The only case at the desk of `team`, over the real addresses; a file passes bit by bit, however large."""

    def __init__(self, team: legal_aid.StoredTeam) -> None:
        self.desk = legal_aid.Desk(signed_in(team.users["m01"]), team)
        self.case = Case.objects.get().pk
        self.records = self.desk.view(self.case).messages.records

    def first(self, kind: str) -> ShownRecord:
        return next(one for one in self.records if one.kind == kind)

    @property
    def text(self) -> str:
        return self.first("message").body.text

    @property
    def contact(self) -> dict[str, object]:
        return dict(self.first("contact").body.data)

    @property
    def files(self) -> tuple[Attachment, ...]:
        return self.first("message").body.attachments

    def pieces(self, entry: Attachment) -> Iterator[bytes]:
        return opened(entry, lambda part: self.desk.get(f"files/{entry.digest}/{part}/?case={self.case}"))

    def whole(self, entry: Attachment) -> bytes:
        return b"".join(self.pieces(entry))

    def holds(self, *sent: Path) -> None:
        """Exactly these files arrived: byte for byte, and pictures dot for dot without what was written inside them."""
        assert [entry.name for entry in self.files] == [file.name for file in sent]
        for entry, file in zip(self.files, sent, strict=True):
            if file.suffix in PICTURES:
                same_picture(self.whole(entry), file.read_bytes())
            else:
                with file.open("rb") as stream:
                    assert digest(self.pieces(entry)) == hashlib.file_digest(stream, "sha256").digest(), file.name


def digest(pieces: Iterator[bytes]) -> bytes:
    found = hashlib.sha256()
    for piece in pieces:
        found.update(piece)
    return found.digest()


def same_picture(photo: bytes, sent: bytes) -> None:
    assert b"Place de la Gare" in sent
    assert b"Place de la Gare" not in photo
    assert ImageChops.difference(Image.open(io.BytesIO(photo)), Image.open(io.BytesIO(sent))).getbbox() is None
