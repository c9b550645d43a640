"""The Nu Html Checker as a server of the test run's own: Java starts once, each page is answered in moments."""

import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import requests

from hrdplatform.conf import ROOT
from tests.servers import processes

PROGRAM = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
# Its schemas are read by recursion: with the usual stack Java gives up.
SIZES = ("-Xmx512m", "-Xss16m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")


@dataclass(frozen=True)
class Finding:
    """One fault of a page, with the piece of HTML where it stands."""

    kind: str
    words: str
    extract: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.words} {self.extract!r}"


class HtmlChecker:
    """Listens on loopback from the start, and asks nobody else. `findings` says what is wrong with a page."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="hrd-checker-"))
        processes.give(self.folder)
        # A copy, as the servant may not be let into the project's folder.
        copy = self.folder / PROGRAM.name
        shutil.copyfile(PROGRAM, copy)
        copy.chmod(0o644)
        port = processes.free_port()
        self.url = f"http://127.0.0.1:{port}/?out=json"
        bind = "-Dnu.validator.servlet.bind-address=127.0.0.1"
        self.process = processes.start(
            ["java", *SIZES, bind, "-cp", str(copy), "nu.validator.servlet.Main", str(port)],
            log=self.folder / "log",
        )
        self._wait()

    def _wait(self) -> None:
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                self.findings(b"<!doctype html><html lang=en><title>Ready</title>")
            except requests.ConnectionError:
                time.sleep(0.1)  # a probe of readiness, no synchronisation of a test
            else:
                return
        raise RuntimeError(f"The checker did not start:\n{(self.folder / 'log').read_text()}")

    def findings(self, html: bytes) -> list[Finding]:
        """Errors and warnings about one page; raises `requests.HTTPError` where the checker could not look."""
        answer = requests.post(self.url, data=html, headers={"content-type": "text/html; charset=utf-8"}, timeout=60)
        answer.raise_for_status()
        said = ((line.get("subType", line["type"]), line) for line in answer.json()["messages"])
        return [Finding(kind, line["message"], line.get("extract", "")) for kind, line in said if kind != "info"]

    def close(self) -> None:
        processes.stop(self.process)
        shutil.rmtree(self.folder, ignore_errors=True)
