"""Pictures of pages, for people who look: phone and desk, light and dark, French and Arabic.

The walks that look at every page write them into the folder that `HRD_TEST_SHOTS` names. Without it they draw each page
once, as it stands, to see that it can be drawn.
"""

import os
from pathlib import Path

from tests.walks.browser import DESKTOP, PHONE, Walker

LANGUAGES = ("fr", "ar")
SIZES = {"360": PHONE, "1280": DESKTOP}


def folder(otherwise: Path) -> Path:
    """Where the pictures go."""
    chosen = Path(os.environ.get("HRD_TEST_SHOTS") or otherwise)
    chosen.mkdir(parents=True, exist_ok=True)
    return chosen


def drawn(walker: Walker, name: str, otherwise: Path) -> None:
    """The page can be drawn; in all looks where somebody wants pictures."""
    name = name.replace(", ", "-").replace(" ", "_")
    if os.environ.get("HRD_TEST_SHOTS"):
        files = take(walker, name, folder(otherwise))
    else:
        files = [otherwise / f"{name}.png"]
        walker.page.screenshot(path=files[0], full_page=True)
    assert all(file.stat().st_size > 3_000 for file in files)


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
