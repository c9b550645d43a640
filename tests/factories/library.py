"""A small library in one language: an organisation's section with a page of each kind, one lesson with every block."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from cms.models import ChannelsPage, CoursePage, GuidePage, LessonPage, ModulePage, SectionPage, TrainingPage
from hrdplatform.media.models import PlatformVideo
from hrdplatform.organisations.models import Organisation
from hrdplatform.web import clock
from tests.factories.cms import document, home, image, stored
from tests.factories.learning import guide, lesson, news, section, term, topic, training
from tests.factories.organisations import make_organisation
from tests.factories.videos import complete

TEXT = {"type": "text", "value": "<h2>Before you go</h2><p>Your <b>telephone</b> talks to the masts around you.</p>"}
CHECKLIST = {
    "type": "checklist",
    "value": {
        "title": "Before you leave",
        "items": [
            {"text": "<p>Charged.</p>", "level": ""},
            {"text": "<p>Messages that disappear.</p>", "level": "advanced"},
        ],
    },
}
QUESTION = {
    "type": "question",
    "value": {
        "question": "Why is a code better than a finger?",
        "answers": [
            {"text": "It is quicker", "right": False, "explanation": "The finger is quicker."},
            {"text": "Nobody can press it out of your hand", "right": True, "explanation": "A code must be spoken."},
        ],
    },
}
MANY = {
    "type": "question",
    "value": {
        "question": "What do you leave at home?",
        "answers": [
            {"text": "The second telephone", "right": True, "explanation": "It tells where you are."},
            {"text": "The watch that measures your steps", "right": True, "explanation": "It does so too."},
            {"text": "Water", "right": False, "explanation": "You will be thirsty."},
        ],
    },
}


def every_block() -> list[dict]:
    """One block of each kind that a lesson may hold."""
    elsewhere = PlatformVideo.objects.create(
        title="Locking a telephone", address="https://video.example/1", language="en", transcript="Press twice."
    )
    ours = complete(language="en", transcript="Press here, then there.")
    return [
        TEXT,
        {"type": "image", "value": {"image": image().pk, "decorative": False, "alt_text": "A viaduct"}},
        {"type": "callout", "value": {"tone": "warn", "text": "<p>Switch off face recognition.</p>"}},
        {
            "type": "steps",
            "value": {"steps": [{"title": "Note it", "text": ""}, {"title": "Call", "text": "<p>The number.</p>"}]},
        },
        CHECKLIST,
        {"type": "accordion", "value": {"items": [{"title": "Why a code?", "text": "<p>A finger can be forced.</p>"}]}},
        {"type": "quote", "value": {"text": "I had the number on my arm.", "source": "A protester"}},
        {"type": "download", "value": {"document": document().pk, "label": "Card for your pocket"}},
        {"type": "term", "value": {"term": term().pk}},
        {"type": "video", "value": {"video": elsewhere.pk}},
        {"type": "video", "value": {"video": ours.pk}},
        {"type": "trainings", "value": {"title": "Come and try it", "most": 3}},
        QUESTION,
        MANY,
    ]


CHANNELS = [
    {
        "type": "channel",
        "value": {
            "name": "Office des signalements",
            "use": "<p>Reports about the law of 2023.</p>",
            "limits": "<p>It gives no legal advice.</p>",
            "identity": "The office alone.",
            "website": "https://office.example/",
            "telephone": "+352 247 88",
            "matters": ["employer", "authority"],
            "stages": ["thinking", "reported"],
        },
    },
    {
        "type": "channel",
        "value": {
            "name": "Centre pour l’égalité",
            "use": "<p>Somebody is treated worse.</p>",
            "limits": "",
            "identity": "",
            "website": "",
            "telephone": "",
            "matters": ["discrimination"],
            "stages": ["thinking", "reported", "punished"],
        },
    },
]


@dataclass
class Library:
    """What stands in it; `lessons` in their order."""

    section: SectionPage
    course: CoursePage
    module: ModulePage
    lessons: list[LessonPage]
    guide: GuidePage
    training: TrainingPage
    channels: ChannelsPage


def library(language: str = "en", owner: Organisation | None = None) -> Library:
    """All of it, live. Addresses are the same in each language; the trees must be planted."""
    place = section(owner or make_organisation("Passerelle", slug="passerelle"), language=language)
    about = {
        "topic": topic(),
        "audience": "defenders",
        "level": "beginner",
        "contributors": "Jeanne Wagener",
        "checked_on": date(2026, 10, 3),
        "review_by": date(2100, 4, 1),
    }
    course = _live(
        CoursePage(
            title="Your telephone",
            slug="telephone",
            lead="What you can do beforehand.",
            objectives="decide what to take along\nlock a telephone",
            prerequisites="a telephone",
            facilitator_notes="<p>Bring a telephone.</p>",
            **about,
        ),
        place,
    )
    module = _live(ModulePage(title="At home", slug="at-home", lead="Ten minutes."), course)
    other = _live(ModulePage(title="In the street", slug="street"), course)
    lessons = [
        lesson("What is at stake", slug="stake", parent=module, body=stored([TEXT], LessonPage)),
        lesson("Before you leave", slug="leave", parent=module, body=stored([CHECKLIST, QUESTION], LessonPage)),
        lesson("Everything", slug="everything", parent=other, body=stored(every_block(), LessonPage), minutes=12),
    ]
    reading = guide(
        "When it is seized", slug="seized", parent=place, body=stored([TEXT, CHECKLIST], GuidePage), **about
    )
    news("A new course", slug="new-course", parent=place, lead="It is here.")
    come = training(
        "Workshop",
        slug="workshop",
        parent=place,
        starts_at=clock.now() + timedelta(days=9),
        place="Luxembourg",
        registration="https://register.example/",
    )
    channels = _live(ChannelsPage(title="Which channel?", slug="channels", channels=CHANNELS), home(language))
    return Library(place, course, module, lessons, reading, come, channels)


def _live(page, parent):
    page.locale = parent.locale
    page.live = False
    parent.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page
