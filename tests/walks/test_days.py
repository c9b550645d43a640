"""The day on which a page goes live, as somebody types it in the office."""

import pytest

from hrdplatform.organisations.states import Role
from tests.factories.learning import guide, section
from tests.factories.organisations import make_member, make_organisation
from tests.walks.office import Colleague, settle

pytestmark = pytest.mark.walk


def test_what_is_no_day_stays_as_it_was_typed(site, visitors):
    own = make_organisation("Passerelle", slug="passerelle")
    draft = guide(parent=section(own), live=False)
    author = Colleague(visitors(language="en"), make_member(own, Role.AUTHOR))
    author.opens(f"/office/pages/{draft.pk}/edit/")
    author.page.get_by_role("button", name="Toggle status").click()
    author.page.get_by_role("button", name="Set schedule").click()
    day = author.page.locator("#id_go_live_at")
    for words in ("demain", "2030-01-02 09:00"):
        day.fill(words)
        day.press("Tab")
        assert day.input_value() == words
    settle(author.walker)
