"""The Celery application, as publisher and worker share it. Without a broker it stays unused."""

from __future__ import annotations

from celery import Celery

from hrdplatform.conf import configuration


def application(broker: str) -> Celery:
    """A Celery application on `broker` that gives up on one that is down within about a second."""
    made = Celery("hrdplatform", broker=broker, set_as_current=False)
    made.conf.update(CONFIGURATION)
    return made


CONFIGURATION = dict(  # noqa: C408  # Celery's own names, as keywords
    task_ignore_result=True,
    task_serializer="json",
    accept_content=["json"],
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    broker_connection_timeout=1,
    broker_connection_retry_on_startup=True,
    broker_transport_options={
        "socket_connect_timeout": 1,
        "socket_timeout": 5,
        "max_retries": 1,
        "interval_start": 0,
        "interval_max": 0.1,
    },
    timezone="Europe/Luxembourg",
    enable_utc=True,
)

app = application(configuration.broker or "memory://")


def task_name(name: str) -> str:
    """The Celery name of the due work `name`."""
    return f"hrdplatform.{name}"
