"""The files that the repository keeps, as the tests of the house read them."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
BINARY = {".png", ".jpg", ".jpeg", ".webp", ".heic", ".avif", ".gif", ".pdf", ".docx", ".bin", ".age", ".mov", ".zip"}


def tracked(*suffixes: str) -> list[Path]:
    """Every file under version control that still exists, or those with one of the suffixes."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    files = [ROOT / name for name in listed.split("\0") if name]
    return [file for file in files if file.is_file() and (not suffixes or file.suffix in suffixes)]


def texts(*suffixes: str) -> Iterator[tuple[str, str]]:
    """Name and text of each tracked text file."""
    for file in tracked(*suffixes):
        if file.suffix not in BINARY:
            yield str(file.relative_to(ROOT)), file.read_text("utf-8")
