"""Settings: each variable that the configuration reads is described, and nothing else reads the environment."""

import re
from pathlib import Path

import pytest

from hrdplatform.conf import ConfigurationError, read
from tests.house.tracked import ROOT, texts

PAGE = ROOT / "docs" / "operator" / "settings.md"
ROW = re.compile(r"^\| `(HRD_[A-Z_]+)` \|", re.MULTILINE)
CALL = re.compile(r"\b(?:value|words)\(\"([A-Z_]+)\"")
ENVIRON = re.compile(r"\bos\.(environ|getenv)\b")
MAY_READ = {"hrdplatform/conf.py", "make.py"}
NAMES_THE_SETTINGS = re.compile(r"os\.environ\.setdefault\(\"DJANGO_SETTINGS_MODULE\"")
HANDS_ON = re.compile(r"os\.environ \||\{\*\*os\.environ|env=.*os\.environ")


def differences(program: str, page: str) -> set[str]:
    """Names that only one of the two knows."""
    return {f"HRD_{name}" for name in CALL.findall(program)} ^ set(ROW.findall(page))


def readers(text: str) -> list[str]:
    """Lines that look into the environment for something of ours."""
    lines = [line for line in text.splitlines() if ENVIRON.search(line)]
    return [line for line in lines if not NAMES_THE_SETTINGS.search(line) and not HANDS_ON.search(line)]


def test_every_setting_is_described():
    program = (ROOT / "hrdplatform" / "conf.py").read_text()
    assert differences(program, PAGE.read_text()) == set()


def test_a_seeded_setting_is_reported():
    assert differences('value("SEEDED")', "") == {"HRD_SEEDED"}
    assert differences("", "| `HRD_SEEDED` | x | y |") == {"HRD_SEEDED"}


def test_nothing_else_reads_the_environment():
    rooms = ("hrdplatform/", "legal_aid/", "cms/", "consultations/", "strategies/")
    found = {name: readers(text) for name, text in texts(".py") if name.startswith(rooms) and name not in MAY_READ}
    assert {name: lines for name, lines in found.items() if lines} == {}


def test_a_seeded_reader_is_reported():
    assert readers('secret = os.environ["SECRET"]')


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"HRD_PROFILE": "test"}, "HRD_PROFILE"),
        ({"HRD_DOORS": "cellar"}, "HRD_DOORS"),
        ({"HRD_PORT": "http"}, "HRD_PORT"),
        ({"HRD_PROFILE": "production"}, "missing"),
    ],
)
def test_a_setting_that_makes_no_sense_is_refused_by_name(tmp_path: Path, variables: dict[str, str], words: str):
    with pytest.raises(ConfigurationError, match=words):
        read({"HRD_DATA": str(tmp_path), **variables})
