"""Stops where readers look things up: search, topics, glossary, initiatives, emergency numbers, calendar."""

from tests.factories import learning
from tests.factories.cms import planted
from tests.factories.organisations import make_organisation
from tests.walks.stops import Stop

LEARN = "/{language}/learn/"

LOOKING = [
    Stop("search without words", "/{language}/search/", "Everything, the newest first"),
    Stop("search with finds", "/{language}/search/?q=telephone", "All languages"),
    Stop("search narrowed", "/{language}/search/?q=telephone&topic=devices&language=all", "All languages"),
    Stop("search without finds", "/{language}/search/?q=teelphone", "Do you mean one of these?"),
    Stop("topics", LEARN + "topics/", "Devices that you carry"),
    Stop("topic", LEARN + "topics/devices/", "Follow what is new"),
    Stop("glossary", LEARN + "glossary/", "Words that our lessons use"),
    Stop("initiatives", LEARN + "initiatives/", "Associations, networks and civic technology"),
    Stop("initiatives, narrowed", LEARN + "initiatives/?kind=network", "Take a choice back."),
    Stop("initiative", LEARN + "initiatives/open-doors/", "Come on Mondays"),
    Stop("emergency", "/{language}/emergency/", "A call may stay on your phone"),
    Stop("calendar", LEARN + "calendar/?month=2027-03", "What is cancelled stays here"),
    Stop("calendar, empty month", LEARN + "calendar/?month=2026-12", "What comes next"),
]


def fill(language: str) -> None:
    """Something to find in one language, with texts that it lacks."""
    planted("ar")
    section = learning.section(make_organisation("Passerelle", slug="passerelle"), language)
    topic = learning.topic("devices", en="Devices", fr="Appareils")
    topic.description_en = "Devices that you carry."
    topic.save()
    learning.guide("Telephone", parent=section, lead="Your telephone talks.", topic=topic, slug="telephone")
    learning.course("Telephone, a course", parent=section, topic=topic, lessons=1, slug="course")
    learning.training("Workshop", parent=section, topic=topic, slug="workshop", place="Esch")
    learning.training("Talk", parent=section, topic=topic, slug="talk", cancelled=True)
    learning.term()
    learning.initiative(topics=(topic,), town="Esch", joining_en="Come on Mondays.", telephone="+352 621 000 000")
    learning.contact("Police", immediate=True, hours_fr="Jour et nuit", spoken="fr de lb")
    learning.contact("Advice", telephone="", website="https://advice.example.org")
