"""The word lists are the frozen ones, and what is typed is found with tolerance but never guessed."""

from itertools import combinations

import pytest

from hrdplatform.sealing.words import FROZEN, LISTS, SIZE, WordListError, checked, fold


@pytest.mark.parametrize(
    ("typed", "folded"),
    [("Forêt", "foret"), ("ŒUF", "oeuf"), ("Straße", "strasse"), ("cœur", "coeur"), ("Maçã", "maca"), ("ǽ", "ae")],
)
def test_case_marks_and_ligatures_are_folded_away(typed, folded):
    assert fold(typed) == folded


@pytest.mark.parametrize("words", LISTS.values(), ids=LISTS)
def test_each_list_has_7776_words_that_are_found_as_they_are_shown(words):
    assert [words.find(word) for word in words.words] == list(range(SIZE))


def test_no_word_stands_in_two_lists():
    for one, other in combinations(LISTS.values(), 2):
        assert not one.indices.keys() & other.indices.keys()


def test_four_letters_are_enough_when_only_one_word_begins_so():
    english = LISTS["en"]
    assert english.words[english.find("zeph")] == "zephyr"
    assert english.find("zep") is None


def test_a_beginning_of_two_words_is_not_guessed():
    assert LISTS["en"].find("abdom") is None
    assert LISTS["en"].words[LISTS["en"].find("abdomen")] == "abdomen"


def test_a_list_with_one_letter_changed_is_refused():
    content = ("\n".join(LISTS["en"].words) + "\n").encode().replace(b"abacus", b"abacos")
    with pytest.raises(WordListError):
        checked("en", content, FROZEN["en"])
