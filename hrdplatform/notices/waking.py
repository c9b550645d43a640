"""Waking: tell the worker that something is due. The only publisher; a message carries a name and no data."""

from __future__ import annotations

import logging
from time import monotonic

from celery import Celery
from django.db import transaction
from kombu.exceptions import OperationalError

from hrdplatform.conf import configuration

from .broker import app, task_name

logger = logging.getLogger(__name__)

REST = 30.0
"""Seconds without another try after the broker did not answer: each try may hold a request up for about a second."""


class Publisher:
    """Sends wake-ups to the broker and leaves it alone for a while when it is down."""

    def __init__(self, application: Celery) -> None:
        self.application = application
        self.silent_until = 0.0

    def publish(self, name: str) -> bool:
        """Whether the wake-up went out. A broker that is down is logged once and never an error of the caller."""
        if monotonic() < self.silent_until:
            return False
        try:
            self.application.send_task(task_name(name), kwargs={"woken": True}, retry=False, expires=60)
        except (OperationalError, OSError) as error:
            self.silent_until = monotonic() + REST
            logger.warning("broker_unreachable", extra={"facts": {"failure": type(error).__name__}})
            return False
        return True


publisher = Publisher(app)


def wake(kind: str) -> None:
    """After the commit of the current transaction, tell the worker that work of this name of its table is due.

    Nothing is lost without it: the worker looks into the database by itself. Without a broker it does nothing.
    """
    if configuration.broker:
        transaction.on_commit(lambda: publisher.publish(kind), robust=True)
