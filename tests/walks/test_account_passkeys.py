"""Passkeys with a virtual authenticator in Chromium: enrolled, shown, and refused when replayed or unverified."""

from contextlib import nullcontext

import pytest

from hrdplatform.accounts.domain.passkeys import PasskeyRefusedError, RelyingParty, verify
from hrdplatform.accounts.models import Passkey, PasskeyChallenge
from hrdplatform.web import clock
from tests.factories.accounts import PASSWORD, code_of, make_app, make_user

pytestmark = [pytest.mark.walk, pytest.mark.database]
FINISH = "/account/second-factor/passkey/finish/"


@pytest.fixture
def walker(visitors):
    return visitors(language="en")


@pytest.fixture
def authenticator(walker):
    """A device inside the browser: `authenticator(verified=False)` has nobody who gives a finger or a PIN."""
    session = walker.context.new_cdp_session(walker.page)
    session.send("WebAuthn.enable")

    def plug_in(*, verified=True):
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": verified,
            "automaticPresenceSimulation": True,
        }
        answer = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        return session, answer["authenticatorId"]

    return plug_in


def sign_in(walker, user, *, target=""):
    page = walker.visit(f"/account/login/?next={target}")
    page.locator("input[name=email]").fill(user.email)
    page.locator("input[name=password]").fill(PASSWORD)
    with page.expect_navigation():
        page.locator("main form button").click()
    return page


def enrol(walker, user):
    page = sign_in(walker, user)
    page.get_by_role("link", name="Set up a passkey").click()
    page.get_by_label("Name of this device").fill("This laptop")
    page.get_by_role("button", name="Set up a passkey").click()
    page.wait_for_url("**/account/codes/")
    return page


def leave(walker):
    page = walker.visit("/account/logout/")
    with page.expect_navigation():
        page.get_by_role("button", name="Sign out").click()


def bodies_sent_to(page, address):
    sent = []
    page.on("request", lambda request: sent.append(request.post_data) if address in request.url else None)
    return sent


def test_a_passkey_is_enrolled_and_passes_the_second_step(walker, authenticator):
    authenticator()
    user = make_user(language="en")
    sent = bodies_sent_to(walker.page, "/finish/")
    enrol(walker, user)
    assert Passkey.objects.get().relying_party == "localhost"
    leave(walker)
    page = sign_in(walker, user, target="/account/profile/")
    page.get_by_role("button", name="Use my passkey").click()
    page.wait_for_url("**/account/profile/")
    assert len(sent) == 2
    assert not any("clientExtensionResults" in body for body in sent)
    assert not PasskeyChallenge.objects.exists()


def test_without_a_finger_or_pin_a_passkey_is_not_enrolled(walker, authenticator):
    authenticator(verified=False)
    page = sign_in(walker, make_user(language="en"))
    page.get_by_role("link", name="Set up a passkey").click()
    page.get_by_label("Name of this device").fill("This laptop")
    page.get_by_role("button", name="Set up a passkey").click()
    page.locator("[role=alert]:not([hidden])").wait_for()
    assert not Passkey.objects.exists()


ASK = """async ([begin, token, verification]) => {
  const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  const headers = {"Content-Type": "application/json", "X-CSRFToken": token};
  const asked = await (await fetch(begin, {method: "POST", headers, body: "{}"})).json();
  const options = asked.options;
  const credential = await navigator.credentials.get({publicKey: {
    ...options, challenge: bytes(options.challenge), userVerification: verification || options.userVerification,
    allowCredentials: options.allowCredentials.map((one) => ({...one, id: bytes(one.id)})),
  }});
  const parts = credential.response;
  return {asked: options.userVerification, credential: {
    id: credential.id, rawId: text(credential.rawId), type: credential.type, response: {
      clientDataJSON: text(parts.clientDataJSON), authenticatorData: text(parts.authenticatorData),
      signature: text(parts.signature)}}};
}"""
SEND = """async ([finish, token, credential]) => {
  const headers = {"Content-Type": "application/json", "X-CSRFToken": token};
  return (await fetch(finish, {method: "POST", headers, body: JSON.stringify({credential})})).status;
}"""


def token_of(page):
    return page.locator("input[name=csrfmiddlewaretoken]").first.input_value()


def ask(page, verification=""):
    return page.evaluate(ASK, ["/account/second-factor/passkey/begin/", token_of(page), verification])


def send(page, credential):
    return page.evaluate(SEND, [FINISH, token_of(page), credential])


@pytest.fixture
def second_step(walker, authenticator):
    """Somebody with a passkey who gave the password and now stands before the second step."""
    plugged = authenticator()
    user = make_user(language="en")
    enrol(walker, user)
    leave(walker)
    return sign_in(walker, user), user, plugged


def test_an_answer_counts_once(second_step):
    page, _user, _plugged = second_step
    answer = ask(page)
    assert answer["asked"] == "required"
    assert send(page, answer["credential"]) == 200
    page.reload()
    assert send(page, answer["credential"]) == 422


def test_an_answer_to_an_earlier_question_is_refused(second_step):
    page, _user, _plugged = second_step
    earlier = ask(page)["credential"]
    ask(page)
    assert send(page, earlier) == 422


def test_an_answer_without_user_verification_is_refused(second_step):
    page, _user, (session, number) = second_step
    session.send("WebAuthn.setUserVerified", {"authenticatorId": number, "isUserVerified": False})
    unverified = ask(page, "discouraged")["credential"]
    assert send(page, unverified) == 422


def test_an_answer_given_at_another_origin_is_refused(second_step, site):
    page, user, _plugged = second_step
    for origin, accepted in (("https://evil.example", False), (site.url, True)):
        credential = ask(page)["credential"]
        party = RelyingParty(host="localhost", origin=origin)
        number = PasskeyChallenge.objects.get().pk
        with nullcontext() if accepted else pytest.raises(PasskeyRefusedError):
            verify(user, number=number, answer=credential, party=party, at=clock.now())


def test_somebody_elses_passkey_is_refused(second_step, walker):
    page, _user, _plugged = second_step
    credential = ask(page)["credential"]
    leave(walker)
    other = make_user(language="en")
    device = make_app(other)
    page = sign_in(walker, other)
    assert send(page, credential) == 422
    page.locator("input[name=code]").fill(code_of(device))
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/account/")


def test_with_scripts_off_the_page_says_what_works_without(scriptless):
    user = make_user(language="en")
    sign_in(scriptless, user)
    page = scriptless.visit("/account/passkey/")
    assert page.locator("[data-passkey]").is_hidden()
    assert "Passkeys need scripts" in page.locator("noscript").inner_text()
