"""A disk that takes no more: what was acknowledged stays, a text still gets through, and no half file lies about."""

import hashlib
import resource
from pathlib import Path

from tests.factories import legal_aid
from tests.faults.defender import PART
from tests.faults.program import worker_of
from tests.faults.wire import Wire
from tests.legal_aid.installation import Installation

FULL = 6 * 1024 * 1024
"""From this size on the web's worker can make no file larger: a part breaks off, the database has room to work."""


def blobs(site: Installation) -> list[Path]:
    return [path for path in (site.data / "files" / "sealed").rglob("*") if path.is_file()]


def test_a_part_that_finds_no_room_in_its_middle_leaves_nothing_and_can_come_again(site):
    team = legal_aid.StoredTeam(None, legal_aid.SignedTeam("one"), {})
    page = legal_aid.Browser(Wire(site.port, patient=False), team)
    visit = {"X-Visit": page.visit}
    parts, manifest = legal_aid.sealed_file(PART + 70_000)
    upload = page.post("uploads/", {"sealed": manifest["sealed"], "parts": 2}, **visit).json()["upload"]
    assert page.put(upload, 2, parts[1], **visit).status_code == 201
    worker = worker_of(site)
    resource.prlimit(worker, resource.RLIMIT_FSIZE, (FULL, resource.RLIM_INFINITY))
    refused = page.put(upload, 1, parts[0], **visit)
    assert (refused.status_code, refused.json()["error"]) == (507, "space"), refused.content
    assert [path.read_bytes() for path in blobs(site)] == [parts[1]]
    text = legal_aid.Browser(Wire(site.port, patient=False), team)
    assert text.send(text.request("Only words.")).status_code == 201
    resource.prlimit(worker, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    assert page.put(upload, 1, parts[0], **visit).status_code == 201
    sent = page.send(page.request("With a file.", uploads=({"upload": upload, **manifest},)))
    assert sent.status_code == 201, sent.content
    stored = {hashlib.sha256(path.read_bytes()).hexdigest() for path in blobs(site)}
    assert stored == {hashlib.sha256(part).hexdigest() for part in parts}
    logged = (site.data / "logs" / "platform").read_text()
    assert "the disk is full" in logged
    assert worker_of(site) == worker, "the worker died of it"
