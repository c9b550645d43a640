"""Which blocks a page may hold."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from cms.blocks.learning import ChecklistBlock, QuestionBlock, TermBlock, TrainingsBlock, VideoBlock
from cms.blocks.plain import TEXT, AccordionBlock, CalloutBlock, DownloadBlock, QuoteBlock, StepsBlock


class BodyBlock(blocks.StreamBlock):
    """The body of a page."""

    text = blocks.RichTextBlock(label=_("Text"), icon="pilcrow", features=TEXT, template="cms/blocks/text.html")
    image = ImageBlock(label=_("Image"), icon="image", template="cms/blocks/image.html")
    callout = CalloutBlock()
    steps = StepsBlock()
    checklist = ChecklistBlock()
    accordion = AccordionBlock()
    quote = QuoteBlock()
    download = DownloadBlock()
    term = TermBlock()
    video = VideoBlock()
    trainings = TrainingsBlock()


class LessonBlock(BodyBlock):
    """The body of a lesson: as a page's, and questions to check oneself."""

    question = QuestionBlock()
