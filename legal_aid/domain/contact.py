"""How a defender may be reached, and what she asks for: the data of a contact record (kind 05), in one spelling for
all.

Norm: never contact in a way not named as safe, ask again each time (NNEDV). The browser's page writes the same keys;
they are listed in docs/developer/sealed-api.md. Everything is sealed; nothing here has a clear column.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from hrdplatform.sealing.canonical import Value


class Channel(TextChoices):
    """Where an answer may go."""

    INBOX = "inbox", _("Only here: I come back with my receipt")
    SIGNAL = "signal", _("Signal")
    PHONE = "phone", _("Telephone")
    MAIL = "mail", _("E-mail")
    OTHER = "other", _("Another way")


class Aim(TextChoices):
    """What would help."""

    RIGHTS = "rights", _("Understand my rights and risks")
    REPRESENT = "represent", _("Somebody to represent me")
    STOP = "stop", _("Make harassment or threats stop")


class WritingFor(TextChoices):
    """Whose case it is."""

    SELF = "self", _("I write for myself")
    OTHER = "other", _("I write for somebody else")


@dataclass(frozen=True)
class Contact:
    """`voicemail` and `ask_each_time` are 0 or 1; texts are empty where nothing was said."""

    address: str = ""
    aims: tuple[str, ...] = ()
    answer_language: str = ""
    ask_each_time: int = 1
    avoid: str = ""
    channel: str = Channel.INBOX
    cover_story: str = ""
    mandate: str = ""
    safe_word: str = ""
    times: str = ""
    voicemail: int = 0
    writing_for: str = WritingFor.SELF

    def data(self) -> dict[str, Value]:
        """The record's `data`."""
        spelled: dict[str, Value] = asdict(self)
        return {**spelled, "aims": list(self.aims)}

    @classmethod
    def read(cls, data: Mapping[str, Value]) -> Contact:
        """The contact of a verified record; what another version of the page wrote beside it is left out."""
        known = {one.name: data[one.name] for one in fields(cls) if one.name in data}
        aims = known.pop("aims", [])
        texts = {name: value for name, value in known.items() if isinstance(value, str | int)}
        known_aims = tuple(str(aim) for aim in aims) if isinstance(aims, list) else ()
        return cls(**texts, aims=known_aims)  # type: ignore[arg-type]  # canonical: strings and integers only
