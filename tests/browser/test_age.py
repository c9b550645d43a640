"""The age format in the browser: published vectors as our strict reader judges them, and both ways between the
two sides.
"""

import base64
import json
from hashlib import sha256
from pathlib import Path

import cryptography_vectors
import pytest
from playwright.sync_api import Page

from hrdplatform.sealing import bech32, members, xwing
from hrdplatform.sealing.age import header, sealed
from hrdplatform.sealing.age.hybrid import HybridRecipient
from hrdplatform.sealing.errors import MalformedError, SealingError, TamperedError, WrongKeyError
from tests.hrdplatform.sealing.age.cctv import Vector, vectors

CODES = {MalformedError: "malformed", WrongKeyError: "wrong_key", TamperedError: "tampered"}
OPEN = """async (all) => Promise.all(all.map(([file, key, passphrase]) => sealing.verdict(async () => {
    const {octets, labels, sealed, members} = sealing;
    const opened = passphrase === null ? await sealed.openSealed(octets.fromB64(file), octets.fromB64(key))
        : await members.unprotect(octets.fromB64(file), passphrase);
    return octets.hex(labels.digest(opened));
})))"""

SEALED_KINDS = [one for one in vectors() if not one.one("armored") and len(one.file) < 2**20]
"""The binary ones; those of 16 MB are X25519 files, which our reader refuses by their second line."""


def b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


def key(vector: Vector) -> bytes:
    found = [one for one in vector.all("identity") if one.startswith("AGE-SECRET-KEY-PQ-1")]
    return bech32.decode(found[0])[1] if found else bytes(32)


def judged(page: Page, given: list[Vector]) -> list[str]:
    asked = [[b64(one.file), b64(key(one)), one.one("passphrase")] for one in given]
    return [str(verdict).partition("/")[0].replace("refused: ", "") for verdict in page.evaluate(OPEN, asked)]


def python_verdict(vector: Vector) -> str:
    passphrase = vector.one("passphrase")
    try:
        opened = (
            members.unprotect(vector.file, passphrase) if passphrase else sealed.open_sealed(vector.file, key(vector))
        )
    except SealingError as error:
        return next(code for kind, code in CODES.items() if isinstance(error, kind))
    return sha256(opened).hexdigest()


def test_every_published_file_is_judged_as_the_python_side_judges_it(page: Page) -> None:
    verdicts = dict(zip([one.name for one in SEALED_KINDS], judged(page, SEALED_KINDS), strict=True))
    assert verdicts == {one.name: python_verdict(one) for one in SEALED_KINDS}


def test_what_opens_is_the_published_payload_and_nothing_bad_opens(page: Page) -> None:
    opened = [
        (one, verdict)
        for one, verdict in zip(SEALED_KINDS, judged(page, SEALED_KINDS), strict=True)
        if len(verdict) == 64
    ]
    assert {"hybrid", "scrypt"} <= {one.name for one, _ in opened}
    assert all(one.one("expect") == "success" and one.one("payload") == verdict for one, verdict in opened)


def rewrapped(vector: Vector, seed: bytes) -> bytes:
    """The payload of a published file under a header of our kind, with the file key that the vector tells."""
    file_key = bytes.fromhex(vector.one("file key"))
    start = vector.file.index(b"\n", vector.file.index(b"\n---") + 1) + 1
    stanza = HybridRecipient(xwing.public_key(seed)).wrap(file_key)
    return header.emit([stanza], file_key) + vector.file[start:]


def test_published_payloads_open_or_not_as_the_publishers_say(page: Page) -> None:
    streams = [one for one in SEALED_KINDS if one.name.startswith("stream_")]
    given = [[b64(rewrapped(one, bytes(32))), b64(bytes(32)), None] for one in streams]
    opened = dict(zip([one.name for one in streams], page.evaluate(OPEN, given), strict=True))
    expected = {one.name: one.one("payload") if one.one("expect") == "success" else "refused" for one in streams}
    assert {name: verdict.partition(":")[0] for name, verdict in opened.items()} == expected


def test_22_two_stanzas_are_refused_though_both_are_good(page: Page) -> None:
    [two] = [one for one in SEALED_KINDS if one.name == "hybrid_multiple_recipients"]
    assert judged(page, [two]) == ["malformed"]


def test_22_a_header_beyond_4_kib_is_refused_before_the_library_sees_it(page: Page) -> None:
    blob = sealed.seal(b"x", xwing.public_key(bytes(32)))
    long = blob.replace(b"\n---", b"\n-> grease " + b"A" * 4096 + b"\n\n---", 1)
    assert page.evaluate(OPEN, [[b64(long), b64(bytes(32)), None]]) == ["refused: malformed/outside"]


@pytest.mark.parametrize("work", ["17", "30", "016"])
def test_22_scrypt_beyond_16_is_refused_before_any_work(page: Page, work: str) -> None:
    file = members.protect(b"x", "pass")
    costly = file.replace(b" 15\n", f" {work}\n".encode(), 1)
    [verdict] = page.evaluate(OPEN, [[b64(costly), "", "pass"]])
    assert verdict in {"refused: malformed/work", "refused: malformed/protected"}


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, 200_000])
def test_what_python_seals_the_browser_opens(page: Page, size: int) -> None:
    seed, plaintext = bytes([7]) * 32, bytes(size % 251 for size in range(size))
    blob = sealed.seal(plaintext, xwing.public_key(seed))
    assert page.evaluate(OPEN, [[b64(blob), b64(seed), None]]) == [sha256(plaintext).hexdigest()]


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, 200_000])
def test_what_the_browser_seals_python_opens(page: Page, size: int) -> None:
    seed, plaintext = bytes([8]) * 32, bytes(size % 253 for size in range(size))
    blob = page.evaluate(
        """async ([text, recipient]) => {
            const {octets, sealed} = sealing;
            return octets.b64(await sealed.seal(octets.fromB64(text), octets.fromB64(recipient)));
        }""",
        [b64(plaintext), b64(xwing.public_key(seed))],
    )
    assert sealed.open_sealed(base64.b64decode(blob), seed) == plaintext


def test_a_member_file_of_either_side_opens_on_the_other(page: Page) -> None:
    own = members.member_keys(bytes(32))
    identity = members.identity_file("m07", own)
    made = page.evaluate(
        """async ([text, file]) => {
            const {members, octets} = sealing;
            const {member} = members.readIdentityFile(await members.unprotect(octets.fromB64(file), "one-two"));
            return [member, octets.b64(await members.protect(octets.fromB64(text), "drei-vier"))];
        }""",
        [b64(identity), b64(members.protect(identity, "one-two"))],
    )
    assert made[0] == "m07"
    assert members.unprotect(base64.b64decode(made[1]), "drei-vier") == identity


def hpke_vectors() -> list[dict]:
    folder = Path(cryptography_vectors.__file__).parent
    found = json.loads((folder / "HPKE" / "hpke-pq-test-vectors.json").read_text())
    return [one for one in found if (one["mode"], one["kem_id"], one["kdf_id"], one["aead_id"]) == (0, 0x647A, 1, 3)]


def test_published_hpke_encapsulations_open_to_the_shared_secret(page: Page) -> None:
    given = [[one["skRm"], one["pkRm"], one["enc"], one["shared_secret"]] for one in hpke_vectors()]
    opened = page.evaluate(
        """(all) => all.map(([seed, , enc]) => {
            const {octets, keys} = sealing;
            const secret = sealing.xwing.decapsulate(octets.fromHex(enc), octets.fromHex(seed));
            return [octets.hex(keys.publicKey(octets.fromHex(seed))), octets.hex(secret)];
        })""",
        given,
    )
    assert given
    assert opened == [[public, secret] for _, public, _, secret in given]
