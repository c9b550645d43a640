"""Every case of the Python tests, judged a second time in Chromium: same epochs, same records, same order, same
failures.

The tests are those of `tests/hrdplatform/sealing` (the negative tests 1 to 8, 12 to 17, 22, 26 and 27 of
sealing.md 9 among them). Whatever they look at through `Case.view` is asked of the browser too; a difference
fails the test that found it.
"""

import pytest
from playwright.sync_api import Page

from hrdplatform.sealing import cases
from tests.factories.sealed_case import Case
from tests.hrdplatform.sealing import test_cases, test_negative_cards, test_negative_records

from .twin import judged_by_browser, judged_by_python


@pytest.fixture(autouse=True)
def asked(page: Page, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let each view of a case be judged by both, and note that it was."""
    seen: list[str] = []

    def view(case: Case, reader: str, **remembered: object) -> cases.CaseView:
        stored, viewer = case.stored(reader), case.viewer(reader, **remembered)
        found = cases.verify(stored, viewer)
        assert judged_by_browser(page, stored, viewer) == judged_by_python(found)
        seen.append(reader)
        return found

    monkeypatch.setattr(Case, "view", view)
    return seen


def looks_at_cases(test: object) -> bool:
    return "Case" in getattr(getattr(test, "__code__", None), "co_names", ())


for module in (test_cases, test_negative_cards, test_negative_records):
    for name, test in vars(module).items():
        if name.startswith("test_") and looks_at_cases(test):
            globals()[f"{name}_by_both"] = test


def test_the_second_judge_is_really_asked(asked: list[str]) -> None:
    Case().write("defender", "help")
    assert asked


def test_most_negative_tests_are_among_them() -> None:
    numbers = {name[5:7] for name in globals() if name.endswith("_by_both")}
    assert {"01", "02", "03", "04", "05", "06", "07", "08", "12", "13", "14", "15", "16", "17", "26", "27"} <= numbers
