"""The lines with which the house sets its cookies, as they leave it: each attribute, and none besides."""

import pytest
from django.conf import settings
from django.test import Client

from tests.factories import legal_aid
from tests.factories.accounts import PASSWORD, TotpDevice, code_of, make_person, signed_in
from tests.factories.learning import topic
from tests.factories.office import platform_administrator
from tests.legal_aid.plain_visitor import Visitor

UNTIL_CLOSED = {"path": "/", "secure": "", "httponly": ""}
COOKIES = {
    "__Host-session": UNTIL_CLOSED | {"samesite": "Lax"},
    "__Host-csrf": UNTIL_CLOSED | {"samesite": "Strict"},
    "__Host-language": UNTIL_CLOSED | {"samesite": "Lax"},
    "__Host-visit": UNTIL_CLOSED | {"samesite": "Strict"},
}
"""Neither `max-age` nor `expires`: a browser that is closed has forgotten them. No `domain`: this host alone."""


class Listening(Client):
    """Keeps every line that sets a cookie, also of answers that lead on."""

    def __init__(self, **words):
        super().__init__(**words)
        self.lines = []

    def request(self, **request):
        response = super().request(**request)
        self.lines += [cookie.OutputString() for cookie in response.cookies.values()]
        return response


def read(line):
    """Name, value and attributes of a cookie, as RFC 6265 (5.2) has them read."""
    (name, _, value), *attributes = (part.strip().partition("=") for part in line.split(";"))
    return name, value, {attribute.lower(): setting for attribute, _, setting in attributes}


def ask_without_scripts():
    """From the first page of the aid door to the receipt, its two words, and back with all eight."""
    legal_aid.team()
    visitor = Visitor(client=Listening(enforce_csrf_checks=True))
    words = visitor.open_case()
    visitor.confirm(words)
    visitor.come_back(words)
    assert "They took my phone." in visitor.page.text
    return visitor.client.lines


def sign_in():
    """Both steps, in the language of one's choice."""
    client, user = Listening(), make_person()
    client.post("/language/", {"language": "de", "next": "/account/"})
    client.get("/account/login/")
    client.post("/account/login/", {"email": user.email, "password": PASSWORD})
    client.post("/account/second-factor/", {"code": code_of(TotpDevice.objects.get())})
    assert client.get("/account/").status_code == 200
    return client.lines


def be_told_in_the_office():
    """A change after which the office says that it was made: its words name what may be nobody else's business."""
    client, changed = Listening(), topic("water")
    client.cookies = signed_in(platform_administrator()).cookies
    form = {"slug": "water", "place": 7, "source_language": "fr", "name_fr": "Eau", "name_en": "Rivers"}
    told = client.post(f"/office/topics/edit/{changed.pk}/", form, follow=True)
    assert "Rivers" in str(*told.context["messages"])
    return client.lines


WAYS = {
    ask_without_scripts: {"__Host-visit", "__Host-csrf"},
    sign_in: {"__Host-session", "__Host-csrf", "__Host-language"},
    be_told_in_the_office: {"__Host-session", "__Host-csrf"},
}


@pytest.mark.django_db
@pytest.mark.parametrize("way", WAYS)
def test_every_cookie_on_the_way_is_set_with_these_attributes_and_no_others(way, stopped_clock):
    cookies = [read(line) for line in way()]
    assert {name for name, _, _ in cookies} == WAYS[way]
    for name, value, attributes in cookies:
        assert value, name
        assert attributes == COOKIES[name], name


def test_these_are_all_the_cookies_that_the_settings_name():
    named = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME}
    assert named == set(COOKIES) - {"__Host-visit"}
