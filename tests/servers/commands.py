"""Commands of the platform run as an operator runs them: `manage.py` in a process of its own, with its own data."""

import os
import subprocess
import sys
from pathlib import Path

from hrdplatform.conf import ROOT


def surroundings(data: Path, **variables: str) -> dict[str, str]:
    """The environment of an installation in `data`; `variables` without their `HRD_`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HRD_", "PYTEST", "DJANGO"))}
    return {**kept, "HRD_DATA": str(data), **{f"HRD_{name}": value for name, value in variables.items()}}


def manage(data: Path, *words: str, **variables: str) -> subprocess.CompletedProcess:
    """`manage.py WORDS` in `data`; its exit code and words are in the answer."""
    command = [sys.executable, str(ROOT / "manage.py"), *words]
    environment = surroundings(data, **variables)
    return subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)


def script(data: Path, source: str, **variables: str) -> str:
    """What a few lines of Python print inside the installation."""
    return manage(data, "shell", "--no-imports", "-c", source, **variables).stdout.strip()
