"""The pages that the accessibility walk visits: address, what prepares it, and what proves that it is the right page.

A room adds a stop for each of its pages and states. `prepare` gets the walker before the visit: it fills the database
or signs in. `says` is one sentence of the domain that the page must show in English.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tests.walks.browser import Walker

Prepare = Callable[[Walker], None]


def nothing(walker: Walker) -> None:
    """The page needs nothing."""


@dataclass(frozen=True)
class Stop:
    """`address` has `{language}` where the language's prefix stands."""

    name: str
    address: str
    says: str
    prepare: Prepare = nothing
    status: int = 200
    languages: tuple[str, ...] = ("fr", "en", "ar")

    def __str__(self) -> str:
        return self.name


GROUND = [
    Stop("parts, public", "/{language}/parts/", "Every part in its states"),
    Stop("parts, aid", "/{language}/parts/?layout=aid", "Every part in its states"),
    Stop("parts, desk", "/{language}/parts/?layout=desk", "Every part in its states"),
    Stop("parts, account", "/{language}/parts/?layout=account", "Every part in its states"),
    Stop("quick exit", "/{language}/quetsch/", "Bake for 35 minutes"),
    Stop("nothing here, public", "/{language}/nowhere/", "There is nothing at this address", status=404),
    Stop("nothing here, aid", "/{language}/aid/nowhere/", "There is nothing at this address", status=404),
]

STOPS = [*GROUND]
