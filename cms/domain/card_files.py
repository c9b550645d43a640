"""Where the cards of pages are kept: drawn when they are first asked for, one for each page, gone with it."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Final

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import translation
from wagtail.models import Page

from cms import cards

FOLDER: Final = "cards"
DRAWING: Final = 1
"""Goes up when cards are drawn in another way."""


def platform_name(page: Page) -> str:
    """The platform's name in the language of the page, whoever asks for the card."""
    with translation.override(page.locale.language_code):
        return str(settings.PLATFORM_NAME)


def digest_of(page: Page) -> str:
    """Changes with all that a card shows: 16 hexadecimal digits."""
    shown = f"{DRAWING}\0{platform_name(page)}\0{page.title}"
    return hashlib.sha256(shown.encode()).hexdigest()[:16]


def card_of(page: Page) -> bytes:
    """The card of a live page, drawn anew where what it shows has changed; an older one goes."""
    folder, name = f"{FOLDER}/{page.pk}", f"{digest_of(page)}.png"
    if default_storage.exists(f"{folder}/{name}"):
        with default_storage.open(f"{folder}/{name}") as file:
            kept: bytes = file.read()
        return kept
    drawn = cards.card(page.title, platform_name(page))
    clear(folder)
    default_storage.save(f"{folder}/{name}", ContentFile(drawn))
    return drawn


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
    gone = [key for key in files(FOLDER)[0] if key not in kept][:limit]
    for key in gone:
        clear(f"{FOLDER}/{key}")
        default_storage.delete(f"{FOLDER}/{key}")
    return len(gone)
