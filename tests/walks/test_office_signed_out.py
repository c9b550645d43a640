"""The session ends while somebody writes in the office: her words stay on the page until she is signed in again."""

import pytest
from playwright.sync_api import Page, expect

from cms.models import GuidePage, Topic
from hrdplatform.accounts.models import User
from tests.factories.learning import guide, topic
from tests.factories.office import platform_administrator
from tests.fakes.clock import StoppedClock
from tests.walks.browser import Walker
from tests.walks.office import pass_both_steps, settle, sign_in

pytestmark = [pytest.mark.walk, pytest.mark.database]
OUT = "You are signed out. What you typed is still here."
SOON = "You will be signed out in a few minutes."


@pytest.fixture
def administrator(site) -> User:
    return platform_administrator()


@pytest.fixture
def writer(stopped_clock, visitors, administrator) -> Walker:
    walker = visitors(language="en")
    sign_in(walker, administrator)
    return walker


def comes_back_late(writer: Walker, stopped_clock: StoppedClock) -> None:
    """After half an hour in which nothing was asked of the platform."""
    settle(writer)
    stopped_clock.move(minutes=31)


def signs_in_beside(page: Page, user: User) -> None:
    """In the tab that the notice opens."""
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Sign in in a new tab").click()
    pass_both_steps(opened.value, user)
    opened.value.wait_for_url("**/office/")


def test_a_page_whose_writer_was_signed_out_keeps_her_words_until_she_saves_again(stopped_clock, writer, administrator):
    draft = guide("Telephone", live=False)
    page = writer.visit(f"/office/pages/{draft.pk}/edit/")
    comes_back_late(writer, stopped_clock)
    writer.context.clear_cookies()
    page.locator("#id_lead").fill("Before you leave.")
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text(OUT)).to_be_in_viewport()
    signs_in_beside(page, administrator)
    assert page.locator("#id_lead").input_value() == "Before you leave."
    page.get_by_role("button", name="Save draft").click()
    page.locator(".messages .success").wait_for()
    expect(page.get_by_text(OUT)).to_have_count(0)
    assert GuidePage.objects.get().get_latest_revision_as_object().lead == "Before you leave."
    settle(writer)


def test_a_decision_that_was_held_back_does_not_go_along_with_what_is_saved_next(stopped_clock, writer, administrator):
    draft = guide("Telephone", live=False)
    draft.save_revision(user=None)
    draft.get_workflow().start(draft, user=None)
    page = writer.visit(f"/office/pages/{draft.pk}/edit/")
    comes_back_late(writer, stopped_clock)
    page.locator("footer.footer [data-w-dropdown-target=toggle]").first.click()
    page.locator("footer.footer button", has_text="Approve and Publish").first.click()
    expect(page.get_by_text(OUT)).to_be_in_viewport()
    signs_in_beside(page, administrator)
    page.get_by_role("button", name="Save draft").click()
    page.locator(".messages .success").wait_for()
    assert not GuidePage.objects.get().live
    settle(writer)


def test_the_other_forms_of_the_office_are_held_back_as_well(stopped_clock, writer, administrator):
    row = topic()
    page = writer.visit(f"/office/topics/edit/{row.pk}/")
    page.locator("#id_slug").fill("safety")
    comes_back_late(writer, stopped_clock)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text(OUT)).to_be_in_viewport()
    signs_in_beside(page, administrator)
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator(".messages .success").wait_for()
    assert Topic.objects.get().slug == "safety"
    settle(writer)


def test_some_minutes_before_the_end_the_page_says_so(stopped_clock, writer):
    page = writer.page
    page.clock.install()
    writer.visit(f"/office/topics/edit/{topic().pk}/")
    settle(writer)
    stopped_clock.move(minutes=26)
    page.clock.fast_forward("20:00")
    expect(page.get_by_text(SOON)).to_be_visible()
    stopped_clock.move(minutes=5)
    page.clock.fast_forward("05:00")
    expect(page.get_by_text(OUT)).to_be_visible()
    expect(page.get_by_text(SOON)).to_have_count(0)


def test_where_the_network_answers_oddly_the_form_is_sent_all_the_same(writer):
    page = writer.visit(f"/office/topics/edit/{topic().pk}/")
    settle(writer)
    page.route("**/office/signed-in/", lambda route: route.fulfill(status=502, body="<h1>Bad gateway</h1>"))
    page.locator("#id_slug").fill("safety")
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator(".messages .success").wait_for()
    assert Topic.objects.get().slug == "safety"
