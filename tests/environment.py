"""The surroundings of every test run, set before Django reads its settings: a fresh data folder, and the database.

`HRD_TEST_DATABASE=postgresql` starts one PostgreSQL server for the whole run, shared by all workers of xdist; with
`HRD_TEST_POSTGRES_URL` an offered server is used instead. Anything else means SQLite.

Tests connect to loopback only, and so does their Chromium; the platform's own processes that they start are configured
with addresses of loopback.
"""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path

import pytest

worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
folder = Path(tempfile.mkdtemp(prefix=f"hrd-test-{worker}-"))
for name in [name for name in os.environ if name.startswith("HRD_") and not name.startswith("HRD_TEST_")]:
    del os.environ[name]
os.environ["HRD_DATA"] = str(folder)
os.environ["HRD_STATICS"] = str(folder / "collected")  # none are collected: files come from where they lie
atexit.register(shutil.rmtree, folder, ignore_errors=True)


def choose_database() -> None:
    """Set HRD_DATABASE for PostgreSQL: the run's first process starts the server, its workers inherit the address."""
    if os.environ.get("HRD_TEST_DATABASE") != "postgresql":
        return
    if not os.environ.get("HRD_TEST_POSTGRES_URL"):
        from tests.servers.postgres import PostgresServer

        server = PostgresServer()
        atexit.register(server.close)
        # SIGTERM ends a run as Ctrl-C does, so that atexit is reached; after SIGKILL the kernel stops it.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
        os.environ["HRD_TEST_POSTGRES_URL"] = server.url
    os.environ["HRD_DATABASE"] = os.environ["HRD_TEST_POSTGRES_URL"]


choose_database()

pytest_plugins = [
    "tests.servers.fixtures",
    "tests.servers.failures",
    "tests.servers.flushing",
    "tests.walks.chromium",
    "tests.fakes.clock",
]


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Refuse every connection that is not to this machine itself."""
    config.option.allow_hosts = "127.0.0.1,::1,localhost"
    config.option.allow_unix_socket = True
