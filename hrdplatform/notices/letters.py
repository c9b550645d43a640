"""Letters: a notice becomes a mail of plain text. Its first line is the subject; nothing in it can become a header."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template import Context, Engine
from django.utils import translation

from .kinds import Kind
from .models import Notice


class LetterError(Exception):
    """The template does not give a subject and a text."""


def letter(notice: Notice) -> EmailMessage:
    """The mail for `notice`, in its language. Raises `LetterError` and whatever the template raises.

    The message id is made of the row's random number: a mail that is sent twice, because the worker died between
    sending and noting it, is known as the same one by the mail servers and programs on its way.
    """
    kind = Kind(notice.kind)
    with translation.override(notice.language):
        text = _rendered(kind, {**notice.context, "platform_name": settings.PLATFORM_NAME})
    subject, _, body = text.strip().partition("\n")
    if not subject.strip() or not body.strip():
        raise LetterError(f"The template of {kind} gives no subject or no text.")
    return EmailMessage(
        subject=" ".join(subject.split()),
        body=body.strip() + "\n",
        to=[notice.to],
        headers={
            "Message-ID": f"<{notice.pk:016x}@{_domain()}>",
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        },
    )


def _rendered(kind: Kind, values: dict[str, Any]) -> str:
    # Plain text: an apostrophe stays an apostrophe.
    template = Engine.get_default().get_template(f"notices/{kind}.txt")
    return template.render(Context(values, autoescape=False))


def _domain() -> str:
    return str(settings.DEFAULT_FROM_EMAIL).rpartition("@")[2].strip("> ") or "localhost"
