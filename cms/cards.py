"""The picture that other sites show beside a link to a page: our mark, the title, the platform's name, on paper."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

import font_source_serif_pro
from PIL import Image, ImageDraw, ImageFont

Point = tuple[float, float]

WIDTH: Final = 1200
HEIGHT: Final = 630
EDGE: Final = 84
MOST_LINES: Final = 4
SIZES: Final = (84, 72, 60)
"""Of the title: the largest in which it fits."""

LEADING: Final = 1.18
FINER: Final = 4
"""How many times finer the mark is drawn than shown: Pillow draws no soft edges."""

PAPER: Final = "#ffffff"
INK: Final = "#15202b"
SOFT: Final = "#4a5764"
LINE: Final = "#d2d9e0"
PUBLIC: Final = "#17466b"
SEAL: Final = "#7a1c5b"

MARK: Final = 108
BOX: Final = 32
"""Side of the mark, and of the grid that it is drawn on (`web/mark.svg`)."""

MISSING: Final = "\uffff"


@cache
def font(weight: str, size: int) -> ImageFont.FreeTypeFont:
    """Source Serif in a weight and size, from the package that brings it."""
    files = Path(font_source_serif_pro.font_directory)
    return ImageFont.truetype(files / f"SourceSerifPro-{weight}.ttf", size)


def written(text: str) -> bool:
    """Whether the font has every letter of a text. It has none for Arabic: such a card goes without words."""
    face = font("Semibold", SIZES[-1])
    nothing = shape(face, MISSING)
    return all(letter.isspace() or shape(face, letter) != nothing for letter in set(text))


def shape(face: ImageFont.FreeTypeFont, letter: str) -> tuple[tuple[int, int], bytes]:
    """How a letter looks."""
    mask = face.getmask(letter)
    return mask.size, bytes(mask)


def card(title: str, name: str) -> bytes:
    """The picture as PNG, 1200 x 630. The same words give the same bytes."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    picture.paste(mark(), (EDGE, EDGE - 12))
    pen = ImageDraw.Draw(picture)
    foot = HEIGHT - EDGE - 24
    pen.line((EDGE, foot - 24, WIDTH - EDGE, foot - 24), fill=LINE, width=3)
    if written(name):
        pen.text((EDGE, foot), name, font=font("Regular", 36), fill=SOFT)
    if written(title):
        write(pen, title, EDGE + MARK + 12, foot - 48)
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    return stream.getvalue()


def write(pen: ImageDraw.ImageDraw, title: str, top: int, bottom: int) -> None:
    """The title in the largest size in which it fits, cut with dots in the smallest where it fits in none."""
    for size in SIZES:
        face = font("Semibold", size)
        height = int(size * LEADING)
        most = min(MOST_LINES, (bottom - top) // height)
        lines = list(wrapped(title, face))
        if len(lines) <= most:
            break
    else:
        lines = [*lines[: most - 1], shortened(" ".join(lines[most - 1 :]), face)]
    for number, line in enumerate(lines):
        pen.text((EDGE, top + number * height), line, font=face, fill=INK)


def wrapped(text: str, face: ImageFont.FreeTypeFont) -> Iterator[str]:
    """Lines that are no wider than the picture; a word that is wider alone is cut."""
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and face.getlength(longer) > WIDTH - 2 * EDGE:
            yield line
            longer = word
        line = longer if face.getlength(longer) <= WIDTH - 2 * EDGE else shortened(longer, face)
    if line:
        yield line


def shortened(text: str, face: ImageFont.FreeTypeFont) -> str:
    """As much of a text as fits into one line, with dots."""
    while text and face.getlength(f"{text}…") > WIDTH - 2 * EDGE:
        text = text[:-1]
    return f"{text.rstrip()}…"


@cache
def mark() -> Image.Image:
    """Two halves of an arch, one in each ink, that stand because they lean on each other."""
    drawn = Image.new("RGB", (MARK * FINER, MARK * FINER), PAPER)
    pen = ImageDraw.Draw(drawn)
    scale = MARK * FINER / BOX
    half = [*arc(15, 16, 13, 90, 180), (2, 30), (9, 30), *arc(16, 16, 7, 180, 98)]
    pen.polygon([(x * scale, y * scale) for x, y in half], fill=PUBLIC)
    pen.polygon([((BOX - x) * scale, y * scale) for x, y in half], fill=SEAL)
    return drawn.resize((MARK, MARK), Image.Resampling.LANCZOS)


def arc(x: float, y: float, radius: float, start: int, end: int) -> Iterator[Point]:
    """Points of a circle between two angles, in degrees against the clock from the right."""
    for angle in range(start, end + (1 if end > start else -1), 1 if end > start else -1):
        turned = math.radians(angle)
        yield x + radius * math.cos(turned), y - radius * math.sin(turned)
