"""Sealing in Chromium: our file path (padding, parts, hashes, memory flat) against age-encryption's own Encrypter.

The same 128 MiB in the same page, the two in turn. 128 MiB is its own padded size, so both seal the same bytes; ours
reads them from a blob, which is there before the clock starts, as a chosen file is.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from bench.site import ROOT

SIZE = 128 * 1024 * 1024
RUNS = 9

PAGE = """
async (size) => {
  const { age, files, keys, octets } = sealing;
  const buffer = new Uint8Array(size);
  for (let at = 0; at < size; at += 65536) crypto.getRandomValues(buffer.subarray(at, at + 65536));
  const timed = async (act) => {
    const start = performance.now();
    await act();
    return (performance.now() - start) / 1000;
  };
  const reference = () => {
    const encrypter = new age.Encrypter();
    encrypter.addRecipient(keys.recipientText(keys.publicKey(octets.random(32))));
    return encrypter.encrypt(buffer);
  };
  const blob = new Blob([buffer]);
  await blob.slice(0, 1).arrayBuffer();
  const ours = async () => {
    const sealer = new files.FileSealer(blob, { name: "", type: "" });
    while ((await sealer.next()) !== null);
  };
  return [await timed(reference), await timed(ours)];
}
"""


def built(folder: Path) -> Path:
    """The page's script: every module of the browser's sealing under one name, as its tests see it."""
    script = folder / "static"
    subprocess.run(
        [
            str(ROOT / "node_modules" / ".bin" / "esbuild"),
            str(ROOT / "tests" / "browser" / "harness.js"),
            "--bundle",
            "--format=iife",
            "--target=es2022",
            f"--outfile={script / 'harness.js'}",
            "--log-level=warning",
        ],
        cwd=ROOT,
        check=True,
    )
    return script


def measure() -> dict[str, list[float]]:
    from playwright.sync_api import sync_playwright

    from tests.browser.site import serving
    from tests.walks.chromium import FLAGS, PROGRAM

    found: dict[str, list[float]] = {"ratio": [], "megabytes_per_second": []}
    folder = Path(tempfile.mkdtemp(prefix="hrd-bench-"))
    try:
        with serving(built(folder)) as site, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=PROGRAM, args=FLAGS)
            page = browser.new_page()
            page.goto(site.address + "/")
            page.evaluate(PAGE, 8 * 1024 * 1024)
            for _ in range(RUNS):
                reference, ours = page.evaluate(PAGE, SIZE)
                found["ratio"].append(reference / ours)
                found["megabytes_per_second"].append(SIZE / 1_000_000 / ours)
            browser.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return found
