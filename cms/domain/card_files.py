"""Where cards are kept, drawn when they are first asked for: one for each page, gone with it, and the site's in each
language.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import translation
from wagtail.models import Page

from cms import cards
from hrdplatform.web.languages import NAMES

FOLDER: Final = "cards"
DRAWING: Final = 1
"""Goes up when cards are drawn in another way."""


@dataclass(frozen=True)
class Card:
    """What a card shows, and the folder of its own that it is kept in."""

    owner: str
    title: str
    name: str = ""

    @property
    def digest(self) -> str:
        """Changes with all that it shows: 16 hexadecimal digits."""
        shown = f"{DRAWING}\0{self.name}\0{self.title}"
        return hashlib.sha256(shown.encode()).hexdigest()[:16]


def card_of(page: Page) -> Card:
    """The card of a page: its title, and the platform's name in its language, whoever asks."""
    return Card(str(page.pk), page.title, platform_name(page.locale.language_code))


def card_of_site(language: str) -> Card:
    """The card of pages that are no editor's: the platform's name alone."""
    return Card(f"site-{language}", platform_name(language))


def platform_name(language: str) -> str:
    """The platform's name in a language."""
    with translation.override(language):
        return str(settings.PLATFORM_NAME)


def drawn(card: Card) -> bytes:
    """The picture, drawn anew where what it shows has changed; an older one goes."""
    folder, name = f"{FOLDER}/{card.owner}", f"{card.digest}.png"
    if default_storage.exists(f"{folder}/{name}"):
        with default_storage.open(f"{folder}/{name}") as file:
            kept: bytes = file.read()
        return kept
    picture = cards.card(card.title, card.name)
    clear(folder)
    default_storage.save(f"{folder}/{name}", ContentFile(picture))
    return picture


def clear(folder: str) -> None:
    """Deletes the files of a folder, and the folder where the storage has such."""
    for name in files(folder)[1]:
        default_storage.delete(f"{folder}/{name}")


def files(folder: str) -> tuple[list[str], list[str]]:
    """Folders and files in a folder; none in one that is not there."""
    try:
        folders, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return [], []
    return list(folders), list(names)


def sweep(*, at: datetime, limit: int = 1000) -> int:
    """Deletes the cards of pages that are no longer public; how many pages that were."""
    kept = {str(key) for key in Page.objects.live().values_list("pk", flat=True)}
    kept |= {card_of_site(language).owner for language in NAMES}
    gone = [key for key in files(FOLDER)[0] if key not in kept][:limit]
    for key in gone:
        clear(f"{FOLDER}/{key}")
        default_storage.delete(f"{FOLDER}/{key}")
    return len(gone)
