"""Eight words give the published keys, and are read again however somebody types them."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrdplatform.sealing.errors import MalformedError
from hrdplatform.sealing.receipts import (
    AmbiguousReceiptError,
    UnreadableReceiptError,
    digits,
    generate,
    parse,
    readable_elsewhere,
    receipt_keys,
    rendered,
)
from hrdplatform.sealing.words import LISTS
from tests.hrdplatform.sealing.vectors import VECTORS

INDICES = st.tuples(*[st.integers(0, 7775)] * 8)
EXAMPLE = (0, 1, 2, 3, 4, 1295, 7774, 7775)


@pytest.mark.parametrize("vector", VECTORS["receipts"])
def test_the_published_indices_give_the_published_keys(vector):
    keys = receipt_keys(tuple(vector["indices"]), bytes.fromhex(vector["salt"]))
    for name in ("token", "kem", "sig", "locator", "kem_public", "sig_public"):
        assert getattr(keys, name).hex() == vector[name]


def test_keys_never_show_themselves_in_a_log():
    keys = receipt_keys(EXAMPLE, bytes(16))
    assert keys.token.hex() not in repr(keys)
    assert repr(keys.token) not in repr(keys)


@pytest.mark.parametrize(
    ("indices", "salt"), [((0,) * 7, bytes(16)), ((0,) * 7 + (7776,), bytes(16)), ((0,) * 8, bytes(15))]
)
def test_anything_but_eight_indices_and_a_salt_is_refused(indices, salt):
    with pytest.raises(MalformedError):
        receipt_keys(indices, salt)


@given(INDICES, st.sampled_from(list(LISTS)))
def test_words_in_any_language_are_read_as_they_were_shown(indices, language):
    assert parse(" ".join(rendered(indices, language))) == indices
    assert parse("\n".join(digits(indices))) == indices


@pytest.mark.parametrize("language", LISTS)
def test_a_generated_receipt_can_be_read_in_one_language_only(language):
    assert not readable_elsewhere(generate(language), language)


def test_numbering_commas_capitals_and_missing_accents_do_not_matter():
    words = rendered(EXAMPLE, "fr")
    typed = ",\n".join(f"{place}. {word.upper()}" for place, word in enumerate(words, 1))
    assert parse(typed.replace("É", "E")) == EXAMPLE


def test_digits_may_stand_for_some_words_and_be_written_in_arabic_numerals():
    words = [*rendered(EXAMPLE, "de")[:4], *digits(EXAMPLE)[4:]]
    assert parse(" ".join(words).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))) == EXAMPLE


def test_a_word_from_another_language_is_named_by_its_place():
    typed = [*rendered(EXAMPLE, "en")[:7], rendered(EXAMPLE, "pt")[7]]
    with pytest.raises(UnreadableReceiptError) as refused:
        parse(" ".join(typed))
    assert (refused.value.found, refused.value.places) == (8, (8,))
    assert typed[7] not in str(refused.value)


@pytest.mark.parametrize("count", [0, 1, 7, 9])
def test_too_few_or_too_many_words_are_counted(count):
    with pytest.raises(UnreadableReceiptError) as refused:
        parse(" ".join(["0001"] * count))
    assert (refused.value.found, refused.value.places) == (count, ())


def test_beginnings_that_mean_words_in_two_languages_are_left_to_her():
    shared = next(word[:4] for word in LISTS["en"].words if _means_one(word[:4], "en") and _means_one(word[:4], "fr"))
    with pytest.raises(AmbiguousReceiptError) as refused:
        parse(" ".join([shared] * 8))
    assert {"en", "fr"} <= set(refused.value.languages)
    assert len(parse(" ".join([shared] * 8), "fr")) == 8


@given(st.text(max_size=200))
def test_whatever_is_typed_is_read_or_refused_by_name(text):
    with suppress(UnreadableReceiptError, AmbiguousReceiptError):
        assert len(parse(text)) == 8


def _means_one(beginning, language):
    return len(beginning) == 4 and LISTS[language].find(beginning) is not None
