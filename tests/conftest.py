"""What every test stands on: compiled translations, a copy of a migrated database, cheap passwords."""

import fcntl
import os
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

import make
from tests.servers import migrated


def pytest_configure() -> None:
    """Compile the catalogues where they are missing or older than their words; one worker at a time."""
    make.BUILD.mkdir(exist_ok=True)
    with (make.BUILD / "translations.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        make.translations()


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Whether Django takes the database that lies there: on SQLite it is a copy, which it only brings up to date."""
    return connection.vendor == "sqlite"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix) -> None:
    """Lay a migrated database where Django looks for its test database, or name the one that it is made after."""
    if connection.vendor == "sqlite":
        migrated.lay_sqlite(Path(connection.creation._get_test_db_name()))
    else:
        connection.settings_dict["TEST"]["TEMPLATE"] = migrated.postgresql_template(os.environ["HRD_TEST_POSTGRES_URL"])


@pytest.fixture(scope="session", autouse=True)
def quick_passwords(django_test_environment) -> None:
    """The same Argon2, stored in the same form, with the least work that it knows; processes of their own do it all."""
    settings.PASSWORD_HASHERS = ["tests.fakes.hashing.QuickArgon2", *settings.PASSWORD_HASHERS[1:]]
