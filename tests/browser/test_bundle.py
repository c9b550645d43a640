"""The bundle as it is shipped: the same octets from the same sources, small enough, and nothing that a strict
policy forbids.
"""

import gzip
import json
import re
import shutil
import subprocess
from hashlib import sha256
from pathlib import Path

from .conftest import ROOT

MOST_TRANSFERRED = 150_000


def built(folder: Path) -> dict:
    subprocess.run(
        [shutil.which("node") or "node", str(ROOT / "deploy" / "bundle.mjs"), "--out", str(folder)],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    )
    return json.loads((folder / "bundle-manifest.json").read_text("utf-8"))


def test_two_builds_give_the_same_octets_and_the_manifest_names_them(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "elsewhere" / "other"
    one.mkdir()
    other.mkdir(parents=True)
    manifest = built(one)
    assert manifest == built(other)
    assert "sealing/worker.js" in manifest
    for path, entry in manifest.items():
        assert sha256((one / "static" / path).read_bytes()).hexdigest() == entry["sha256"]


def test_the_worker_and_its_word_lists_stay_within_what_intake_may_load(static: Path) -> None:
    transferred = {path.name: len(gzip.compress(path.read_bytes(), 9)) for path in static.glob("sealing/**/*.js*")}
    assert transferred["worker.js"] + transferred["en.json"] + transferred["fr.json"] <= MOST_TRANSFERRED


def test_nothing_in_the_bundle_needs_eval_webassembly_or_another_host(static: Path) -> None:
    script = (static / "sealing" / "worker.js").read_text("utf-8")
    assert not re.search(r"\beval\(|new Function\(|WebAssembly|importScripts|\bimport\(", script)
    assert not re.search(r"https?://(?!www\.w3\.org/)", script)


def test_scripts_are_ascii_so_that_no_charset_changes_them(static: Path) -> None:
    assert all(path.read_bytes().isascii() for path in static.glob("**/*.js") if path.name != "harness.js")


def test_the_bundle_tells_no_path_of_the_machine_that_built_it(static: Path) -> None:
    scripts = [path.read_text("utf-8") for path in static.glob("sealing/**/*") if path.is_file()]
    assert not any(str(ROOT) in script or "node_modules/" in script.replace("node_modules/@", "") for script in scripts)


def test_every_package_is_locked_in_one_version_so_that_none_is_bundled_twice() -> None:
    locked = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    assert [path for path in locked if path.count("node_modules/") > 1] == []
