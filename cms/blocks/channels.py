"""Channels for people who report wrongdoing, and the questions that lead to them."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks.plain import WORDS

MATTERS: Final = [
    ("employer", _("Something at work breaks the law")),
    ("authority", _("A public authority breaks the law")),
    ("rights", _("My own rights, or somebody’s, are violated")),
    ("discrimination", _("Somebody is treated worse for who they are")),
    ("data", _("Personal data is misused")),
    ("crime", _("It is a crime, or somebody is in danger")),
]
"""What it is about: the first question."""

STAGES: Final = [
    ("thinking", _("I am still thinking about it")),
    ("reported", _("I reported it and nothing happened")),
    ("punished", _("I am being punished for it")),
]
"""Where somebody stands: the second question."""


class ChannelBlock(blocks.StructBlock):
    """One channel: who they are, what they can and cannot do, how to reach them."""

    name = blocks.CharBlock(label=_("Name"), max_length=160)
    use = blocks.RichTextBlock(label=_("What it is for"), features=WORDS)
    limits = blocks.RichTextBlock(label=_("What it cannot do"), features=WORDS, required=False)
    identity = blocks.TextBlock(label=_("Who learns your name"), max_length=400, required=False)
    website = blocks.URLBlock(label=_("Website"), required=False)
    telephone = blocks.CharBlock(label=_("Telephone"), max_length=40, required=False)
    matters = blocks.MultipleChoiceBlock(label=_("Right for"), choices=MATTERS)
    stages = blocks.MultipleChoiceBlock(label=_("Right when"), choices=STAGES)

    class Meta:
        icon = "mail"
        label = _("Channel")


class ChannelsBlock(blocks.StreamBlock):
    """The channels, in the order in which they are shown."""

    channel = ChannelBlock()
