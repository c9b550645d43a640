"""The systemd units: read with systemd's own tools where the machine has them, and with a reader of ours everywhere."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from hrdplatform.conf import ROOT

UNITS = sorted((ROOT / "deploy" / "systemd").glob("hrdplatform-*"))
SERVICES = [unit for unit in UNITS if unit.suffix == ".service"]
HARDENED = {
    "User": "hrdplatform",
    "UMask": "0077",
    "NoNewPrivileges": "yes",
    "CapabilityBoundingSet": "",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateDevices": "yes",
    "PrivateTmp": "yes",
    "MemoryDenyWriteExecute": "yes",
    "LimitCORE": "0",
}


def read(unit: Path) -> dict[str, dict[str, list[str]]]:
    """Sections, keys and their values in order, by systemd.syntax(7) as far as our units use it."""
    sections: dict[str, dict[str, list[str]]] = {}
    section = ""
    for line in unit.read_text().splitlines():
        if not line.strip() or line.startswith(("#", ";")):
            continue
        if line.startswith("["):
            section = line.strip("[]")
            assert section not in sections
            sections[section] = {}
            continue
        name, equals, value = line.partition("=")
        assert equals, line
        assert name.isalnum(), line
        sections[section].setdefault(name, []).append(value)
    return sections


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.stem)
def test_a_service_is_hardened(unit):
    service = read(unit)["Service"]
    assert {name: service.get(name, ["missing"])[-1] for name in HARDENED} == HARDENED


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.stem)
def test_a_service_starts_a_program_of_our_environment(unit):
    (command,) = read(unit)["Service"]["ExecStart"]
    program = Path(command.split()[0])
    assert program.parent == Path("/opt/hrdplatform/.venv/bin")
    assert (Path(sys.executable).parent / program.name).exists()


def installed(folder: Path) -> list[str]:
    """The units as they would stand on a machine where the platform lies here."""
    for unit in UNITS:
        text = unit.read_text().replace("/opt/hrdplatform/.venv/bin", os.fspath(Path(sys.executable).parent))
        (folder / unit.name).write_text(text)
    return [os.fspath(folder / unit.name) for unit in UNITS]


def test_systemd_finds_no_fault_and_little_exposure(tmp_path):
    analyze = shutil.which("systemd-analyze")
    units = installed(tmp_path)
    if analyze is None:
        assert all(read(Path(unit)) for unit in units)
        return
    verified = subprocess.run([analyze, "verify", *units], capture_output=True, text=True, check=False)
    assert (verified.returncode, verified.stderr) == (0, "")
    services = [unit for unit in units if unit.endswith(".service")]
    rated = subprocess.run(
        [analyze, "security", "--offline=yes", "--threshold=20", *services], capture_output=True, text=True, check=False
    )
    assert rated.returncode == 0, rated.stdout
