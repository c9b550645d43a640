"""Which blocks a page may hold."""

from __future__ import annotations

from wagtail import blocks

from cms.blocks.learning import ChecklistBlock, QuestionBlock, TermBlock, TrainingsBlock, VideoBlock
from cms.blocks.plain import (
    TEXT,
    AccordionBlock,
    CalloutBlock,
    DownloadBlock,
    PictureBlock,
    QuoteBlock,
    StepsBlock,
    TextBlock,
)


class BodyBlock(blocks.StreamBlock):
    """The body of a page."""

    text = TextBlock(features=TEXT)
    image = PictureBlock()
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
