"""The surroundings of every test run, set before Django reads its settings: a fresh data folder, and the database asked for.

`HRD_TEST_DATABASE=postgresql` starts a PostgreSQL server of the test group's own; anything else means SQLite.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
folder = Path(tempfile.mkdtemp(prefix=f"hrd-test-{worker}-"))
for name in [name for name in os.environ if name.startswith("HRD_") and not name.startswith("HRD_TEST_")]:
    del os.environ[name]
os.environ["HRD_DATA"] = str(folder)
atexit.register(shutil.rmtree, folder, ignore_errors=True)
