"""The import contracts of `pyproject.toml`: kept by the program, and each reports a violation that is planted."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tracked import ROOT

ROOMS = ("hrdplatform", "legal_aid", "consultations", "strategies", "cms")
LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"

SEEDS = [
    ("Floors: rooms stand on the platform", "hrdplatform/web/seed.py", "import hrdplatform.accounts"),
    ("Every room is built the same way", "legal_aid/models/seed.py", "import legal_aid.domain"),
    ("Every room is built the same way", "legal_aid/helpers.py", ""),
    ("Legal aid is an island", "cms/seed.py", "import legal_aid"),
    ("Sealing knows no framework", "hrdplatform/sealing/seed.py", "import django"),
    ("Only domain verbs may seal or open", "legal_aid/views/seed.py", "import hrdplatform.sealing.records"),
    ("No Wagtail on the aid door's side", "legal_aid/domain/seed.py", "import wagtail"),
    ("Only sealing touches cryptography", "hrdplatform/accounts/domain/seed.py", "import cryptography"),
]


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """import-linter over the program in `folder`."""
    command = [sys.executable, "-c", LINT, "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What import-linter says of a copy of the program with every violation planted in it."""
    folder = tmp_path_factory.mktemp("planted")
    for room in ROOMS:
        shutil.copytree(ROOT / room, folder / room, ignore=shutil.ignore_patterns("__pycache__", "static", "templates"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    for _contract, place, line in SEEDS:
        (folder / place).write_text(f'"""Planted."""\n{line}\n')
    found = lint(folder)
    assert found.returncode != 0
    return found.stdout


def test_every_contract_is_kept():
    found = lint(ROOT)
    assert found.returncode == 0, found.stdout[-3000:] + found.stderr[-1000:]


@pytest.mark.parametrize(("contract", "place", "line"), SEEDS)
def test_a_seeded_violation_is_reported(planted: str, contract: str, place: str, line: str):
    module = place.removesuffix(".py").replace("/", ".")
    assert module in planted.rpartition("Broken contracts")[2], planted[-4000:]
    assert any(text.startswith(contract) and text.rstrip().endswith("BROKEN") for text in planted.splitlines()), (
        planted[-4000:]
    )


def test_every_contract_has_a_seed():
    import tomllib

    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    assert [
        contract["name"] for contract in contracts if not any(contract["name"].startswith(seed[0]) for seed in SEEDS)
    ] == []
