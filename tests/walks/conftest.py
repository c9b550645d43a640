"""Fixtures of the walks: the platform on a port, visitors with and without scripts, and one with plain HTTP only."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.factories import desk, legal_aid
from tests.factories.cms import planted
from tests.servers.checker import HtmlChecker
from tests.walks.browser import Walker, Walkers
from tests.walks.bundle import bundle, bundled  # noqa: F401 - fixtures
from tests.walks.desk import Member
from tests.walks.plain import PlainVisitor
from tests.walks.site import LiveSite
from tests.walks.wire import Reader


@pytest.fixture
def site(transactional_db: None, bundled: Path) -> Iterator[LiveSite]:  # noqa: F811 - asks for the fixture
    """The running platform with its page trees and nobody in it; what a test writes there, the platform sees."""
    planted()
    running = LiveSite()
    yield running
    running.close()


@pytest.fixture
def visitors(chromium: Browser, site: LiveSite) -> Iterator[Walkers]:
    """Makes browser visitors: `visitors(scripts=False, language="ar", phone=True)`."""
    makes = Walkers(chromium, site)
    yield makes
    makes.see_off()


@pytest.fixture
def visitor(visitors: Walkers) -> Walker:
    """A French-speaking visitor at a desk, with scripts."""
    return visitors()


@pytest.fixture
def reader(visitor: Walker, html_checker: HtmlChecker) -> Reader:
    """The same visitor, each of whose pages can be held against the HTML checker."""
    return Reader(visitor, html_checker)


@pytest.fixture
def scriptless(visitors: Walkers) -> Walker:
    """The same in a context with JavaScript disabled."""
    return visitors(scripts=False)


@pytest.fixture
def plain(site: LiveSite) -> PlainVisitor:
    """A visitor whose browser only sends forms: HTTP and an HTML parser, nothing else."""
    return PlainVisitor(site.url)


@pytest.fixture
def team(site: LiveSite) -> legal_aid.StoredTeam:
    """A team of which every member has keys that the desk opens."""
    return desk.team()


@pytest.fixture
def member(team: legal_aid.StoredTeam, visitors: Walkers) -> Member:
    """The first member of the team, signed in at the desk."""
    return Member(visitors(), team.users["m01"], desk.PASSPHRASE)
