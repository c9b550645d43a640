"""Files in the browser: padding, parts, digest; sealed on one side and opened on the other; and everything that
is refused.
"""

import base64
import random
from hashlib import sha256

import pytest
from playwright.sync_api import Page

from hrdplatform.sealing import files
from hrdplatform.sealing.age import sealed

from . import people
from .doors import Doors
from .test_intake import REQUEST, member_view
from .worker import Fault, Worker

PART = files.PART
BLOCK = random.Random(1).randbytes(65_536)
BIG = 2 * PART + 5_000
"""Three parts when padded and sealed."""


def b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


def content_of(size: int) -> bytes:
    """Octets in which blocks repeat, so that a test hands the page one block and how often."""
    return BLOCK * (size // len(BLOCK)) + BLOCK[: size % len(BLOCK)]


def given(content: bytes, filename: str = "notes.bin", media_type: str = "") -> dict:
    blocks, rest = divmod(len(content), len(BLOCK))
    repeats = content == content_of(len(content))
    parts = [[b64(BLOCK), blocks], [b64(BLOCK[:rest]), 1]] if repeats else [[b64(content), 1]]
    return {"file": {"parts": parts, "filename": filename, "type": media_type}}


def test_lengths_are_padded_as_published_beyond_32_bits_too(page: Page, vectors: dict) -> None:
    sizes = [int(size) for size in vectors["padme"]] + [2**32 + 1, 2**40 + 7, 1, 0]
    made = page.evaluate(
        "(sizes) => sizes.map((size) => [sealing.files.padme(size), sealing.files.sealedSize(size)])", sizes
    )
    assert made == [[files.padded_size(size), files.sealed_file_size(size)] for size in sizes]
    assert [one for one, _ in made][: len(vectors["padme"])] == list(vectors["padme"].values())


def test_the_digest_is_the_published_one(page: Page, vectors: dict) -> None:
    parts = [bytes([1]) * PART, bytes([2]) * PART, bytes([3]) * 5]
    made = page.evaluate(
        "([sealed, hashes]) => sealing.files.digestOf(sealed, hashes)",
        [vectors["digest"]["sealed"], [sha256(part).hexdigest() for part in parts]],
    )
    assert made == vectors["digest"]["digest"]


@pytest.fixture
def writing(worker: Worker) -> Worker:
    worker("prepare", {"teamHex": people.TEAM})
    worker("makeReceipt", {"language": "en"})
    return worker


@pytest.mark.parametrize("size", [0, 1, 65_536, 65_537, BIG])
def test_what_the_browser_seals_python_opens(writing: Worker, doors: Doors, size: int) -> None:
    content = content_of(size)
    told = writing("sealFile", {"id": "a"}, given(content))
    assert (told["name"], told["size"], told["warning"]) == ("notes.bin", size, "other")
    writing("openCase", REQUEST | {"fileIds": ["a"]})
    [entry] = member_view(doors, 1).messages.records[0].body.attachments
    parts = doors.blobs[entry.digest]
    assert len(parts) == entry.parts
    assert all(len(part) == PART for part in list(parts.values())[:-1])
    assert (
        files.digest(entry.sealed, [sha256(parts[index + 1]).digest() for index in range(entry.parts)]) == entry.digest
    )
    opened = sealed.open_sealed(b"".join(parts[index + 1] for index in range(entry.parts)), entry.key)
    assert opened[:size] == content
    assert not any(opened[size:])
    assert len(opened) == files.padded_size(size)


@pytest.fixture
def sent(writing: Worker, doors: Doors) -> tuple[Worker, Doors, str]:
    """A case with one file of three parts; its digest."""
    writing("sealFile", {"id": "a"}, given(content_of(BIG)))
    writing("openCase", REQUEST | {"fileIds": ["a"]})
    [digest] = doors.blobs
    writing("loadCase")
    return writing, doors, digest


def test_she_opens_her_own_file_again(sent: tuple[Worker, Doors, str]) -> None:
    worker, _, digest = sent
    opened = worker("openFile", {"digest": digest})
    assert base64.b64decode(opened["octets"]) == content_of(BIG)
    assert (opened["show"], opened["name"]) == ("download", "notes.bin")


FAULTS = {
    "two parts swapped": lambda parts: {1: parts[1], 2: parts[3], 3: parts[2]},
    "a part repeated": lambda parts: {1: parts[1], 2: parts[1], 3: parts[3]},
    "one bit changed": lambda parts: parts | {2: bytes([parts[2][0] ^ 1]) + parts[2][1:]},
    "a part cut short": lambda parts: parts | {3: parts[3][:-1]},
    "a foreign file": lambda parts: {index: bytes(len(part)) for index, part in parts.items()},
}


def test_21_parts_that_are_not_hers_show_no_octet(sent: tuple[Worker, Doors, str]) -> None:
    worker, doors, digest = sent
    honest, verdicts = doors.blobs[digest], {}
    for name, fault in FAULTS.items():
        doors.blobs[digest] = fault(honest)
        with pytest.raises(Fault) as refused:
            worker("openFile", {"digest": digest})
        verdicts[name] = refused.value.code
    assert set(verdicts) == set(FAULTS)
    assert set(verdicts.values()) <= {"tampered", "malformed"}


OPEN = """async ([entry, parts]) => sealing.verdict(async () => {
    const opened = await sealing.downloads.openFile(entry, async (index) => sealing.octets.fromB64(parts[index - 1]));
    const content = new Uint8Array(await opened.blob.arrayBuffer());
    return [opened.show, opened.blob.type, opened.name, sealing.octets.b64(content)];
})"""


def sealed_by_python(content: bytes, *, padding: bytes | None = None, name: str = "a.txt") -> tuple[dict, list[str]]:
    seed = bytes([6]) * 32
    padded = content + (padding if padding is not None else bytes(files.padded_size(len(content)) - len(content)))
    blob = sealed.seal(padded, files.public_key(seed))
    parts = [blob[place : place + PART] for place in range(0, len(blob), PART)]
    digest = files.digest(len(blob), [sha256(part).digest() for part in parts])
    entry = {
        "digest": digest,
        "key": b64(seed),
        "name": name,
        "parts": len(parts),
        "sealed": len(blob),
        "size": len(content),
    }
    return entry | {"type": ""}, [b64(part) for part in parts]


@pytest.mark.parametrize("size", [0, 5, 65_536, BIG])
def test_what_python_seals_the_browser_opens(page: Page, size: int) -> None:
    opened = page.evaluate(OPEN, list(sealed_by_python(content_of(size))))
    assert base64.b64decode(opened[3]) == content_of(size)


def test_21_octets_hidden_behind_the_end_are_refused(page: Page) -> None:
    entry, parts = sealed_by_python(b"short", padding=bytes(65_530) + b"x")
    assert page.evaluate(OPEN, [entry, parts]) == "refused: tampered/padding"


def test_21_a_digest_of_another_file_is_refused(page: Page) -> None:
    entry, parts = sealed_by_python(b"short")
    assert page.evaluate(OPEN, [entry | {"digest": "0" * 64}, parts]) == "refused: tampered/digest"


@pytest.mark.parametrize("change", [{"size": 70_000}, {"sealed": 5}, {"parts": 2}])
def test_a_manifest_that_contradicts_itself_is_refused(page: Page, change: dict) -> None:
    entry, parts = sealed_by_python(b"short")
    assert page.evaluate(OPEN, [entry | change, parts]) == "refused: malformed/manifest"


@pytest.mark.parametrize("content", [b"<svg onload=alert(1)>", b"<html><script>", b"%PDF-1.7"])
def test_nothing_that_could_run_keeps_its_type(page: Page, content: bytes) -> None:
    entry, parts = sealed_by_python(content, name="../\u202egnp.exe")
    show, media_type, name, _ = page.evaluate(OPEN, [entry | {"type": "text/html"}, parts])
    assert (show, media_type, name) == ("download", "application/octet-stream", "_gnp.exe")


def test_a_photograph_goes_without_its_hidden_data_and_is_shown(writing: Worker, doors: Doors) -> None:
    from .test_images import SECRET, photograph

    told = writing("sealFile", {"id": "a"}, given(photograph("JPEG"), "home.jpg", "image/jpeg"))
    assert (told["kind"], told["stripped"], told["warning"]) == ("jpeg", True, "")
    writing("openCase", REQUEST | {"fileIds": ["a"]})
    writing("loadCase")
    opened = writing("openFile", {"digest": next(iter(doors.blobs))})
    assert opened["show"] == "image"
    assert SECRET not in base64.b64decode(opened["octets"])


def test_a_broken_connection_goes_on_where_it_stopped_with_the_same_octets(writing: Worker, doors: Doors) -> None:
    def down(method: str, path: str) -> None:
        if method == "PUT" and path.endswith("/2/"):
            doors.lose.append(path)

    doors.before = down
    with pytest.raises(Fault) as lost:
        writing("sealFile", {"id": "a"}, given(content_of(PART + 5)))
    assert (lost.value.code, lost.value.status) == ("server", 503)
    doors.before = None
    writing("sealFile", {"id": "a"})
    puts = [
        (path.rsplit("/", 2)[1], sha256(body.partition(b"\n")[2]).digest())
        for method, path, body in doors.heard
        if method == "PUT"
    ]
    assert [part for part, _ in puts] == ["1", "2", "2", "2", "2"]
    assert len({digest for _, digest in puts}) == 2
    writing("openCase", REQUEST | {"fileIds": ["a"]})


def test_a_message_does_not_leave_without_its_file(writing: Worker, doors: Doors) -> None:
    with pytest.raises(Fault) as refused:
        writing("openCase", REQUEST | {"fileIds": ["never chosen"]})
    assert (refused.value.code, refused.value.detail, doors.cases) == ("locked", "file", {})


def test_a_file_can_be_taken_back(writing: Worker, doors: Doors) -> None:
    writing("sealFile", {"id": "a"}, given(b"x"))
    writing("dropFile", {"id": "a"})
    assert doors.uploads == {}


def test_cancelling_stops_the_transfer_and_forgets_the_file(writing: Worker, doors: Doors, page: Page) -> None:
    code = page.evaluate(
        """async ([name, text]) => {
            const file = new File(Array(130).fill(sealing.octets.fromB64(text)), "a");
            const running = globalThis[name].call("sealFile", {id: "a", file}, {onProgress: () => running.cancel()});
            return running.then(() => "sent", (fault) => fault.code);
        }""",
        [writing.name, b64(BLOCK)],
    )
    assert code == "cancelled"
    assert doors.uploads == {}


def test_a_large_file_is_sealed_and_hashed_part_by_part(page: Page) -> None:
    made = page.evaluate(
        """async () => {
            const {files} = sealing;
            const blob = new Blob(Array(25).fill(new Uint8Array(2 ** 20)));
            const sealer = new files.FileSealer(blob, {name: "", type: ""});
            const lengths = [];
            for (let part = await sealer.next(); part; part = await sealer.next()) lengths.push(part.octets.length);
            return [lengths, sealer.finished, sealer.manifest().parts];
        }"""
    )
    total = files.sealed_file_size(25 * 2**20)
    assert made == [[PART, PART, PART, total - 3 * PART], True, 4]
