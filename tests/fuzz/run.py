"""The command that fuzzes: `python -m tests.fuzz.run [--target header] [--seconds 600] [--runs 1000000] [--planted]`.

Each target runs in its own process until it has had both the seconds and the executions; `--planted` proves instead
that each bug in `planted/` is found. Exit status 1 if a parser misbehaved, or a planted bug was not found.
"""

import argparse
import base64
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.fuzz import corpus

PROJECT = Path(__file__).resolve().parents[2]
PLANTED = Path(__file__).with_name("planted")
NAMES = ("header", "record", "list")
COPIED = ("hrdplatform/__init__.py", "hrdplatform/sealing", "tests/__init__.py", "tests/factories", "tests/fuzz")
LONGEST_INPUT = 20_000
FOUND = "Uncaught Python exception"
MOST_RUNS_PLANTED = 300_000
MOST_SECONDS_PLANTED = 120


class PatchRefusedError(Exception):
    """A planted bug does not fit the code any more: the patch is to be written anew."""


@dataclass(frozen=True)
class Outcome:
    """What one process did: executions, seconds, and what it wrote if it did not end well."""

    runs: int
    seconds: float
    finding: str = ""

    @property
    def found(self) -> bool:
        """Whether the target itself objected; a process that could not even begin has found nothing."""
        return FOUND in self.finding

    def whole(self, seconds: int, runs: int) -> bool:
        """Whether it had all the seconds and the executions, and nothing to object."""
        return not self.finding and self.seconds >= seconds and self.runs >= runs


def fuzz(target: str, folder: Path, root: Path, *options: str) -> Outcome:
    """Run one process over the code in `root`, with the beginnings in `folder`, where it also keeps what it learns."""
    begun = time.monotonic()
    command = [sys.executable, "-m", "tests.fuzz.harness", target, *options, f"-max_len={LONGEST_INPUT}"]
    fixed = ["-print_final_stats=1", "-timeout=20", "-rss_limit_mb=1024", f"-artifact_prefix={folder.parent}/"]
    environment = os.environ | {"PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"}
    whole, both = [*command, *fixed, str(folder)], subprocess.STDOUT
    with subprocess.Popen(
        whole, cwd=root, env=environment, stdout=subprocess.PIPE, stderr=both, text=True, errors="replace"
    ) as process:
        said, _ = process.communicate()
    runs = re.search(r"number_of_executed_units: (\d+)", said)
    finding = said[max(0, said.rfind("===") - 2000) :] if process.returncode or FOUND in said else ""
    inputs = [base64.b64encode(file.read_bytes()).decode() for file in folder.parent.glob("crash-*")] if finding else []
    said_of_it = "\n".join([finding[-6000:], *(f"input in base64: {one}" for one in inputs)]).strip()
    return Outcome(int(runs.group(1)) if runs else 0, time.monotonic() - begun, said_of_it)


@contextmanager
def beginnings(target: str) -> Iterator[Path]:
    """A folder with the sound inputs of `target`, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="fuzz-") as temporary:
        folder = Path(temporary) / "corpus"
        folder.mkdir()
        corpus.write(target, folder)
        yield folder


def long_run(target: str, seconds: int, runs: int) -> Outcome:
    """Fuzz one target for so many seconds, and further until it had so many executions."""
    with beginnings(target) as folder:
        first = fuzz(target, folder, PROJECT, f"-max_total_time={seconds}") if seconds else Outcome(0, 0)
        if first.finding or first.runs >= runs:
            return first
        second = fuzz(target, folder, PROJECT, f"-runs={runs - first.runs}", "-seed=1")
        return Outcome(first.runs + second.runs, first.seconds + second.seconds, second.finding)


def planted_target(patch: Path) -> str:
    """The target that must find the bug: the first line of the patch names it."""
    return patch.read_text(encoding="utf-8").splitlines()[0].removeprefix("target: ")


def planted_run(patch: Path) -> Outcome:
    """Fuzz a copy of the code with the bug of `patch` in it. Raises `PatchRefusedError` if it no longer applies."""
    target = planted_target(patch)
    with beginnings(target) as folder:
        root = folder.parent / "code"
        for name in COPIED:
            source, copy = PROJECT / name, root / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            if source.is_dir():
                shutil.copytree(source, copy, ignore=shutil.ignore_patterns("__pycache__", "browser", "planted"))
            else:
                shutil.copy(source, copy)
        applied = subprocess.run(["git", "apply", patch], cwd=root, check=False, capture_output=True, text=True)
        if applied.returncode:
            raise PatchRefusedError(f"{patch.name} does not fit the code any more; git says:\n{applied.stderr}")
        limits = (f"-runs={MOST_RUNS_PLANTED}", f"-max_total_time={MOST_SECONDS_PLANTED}", "-seed=1")
        return fuzz(target, folder, root, *limits)


def report(name: str, outcome: Outcome, *, good: bool) -> bool:
    """Write one line, and what the process said where it is not `good`; return whether it is."""
    words = "found" if outcome.found else "nothing found"
    pace = f"{outcome.runs:,} executions in {outcome.seconds:.0f} s, {outcome.runs / outcome.seconds:,.0f} a second"
    line = f"{'ok  ' if good else 'FAIL'} {name}: {words}, {pace}\n"
    say(line if good else line + outcome.finding)
    return good


def say(words: str) -> None:
    """Write at once, also into a file."""
    sys.stdout.write(words)
    sys.stdout.flush()


def main() -> int:
    """Read the options, run what they name, two processes at a time."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--target", choices=NAMES)
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--runs", type=int, default=1_000_000)
    parser.add_argument("--planted", action="store_true", help="prove that each planted bug is found")
    chosen = parser.parse_args()
    targets = [chosen.target] if chosen.target else list(NAMES)
    with ThreadPoolExecutor(2) as pool:
        if chosen.planted:
            patches = [patch for patch in sorted(PLANTED.glob("*.patch")) if planted_target(patch) in targets]
            found = zip(patches, pool.map(planted_run, patches), strict=True)
            good = [report(patch.stem, outcome, good=outcome.found) for patch, outcome in found]
        else:
            say(f"each target until it has had both: {chosen.seconds} s and {chosen.runs:,} executions\n")
            done = pool.map(lambda name: long_run(name, chosen.seconds, chosen.runs), targets)
            good = [
                report(name, one, good=one.whole(chosen.seconds, chosen.runs))
                for name, one in zip(targets, done, strict=True)
            ]
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
