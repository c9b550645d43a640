"""Stops in the front hall: the home page and a page with every block."""

from tests.factories.cms import planted
from tests.walks.browser import Walker
from tests.walks.stops import Stop


def in_arabic_too(walker: Walker) -> None:
    planted("ar")


FRONT_HALL = [
    Stop("home", "/{language}/", "A lawyer or legal adviser answers you", in_arabic_too),
]
