"""What the editor's page sends back for a page as it stands: fields and every block of its body."""

from __future__ import annotations

from typing import Any

from wagtail import blocks
from wagtail.images.blocks import ImageBlock
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from cms.models import LessonPage


def sent(page: LessonPage, **changes: str) -> dict[str, str]:
    """The form of a lesson; without a further word it saves a draft."""
    fields = {"title": page.title, "slug": page.slug, "lead": page.lead, "minutes": page.minutes}
    fields |= {"seo_title": "", "search_description": "", "change_note": ""}
    fields |= {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
    body = streamfield([(child.block_type, answer(child.block, child.value)) for child in page.body])
    return nested_form_data({**fields, "body": body, "facilitator_notes": rich_text(page.facilitator_notes)}) | changes


def answer(block: Any, value: Any) -> Any:
    """The value of a block as its form sends it."""
    match block:
        case ImageBlock():
            alt = {"alt_text": value.contextual_alt_text or "", "decorative": "on" if value.decorative else ""}
            return {"image": value.pk, **alt}
        case blocks.StructBlock():
            return {name: answer(child, value[name]) for name, child in block.child_blocks.items()}
        case blocks.ListBlock():
            rows = enumerate(value)
            items = {str(n): {"value": answer(block.child_block, row), **row_of(n)} for n, row in rows}
            return {"count": str(len(value)), **items}
        case blocks.RichTextBlock():
            return rich_text(value.source, features=block.features)
        case blocks.BooleanBlock():
            return "on" if value else ""
    return value.pk if isinstance(block, blocks.ChooserBlock) else str(value or "")


def row_of(number: int) -> dict[str, str]:
    return {"deleted": "", "order": str(number), "id": ""}
