"""Heads: once a day the head of the audit chain is signed and mailed to people outside, so that it can be held to it.

A chain proves nothing against whoever owns the database and could compute all of it anew; a signed head in a mailbox
does. The statement is canonical JSON, signed with Ed25519 (RFC 8032) under a label of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_string
from email.policy import default

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from hrdplatform import audit, notices
from hrdplatform.audit import anchors, chain
from hrdplatform.audit.models import Anchor
from hrdplatform.conf import configuration, secret_lines
from hrdplatform.sealing import canonical, ed25519
from hrdplatform.sealing.errors import SealingError

LABEL = b"hrdplatform/audit/head/v1\x00"
KEYS = frozenset({"what", "platform", "day", "sequence", "digest"})
WHAT = "audit-head"


class HeadError(Exception):
    """The text holds no signed head, or one that this platform's keys did not sign; the message says which."""


@dataclass(frozen=True)
class Head:
    """What a signed head states: on that day the chain had `sequence` entries and its last hash was `digest`."""

    day: str
    sequence: int
    digest: str


def seeds(*, create: bool) -> list[bytes]:
    """The signing keys, newest first, 32 bytes each. Raises `ConfigurationError` where there is none."""
    return [bytes.fromhex(line) for line in secret_lines(configuration.audit_key_file, create=create)]


def sign_daily(*, at: datetime, limit: int = 1) -> int:
    """Link what can be linked, sign the head of the day and mail it to all who keep heads; 1 if it was done now."""
    day = timezone.localtime(at).date()
    if Anchor.objects.filter(day=day).exists():
        return 0
    while chain.link(at=at):
        pass
    sequence, digest = chain.head()
    statement = canonical.emit(
        {
            "what": WHAT,
            "platform": configuration.public_host,
            "day": day.isoformat(),
            "sequence": sequence,
            "digest": digest,
        }
    )
    seed = seeds(create=not configuration.production)[0]
    anchor = Anchor(
        day=day,
        sequence=sequence,
        statement=statement.decode(),
        key=ed25519.public_key(seed).hex(),
        signature=ed25519.sign(seed, LABEL + statement).hex(),
    )
    try:
        _keep(anchor, at=at)
    except IntegrityError:
        return 0  # another worker was faster
    return 1


def _keep(anchor: Anchor, *, at: datetime) -> None:
    with transaction.atomic():
        anchor.save(force_insert=True)
        audit.record(
            audit.Event.HEAD_SIGNED, actor="system", object=f"anchor:{anchor.day}", at=at, sequence=anchor.sequence
        )
        for address, language in anchors.recipients().items():
            notices.queue(
                notices.Kind.AUDIT_HEAD,
                to=address,
                language=language or settings.LANGUAGE_CODE,
                context={
                    "day": anchor.day.isoformat(),
                    "statement": anchor.statement,
                    "key": anchor.key,
                    "signature": anchor.signature,
                },
            )


def read(text: str, *, trusted: frozenset[str]) -> Head:
    """The head that `text` carries: a saved mail, also a quoted one. Raises `HeadError`.

    `trusted` are the public keys, in hexadecimal, one of which must have signed.
    """
    mail = message_from_string(text, policy=default).get_body(("plain",))
    if mail is not None and mail["Content-Transfer-Encoding"] is not None:
        text = str(mail.get_content())
    found = {}
    for name in ("head", "key", "signature"):
        match = re.search(rf"^[>\s]*{name}:[ \t]*(\S+)[ \t]*$", text, re.MULTILINE)
        if match is None:
            raise HeadError(f"The file has no line `{name}:`.")
        found[name] = match[1]
    return check(found["head"], found["key"], found["signature"], trusted=trusted)


def check(statement: str, key: str, signature: str, *, trusted: frozenset[str]) -> Head:
    """The head of a signed statement. Raises `HeadError`."""
    if key not in trusted:
        raise HeadError(f"The head was signed by the key {key}, which is not one of this platform.")
    try:
        ed25519.verify(bytes.fromhex(key), LABEL + statement.encode(), bytes.fromhex(signature))
        parts = canonical.parse_object(statement.encode(), KEYS)
    except (SealingError, ValueError) as error:
        raise HeadError("The signature does not fit the head.") from error
    day, sequence, digest = parts["day"], parts["sequence"], parts["digest"]
    if parts["what"] != WHAT or not isinstance(sequence, int):
        raise HeadError("The statement is not about the head of an audit chain.")
    return Head(str(day), sequence, str(digest))


def public_keys() -> frozenset[str]:
    """The public keys of this platform's signing keys, old ones too, in hexadecimal."""
    return frozenset(ed25519.public_key(seed).hex() for seed in seeds(create=False))
