"""Fixtures of the servers that tests may ask for; each is started once in a process, when it is first asked for."""

import pytest

from tests.servers.checker import HtmlChecker
from tests.servers.mail import MailSink
from tests.servers.postgres import PostgresServer
from tests.servers.valkey import ValkeyServer


@pytest.fixture(scope="session")
def postgres_server():
    """A PostgreSQL server apart from the run's database, for tests that stop it, dump it or restore into it."""
    server = PostgresServer()
    yield server
    server.close()


@pytest.fixture(scope="session")
def valkey_server():
    server = ValkeyServer()
    yield server
    server.close()


@pytest.fixture(scope="session")
def html_checker():
    """Says what is wrong with a page's HTML."""
    checker = HtmlChecker()
    yield checker
    checker.close()


@pytest.fixture
def mail_sink():
    """A mail server that has taken nothing yet."""
    sink = MailSink()
    yield sink
    sink.stop()
