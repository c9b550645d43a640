"""axe-core in a real browser: every rule that its makers tag with WCAG 2.0 to 2.2, levels A and AA.

The source is evaluated through the debugging protocol, so the page's content policy stays as it is. What axe cannot
decide (`incomplete`) must have a judgement in `axe_judgements.toml`, with the reason why it is no fault. Faults of
Wagtail and of wagtail-localize stand there as `theirs`, and are let pass in the office alone.
"""

import fnmatch
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page

HERE = Path(__file__).parent
SOURCE = HERE.parents[1] / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
RUN = """
async (tags) => {
  const rules = Object.fromEntries(axe.getRules(tags).map((rule) => [rule.ruleId, { enabled: true }]));
  const runOnly = { type: "tag", values: tags };
  const found = await axe.run(document, { runOnly, rules, resultTypes: ["violations", "incomplete"] });
  const flat = (results) => results.flatMap((result) => result.nodes.map((node) => ({
    rule: result.id, target: node.target.flat(3).join(" "), html: node.html.slice(0, 160),
    why: node.failureSummary || "",
  })));
  return { violations: flat(found.violations), incomplete: flat(found.incomplete), passes: found.passes.length };
}
"""


@dataclass(frozen=True)
class Finding:
    rule: str
    target: str
    html: str
    why: str

    def __str__(self) -> str:
        return f"{self.rule} at {self.target}: {self.html} ({' '.join(self.why.split())[:200]})"


@dataclass(frozen=True)
class Report:
    """`violations` are faults; `unjudged` are doubts that nobody has looked at."""

    violations: list[Finding]
    unjudged: list[Finding]
    passes: int


@cache
def source() -> str:
    return SOURCE.read_text("utf-8")


@cache
def judgements(table: str) -> list[dict[str, str]]:
    return tomllib.loads((HERE / "axe_judgements.toml").read_text("utf-8")).get(table, [])


def judged(finding: Finding, table: str, path: str) -> bool:
    """Whether a finding of this rule at this kind of element was judged; where `below` says so, there alone."""
    return any(
        finding.rule == judgement["rule"]
        and fnmatch.fnmatch(finding.html, judgement["html"])
        and judgement["doubt"] in finding.why
        and path.startswith(judgement.get("below", "/"))
        for judgement in judgements(table)
    )


def examine(page: Page) -> Report:
    """Runs axe on the page as it stands."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(source())
    found = page.evaluate(RUN, TAGS)
    path = urlsplit(page.url).path
    faults = [Finding(**entry) for entry in found["violations"]]
    doubts = [Finding(**entry) for entry in found["incomplete"]]
    return Report(
        violations=[fault for fault in faults if not (path.startswith("/office/") and judged(fault, "theirs", path))],
        unjudged=[doubt for doubt in doubts if not judged(doubt, "judgement", path)],
        passes=found["passes"],
    )
