"""Videos at the gate: MP4 with H.264 and AAC or WebM by their content, without the place and time of recording.

Pictures and sound stay as they came: to write them anew takes an encoder that the platform does not bring. What the
container says besides is blanked; see docs/decisions/043-videos-lose-what-their-container-says.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import ModuleType
from typing import IO, Final

from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from hrdplatform.conf import configuration
from hrdplatform.media import mp4, webm
from hrdplatform.media.containers import BrokenContainerError, ForeignPartError
from hrdplatform.media.pictures import extension

MOST_SECONDS: Final = 24 * 60 * 60
KINDS: Final[dict[str, tuple[ModuleType, str]]] = {".mp4": (mp4, "video/mp4"), ".webm": (webm, "video/webm")}
"""Ending -> who looks at it, and its media type."""


class VideoRefusedError(ValidationError):
    """The video cannot be taken; the message says why and what to do."""


@dataclass(frozen=True)
class Video:
    """What the gate found out: the length, rounded up to a second; 0 where the file does not say."""

    seconds: int


def most_bytes() -> int:
    """The largest file that is taken."""
    return configuration.video_megabytes * 1024 * 1024


def clean(stream: IO[bytes], name: str, size: int) -> Video:
    """Blanks in place what the container says of place, time, device and people. Raises `VideoRefusedError`.

    A refused file stays as it came. Leaves the stream at its beginning.
    """
    if size > most_bytes():
        raise VideoRefusedError(
            _("This video has %(size)s. The most is %(most)s: save it smaller."),
            code="too_large",
            params={"size": filesizeformat(size), "most": filesizeformat(most_bytes())},
        )
    if extension(name) not in KINDS:
        raise VideoRefusedError(_("Send an MP4 or WebM video."), code="kind")
    container, _media_type = KINDS[extension(name)]
    try:
        cleaning = container.look(stream, size)
    except BrokenContainerError as error:
        raise VideoRefusedError(
            _("The name says %(said)s, but the content is something else or damaged. Save it anew and send it again."),
            code="mismatch",
            params={"said": extension(name)[1:].upper()},
        ) from error
    except ForeignPartError as error:
        raise VideoRefusedError(
            _(
                "This video holds “%(part)s”, which not every browser can play or which may say where it was taken. "
                "Save it with H.264 and AAC as MP4, or as WebM, with pictures and sound only."
            ),
            code="codec",
            params={"part": error.part},
        ) from error
    cleaning.perform(stream)
    return Video(seconds=min(MOST_SECONDS, -int(-cleaning.seconds // 1)))
