"""How an opened case is shown without scripts: messages in order, one calm line about the check, failures in words."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from legal_aid.domain.plain_case import OpenCase, attachments_of, failures_of, is_message, is_teams, text_of
from legal_aid.states import Arrival, DefenderStatus, defender_word

TONES = {
    DefenderStatus.RECEIVED: "wait",
    DefenderStatus.LOOKED_AT: "ok",
    DefenderStatus.NEED_YOU: "warn",
    DefenderStatus.CLOSED: "ok",
}
FAILURES: dict[str, Promise] = {
    "card": gettext_lazy("The list of who can read this does not verify."),
    "list": gettext_lazy("The team’s signed list is missing or is not the one you wrote to."),
    "reader": gettext_lazy("Somebody can read who should not."),
    "barred": gettext_lazy("Somebody who was barred can read again."),
    "receipt": gettext_lazy("This case does not belong to your receipt."),
    "never": gettext_lazy("You never wrote this case."),
    "wrap": gettext_lazy("The key of this case is missing or is another one."),
    "record_signature": gettext_lazy("This message was not written by whom it names."),
    "record_author": gettext_lazy("This message was not written by whom it names."),
    "record_missing": gettext_lazy("A message that should stand before this one is missing."),
    "record_repeated": gettext_lazy("This message was sent a second time by somebody else."),
    "record_late": gettext_lazy("This message came after its time and may be forged."),
    "record_misplaced": gettext_lazy("This message belongs to another place."),
    "record": gettext_lazy("This message was changed or cannot be opened."),
}
OTHERWISE = gettext_lazy("Something in this case does not verify.")


def words(failure: str) -> str:
    """A failure in plain words: the most exact that we have."""
    return str(FAILURES.get(failure) or FAILURES.get(failure.split("_", maxsplit=1)[0]) or OTHERWISE)


def context(found: OpenCase) -> dict[str, Any]:
    """What the thread's page shows."""
    chain = found.view.messages
    messages = [_message(found, shown) for shown in chain.records if is_message(shown) or failures_of(shown)]
    word = defender_word(found.row.status)
    newest = chain.newest
    readers = [id_ for id_ in newest.signed.card.readers if _is_person(newest, id_)] if newest else []
    return {
        "messages": messages,
        "verdict": _verdict(found, len(messages)),
        "failures": sorted({words(problem.failure.value) for problem in chain.problems}),
        "status_word": word.label,
        "status_tone": TONES[word],
        "timeline": _timeline(word),
        "readers": len(readers),
        "arrival_server": found.row.arrival == Arrival.SERVER,
    }


def _is_person(epoch: Any, id_: str) -> bool:
    member = epoch.listed.member(id_)
    return member is not None and member.kind == "reader"


def _message(found: OpenCase, shown: Any) -> dict[str, Any]:
    return {
        "row": shown.row,
        "team": is_teams(shown),
        "day": found.days.get(shown.row),
        "text": text_of(shown),
        "files": attachments_of(shown),
        "failures": [words(failure) for failure in failures_of(shown)],
    }


def _verdict(found: OpenCase, count: int) -> str:
    if not found.view.sound:
        return _("Not everything here could be verified. What failed is marked.")
    return ngettext(
        "%(count)d message, verified: signed, complete and in order.",
        "%(count)d messages, verified: signed, complete and in order.",
        count,
    ) % {"count": count}


def _timeline(word: DefenderStatus) -> list[dict[str, Any]]:
    order = [DefenderStatus.RECEIVED, DefenderStatus.LOOKED_AT, DefenderStatus.NEED_YOU, DefenderStatus.CLOSED]
    place = order.index(word)
    return [
        {"word": one.label, "done": number < place, "current": number == place}
        for number, one in enumerate(order)
        if one != DefenderStatus.NEED_YOU or word == DefenderStatus.NEED_YOU
    ]
