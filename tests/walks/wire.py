"""Pages as they came over the wire, before a browser mended them, and what the HTML checker says of them."""

import tomllib
from functools import cache
from pathlib import Path

from playwright.sync_api import Response

from tests.servers.checker import Finding, HtmlChecker
from tests.walks.browser import Walker

JUDGEMENTS = Path(__file__).parent / "html_judgements.toml"


@cache
def judgements() -> list[dict[str, str]]:
    return tomllib.loads(JUDGEMENTS.read_text("utf-8")).get("judgement", [])


def judged(finding: Finding) -> bool:
    """Whether this finding at this piece of HTML was judged to be none."""
    return any(said["words"] in finding.words and said["html"] in finding.extract for said in judgements())


class Reader:
    """Reads the source of each page that a walker is sent. `faults` gathers what is wrong, page by page."""

    def __init__(self, walker: Walker, checker: HtmlChecker) -> None:
        self.walker, self.checker = walker, checker
        self.documents: list[Response] = []
        self.faults: list[str] = []
        self.read = 0
        walker.context.on("response", self.see)

    def see(self, response: Response) -> None:
        if response.request.is_navigation_request() and not 300 <= response.status < 400:
            self.documents.append(response)

    def look(self, name: str) -> None:
        """Holds the page that the walker sees now against the checker."""
        self.judge(name, self.documents[-1].body())

    def judge(self, name: str, html: bytes) -> None:
        assert b"<!doctype html>" in html[:200].lower(), name
        self.read += 1
        for finding in self.checker.findings(html):
            if not judged(finding) and not any(str(finding) in fault for fault in self.faults):
                self.faults.append(f"{name}: {finding}")

    def testify(self) -> None:
        """Fails with every fault that was found, each once, and where nothing was read."""
        assert self.read
        assert not self.faults, "\n".join(self.faults)
