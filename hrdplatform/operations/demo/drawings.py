"""Illustrations of the demo's library: thin lines in the two inks on paper, drawn here, the same bytes every time."""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Iterable
from functools import cache
from typing import Final

from PIL import Image, ImageDraw

from hrdplatform.media import pictures

SIZE: Final = (1216, 684)
FINE: Final = 2
"""Drawn this many times larger and then made smaller, so that lines are smooth."""
WIDTH: Final = 5
PAPER: Final = "#ffffff"
PUBLIC: Final = "#17466b"
SEAL: Final = "#7a1c5b"

Point = tuple[float, float]


def bow(x: float, y: float, radius: float, begin: float = 0, end: float = 360) -> list[Point]:
    """Points on a circle around `x`, `y`; degrees count clockwise from the right."""
    angles = [math.radians(begin + (end - begin) * step / 72) for step in range(73)]
    return [(x + radius * math.cos(angle), y + radius * math.sin(angle)) for angle in angles]


def bend(first: Point, by: Point, last: Point) -> list[Point]:
    """A curve from `first` to `last` that leans towards `by`."""
    (x0, y0), (x1, y1), (x2, y2) = first, by, last
    steps = [step / 40 for step in range(41)]
    shares = [((1 - t) ** 2, 2 * t * (1 - t), t * t) for t in steps]
    return [(a * x0 + b * x1 + c * x2, a * y0 + b * y1 + c * y2) for a, b, c in shares]


def frame(left: float, top: float, right: float, bottom: float, corner: float = 0) -> list[Point]:
    """A closed rectangle, its corners rounded."""
    corners = [
        (right - corner, top + corner, 270),
        (right - corner, bottom - corner, 0),
        (left + corner, bottom - corner, 90),
        (left + corner, top + corner, 180),
    ]
    points = [point for x, y, begin in corners for point in bow(x, y, corner, begin, begin + 90)]
    return [*points, points[0]]


def turned(points: Iterable[Point], degrees: float, centre: Point) -> list[Point]:
    """The same points, turned clockwise around `centre`."""
    sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    x, y = centre
    return [(x + (a - x) * cosine - (b - y) * sine, y + (a - x) * sine + (b - y) * cosine) for a, b in points]


class Board:
    """A sheet of paper and a pen."""

    def __init__(self) -> None:
        width, height = SIZE
        self.image = Image.new("RGB", (width * FINE, height * FINE), PAPER)
        self.pen = ImageDraw.Draw(self.image)

    def line(self, points: Iterable[Point], ink: str = PUBLIC, width: int = WIDTH, *, filled: bool = False) -> None:
        """One stroke with round ends. `filled` covers what was drawn inside it before."""
        large = [(x * FINE, y * FINE) for x, y in points]
        if filled:
            self.pen.polygon(large, fill=PAPER)
        self.pen.line(large, fill=ink, width=width * FINE, joint="curve")
        half = width * FINE / 2
        for x, y in (large[0], large[-1]):
            self.pen.ellipse((x - half, y - half, x + half, y + half), fill=ink)

    def rows(
        self, left: float, right: float, heights: Iterable[float], turn: float = 0, centre: Point = (0, 0)
    ) -> None:
        """Lines of writing that nobody can read."""
        for height in heights:
            self.line(turned([(left, height), (right, height)], turn, centre), width=3)

    def png(self) -> bytes:
        """The drawing as the platform keeps pictures, so that it is known again when it comes a second time."""
        stream = io.BytesIO()
        self.image.resize(SIZE, Image.Resampling.LANCZOS).save(stream, "PNG")
        stream.seek(0)
        kept: bytes = pictures.clean_copy(stream, "drawing.png", len(stream.getvalue())).read()
        return kept


def arches(board: Board) -> None:
    """A bridge with five arches, one of them in plum."""
    for height in (150, 176):
        board.line([(0, height), (1216, height)])
    ground = bend((0, 470), (608, 690), (1216, 470))
    board.line(ground)
    for place in range(5):
        left, right = 88 + place * 212, 280 + place * 212
        radius = (right - left) / 2 - 14
        middle = (left + right) / 2
        feet = [min(ground, key=lambda point: abs(point[0] - x))[1] for x in (middle - radius, middle + radius)]
        top = bow(middle, 330, radius, 180, 360)
        points = [(middle - radius, feet[0]), *top, (middle + radius, feet[1])]
        board.line(points, SEAL if place == 3 else PUBLIC)


def phone(board: Board) -> None:
    """A phone from above on a table, with a lock on its screen; a cup and a pencil beside it."""
    board.line(frame(70, 50, 1146, 634, 40))
    board.line(frame(488, 112, 728, 572, 34))
    board.line(frame(508, 156, 708, 528, 8), width=3)
    board.line([(578, 134), (638, 134)], width=3)
    board.line(frame(548, 330, 668, 430, 10), SEAL)
    board.line([(566, 330), (566, 296), *bow(608, 296, 42, 180, 360), (650, 330)], SEAL)
    board.line(bow(608, 372, 9), SEAL)
    board.line([(608, 381), (608, 402)], SEAL)
    board.line(bow(270, 250, 84))
    board.line(bow(270, 250, 64), width=3)
    board.line(bow(354, 196, 34, 195, 435))
    pencil = turned([(870, 330), (1050, 330), (1082, 344), (1050, 358), (870, 358), (870, 330)], 52, (976, 344))
    board.line(pencil)


def envelope(board: Board) -> None:
    """A closed envelope with a seal; beside it a postcard that everybody can read."""
    board.line(frame(110, 170, 690, 540, 8))
    board.line([(114, 174), (400, 378), (686, 174)])
    for corner, end in (((114, 536), (318, 322)), ((686, 536), (482, 322))):
        board.line([corner, end])
    board.line(bow(400, 372, 48), SEAL, filled=True)
    board.line(bow(400, 372, 30), SEAL, width=3)
    centre = (930, 380)
    board.line(turned(frame(770, 276, 1100, 490, 4), -6, centre))
    board.line(turned([(944, 296), (944, 470)], -6, centre), width=3)
    board.line(turned(frame(1036, 292, 1084, 346), -6, centre), width=3)
    board.rows(790, 924, (320, 350, 380, 410, 440), -6, centre)
    board.rows(964, 1080, (390, 420, 450), -6, centre)


def table(board: Board) -> None:
    """A round table from above, four empty chairs, a sheet of paper."""
    centre = (608, 342)
    board.line(bow(*centre, 176))
    for turn in (0, 90, 180, 270):
        ink = SEAL if turn == 270 else PUBLIC
        board.line(turned(frame(546, 72, 670, 150, 20), turn, centre), ink)
        board.line(turned(bend((536, 66), (608, 30), (680, 66)), turn, centre), ink)
    board.line(turned(frame(540, 262, 676, 422), 14, centre))
    board.rows(562, 654, (300, 326, 352, 378), 14, centre)


def path(board: Board) -> None:
    """A path that forks: one way leads through an arch, a sign stands where it parts."""
    board.line([(0, 300), (322, 300)])
    board.line([(458, 300), (1216, 300)])
    board.line([(322, 300), (322, 180), *bow(390, 180, 68, 180, 360), (458, 300)], SEAL)
    board.line([(276, 300), (276, 172), *bow(390, 172, 114, 180, 360), (504, 300)])
    board.line(bend((380, 684), (540, 470), (348, 300)))
    board.line(bend((836, 684), (720, 440), (960, 300)))
    board.line([*bend((430, 300), (520, 380), (626, 440)), *bend((626, 440), (760, 380), (884, 300))])
    board.line([(626, 440), (626, 160)])
    board.line([(566, 176), (690, 176), (716, 200), (690, 224), (566, 224), (566, 176)], filled=True)
    board.line([(686, 244), (562, 244), (536, 268), (562, 292), (686, 292), (686, 244)], SEAL, filled=True)
    for x, height in ((60, 250), (130, 220), (1070, 230), (1150, 252)):
        board.line([(x, 300), (x, height)])
        board.line(bow(x, height - 26, 26), width=3)


def papers(board: Board) -> None:
    """Three sheets, a date circled on the top one, and a magnifying glass."""
    for turn, centre in ((-12, (430, 380)), (9, (560, 370)), (-2, (500, 350))):
        x, y = centre
        board.line(turned(frame(x - 180, y - 250, x + 180, y + 250), turn, centre), filled=True)
    board.rows(360, 640, (270, 300, 330, 360, 420, 450, 480, 510), -2, (500, 350))
    board.rows(548, 628, (170,), -2, (500, 350))
    board.line([(x, 168 + (y - 168) * 0.45) for x, y in bow(588, 168, 62)], SEAL)
    board.line(bow(800, 330, 118), filled=True)
    board.line(bow(800, 330, 102), width=3)
    board.line([(886, 412), (1030, 552)], width=16)


def key(board: Board) -> None:
    """A key with a long bit beside five empty lines."""
    board.line(bow(260, 342, 104), SEAL)
    board.line(bow(260, 342, 62), SEAL, width=3)
    shaft = [(362, 322), (716, 322), (716, 362), (690, 362), (690, 420), (652, 420), (652, 388), (614, 388)]
    board.line([*shaft, (614, 432), (576, 432), (576, 362), (362, 362)], SEAL)
    for height in (192, 267, 342, 417, 492):
        board.line([(812, height), (1096, height)])


DRAWN: Final[dict[str, Callable[[Board], None]]] = {
    drawing.__name__: drawing for drawing in (arches, envelope, key, papers, path, phone, table)
}
"""Name of the file, without its ending -> who draws it."""


@cache
def png(name: str) -> bytes:
    """One of `DRAWN` as a picture. Raises `KeyError` for another name."""
    board = Board()
    DRAWN[name](board)
    return board.png()
