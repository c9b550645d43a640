"""The worker: one table of all due work, read by Celery's worker and beat and by the embedded `manage.py work`.

Production: `celery -A hrdplatform.worker worker` and `celery -A hrdplatform.worker beat`. Messages carry no data: each
piece of work asks the database what is due, so a message that is lost or doubled changes nothing.
"""

from __future__ import annotations

import os
from datetime import timedelta
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hrdplatform.settings")
django.setup()

# ruff: noqa: E402  # models are imported below, once the apps are ready
from celery import Task
from celery.signals import setup_logging

from cms.domain import arrivals, card_files, parcels, pictures, readings, schedule, upkeep
from hrdplatform.accounts import tasks as accounts
from hrdplatform.audit import chain
from hrdplatform.conf import configuration
from hrdplatform.media import leftovers
from hrdplatform.notices import hours, sending, sweeping, turns
from hrdplatform.notices.broker import app, task_name
from hrdplatform.notices.turns import Due
from hrdplatform.operations import heads
from hrdplatform.web import clock
from legal_aid.domain import blobs, desk, erasure, plain_session, uploads

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

DUE = (
    Due(turns.HEARTBEAT, turns.heartbeat, 15 * SECOND),
    Due("notices", sending.send_due, SECOND, pending=sending.pending),
    Due("notices.hours", hours.release, MINUTE),
    Due("notices.sweep", sweeping.sweep, DAY, hour=3),
    Due("audit.link", chain.link, SECOND, pending=chain.pending),
    Due("audit.head", heads.sign_daily, DAY, hour=5),
    Due("accounts.resets", accounts.send_resets, 5 * SECOND),
    Due("accounts.sweep", accounts.sweep, 10 * MINUTE),
    Due("cms.schedule", schedule.publish_due, MINUTE),
    Due("cms.upkeep", upkeep.remind_due, DAY, hour=7),
    Due("cms.pictures", pictures.make_due, 5 * SECOND, pending=pictures.pending),
    Due("cms.parcels", parcels.make_due, 5 * SECOND, pending=parcels.pending),
    Due("cms.parcels_nightly", parcels.want_all, DAY, hour=2),
    Due(arrivals.WORK, readings.read_due, SECOND, pending=readings.pending),
    Due("cms.folders_hourly", arrivals.sweep, HOUR),
    Due("cms.cards", card_files.sweep, DAY, hour=4),
    Due("media.leftovers", leftovers.sweep, DAY, hour=3),
    Due("legal_aid.news", desk.send_news, 10 * MINUTE),
    Due("legal_aid.alarms", desk.send_alarms, MINUTE),
    Due("legal_aid.uploads", uploads.remove_expired, 10 * MINUTE),
    Due("legal_aid.visits", plain_session.remove_idle, MINUTE),
    Due("legal_aid.blobs", blobs.remove_due, 30 * SECOND),
    Due("legal_aid.compact", erasure.compact, 30 * SECOND),
    Due("legal_aid.compact_nightly", erasure.compact_nightly, DAY, hour=3),
)


def celery_task(due: Due) -> Task[Any, Any]:
    """The Celery task for one row of the table; `woken` comes with a wake-up and does not wait for the period."""

    @app.task(name=task_name(due.name), ignore_result=True)
    def perform(*, woken: bool = False) -> None:
        turns.do(due, at=clock.now(), woken=woken)

    return perform


TASKS = {due.name: celery_task(due) for due in DUE}

app.conf.beat_schedule = {
    due.name: {
        "task": task_name(due.name),
        "schedule": min(due.period, 10 * MINUTE),
        "options": {"expires": max(due.period.total_seconds(), 60.0)},
    }
    for due in DUE
}
app.conf.beat_schedule_filename = str(configuration.data / "beat-schedule")


@setup_logging.connect
def leave_the_logs_alone(**_options: Any) -> None:
    """Celery keeps what the settings say of them when somebody answers this signal."""
