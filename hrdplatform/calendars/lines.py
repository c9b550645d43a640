"""Texts for files that machines read: without what would break a line or a document."""

from __future__ import annotations

import re

_BREAK = re.compile("\r\n|[\r\u0085\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def plain(text: str) -> str:
    r"""The text without control characters; line breaks stay, all of one kind.

    >>> plain("one\r\ntwo\x00")
    'one\ntwo'
    """
    return _CONTROL.sub("", _BREAK.sub("\n", text).replace("\t", " "))


def line(text: str) -> str:
    """The text on one line."""
    return " ".join(plain(text).split())
