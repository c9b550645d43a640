"""The set-up installs a package if it is the very one that was locked: another one under its name is refused."""

import hashlib
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import make
from tests.house.tracked import ROOT

FILES = {
    "planted.py": "",
    "planted-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: planted\nVersion: 1.0\n",
    "planted-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    "planted-1.0.dist-info/RECORD": "".join(
        f"{name},,\n" for name in ("planted.py", *(f"planted-1.0.dist-info/{name}" for name in ("METADATA", "WHEEL")))
    )
    + "planted-1.0.dist-info/RECORD,,\n",
}
INSTALLERS = {"tools": "pip", "run": "uv"}


@pytest.fixture(params=INSTALLERS, ids=INSTALLERS.values())
def set_up(request, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Runs the set-up's own step over one locked line, into a bare environment; answers whether it installed."""
    bare = tmp_path / "bare"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", bare], check=True)
    monkeypatch.setattr(make, "ROOT", tmp_path)
    monkeypatch.setattr(make, "STAMPS", tmp_path / "stamps")
    monkeypatch.setenv("PIP_PYTHON", str(bare / "bin" / "python"))
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "cache"))
    if request.param == "run" and (make.BIN / "uv").exists():  # where uv cannot be had, pip does this too
        monkeypatch.setattr(make, "PYTHON", bare / "bin" / "python")
    (tmp_path / "requirements").mkdir()

    def install(line: str) -> bool:
        listed = tmp_path / "requirements" / f"{request.param}.txt"
        listed.write_text(f"--no-index\n--find-links {tmp_path}\n{line}\n")
        make.install(request.param)
        return any(bare.rglob("planted.py"))

    return install


@pytest.fixture
def wheel(tmp_path: Path) -> str:
    """A package on the disk; answers its digest."""
    path = tmp_path / "planted-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in FILES.items():
            archive.writestr(name, content)
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_only_the_package_with_the_locked_hash_is_installed(set_up, wheel: str, tmp_path: Path):
    another = hashlib.sha256(b"another").hexdigest()
    for line in (f"planted==1.0 --hash=sha256:{another}", "planted==1.0"):
        with pytest.raises(make.RefusalError, match=r"(?i)hash"):
            set_up(line)
        assert not any((tmp_path / "bare").rglob("planted*"))
    assert set_up(f"planted==1.0 --hash=sha256:{wheel}")


def test_every_npm_package_is_locked_with_its_hash():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert [name for name, package in packages.items() if name and "sha512-" not in package.get("integrity", "")] == []
