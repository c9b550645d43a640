"""What the forms of the office send back for a page as it stands: fields and every block of its body, and which version
of it they show.
"""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

from django.test import Client
from django.urls import reverse
from wagtail import blocks
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from cms.models import LessonPage
from tests.walks.forms import Document


def sent(page: LessonPage, **changes: str) -> dict[str, str]:
    """The form of a lesson; without a further word it saves a draft."""
    fields = {"title": page.title, "slug": page.slug, "lead": page.lead, "minutes": page.minutes}
    fields |= {"seo_title": "", "search_description": "", "change_note": ""}
    fields |= {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
    body = streamfield([(child.block_type, answer(child.block, child.value)) for child in page.body])
    notes = rich_text(page.facilitator_notes) if page.facilitator_notes else "null"
    form = nested_form_data({**fields, "body": body, "facilitator_notes": notes})
    return form | {f"body-{n}-id": child.id for n, child in enumerate(page.body)} | changes


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


def edit(page: Page) -> str:
    """The address of the editor."""
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def shown(client: Client, page: Page) -> dict[str, str]:
    """What the editor's form says of the version that it shows."""
    pairs = [pair for form in Document(client.get(edit(page)).content.decode()).forms for pair in form.pairs]
    return {name: value for name, value in pairs if name.startswith("loaded_revision_")}


def texts_shown(client: Client, page: Page) -> dict[str, str]:
    """What the editor of a translation says of the texts that it shows."""
    markers = re.findall(r'data-office-start=["\'](\[.*?\])["\']', client.get(edit(page)).content.decode())
    return dict(words for words in map(json.loads, map(unescape, markers)) if words[0] == "shown")


def asked(client: Client, *pages: Page) -> str:
    """Where the question whether to publish `pages` sends its yes."""
    numbers = "&".join(f"id={page.pk}" for page in pages)
    question = f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', 'publish'])}?{numbers}"
    forms = Document(client.get(question).content.decode()).forms
    return next(form.action for form in forms if "/bulk/" in form.action)
