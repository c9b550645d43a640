"""Whether a form says something else than before. Who approves a page opens it in the editor, which gives every
paragraph, block and row a key of its own and writes marks in its own order: nobody wrote anything then.
"""

from __future__ import annotations

import re
from typing import Any, Final

from django.forms import BoundField
from wagtail.blocks import ListBlock, RichTextBlock, StreamBlock, StructBlock
from wagtail.blocks.base import BlockField

KEY: Final = re.compile(r' data-block-key="[^"]*"')
EMPTY: Final = re.compile(r"<p></p>")


def says_the_same(field: BoundField) -> bool:
    """Whether what was sent for a field says what stood there before."""
    before, now = field.initial, field.data
    if isinstance(field.field, BlockField):
        block = field.field.block
        return bool(said(block, block.get_prep_value(before)) == said(block, block.get_prep_value(now)))
    if hasattr(field.field.widget, "converter"):
        return written(field.field.widget, before) == written(field.field.widget, now)
    return isinstance(before, str) and isinstance(now, str) and lines(before) == lines(now)


def said(block: Any, stored: Any) -> Any:
    """What a block says, of how it is stored; nothing for what is empty."""
    if isinstance(block, RichTextBlock):
        return written(block.field.widget, stored)
    if isinstance(block, StreamBlock):
        return [(row["type"], said(block.child_blocks.get(row["type"]), row["value"])) for row in stored or ()]
    if isinstance(block, ListBlock):
        return [said(block.child_block, value_of(row)) for row in stored or ()]
    if isinstance(block, StructBlock) and isinstance(stored, dict):
        return {name: said(child, stored.get(name)) for name, child in block.child_blocks.items()}
    return (
        None if stored is None or stored is False or stored == "" else lines(str(stored))
    )  # numbers are sent as words


def value_of(row: Any) -> Any:
    """A row of a list is stored with its key or, by programs, without."""
    return row["value"] if isinstance(row, dict) and row.keys() >= {"type", "value"} else row


def written(editor: Any, html: str | None) -> str:
    """Rich text as the editor writes it, without its keys."""
    written_anew = editor.converter.to_database_format(editor.converter.from_database_format(html or ""))
    return EMPTY.sub("", KEY.sub("", written_anew))


def lines(text: str) -> str:
    """A text with the ends of lines that are stored, where browsers send others."""
    return text.replace("\r\n", "\n").strip()
