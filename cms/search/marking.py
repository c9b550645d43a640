"""A find as readers see it: the words that were looked for stand out, and a passage is cut from a long text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from cms.search.words import fits, fold

BEFORE: Final = 80
LENGTH: Final = 220
"""Characters of a passage, and of them those before the first find."""

_WORD = re.compile(r"[^\W_]+")
_SEAM = re.compile(r"(?<=[.,:;!?…]), ")  # the index joins the parts of a page by a comma, also where a sentence ends


def spans(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where a text has one of the (folded) words, in another form or not."""
    return [found.span() for found in _WORD.finditer(fold(text)) if any(fits(found.group(), word) for word in words)]


def marked(text: str, words: Sequence[str]) -> SafeString:
    """The text, escaped, with `<mark>` around what was looked for.

    >>> marked("<b>Mon téléphone", ["telephone"])
    '&lt;b&gt;Mon <mark>téléphone</mark>'
    """
    parts: list[tuple[str, str | SafeString]] = []
    place = 0
    for start, end in spans(text, words):
        parts.append((text[place:start], format_html("<mark>{}</mark>", text[start:end])))
        place = end
    return format_html_join("", "{}{}", parts) + conditional_escape(text[place:])


def passage(text: str, words: Sequence[str]) -> str:
    """The part of a long text around the first find, with dots where something was left out; empty without a find.

    >>> passage("Il parle., Votre téléphone, Il écoute.", ["telephone"])
    'Il parle. Votre téléphone, Il écoute.'
    """
    text = _SEAM.sub(" ", text)
    found = spans(text, words)
    if not found:
        return ""
    start = max(0, found[0][0] - BEFORE)
    start = text.find(" ", start, found[0][0]) + 1 or start if start else 0
    end = start + LENGTH
    end = len(text) if end >= len(text) else max(text.rfind(" ", found[0][1], end), found[0][1])
    cut = " ".join(text[start:end].split())
    return f"{'… ' if start else ''}{cut}{' …' if end < len(text) else ''}"
