"""All stops of the accessibility walk but those of accounts, which have a walk of their own."""

from tests.factories.cms import home, planted, standard_page
from tests.factories.library import every_block
from tests.walks.aid_stops import AID
from tests.walks.browser import Walker
from tests.walks.cms_stops import FRONT_HALL
from tests.walks.desk_stops import DESK
from tests.walks.error_stops import ERRORS
from tests.walks.stops import Stop

PLAIN = {"text", "callout", "steps", "accordion", "quote"}
"""Blocks of a page like "About us", "Privacy" or "Accessibility" that need no file."""


def with_a_standard_page(walker: Walker) -> None:
    planted("ar")
    body = [block for block in every_block() if block["type"] in PLAIN]
    for language in ("fr", "en", "ar"):
        standard_page("Privacy", slug="privacy", parent=home(language), lead="What we know of you.", body=body)


GROUND = [
    Stop("parts, public", "/{language}/parts/", "Every part in its states"),
    Stop("parts, aid", "/{language}/parts/?layout=aid", "Every part in its states"),
    Stop("parts, desk", "/{language}/parts/?layout=desk", "Every part in its states"),
    Stop("parts, account", "/{language}/parts/?layout=account", "Every part in its states"),
    Stop("quick exit", "/{language}/quetsch/", "Bake for 35 minutes"),
    Stop("standard page", "/{language}/privacy/", "What we know of you.", with_a_standard_page),
    Stop("nothing here, public", "/{language}/nowhere/", "There is nothing at this address", status=404),
    Stop("nothing here, aid", "/{language}/aid/nowhere/", "There is nothing at this address", status=404),
]

STOPS = [*GROUND, *ERRORS, *FRONT_HALL, *AID, *DESK]
