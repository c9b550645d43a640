"""What an editor is told about a page that she saved: headings, links, pictures and videos that leave somebody out.

Findings are advice in plain words; a video without captions and transcript is refused (`rules.refuse_publication`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from typing import Any, Final

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _
from wagtail.blocks import ListBlock, StreamBlock, StructBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.rich_text import RichText

from hrdplatform.media.models import PlatformVideo

VAGUE: Final = frozenset(
    {
        *("here", "click here", "click", "more", "read more", "link", "this link", "this page"),
        *("ici", "cliquez ici", "cliquer ici", "plus", "en savoir plus", "lire la suite", "lien", "ce lien"),
        *("hier", "hier klicken", "klicken sie hier", "mehr", "mehr lesen", "weiterlesen", "dieser link"),
        *("hei", "klickt hei", "hei klicken", "méi", "méi liesen", "dëse link"),
        *("هنا", "اضغط هنا", "انقر هنا", "المزيد", "اقرأ المزيد"),
    }
)
"""Words of a link that say nothing to somebody who hears the links of a page one after the other."""

BARE: Final = ("http://", "https://", "www.")
FILES: Final = (".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif")


class Reader(HTMLParser):
    """Collects the headings and links of rich text: (`h2` | `h3` | … | `a`, words), in their order."""

    KEPT: Final = frozenset({"h2", "h3", "h4", "h5", "h6", "a"})

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._open: list[tuple[str, list[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.KEPT:
            self._open.append((tag, []))

    def handle_data(self, data: str) -> None:
        for _tag, words in self._open:
            words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1][0] == tag:
            name, words = self._open.pop()
            self.found.append((name, " ".join("".join(words).split())))


def findings(page: Any) -> list[str]:
    """One sentence for each finding, in the order of the page."""
    values = list(values_of(page))
    prefetch_related_objects([value for value in values if isinstance(value, PlatformVideo)], "tracks")
    texts = [part for value in values if isinstance(value, RichText) for part in read(value.source)]
    pictures = [value for value in values if isinstance(value, Picture)]
    return [
        *headings(tag_and_words for tag_and_words in texts if tag_and_words[0] != "a"),
        *links(words for tag, words in texts if tag == "a"),
        *(
            _("A picture has no description. Write what it shows, or mark it as decoration.")
            for one in pictures
            if one.mute
        ),
        *(silence(video) for video in values if isinstance(video, PlatformVideo) and video.lacks),
    ]


def headings(found: Iterable[tuple[str, str]]) -> Iterator[str]:
    """A heading that skips a level, or that says nothing."""
    level = 1
    for tag, words in found:
        here = int(tag[1])
        if not words:
            yield _("There is a heading without words. Take it out.")
            continue
        if here > level + 1:
            yield _("“%(heading)s” is a heading below a heading that is not there. Make it one level higher.") % {
                "heading": words
            }
        level = here


def links(found: Iterable[str]) -> Iterator[str]:
    """A link whose words do not say where it leads."""
    for words in found:
        plain = words.strip(" .…!?:»«“”→>").lower()
        if not plain:
            yield _("There is a link without words.")
        elif plain in VAGUE:
            yield _("The link “%(words)s” does not say where it leads. Name the page or the file.") % {"words": words}
        elif plain.startswith(BARE):
            yield _("The link “%(words)s” is a bare address. Write in words where it leads.") % {"words": words}


def silence(video: PlatformVideo) -> str:
    """What a video lacks."""
    return _("The video “%(title)s” needs %(lacks)s. Without that no page that shows it is published.") % {
        "title": video.title,
        "lacks": video.lacks,
    }


class Picture:
    """An image where it stands; `mute` where nobody hears what it shows."""

    def __init__(self, value: Any) -> None:
        words = (getattr(value, "contextual_alt_text", "") or "").strip().lower()
        self.mute = not getattr(value, "decorative", False) and (not words or words.endswith(FILES))


def read(source: str) -> list[tuple[str, str]]:
    """Headings and links of one rich text."""
    reader = Reader()
    reader.feed(source or "")
    reader.close()
    return reader.found


def videos_of(page: Any) -> list[PlatformVideo]:
    """The videos on a page, in their order."""
    return [value for value in values_of(page) if isinstance(value, PlatformVideo)]


def values_of(page: Any) -> Iterator[Any]:
    """Every rich text, `Picture` and video in the fields of a page, in their order."""
    for field in page._meta.get_fields():  # noqa: SLF001  # Django's documented name
        if isinstance(field, StreamField):
            yield from inside(field.stream_block, getattr(page, field.name))
        elif isinstance(field, RichTextField):
            yield RichText(getattr(page, field.name))


def inside(block: Any, value: Any) -> Iterator[Any]:
    """The same within the value of one block."""
    if value is None:
        return
    if isinstance(block, ImageBlock):
        yield Picture(value)
    elif isinstance(block, StreamBlock):
        for child in value:
            yield from inside(child.block, child.value)
    elif isinstance(block, StructBlock):
        for name, child_block in block.child_blocks.items():
            yield from inside(child_block, value.get(name))
    elif isinstance(block, ListBlock):
        for item in value:
            yield from inside(block.child_block, item)
    elif isinstance(value, RichText | PlatformVideo):
        yield value
