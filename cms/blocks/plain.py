"""Blocks of words: callout, steps, questions and answers, quote, download."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

WORDS: Final = ["bold", "italic", "link", "document-link"]
TEXT: Final = ["h2", "h3", *WORDS, "ol", "ul"]


class CalloutBlock(blocks.StructBlock):
    """One thing that must not be overlooked."""

    tone = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=[
            ("info", _("Good to know")),
            ("ok", _("Done well")),
            ("warn", _("Take care")),
            ("danger", _("Danger")),
        ],
        default="info",
    )
    text = blocks.RichTextBlock(label=_("Text"), features=WORDS)

    class Meta:
        icon = "warning"
        label = _("Callout")
        template = "cms/blocks/callout.html"


class StepBlock(blocks.StructBlock):
    """One step of an instruction."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), features=[*WORDS, "ul"], required=False)

    class Meta:
        icon = "list-ol"
        label = _("Step")


class StepsBlock(blocks.StructBlock):
    """An instruction in numbered steps."""

    steps = blocks.ListBlock(StepBlock(), label=_("Steps"), min_num=2)

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        template = "cms/blocks/steps.html"


class AccordionItemBlock(blocks.StructBlock):
    """A question that opens its answer; works without scripts."""

    title = blocks.CharBlock(label=_("Question"), max_length=200)
    text = blocks.RichTextBlock(label=_("Answer"), features=[*WORDS, "ol", "ul"])

    class Meta:
        icon = "collapse-down"
        label = _("Question")


class AccordionBlock(blocks.StructBlock):
    """Questions and answers, folded."""

    items = blocks.ListBlock(AccordionItemBlock(), label=_("Questions"), min_num=1)

    class Meta:
        icon = "collapse-down"
        label = _("Questions and answers")
        template = "cms/blocks/accordion.html"


class DownloadBlock(blocks.StructBlock):
    """A file to take away."""

    document = DocumentChooserBlock(label=_("Document"))
    label = blocks.CharBlock(label=_("Words of the link"), max_length=200, required=False)

    class Meta:
        icon = "download"
        label = _("Download")
        template = "cms/blocks/download.html"


class QuoteBlock(blocks.StructBlock):
    """Somebody's words, and whose."""

    text = blocks.TextBlock(label=_("Words"))
    source = blocks.CharBlock(label=_("Whose words"), max_length=200, required=False)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "cms/blocks/quote.html"
