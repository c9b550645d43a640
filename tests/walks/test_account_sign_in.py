"""Signing in with two steps, enrolling an app by its picture, signing out: in a browser, with scripts and without."""

from io import BytesIO

import pytest
import segno
from django.utils import translation
from PIL import Image
from playwright.sync_api import expect

from hrdplatform.accounts.domain import totp
from hrdplatform.accounts.models import TotpDevice
from hrdplatform.organisations.domain.invitations import invite
from hrdplatform.organisations.states import Role
from hrdplatform.web import clock
from tests.factories.accounts import PASSWORD, code_of, make_app, make_person, make_user
from tests.factories.organisations import make_member, make_organisation
from tests.walks import office
from tests.walks.browser import Walkers
from tests.walks.chromium import FLAGS, WHOLE

pytestmark = [pytest.mark.walk, pytest.mark.database]


@pytest.fixture
def remembering(chromium, site):
    """Visitors whose Chromium keeps pages that one left ready to be shown again, as it does outside of tests."""
    kept = {"ignore_default_args": ["--disable-back-forward-cache"]}
    browser = chromium.browser_type.launch(executable_path=WHOLE, args=FLAGS, **kept)
    makes = Walkers(browser, site)
    yield makes
    makes.see_off()
    browser.close()


def give_password(page, email):
    page.locator("input[name=email]").fill(email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button").click()


def give_code(page, device):
    page.locator("input[name=code]").fill(code_of(device))
    page.locator("main form button.btn").last.click()


def back_shows_nothing(page, user, *, steps):
    """Whichever page one goes back to, it asks who one is; of the person and the page nothing is left."""
    for _step in range(steps):
        page.go_back(wait_until="commit")
        expect(page.locator("h1")).to_have_text("Sign in")
        words = page.locator("body").inner_text()
        assert not [kept for kept in (user.name, user.email, "My phone", "Sign out", "Wagtail") if kept in words]


def seen_modules(page):
    """The dark and light squares of the picture, as a camera sees them."""
    picture = Image.open(BytesIO(page.locator("svg.qr").screenshot())).convert("L")
    device = TotpDevice.objects.get()
    with translation.override("en"):  # the platform's name stands in the page's language
        matrix = segno.make(totp.address(device), error="m", micro=False).matrix
    size = len(matrix) + 8
    edge = picture.width / size
    seen = [
        [picture.getpixel((int((x + 4.5) * edge), int((y + 4.5) * edge))) < 128 for x in range(len(matrix))]
        for y in range(len(matrix))
    ]
    return seen, [[bool(module) for module in row] for row in matrix]


@pytest.mark.parametrize("scripts", [True, False])
def test_somebody_invited_makes_an_account_with_an_app_and_back_up_codes(visitors, scripts):
    walker = visitors(scripts=scripts, language="en", dark=True)
    link = invite(
        email="ana@example.org",
        organisation=make_organisation("Sea Watch"),
        role=Role.AUTHOR,
        language="en",
        door="office",
        by=None,
        at=clock.now(),
    )
    page = walker.visit("/" + link.split("/", 3)[3])
    page.locator("input[name=name]").fill("Ana")
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Make my account").click()
    page.get_by_label("Name of this device").fill("My phone")
    page.get_by_role("button", name="Set up an app").click()
    seen, meant = seen_modules(page)
    assert seen == meant
    device = TotpDevice.objects.get()
    assert totp.written(device) in page.locator("code.key").inner_text()
    give_code(page, device)
    page.get_by_role("button", name="Make back-up codes").click()
    expect(page.locator("ul.codes li")).to_have_count(10)
    page.get_by_role("link", name="I have kept them").click()
    expect(page.locator("h1")).to_have_text("My account")
    expect(page.get_by_text("Sea Watch").first).to_be_visible()


def test_the_browser_that_goes_back_keeps_a_public_page(remembering):
    walker = remembering()
    page = walker.visit("/en/parts/")
    page.evaluate("addEventListener('pageshow', (event) => { document.title = `kept: ${event.persisted}`; })")
    walker.visit("/account/login/")
    page.go_back(wait_until="commit")
    expect(page).to_have_title("kept: true")


@pytest.mark.parametrize("scripts", [True, False])
def test_both_steps_lead_to_where_one_wanted_to_go_and_signing_out_ends_it(remembering, scripts):
    walker = remembering(scripts=scripts, language="en")
    user = make_user(language="en")
    device = make_app(user)
    page = walker.visit("/account/profile/")
    assert page.locator("h1").inner_text() == "Sign in"
    give_password(page, user.email)
    give_code(page, device)
    page.wait_for_url("**/account/profile/")
    page.get_by_role("link", name="Sign out").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator("h1")).to_have_text("You are signed out")
    back_shows_nothing(page, user, steps=4)
    page.goto(f"{walker.site.url}/account/")
    assert page.locator("h1").inner_text() == "Sign in"
    assert walker.context.cookies() == [] or all(c["name"] != "__Host-session" for c in walker.context.cookies())


def test_who_signs_out_of_the_office_leaves_no_page_of_it_behind(remembering):
    user = make_member(make_organisation("Sea Watch"), Role.EDITOR)
    page = office.sign_in(remembering(language="en"), user)
    page.goto(f"{page.url}organisations/")
    expect(page.get_by_text("Sea Watch").first).to_be_visible()
    page.goto(f"{page.url.split('/office/')[0]}/account/logout/")
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator("h1")).to_have_text("You are signed out")
    back_shows_nothing(page, user, steps=3)
    assert "Sea Watch" not in page.content()


def test_a_wrong_password_keeps_the_address_and_says_what_to_do(scriptless):
    user = make_user()
    page = scriptless.visit("/account/login/")
    page.locator("input[name=email]").fill(user.email)
    page.locator("input[name=password]").fill("not the right one at all")
    page.locator("main form button").click()
    expect(page.locator(".errors")).to_be_visible()
    assert page.locator("input[name=email]").input_value() == user.email


def test_a_visitor_who_only_sends_forms_signs_in_too(plain):
    user = make_person(language="fr")
    page = plain.visit("/account/login/")
    page = plain.submit(page.form("password"), {"email": user.email, "password": PASSWORD})
    page = plain.submit(page.form("code"), {"code": code_of(TotpDevice.objects.get())})
    assert page.address.endswith("/account/")
    assert "__Host-session" in plain.cookies


def test_next_stays_at_home_in_a_browser(visitor):
    user = make_user()
    device = make_app(user)
    page = visitor.visit("/account/login/?next=//evil.example/")
    give_password(page, user.email)
    give_code(page, device)
    page.wait_for_url(f"{visitor.site.url}/account/")
