"""`manage.py work`: the embedded worker, in the foreground, until SIGTERM or Ctrl-C."""

from __future__ import annotations

import signal
import threading
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils.module_loading import import_string

from hrdplatform.operations.embedded import EmbeddedWorker
from hrdplatform.web import clock


class Command(BaseCommand):
    """Does all due work without a broker. `--once` does what is due now and ends."""

    help = "Does due work: sends notices, links the audit record, reminds, clears up. Without a broker."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now, then end")

    def handle(self, *, once: bool = False, **options: Any) -> None:
        stop = threading.Event()
        worker = EmbeddedWorker(import_string(settings.WORKER_TABLE), now=clock.now, stop=stop)
        if once:
            while worker.round():
                pass
            return

        def ask_to_stop(number: int, frame: FrameType | None) -> None:
            stop.set()

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, ask_to_stop)
        worker.run()
