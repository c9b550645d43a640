"""A notice: one mail that waits in the outbox, written in the transaction of what it tells about."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from hrdplatform.notices.kinds import Kind


class State(models.TextChoices):
    HELD = "held", _("Waits for the next fixed hour")
    WAITING = "waiting", _("Waits to be sent")
    SENDING = "sending", _("Is being sent")
    SENT = "sent", _("Sent")
    PARKED = "parked", _("Set aside")


LEASE = timedelta(minutes=5)
"""How long one worker may take over one notice: longer than connecting and four answers of the mail server."""

UNSENT = (State.HELD, State.WAITING, State.SENDING, State.PARKED)
"""What keeps later notices of the same thread back: nothing overtakes, not even something that was set aside."""


def random_identifier() -> int:
    """A random number of 63 bits: gaps in numbers given in order would tell when a deleted notice was written."""
    return secrets.randbits(63)


class NoticeQuerySet(models.QuerySet["Notice"]):
    def claimable(self, at: datetime) -> NoticeQuerySet:
        """What may be sent at `at`: due, nobody else's turn, and nothing earlier of its thread still unsent."""
        earlier = Notice.objects.filter(thread=OuterRef("thread"), place__lt=OuterRef("place"), state__in=UNSENT)
        due = Q(state=State.WAITING) & (Q(due_at__isnull=True) | Q(due_at__lte=at))
        # A lease that ends too far ahead was given before the clock was put back.
        over = Q(leased_until__lt=at) | Q(leased_until__gt=at + LEASE)
        abandoned = Q(state=State.SENDING) & over
        return self.filter(due | abandoned).filter(Q(thread="") | ~Exists(earlier))

    def parked(self) -> NoticeQuerySet:
        """What was set aside after its last try, for the office's list: an operator retries or drops it."""
        return self.filter(state=State.PARKED).order_by("due_at", "id")


class Notice(models.Model):
    """`due_at` null means at once. `place` numbers the notices of one `thread` in the order they were written.

    `once` is set for constant kinds: at most one such notice to the same person waits. `failure` names the class of the
    last error, never its text, which could quote an address or content.
    """

    id = models.BigAutoField(primary_key=True, default=random_identifier)
    kind = models.CharField(max_length=60)
    to = models.EmailField(max_length=254)
    language = models.CharField(max_length=10)
    context = models.JSONField(default=dict)
    thread = models.CharField(max_length=120, blank=True)
    place = models.PositiveIntegerField(default=0)
    once = models.CharField(max_length=320, null=True)  # noqa: DJ001  # null is "as often as it is written"
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    due_at = models.DateTimeField(null=True)
    leased_until = models.DateTimeField(null=True)
    lease = models.CharField(max_length=32, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(max_length=120, blank=True)
    sent_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        indexes = [
            models.Index(fields=["due_at"], name="notices_due", condition=Q(state__in=[State.WAITING, State.SENDING])),
            models.Index(fields=["sent_at"], name="notices_sent", condition=Q(state=State.SENT)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["thread", "place"], condition=~Q(thread=""), name="notices_thread_order"),
            models.UniqueConstraint(
                fields=["once"], condition=Q(state__in=[State.HELD, State.WAITING]), name="notices_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.state}"

    @property
    def label(self) -> str:
        """The words for its kind; the kind itself where this version does not know it."""
        return str(dict(Kind.choices).get(self.kind, self.kind))
