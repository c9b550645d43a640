"""Stops where something went wrong: every error page, as the platform renders it, put in the place of an answer."""

from urllib.parse import urlsplit

from django.test import RequestFactory
from playwright.sync_api import Route

from hrdplatform.web.views import errors
from tests.walks.browser import Walker
from tests.walks.stops import Step, Stop


def answered(status: int) -> Step:
    """From now on the address of the stop answers with the error page of `status`."""

    def fulfil(route: Route) -> None:
        request = RequestFactory().get(urlsplit(route.request.url).path)
        answer = errors.page(request, status, incident="0123456789" if status == 500 else "")
        route.fulfill(status=status, headers=dict(answer.items()), body=answer.content)

    def prepare(walker: Walker) -> None:
        walker.page.route("**/trouble/", fulfil)

    return prepare


SAYS = {
    400: "We could not understand this request",
    403: "This page is not open to you",
    413: "This is too large",
    429: "Too many tries in a short time",
    500: "Number of this incident:",
    503: "The platform takes a short break",
}
ERRORS = [
    Stop(f"error {status}", "/{language}/aid/trouble/", says, answered(status), status=status)
    for status, says in SAYS.items()
]
