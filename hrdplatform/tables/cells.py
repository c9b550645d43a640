"""Text cells that no spreadsheet program takes for a formula, and the way back.

Source: OWASP ASVS 5.0, 1.2.10. An apostrophe stands before text that begins like a formula. Where a country writes its
decimals with a comma, Excel splits our CSV at semicolons and line breaks, quoted or not; so it also stands where such a
piece of a text begins.
"""

from __future__ import annotations

import re
from typing import Final

MARK: Final = "'"
_FORMULA: Final = "=+@\uff1d\uff0b\uff0d\uff20-"  # the same in full width counts for Excel in Japan


def _beginnings(with_mark: str) -> re.Pattern[str]:
    """Where a text, or a piece of it after what ends a cell elsewhere, begins like a formula, within quotes or not."""
    whole = rf"^{with_mark}(?=[\"']*[\t\r\n\0{_FORMULA}])"
    piece = rf"(?<=[;\t\r\n]){with_mark}(?=[\"']*[{_FORMULA}])"
    return re.compile(f"{whole}|{piece}")


_BARE: Final = _beginnings("")
_MARKED: Final = _beginnings(MARK)
_NOT_XML: Final = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NUMBERED: Final = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def safe(text: str) -> str:
    """The text as a cell of CSV or XLSX holds it: no part of it is a formula. Numbers are not for this function.

    >>> safe("=HYPERLINK(A1)")
    "'=HYPERLINK(A1)"
    >>> safe("a;=1+1")
    "a;'=1+1"
    >>> safe("'tis 3 - 2")
    "'tis 3 - 2"
    """
    return _BARE.sub(MARK, text)


def unmarked(cell: str) -> str:
    """The text that `safe` made a cell of; what bears no mark comes back as it is.

    >>> unmarked("'+352 26 12 34")
    '+352 26 12 34'
    >>> unmarked(safe("'=1"))
    "'=1"
    """
    return _MARKED.sub("", cell)


def for_xlsx(text: str) -> str:
    r"""The text as XLSX holds it: U+FFFD for each character that XML 1.0 (2.2) knows no way to write, and nothing that
    Excel reads as another character's number (ECMA-376, ST_Xstring). A carriage return comes back as a line feed.

    >>> for_xlsx("river\x0bbank\n")
    'river�bank\n'
    >>> for_xlsx("_x003D_1")
    '_x005F_x003D_1'
    """
    return _NUMBERED.sub("_x005F_", _NOT_XML.sub("\ufffd", text))
