"""Pictures of pages, for people who look: phone and desk, light and dark, French and Arabic.

`python -m pytest tests/walks/test_shots.py` writes them into the folder that `HRD_TEST_SHOTS` names, else into the
test's own temporary folder.
"""

import os
from pathlib import Path

from tests.walks.browser import DESKTOP, PHONE, Walker

SIZES = {"360": PHONE, "1280": DESKTOP}


def folder(otherwise: Path) -> Path:
    """Where the pictures go."""
    chosen = Path(os.environ.get("HRD_TEST_SHOTS") or otherwise)
    chosen.mkdir(parents=True, exist_ok=True)
    return chosen


def take(walker: Walker, name: str, to: Path) -> list[Path]:
    """The whole page at both sizes and in both colours; answers the files."""
    taken = []
    for size, viewport in SIZES.items():
        walker.page.set_viewport_size(viewport)
        for scheme in ("light", "dark"):
            walker.page.emulate_media(color_scheme=scheme)
            file = to / f"{name}-{size}-{scheme}.png"
            walker.page.screenshot(path=file, full_page=True)
            taken.append(file)
    return taken
