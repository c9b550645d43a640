"""How large files may be, and what may stand in none of them."""

import re
import statistics

import pytest

from tests.house.tracked import texts

MOST = 400
WRITTEN = (".py", ".js", ".mjs", ".html", ".css", ".md")
GENERATED = re.compile(r"/migrations/\d{4}_\w+\.py$")
# Spelled apart, so that this file does not hold what it forbids.
HOSTS = ["registry." + "npmjs", "files.python" + "hosted", "pypi" + ".org/simple", "registry." + "yarnpkg"]
PLACES = ["/wo" + "rk/", "/ro" + "ot/", "/tmp" + "/briefs", "/home/" + "runner"]
INDEX = re.compile(r"(--index" r"-url|--extra-index" r"-url|\"resolved\"\s*:)")


def too_long(text: str) -> bool:
    return text.count("\n") > MOST


def forbidden(text: str) -> list[str]:
    """Names of package registries and places of one machine."""
    return [word for word in (*HOSTS, *PLACES) if word in text] + [found.group() for found in INDEX.finditer(text)]


def test_no_file_is_longer_than_a_reader_s_patience():
    assert [name for name, text in texts(*WRITTEN) if too_long(text) and not GENERATED.search(name)] == []


def test_half_of_the_program_s_files_are_short():
    lengths = [text.count("\n") for name, text in texts(".py") if not name.startswith("tests/") and text.strip()]
    assert statistics.median(lengths) <= 90


def test_no_registry_and_no_place_of_one_machine_is_named():
    assert {name: found for name, text in texts() if (found := forbidden(text))} == {}


@pytest.mark.parametrize("seed", [f"https://{HOSTS[0]}.org/x", f"{PLACES[0]}main", '"resolved"' + ': "https://x"'])
def test_a_seeded_name_is_reported(seed):
    assert forbidden(seed)


def test_a_seeded_long_file_is_reported():
    assert too_long("line\n" * (MOST + 1))
    assert not too_long("line\n" * MOST)
