"""The scripts as they are shipped, built once for a test run into a folder of its own."""

import shutil
import subprocess
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder whose files are served below `/static/`."""
    folder = tmp_path_factory.mktemp("bundle")
    program = [shutil.which("node") or "node", str(ROOT / "deploy" / "bundle.mjs"), "--out", str(folder)]
    subprocess.run(program, cwd=ROOT, check=True, capture_output=True)
    return folder / "static"


@pytest.fixture
def bundled(bundle: Path, settings) -> Path:
    """Lets Django find the bundle in this test."""
    settings.STATICFILES_DIRS = [bundle]
    finders.get_finder.cache_clear()
    yield bundle
    finders.get_finder.cache_clear()
