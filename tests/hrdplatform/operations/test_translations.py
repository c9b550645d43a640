"""Which words a language lacks: found in a catalogue with seeded gaps."""

import pytest

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
    assert lacking("de") == ["Begin", "Guessed", "One mail"]


def test_a_language_of_the_aid_door_lacks_what_stands_there_only(lacking):
    assert lacking("pt") == ["Begin"]
