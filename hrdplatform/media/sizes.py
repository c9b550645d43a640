"""The sizes in which pages show pictures: AVIF and WebP in three widths, and a JPEG that everything can show.

The worker makes them when a page goes live (see `PictureOrder`). A page that is looked at before makes the JPEG alone,
and a picture of which nothing can be made is left out: a public page never fails because of a picture.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Final

from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import AbstractImage, AbstractRendition, SourceImageIOError

from hrdplatform.media.pictures import DAMAGED

logger = logging.getLogger(__name__)

WIDTHS: Final = (400, 800, 1216)
"""CSS pixels: a phone, the column of text, and the same on a dense screen."""

AVIF: Final = tuple(f"width-{width}|format-avif|avifquality-60" for width in WIDTHS)
WEBP: Final = tuple(f"width-{width}|format-webp" for width in WIDTHS)
PLAIN: Final = "width-800|format-jpeg|jpegquality-80"
EVERY: Final = (*AVIF, *WEBP, PLAIN)

UNMADE = (SourceImageIOError, InvalidFilterSpecError, *DAMAGED)
"""What making a size of a picture raises: its file is gone or damaged."""


def standing(image: AbstractImage) -> dict[str, AbstractRendition]:
    """The sizes that are there, by their word, in one query.

    Each is a picture scaled as it is: where its focus lies, which Wagtail keeps with what it cuts, does not count.
    """
    return {made.filter_spec: made for made in image.renditions.all() if made.filter_spec in EVERY}


def shown(image: AbstractImage, spec: str) -> AbstractRendition | None:
    """One size, made where it is not there yet; none where it cannot be made."""
    try:
        return image.get_rendition(spec)
    except UNMADE as error:
        # The class alone: messages of decoders may quote the file.
        facts = {"image": image.pk, "failure": type(error).__name__}
        logger.warning("picture_not_made", extra={"facts": facts})
        return None


def make(image: AbstractImage, specs: Iterable[str] = EVERY) -> None:
    """Makes the sizes that are not there. Raises one of `UNMADE`."""
    missing = [spec for spec in specs if spec not in standing(image)]
    for spec in missing:  # one at a time: each is in memory only while it is written
        image.get_rendition(spec)
