"""An organisation with its section, who writes in it and who approves, and English where a test reads English."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from hrdplatform.accounts.models import User
from hrdplatform.organisations.models import Organisation
from hrdplatform.organisations.states import Role
from tests.factories.cms import planted
from tests.factories.organisations import make_member, make_organisation


@pytest.fixture
def own(db: None) -> Organisation:
    planted()
    return make_organisation("Passerelle")


@pytest.fixture
def author(own: Organisation) -> User:
    return make_member(own, Role.AUTHOR)


@pytest.fixture
def editor(own: Organisation) -> User:
    return make_member(own, Role.EDITOR)


@pytest.fixture
def english() -> Iterator[None]:
    with translation.override("en"):
        yield
