"""What an editor may place on a page: a few blocks, each drawn in the face of the platform.

Shapes keep clear of two faults of wagtail-localize 1.14.5: an `ImageBlock` two structs deep and a `PageChooserBlock`
inside a `ListBlock` cannot be translated. There is no raw HTML and no embed.
"""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

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


class BodyBlock(blocks.StreamBlock):
    """The body of a page."""

    text = blocks.RichTextBlock(label=_("Text"), icon="pilcrow", features=TEXT, template="cms/blocks/text.html")
    image = ImageBlock(label=_("Image"), icon="image", template="cms/blocks/image.html")
    callout = CalloutBlock()
    steps = StepsBlock()
    accordion = AccordionBlock()
    download = DownloadBlock()
    quote = QuoteBlock()


class WayBlock(blocks.StructBlock):
    """A way in from the home page: what one can do here, in a few words."""

    title = blocks.CharBlock(label=_("Title"), max_length=80)
    text = blocks.TextBlock(label=_("Text"), max_length=400)
    page = blocks.PageChooserBlock(label=_("Page"))

    class Meta:
        icon = "arrow-right"
        label = _("Way in")


class WaysBlock(blocks.StreamBlock):
    """The ways in from the home page, in order."""

    way = WayBlock()
