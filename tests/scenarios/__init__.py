"""Real-life requests of fictional people, and the files that they send, made to their description."""

import json
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

FOLDER = Path(__file__).parent
MEGABYTE = 1_000_000
STARTS = {
    "pdf": b"%PDF-1.7\n",
    "mp4": b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom",
    "heic": b"\0\0\0\x18ftypheic\0\0\0\0heicmif1",
}


@dataclass(frozen=True)
class Scenario:
    """One request of `legal_aid.json`; `files` are (name, kind, bytes)."""

    id: str
    language: str
    text: str
    urgency: str
    contact: dict[str, str]
    files: tuple[tuple[str, str, int], ...]

    def __str__(self) -> str:
        return self.id

    def written(self, folder: Path) -> list[Path]:
        """The files as they lie on her device."""
        return [write(folder / name, kind, size) for name, kind, size in self.files]


FILES: dict[str, tuple[tuple[str, str, int], ...]] = {
    "S01": (("assignation.pdf", "pdf", 14 * MEGABYTE),),
    "S02": (
        *((f"screenshot-{number:02}.png", "png", 0) for number in range(1, 12)),
        ("IMG_2041.HEIC", "heic", 2 * MEGABYTE),
    ),
    "S09": (("refus.pdf", "pdf", 300_000),),
    "S12": (
        ("video.mp4", "mp4", 200 * MEGABYTE),
        *((f"passport-{number}.jpg", "jpg", 0) for number in (1, 2, 3)),
    ),
    "S17": (("ordem.pdf", "pdf", 200_000), ("ordem-2.pdf", "pdf", 200_000)),
}
URGENCY = {"critical": "now", "high": "soon", "normal": "soon", "low": "open", "unknown": "open"}
CHANNELS = {"inbox", "signal", "phone"}


def scenarios() -> list[Scenario]:
    found = json.loads((FOLDER / "legal_aid.json").read_text())
    return [read(one) for one in found]


def read(one: dict) -> Scenario:
    told = one["safe_contact"]
    contact = {key: told[key] for key in ("times", "safe_word", "cover_story") if key in told}
    if told["channel"] in CHANNELS:
        contact["channel"] = told["channel"]
    return Scenario(one["id"], one["lang"], one["text"], URGENCY[one["urgency"]], contact, FILES.get(one["id"], ()))


def write(path: Path, kind: str, size: int) -> Path:
    """A file of this kind: a picture with a place inside, or the true first bytes and a body of its size."""
    if kind in {"png", "jpg"}:
        exif = Image.Exif()
        exif[0x8825] = {1: "N", 2: (49.0, 36.0, 42.0)}
        exif[0x010E] = "Place de la Gare"
        Image.effect_noise((640, 400), 40).convert("RGB").save(path, exif=exif)
        return path
    start = STARTS[kind]
    with path.open("wb") as file:
        file.write(start + b"GPS 49.611 6.131")
        file.truncate(size)
    return path
