"""Stops in the front hall: the home page, and a page of each kind that learning has."""

from datetime import date

from django.core.cache import cache

from cms.domain.parcels import make_due
from hrdplatform.web import clock
from tests.factories.cms import planted
from tests.factories.learning import guide
from tests.factories.library import library
from tests.factories.organisations import make_organisation
from tests.walks.browser import Walker
from tests.walks.stops import Stop


def in_arabic_too(walker: Walker) -> None:
    planted("ar")


def fill(*languages: str) -> None:
    """The library in these languages, its courses packed; one guide was changed, and not checked again in time."""
    cache.clear()  # where the pictures of the test before lay: rows have the same numbers again
    planted("ar")
    owner = make_organisation("Passerelle", slug="passerelle")
    for language in languages:
        place = library(language, owner).section
        late = guide("Late", slug="late", parent=place, checked_on=date(2026, 10, 3), review_by=date(2026, 11, 1))
        late.change_note = "The new law stands in it."
        late.save_revision().publish()
    make_due(at=clock.now())


def with_a_library(walker: Walker) -> None:
    fill("fr", "en", "ar")


def answer_wrongly(walker: Walker) -> None:
    question = walker.page.locator("[data-question]").first
    question.locator("input").first.check()
    question.locator("button").click()


def finish(walker: Walker) -> None:
    walker.page.locator("[data-finish] [data-mark]").click()


def show_code(walker: Walker) -> None:
    walker.page.locator("[data-show-code]").click()
    walker.page.locator("[data-progress] summary").click()
    walker.page.locator("[data-take] input").fill("AAAA")
    walker.page.locator("[data-take] button").click()


def ask_to_forget(walker: Walker) -> None:
    walker.page.locator("[data-forget]").click()


LEARN = "/{language}/learn/"
SECTION = LEARN + "passerelle/"
COURSE = SECTION + "telephone/"

FRONT_HALL = [
    Stop("home", "/{language}/", "A lawyer or legal adviser answers you", in_arabic_too),
    Stop("learn, empty", LEARN, "Nothing is published here yet.", in_arabic_too),
    Stop("lesson", COURSE + "street/everything/", "Check yourself", with_a_library),
]

# Looked at one after the other in one library, by test_learning_pages.
LEARNING = [
    Stop("home with a library", "/{language}/", "Newest guides and courses"),
    Stop("learn", LEARN, "Who writes here"),
    Stop("section", SECTION, "Guides and courses"),
    Stop("guide", SECTION + "seized/", "Was this useful?"),
    Stop("guide, not checked in time", SECTION + "late/", "Not checked since"),
    Stop("course", COURSE, "SCORM 1.2"),
    Stop("course, code shown", COURSE, "This code does not fit", then=show_code),
    Stop("module", COURSE + "at-home/", "What is at stake"),
    Stop("lesson with every block", COURSE + "street/everything/", "Check yourself"),
    Stop("lesson, answered wrongly", COURSE + "at-home/leave/", "Not quite", then=answer_wrongly),
    Stop("lesson, finished", COURSE + "at-home/leave/", "Take the mark back", then=finish),
    Stop("progress", LEARN + "progress/", "1 of 3 lessons finished"),
    Stop("progress, asked to forget", LEARN + "progress/", "Every mark of a finished lesson", then=ask_to_forget),
    Stop("lesson, light", COURSE + "street/everything/?light=1", "Picture: A viaduct"),
    Stop("training", SECTION + "workshop/", "The link leads to another site"),
    Stop("news", SECTION + "new-course/", "Published"),
    Stop("channels", "/{language}/channels/", "All channels"),
    Stop("channels, answered", "/{language}/channels/?matter=employer", "Right for you"),
]
