"""Captions at the gate: WebVTT that every browser reads alike, and nothing in it but words.

A subset of https://www.w3.org/TR/webvtt1/ : comments, cues, their settings, and in their words bold, italic, voices and
classes. Styles and regions are refused: how captions look is for readers to say.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import IO, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MOST_BYTES: Final = 1024 * 1024

_TIME = r"(?:(\d{2,4}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_CUE = re.compile(rf"^{_TIME}[ \t]+-->[ \t]+{_TIME}((?:[ \t]+\S+)*)[ \t]*$")
_SETTING = re.compile(r"^(vertical|line|position|size|align):[a-z0-9.,%-]+$")
_TAG = re.compile(r"<[^>]*>?")
_ALLOWED = re.compile(r"^<(/?[bi]|/?c|c(\.[\w-]+)+|/?v|v(\.[\w-]+)*[ \t][^<>&]*)>$")


class CaptionsRefusedError(ValidationError):
    """The file cannot be taken; the message names the line and says what to do."""


@dataclass(frozen=True)
class Block:
    """Lines without an empty one between them; `line` counts from 1."""

    line: int
    lines: list[str]


def check(stream: IO[bytes], name: str, size: int, *, markup: bool = True) -> int:
    """How many cues there are. Raises `CaptionsRefusedError`; leaves the stream at its beginning.

    `markup` is false for chapters, whose words are plain.
    """
    if not name.lower().endswith(".vtt"):
        raise CaptionsRefusedError(_("Send a WebVTT file, whose name ends in .vtt."), code="kind")
    if size > MOST_BYTES:
        raise CaptionsRefusedError(_("This file is too large for captions: the most is 1 MB."), code="too_large")
    stream.seek(0)
    content = stream.read(MOST_BYTES + 1)
    stream.seek(0)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CaptionsRefusedError(_("Save the file as UTF-8."), code="encoding") from error
    if "\x00" in text:
        raise refused(1, _("this is not text"))
    first, *others = blocks(text)
    if not re.match(r"^WEBVTT(?:[ \t].*)?$", first.lines[0]):
        raise refused(1, _("the first line is WEBVTT"))
    if any("-->" in line for line in first.lines):
        raise refused(first.line + 1, _("an empty line stands between WEBVTT and the first cue"))
    cues = sum(check_block(block, markup=markup) for block in others)
    if not cues:
        raise CaptionsRefusedError(_("There is nothing to show in this file: it has no cue."), code="empty")
    return cues


def cues(stream: IO[bytes]) -> list[tuple[int, str]]:
    """When each cue of a file that was checked begins, in milliseconds, and its words."""
    found = []
    for block in blocks(stream.read(MOST_BYTES).decode("utf-8-sig"))[1:]:
        skipped = 0 if "-->" in block.lines[0] else 1
        times = _CUE.match(block.lines[skipped]) if len(block.lines) > skipped else None
        if times:
            words = html.unescape("\n".join(block.lines[skipped + 1 :]))
            found.append((milliseconds(*times.groups()[:4]), words))
    return found


def blocks(text: str) -> list[Block]:
    """The blocks of a file; the first one holds its first line, whatever that is."""
    found = [Block(1, [])]
    gap = False
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text), 1):
        if not line and number > 1:
            gap = True
        elif gap:
            found.append(Block(number, [line]))
            gap = False
        else:
            found[-1].lines.append(line)
    return found


def check_block(block: Block, *, markup: bool) -> int:
    """1 for a cue, 0 for a comment. Raises `CaptionsRefusedError`."""
    if re.match(r"^NOTE(?:[ \t]|$)", block.lines[0]):
        return 0
    if re.match(r"^(?:STYLE|REGION)[ \t]*$", block.lines[0]):
        raise refused(block.line, _("styles and regions are not taken"))
    skipped = 0 if "-->" in block.lines[0] else 1  # a cue may have a name
    if len(block.lines) <= skipped:
        raise refused(block.line, _("a cue has a line with its times"))
    check_times(block.line + skipped, block.lines[skipped])
    words = block.lines[skipped + 1 :]
    for number, line in enumerate(words, block.line + skipped + 1):
        check_words(number, line, markup=markup)
    if not any(line.strip() for line in words):
        raise refused(block.line + skipped, _("there are no words for these times"))
    return 1


def check_times(number: int, line: str) -> None:
    """Raises `CaptionsRefusedError` for times that nobody could show."""
    found = _CUE.match(line)
    if found is None:
        raise refused(number, _("times are written like 00:01:02.500 --> 00:01:05.000"))
    begin, end = milliseconds(*found.groups()[:4]), milliseconds(*found.groups()[4:8])
    if end <= begin:
        raise refused(number, _("a cue ends after it begins"))
    if not all(_SETTING.match(setting) for setting in found.group(9).split()):
        raise refused(number, _("only vertical, line, position, size and align may stand after the times"))


def milliseconds(hours: str | None, minutes: str, seconds: str, thousandths: str) -> int:
    return ((int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int(thousandths)


def check_words(number: int, line: str, *, markup: bool) -> None:
    """Raises `CaptionsRefusedError` for markup other than bold, italic, voices and classes."""
    if "-->" in line:
        raise refused(number, _("an empty line stands between two cues"))
    for tag in _TAG.findall(line):
        if not markup or not _ALLOWED.match(tag):
            raise refused(number, _("only b, i, v and c may stand in angle brackets, in chapters nothing"))


def refused(number: int, reason: object) -> CaptionsRefusedError:
    return CaptionsRefusedError(_("Line %(line)s: %(reason)s."), code="line", params={"line": number, "reason": reason})
