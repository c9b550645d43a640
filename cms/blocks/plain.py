"""Blocks of words and pictures: text, image, callout, steps, questions and answers, quote, download."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from cms.blocks import previews
from cms.blocks.choosers import FileChooserBlock, PictureChooserBlock

WORDS: Final = ["bold", "italic", "link", "document-link"]
TEXT: Final = ["h2", "h3", *WORDS, "ol", "ul"]


class TextBlock(blocks.RichTextBlock):
    """Paragraphs, headings, lists, links."""

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "cms/blocks/text.html"
        description = _("Paragraphs, headings, lists and links. Begin with the large heading, then the small one.")
        preview_value = staticmethod(previews.text)


class PictureBlock(ImageBlock):
    """A picture with words for who cannot see it."""

    def __init__(self, **words: Any) -> None:
        """With our own chooser for the image, which asks for it once."""
        super().__init__(**words)
        self.child_blocks["image"] = PictureChooserBlock(required=words.get("required", True))
        self.child_blocks["image"].set_name("image")

    class Meta:
        icon = "image"
        label = _("Image")
        template = "cms/blocks/image.html"
        description = _("A picture with words for who cannot see it, or marked as decoration.")
        preview_template = "cms/previews/image.html"


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
        description = _("One thing that must not be overlooked. Use few on a page.")
        preview_value = staticmethod(previews.callout)


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
        description = _("An instruction in numbered steps, when the order matters.")
        preview_value = staticmethod(previews.steps)


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
        description = _("Questions that open their answers. Nothing that everybody must read.")
        preview_value = staticmethod(previews.accordion)


class DownloadBlock(blocks.StructBlock):
    """A file to take away."""

    document = FileChooserBlock(label=_("Document"))
    label = blocks.CharBlock(
        label=_("Words of the link"), max_length=200, required=False, help_text=_("Empty: the document’s title.")
    )

    class Meta:
        icon = "download"
        label = _("Download")
        template = "cms/blocks/download.html"
        description = _("A file to take away, shown with its kind and size.")
        preview_template = "cms/previews/download.html"


class QuoteBlock(blocks.StructBlock):
    """Somebody's words, and whose."""

    text = blocks.TextBlock(label=_("Words"))
    source = blocks.CharBlock(
        label=_("Whose words"), max_length=200, required=False, help_text=_("As they want to be named. May stay empty.")
    )

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "cms/blocks/quote.html"
        description = _("Somebody’s own words. Ask them first, and name them only if they agree.")
        preview_value = staticmethod(previews.quote)
