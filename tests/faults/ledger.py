"""What a ledger of acknowledged things says must be there, and what an installation has."""

import json
from collections import Counter
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from hrdplatform.sealing import cases
from hrdplatform.sealing.stored import Defender
from tests.factories import legal_aid
from tests.faults.wire import Wire, walker
from tests.legal_aid.installation import Installation

READERS = ("m01", "m02", "m03")
RETURN = "/en/aid/return/plain/"
circuits = count(1)

LEFT = """
import json
from datetime import timedelta
from hashlib import sha256
from django.core.files.storage import default_storage
from hrdplatform.operations.backups import stored
from hrdplatform.web import clock
from legal_aid.domain import blobs, uploads
from legal_aid.models import Card, Case, KeyWrap, Record, Tombstone, Upload, UploadPart
later = clock.now() + timedelta(hours=30)
while uploads.remove_expired(at=later):
    pass
blobs.remove_due(at=later)
def whole(case):
    parts = list(UploadPart.objects.filter(upload__case=case))
    return {
        "cards": Card.objects.filter(case=case).count(),
        "wraps": KeyWrap.objects.filter(card__case=case).count(),
        "acknowledged": case.acknowledged_on is not None,
        "records": Record.objects.filter(case=case).count(),
        "uploads": Upload.objects.filter(case=case).exclude(digest="").count(),
        "parts": sum(sha256(default_storage.open(part.blob).read()).hexdigest() == part.sha256 for part in parts),
    }
print(json.dumps({
    "cases": {case.pk: whole(case) for case in Case.objects.all()},
    "blobs": sorted(name for name in stored("sealed")),
    "named": sorted(UploadPart.objects.values_list("blob", flat=True)),
    "stones": Tombstone.objects.count(),
    "waiting": blobs.BlobDeletion.objects.count(),
}))
"""
"""Run in the installation, a day later: all of its cases, and what became of files."""


@dataclass
class Expected:
    """One case as it must be."""

    receipts: list[dict] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    acknowledged: bool = False
    erased: bool = False

    @property
    def whole(self) -> dict[str, object]:
        """A replaced receipt is two cards: one ends what the old words open, the other begins anew."""
        cards = 2 * len(self.receipts) - 1
        return {
            "cards": cards,
            "wraps": cards * (len(READERS) + 1),
            "records": len(self.texts),
            "acknowledged": self.acknowledged,
            "uploads": 1,
            "parts": 2,
        }


PLAIN = {"cards": 1, "wraps": len(READERS) + 1, "records": 2, "acknowledged": False, "uploads": 0, "parts": 0}
"""A request without scripts: the story, and how to reach her."""


@dataclass
class Ledger:
    """All that was acknowledged."""

    lines: list[dict]

    @classmethod
    def read(cls, path: Path) -> "Ledger":
        return cls([json.loads(line) for line in path.read_text().splitlines()] if path.exists() else [])

    @property
    def plain(self) -> list[dict]:
        return [line for line in self.lines if line["did"] == "p"]

    @property
    def cases(self) -> dict[str, Expected]:
        found: dict[str, Expected] = {}
        for line in self.lines:
            if line["did"] != "p":
                case = found.setdefault(line["case"], Expected())
                case.texts += [line["text"]] if "text" in line else []
                case.receipts += [line] if "token" in line else []
                case.acknowledged |= line["did"] == "a"
                case.erased |= line["did"] == "e"
        return found


def left_in(site: Installation) -> dict:
    return json.loads(site.script(LEFT))


def page_of(site: Installation, receipt: dict) -> legal_aid.Browser:
    """The page of who has this receipt, on a circuit of her own."""
    keys = Defender(bytes.fromhex(receipt["kem"]), bytes.fromhex(receipt["sig"]))
    wire = Wire(site.port, patient=False, address=f"2001:db8:1::{next(circuits):x}")
    return legal_aid.Browser(wire, None, token=bytes.fromhex(receipt["token"]), keys=keys)


def opens(site: Installation, name: str, expected: Expected) -> bool:
    """Whether the case is there for its newest receipt and no other, verifies, and says each thing written once."""
    *old, newest = expected.receipts
    page = page_of(site, newest)
    if any(page_of(site, receipt).fetch().status_code != 404 for receipt in old):
        return False
    if expected.erased:
        return page.fetch().status_code == 404
    view = cases.verify(legal_aid.stored_case(page.fetch().json()), page.keys)
    verified = [one for epoch in view.messages.epochs for one in view.messages.trusted(epoch.number)]
    return view.sound and view.case == name and Counter(one.body.text for one in verified) == Counter(expected.texts)


def opens_without_scripts(site: Installation, line: dict) -> bool:
    """Whether the words of a receipt show what was told with them."""
    visitor = walker(Wire(site.port, patient=False, address=f"2001:db8:1::{next(circuits):x}"))
    entered = visitor.get(RETURN).page.form("return/plain/")["fields"]
    visitor.post(RETURN, entered | {"words": [" ".join(line["words"])]})
    return line["text"] in visitor.get(f"{RETURN}messages/").page.text
