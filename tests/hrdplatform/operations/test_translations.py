"""Which words a language lacks: found in a catalogue with seeded gaps."""

import pytest
from babel.messages.pofile import read_po

from hrdplatform.conf import ROOT
from hrdplatform.operations import translations

CATALOGUE = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

#: legal_aid/templates/legal_aid/home.html
msgid "Begin"
msgstr ""

#: hrdplatform/web/templates/base.html
msgid "Leave fast"
msgstr "Weg"

#: cms/templates/cms/course.html
msgid "Take it with you"
msgstr ""

#: cms/templates/cms/office/sent.html
msgid "Stop"
msgstr ""

#: cms/models.py
#, fuzzy
msgid "Guessed"
msgstr "Geraten"

#: hrdplatform/notices/kinds.py
msgid "One mail"
msgid_plural "%(count)s mails"
msgstr[0] "Eine"
msgstr[1] ""
"""


@pytest.fixture
def lacking(tmp_path, monkeypatch):
    """The words that a language lacks when its catalogue is this one."""
    monkeypatch.setattr(translations, "FOLDER", tmp_path)

    def lacking(language: str) -> list[str]:
        file = translations.catalogue(language)
        file.parent.mkdir(parents=True)
        file.write_text(CATALOGUE)
        return [gap.words for gap in translations.missing(language)]

    return lacking


def test_a_complete_language_lacks_what_is_empty_guessed_or_without_its_plural(lacking):
    assert lacking("de") == ["Begin", "Take it with you", "Stop", "Guessed", "One mail"]


def test_a_language_of_the_aid_door_lacks_what_stands_there_only(lacking):
    assert lacking("pt") == ["Begin"]


def test_a_language_of_readers_lacks_what_they_see_besides_and_nothing_of_the_office(lacking):
    assert lacking("ar") == ["Begin", "Take it with you"]


@pytest.mark.parametrize(
    ("place", "least"),
    [*((place, 10) for place in translations.AID_DOOR_PLACES), *((place, 0) for place in translations.READERS_PLACES)],
)
def test_every_place_that_is_named_is_one_where_words_stand(place, least):
    with translations.catalogue("ar").open("rb") as file:
        found = [message for message in read_po(file) if translations.stands_in(message, (place,))]
    assert len(found) > least, f"no words stand in {place}"
    assert (ROOT / place).exists()


@pytest.mark.parametrize(
    "words",
    [
        "Forgotten your password?",
        "Second step",
        "Look into your mail",
        "You are signed out",
        "No common word, repetition or sequence.",
        "Accept the invitation",
        "Protect your account with a second step",
    ],
)
def test_who_signs_in_at_the_aid_door_does_it_in_her_language(words):
    for language in translations.AID_DOOR:
        with translations.catalogue(language).open("rb") as file:
            message = read_po(file, locale=language).get(words)
        assert message
        assert translations.must_have(language, message)
        assert message.string != words
