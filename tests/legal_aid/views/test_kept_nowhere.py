"""No answer of the aid door or the desk may be kept by a browser or a proxy, whatever its status."""

import pytest
from django.http import HttpResponse

from tests.factories import accounts, legal_aid
from tests.legal_aid.plain_visitor import Visitor

pytestmark = pytest.mark.django_db


def opened(page: legal_aid.Browser) -> HttpResponse:
    return page.send(page.request())


def sent_again(page: legal_aid.Browser) -> HttpResponse:
    request = page.request()
    page.send(request)
    return page.send(request)


def under_the_list_before(page: legal_aid.Browser) -> HttpResponse:
    request = page.request()
    page.team.next_list(members=page.team.signed.members("m01", "m03"))
    return page.send(request)


def unknown(page: legal_aid.Browser) -> HttpResponse:
    return page.fetch()


def too_often(page: legal_aid.Browser) -> HttpResponse:
    return [page.fetch() for _ in range(21)][-1]


def without_scripts(page: legal_aid.Browser) -> HttpResponse:
    visitor = Visitor()
    visitor.open_case()
    return visitor.answer


def without_a_visit(page: legal_aid.Browser) -> HttpResponse:
    return page.client.get("/en/aid/return/plain/messages/", secure=True)


def of_the_desk(page: legal_aid.Browser) -> HttpResponse:
    return accounts.signed_in(page.team.users["m01"]).get("/desk/team/")


def of_nobodys_desk(page: legal_aid.Browser) -> HttpResponse:
    return accounts.signed_in(accounts.make_person()).get("/desk/")


@pytest.mark.parametrize(
    ("answer_of", "status"),
    [
        (opened, 201),
        (sent_again, 200),
        (under_the_list_before, 409),
        (unknown, 404),
        (too_often, 429),
        (without_scripts, 200),
        (without_a_visit, 302),
        (of_the_desk, 200),
        (of_nobodys_desk, 404),
    ],
)
def test_an_answer_of_any_status_is_kept_nowhere(defender, answer_of, status):
    answer = answer_of(defender)
    assert (answer.status_code, answer["Cache-Control"]) == (status, "no-store")
    assert not {"ETag", "Last-Modified", "Expires"} & set(answer.headers)
