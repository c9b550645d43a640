"""The oldest browsers of our floor: without `TransformStream` and `pipeThrough` the same octets are sealed and
opened.
"""

import base64

from playwright.sync_api import Page

from hrdplatform.sealing import xwing
from hrdplatform.sealing.age import sealed

from .test_age import b64

TAKE_AWAY = """
delete globalThis.TransformStream;
delete ReadableStream.prototype.pipeThrough;
delete String.prototype.toWellFormed;
delete String.prototype.isWellFormed;
"""


def test_without_newer_streams_both_sides_still_understand_each_other(page: Page) -> None:
    page.add_init_script(TAKE_AWAY)
    page.reload()
    seed, content = bytes([4]) * 32, bytes(300_000)
    opened, resealed, native = page.evaluate(
        """async ([blob, seed, recipient]) => {
            const {octets, sealed} = sealing;
            const plain = await sealed.openSealed(octets.fromB64(blob), octets.fromHex(seed));
            const resealed = await sealed.seal(plain, octets.fromB64(recipient));
            return [plain.length, octets.b64(resealed), TransformStream.name];
        }""",
        [b64(sealed.seal(content, xwing.public_key(seed))), seed.hex(), b64(xwing.public_key(seed))],
    )
    assert (opened, native) == (len(content), "PulledTransform")
    assert sealed.open_sealed(base64.b64decode(resealed), seed) == content


def test_without_newer_streams_a_changed_octet_is_still_refused(page: Page) -> None:
    page.add_init_script(TAKE_AWAY)
    page.reload()
    blob = bytearray(sealed.seal(bytes(200_000), xwing.public_key(bytes(32))))
    blob[100_000] ^= 1
    verdict = page.evaluate(
        """([blob, seed]) => sealing.verdict(() =>
            sealing.sealed.openSealed(sealing.octets.fromB64(blob), sealing.octets.fromB64(seed)))""",
        [b64(bytes(blob)), b64(bytes(32))],
    )
    assert verdict == "refused: tampered/sealed"
