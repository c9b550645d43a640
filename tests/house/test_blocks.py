"""No block of any page takes raw HTML or puts somebody else's page into ours."""

import pytest
from django.apps import apps
from wagtail import blocks
from wagtail.embeds.blocks import EmbedBlock
from wagtail.fields import RichTextField, StreamField

ACTIVE = (blocks.RawHTMLBlock, EmbedBlock)
FEATURES = {"h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"}
"""What rich text may hold: words, lists and links."""


def walked(block, way: str):
    """The block and all within it, each with the way to it."""
    yield way, block
    for name, child in getattr(block, "child_blocks", {}).items():
        yield from walked(child, f"{way}.{name}")
    if hasattr(block, "child_block"):
        yield from walked(block.child_block, f"{way}[]")


def fields(kind) -> list:
    return [field for model in apps.get_models() for field in model._meta.local_fields if isinstance(field, kind)]


def every_block() -> list:
    return [found for field in fields(StreamField) for found in walked(field.stream_block, str(field))]


def faults(found) -> list[str]:
    return [way for way, block in found if isinstance(block, ACTIVE) or not allowed(block)]


def allowed(block) -> bool:
    """Whether rich text names what it may hold, and nothing else than words, lists and links."""
    return not isinstance(block, blocks.RichTextBlock) or (bool(block.features) and set(block.features) <= FEATURES)


def test_no_page_has_a_block_that_takes_html_or_an_embed():
    found = every_block()
    assert {"cms.LessonPage.body.text", "cms.LessonPage.body.steps.steps[].text"} <= {way for way, _block in found}
    assert faults(found) == []


def test_no_rich_text_field_takes_more_than_words_lists_and_links():
    assert fields(RichTextField)
    assert [str(field) for field in fields(RichTextField) if not set(field.features or ["any"]) <= FEATURES] == []


@pytest.mark.parametrize(
    "planted_fault",
    [
        blocks.RawHTMLBlock(),
        EmbedBlock(),
        blocks.RichTextBlock(),
        blocks.RichTextBlock(features=["bold", "embed"]),
    ],
)
def test_a_planted_block_is_found_however_deep(planted_fault):
    inside = blocks.ListBlock(blocks.StructBlock([("inner", planted_fault)]))
    assert faults(walked(blocks.StreamBlock([("outer", inside)]), "page.body")) == ["page.body.outer[].inner"]
