"""Blocks that teach: checklist, glossary term, video, question to check oneself, trainings to come."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from cms.blocks import previews
from cms.blocks.choosers import TermChooserBlock, VideoChooserBlock
from cms.blocks.plain import WORDS
from cms.states import Level
from hrdplatform.web import clock


class CheckValue(blocks.StructValue):
    """An item of a checklist, with the word for its level."""

    @property
    def level_label(self) -> str:
        """Empty for what concerns everybody."""
        level = self["level"]
        return str(Level(level).label) if level in Level.values else ""


class CheckBlock(blocks.StructBlock):
    """One thing to tick off."""

    text = blocks.RichTextBlock(label=_("Text"), features=WORDS)
    level = blocks.ChoiceBlock(
        label=_("From level"), choices=Level.choices, required=False, help_text=_("Empty: for everybody.")
    )

    class Meta:
        icon = "check"
        label = _("Item")
        value_class = CheckValue


class ChecklistBlock(blocks.StructBlock):
    """Things to tick off; with scripts the ticks stay on the device."""

    title = blocks.CharBlock(label=_("Title"), max_length=120, required=False)
    items = blocks.ListBlock(CheckBlock(), label=_("Items"), min_num=1)

    class Meta:
        icon = "tasks"
        label = _("Checklist")
        template = "cms/blocks/checklist.html"
        description = _("Things to tick off. Ticks stay on the reader’s device.")
        preview_value = staticmethod(previews.checklist)


class TermBlock(blocks.StructBlock):
    """A word of the glossary, explained where it is needed."""

    term = TermChooserBlock(
        label=_("Term"), help_text=_("The meaning comes from the glossary, in the reader’s language.")
    )

    class Meta:
        icon = "bold"
        label = _("Glossary term")
        template = "cms/blocks/term.html"
        description = _("A difficult word with its meaning from the glossary.")
        preview_value = staticmethod(previews.term)


class VideoBlock(blocks.StructBlock):
    """A video of our own, with captions and a transcript."""

    video = VideoChooserBlock(label=_("Video"))

    class Meta:
        icon = "media"
        label = _("Video")
        template = "cms/blocks/video.html"
        description = _("A video of ours, or a link. It needs a transcript, and captions where somebody speaks.")
        preview_value = staticmethod(previews.video)


class AnswerBlock(blocks.StructBlock):
    """One possible answer and what is to be said about it."""

    text = blocks.CharBlock(label=_("Answer"), max_length=300)
    right = blocks.BooleanBlock(label=_("This is right"), required=False)
    explanation = blocks.TextBlock(
        label=_("Why"), max_length=600, help_text=_("Why it is right or not. “Right” and “Not right” stand before it.")
    )

    class Meta:
        icon = "help"
        label = _("Answer")


class QuestionValue(blocks.StructValue):
    """A question that knows how many of its answers are right."""

    @property
    def kind(self) -> str:
        """`one` right answer or `many`."""
        return "many" if sum(bool(answer["right"]) for answer in self["answers"]) > 1 else "one"


class QuestionBlock(blocks.StructBlock):
    """A question to check oneself. Nobody sees the answers; without scripts they open one by one."""

    question = blocks.TextBlock(label=_("Question"), max_length=400)
    answers = blocks.ListBlock(
        AnswerBlock(),
        label=_("Answers"),
        min_num=2,
        max_num=6,
        help_text=_("At least one is right and one is not."),
    )

    class Meta:
        icon = "help"
        label = _("Question to check oneself")
        template = "cms/blocks/question.html"
        description = _("Readers check what they understood. Nobody sees their answers.")
        preview_value = staticmethod(previews.question)
        value_class = QuestionValue

    def clean(self, value: Any) -> Any:
        """Raises `StructBlockValidationError` where no answer, or every answer, is right."""
        cleaned = super().clean(value)
        right = [bool(answer["right"]) for answer in cleaned["answers"]]
        if not any(right) or all(right):
            message = _("Say which answers are right: at least one, and not all.")
            raise StructBlockValidationError(block_errors={"question": ValidationError(message)})
        return cleaned


class TrainingsBlock(blocks.StructBlock):
    """The next trainings, kept up to date by the calendar."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    most = blocks.IntegerBlock(label=_("How many"), default=3, min_value=1, max_value=10)

    class Meta:
        icon = "date"
        label = _("Trainings to come")
        template = "cms/blocks/trainings.html"
        description = _("The next trainings, kept up to date by the calendar.")
        preview_value = staticmethod(previews.trainings)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Adds `trainings`: those in the page's language that have not ended yet."""
        from cms import queries  # noqa: PLC0415  # queries stand above models, which import blocks

        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        page = context.get("page")
        language = page.language if page is not None else get_language() or ""
        context["trainings"] = queries.trainings_to_come(
            language, at=context.get("at") or clock.now(), most=value["most"] or 3
        )
        return context
