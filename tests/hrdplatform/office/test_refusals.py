"""A verb that says no inside the office: where its words are shown."""

import pytest
from django.contrib.messages import get_messages  # noqa: TID251 - a test reads answers
from django.contrib.messages.storage.cookie import CookieStorage  # noqa: TID251
from django.test import RequestFactory

from hrdplatform.office.refusals import RefusedError
from hrdplatform.office.views.around import refusable


@refusable
def refused(request):
    raise RefusedError("Not today.")


@pytest.fixture
def ask():
    def asked(target="", before=""):
        request = RequestFactory().get("/office/x/", {"next": target}, headers={"referer": before})
        request._messages = CookieStorage(request)
        answer = refused(request)
        assert [str(message) for message in get_messages(request)] == ["Not today."]
        return answer["Location"]

    return asked


@pytest.mark.parametrize("target", ["word", "²", "//evil", "https://evil.example/", ""])
def test_a_way_back_that_is_no_path_of_the_house_leads_to_the_office_s_start(ask, target):
    assert ask(target) == "/office/"


def test_the_way_back_is_what_was_asked_for_or_the_page_before(ask):
    assert ask("/office/pages/3/") == "/office/pages/3/"
    assert ask("word", "http://testserver/office/pages/4/?p=2") == "http://testserver/office/pages/4/?p=2"
    assert ask("", "http://evil.example/") == "/office/"
