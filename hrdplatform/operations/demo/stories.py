"""The stories of the demo requests, read from `stories.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from legal_aid.domain.contact import Contact

FILE = Path(__file__).with_name("stories.toml")


@dataclass(frozen=True)
class Enclosure:
    """A file that goes with a story."""

    name: str
    type: str
    text: str = field(repr=False)


@dataclass(frozen=True)
class Answer:
    """What a member of the team wrote back."""

    by: str
    text: str = field(repr=False)


@dataclass(frozen=True)
class Story:
    """One invented request. `days_ago` is the day of its arrival; `state` says in plain words where it stands."""

    key: str
    team: str
    language: str
    urgency: str
    arrival: str
    days_ago: int
    state: str
    text: str = field(repr=False)
    contact: Contact = field(repr=False, default=Contact())
    file: Enclosure | None = None
    answer: Answer | None = None


def read() -> list[Story]:
    """All stories, in the order of the file."""
    return [_story(row) for row in tomllib.loads(FILE.read_text(encoding="utf-8"))["story"]]


def _story(row: dict[str, object]) -> Story:
    contact, file, answer = row.pop("contact", {}), row.pop("file", None), row.pop("answer", None)
    text = str(row.pop("text")).strip()
    return Story(
        text=text,
        **row,  # type: ignore[arg-type]  # the file's keys are the fields; another one raises
        contact=Contact.read({**Contact().data(), **contact}),  # type: ignore[dict-item]  # as above
        file=Enclosure(**file) if isinstance(file, dict) else None,
        answer=Answer(answer["by"], answer["text"].strip()) if isinstance(answer, dict) else None,
    )
