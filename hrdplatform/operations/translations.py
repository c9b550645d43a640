"""The catalogue: which words each language must have, and which are still missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from hrdplatform.conf import ROOT

FOLDER = ROOT / "hrdplatform" / "locale"
COMPLETE = ("fr", "de", "lb")  # English is what the code is written in
AID_DOOR = ("pt", "ar")
AID_DOOR_PLACES = ("legal_aid/", "hrdplatform/web/", "hrdplatform/accounts/", "hrdplatform/organisations/")
"""Who works at the aid door signs in there, and looks after account and colleagues."""
READERS = ("ar",)
READERS_PLACES = (
    *("cms/templates/cms/", "cms/templatetags/", "cms/views/", "cms/packages/"),
    *("cms/forms.py", "cms/menus.py", "cms/states.py", "cms/blocks/channels.py"),
)
"""What readers of learning see: pages may be translated into these languages, too."""
OFFICE_PLACES = (
    "cms/templates/cms/office/",
    "cms/templates/cms/previews/",
    "cms/views/folders.py",
    "cms/views/parcels.py",
)
"""What only people of the office see, of all that."""
IGNORED = (".venv", "node_modules", "build", "var", "bench", "tests", "deploy")


@dataclass(frozen=True)
class Missing:
    """A word that a language must have and has not."""

    language: str
    words: str
    places: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.language}: “{self.words}” ({', '.join(self.places[:2])})"


def catalogue(language: str) -> Path:
    return FOLDER / language / "LC_MESSAGES" / "django.po"


def must_have(language: str, message: Message) -> bool:
    """Whether this language has to translate this message."""
    if language in COMPLETE or stands_in(message, AID_DOOR_PLACES):
        return True
    return language in READERS and stands_in(message, READERS_PLACES, but=OFFICE_PLACES)


def stands_in(message: Message, places: tuple[str, ...], *, but: tuple[str, ...] = ()) -> bool:
    """Whether this message is said below one of these folders, without some of them."""
    said = [place for place, _ in message.locations if not (but and place.startswith(but))]
    return any(place.startswith(places) for place in said)


def translated(message: Message) -> bool:
    words = message.string if isinstance(message.string, (list, tuple)) else [message.string]
    return bool(words) and all(words) and not message.fuzzy


def missing(language: str) -> Iterator[Missing]:
    """Every message that `language` must have and has not, or has only by guess."""
    with catalogue(language).open("rb") as file:
        for message in read_po(file, locale=language):
            if message.id and must_have(language, message) and not translated(message):
                words = message.id[0] if isinstance(message.id, (list, tuple)) else message.id
                yield Missing(language, words, tuple(place for place, _ in message.locations))
