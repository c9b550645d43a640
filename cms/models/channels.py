"""Which channel? The guide for whistleblowers: who is there for what, found by a few questions, without scripts."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from cms.blocks import BodyBlock, ChannelsBlock
from cms.blocks.channels import MATTERS, STAGES
from cms.models.base import BELOW_HOME
from cms.models.noted import NotedPage


class ChannelsPage(NotedPage):
    """Channels (an authority, the Office des signalements, legal advice, the press) and for whom each is right."""

    introduction = StreamField(BodyBlock(), verbose_name=_("introduction"), blank=True)
    channels = StreamField(ChannelsBlock(), verbose_name=_("channels"), blank=True)

    taken_words = BELOW_HOME

    template = "cms/channels.html"
    parent_page_types: ClassVar[list[str]] = ["cms.HomePage", "cms.StandardPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("lead"),
        FieldPanel("introduction"),
        FieldPanel("channels"),
    ]
    search_fields: ClassVar = [
        *NotedPage.search_fields,
        index.SearchField("introduction"),
        index.SearchField("channels"),
    ]

    class Meta:
        verbose_name = _("guide to channels")
        verbose_name_plural = _("guides to channels")

    def get_context(self, request: Any, *arguments: Any, **options: Any) -> dict[str, Any]:
        """Adds the two questions with what was answered, and the channels: those that fit, then the others.

        Answers come from the address (`?matter=…&stage=…`); a word that is no answer is no answer.
        """
        context: dict[str, Any] = super().get_context(request, *arguments, **options)
        matter = known(request.GET.get("matter", ""), MATTERS)
        stage = known(request.GET.get("stage", ""), STAGES)
        channels = [block.value for block in self.channels]
        fitting = [channel for channel in channels if fits(channel, matter, stage)] if matter or stage else []
        request.declared = {"matter": dict(MATTERS), "stage": dict(STAGES)}
        context["questions"] = [("matter", MATTERS, matter), ("stage", STAGES, stage)]
        context["asked"] = bool(matter or stage)
        context["fitting"] = fitting
        context["others"] = [channel for channel in channels if channel not in fitting]
        return context


def known(word: str, choices: list[Any]) -> str:
    """The word where it is one of the choices, else nothing."""
    return word if word in dict(choices) else ""


def fits(channel: Any, matter: str, stage: str) -> bool:
    """Whether a channel is right for what was answered; a question left open rules nothing out."""
    return (not matter or matter in channel["matters"]) and (not stage or stage in channel["stages"])
