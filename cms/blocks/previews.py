"""What the picker of blocks shows of each: a short example in the editor's language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _


def text() -> str:
    return f"<p>{_('Write the number of your lawyer on your arm before you go.')}</p>"


def callout() -> dict[str, Any]:
    return {"tone": "warn", "text": f"<p>{_('Do not write the name of a person at risk.')}</p>"}


def steps() -> dict[str, Any]:
    return {
        "steps": [
            {"title": _("Switch the telephone off"), "text": ""},
            {"title": _("Leave it at home"), "text": ""},
        ]
    }


def checklist() -> dict[str, Any]:
    return {
        "title": _("Before you go"),
        "items": [
            {"text": f"<p>{_('The battery is full.')}</p>", "level": ""},
            {"text": f"<p>{_('Messages disappear after a day.')}</p>", "level": "advanced"},
        ],
    }


def accordion() -> dict[str, Any]:
    answer = f"<p>{_('A finger can be forced, a code must be spoken.')}</p>"
    return {"items": [{"title": _("Why is a code better than a finger?"), "text": answer}]}


def quote() -> dict[str, Any]:
    return {"text": _("I had the number on my arm."), "source": _("A protester")}


def term() -> dict[str, Any]:
    from cms.models.term import Term  # noqa: PLC0415  # pages import blocks

    example = Term(slug="seizure", source_language="en")
    example.word, example.meaning = _("seizure"), _("When the police take a thing and keep it as evidence.")
    return {"term": example}


def video() -> dict[str, Any]:
    from hrdplatform.media.models import PlatformVideo  # noqa: PLC0415  # media's models load with the apps

    title = _("How to lock a telephone")
    return {"video": PlatformVideo(title=title, address="https://example.org/", seconds=120, transcript=title)}


def question() -> dict[str, Any]:
    return {
        "question": _("Why is a code better than a finger?"),
        "answers": [
            {"text": _("It is quicker"), "right": False, "explanation": _("The finger is quicker.")},
            {"text": _("Nobody can press it out of your hand"), "right": True, "explanation": _("That is the point.")},
        ],
    }


def trainings() -> dict[str, Any]:
    return {"title": _("Come and try it"), "most": 3}
