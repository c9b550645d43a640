"""Receipts as people type them: the browser reads, folds and draws as the Python side does, in every list."""

import random

import pytest
from playwright.sync_api import Page

from hrdplatform.sealing import receipts, words

LOAD = """async (language) => {
    globalThis.list = sealing.words.readList(await (await fetch(`/static/sealing/words/${language}.json`)).json());
}"""


@pytest.mark.parametrize("language", list(words.LISTS))
def test_words_and_their_beginnings_mean_the_same_to_both(page: Page, language: str) -> None:
    page.evaluate(LOAD, language)
    own = words.LISTS[language]
    draw = random.Random(language)
    typed = [word[: draw.randrange(2, len(word) + 1)] for word in draw.sample(own.words, 500)]
    typed += [word.upper() for word in draw.sample(own.words, 50)] + ["", "qqqq", "ßœæ", "É", "0001"]
    assert page.evaluate("(typed) => typed.map((word) => list.find(word))", typed) == [own.find(word) for word in typed]
    assert page.evaluate("() => list.words") == list(own.words)


def test_folding_is_the_same(page: Page) -> None:
    texts = ["Forêt", "STRASSE Straße", "Œuvre", "Ærø", "ção", "İstanbul", "ﬁn", "e\u0301", "Ｆｕｌｌ", "ẞ", "\u0130"]
    assert page.evaluate("(texts) => texts.map(sealing.words.fold)", texts) == [words.fold(text) for text in texts]


TYPED = [
    "1. {0}\n2. {1}\n3. {2}\n4. {3}\n5. {4}\n6. {5}\n7. {6}\n8. {7}",
    "{0}, {1}; {2} - {3}/{4} {5}\t{6}\u00a0{7}.",
    "{0} {1} {2} {3} {4} {5} {6} 0008",
    "٠٠٠١ {1} {2} {3} {4} {5} {6} {7}",
    "{0} {1} {2} {3} {4} {5} {6}",
    "{0} {1} {2} {3} {4} {5} {6} 7777",
    "{0} {1} {2} {3} {4} {5} {6} 123",
    "{0} {1} {2} {3} {4} {5} {6} {7} {7}",
    "",
]


@pytest.mark.parametrize("language", list(words.LISTS))
def test_a_receipt_is_read_with_the_same_tolerance(page: Page, language: str) -> None:
    page.evaluate(LOAD, language)
    own = [words.LISTS[language].words[index] for index in random.Random(5).sample(range(words.SIZE), 8)]
    texts = [form.format(*own) for form in TYPED] + [" ".join(own).upper()]
    made = page.evaluate(
        "(texts) => Promise.all(texts.map((text) => sealing.verdict(() => sealing.receipts.parse(text, list))))", texts
    )
    assert [one if isinstance(one, list) else None for one in made] == [
        python_reading(text, language) for text in texts
    ]


def python_reading(text: str, language: str) -> list[int] | None:
    try:
        return list(receipts.parse(text, language))
    except receipts.UnreadableReceiptError:
        return None


@pytest.mark.parametrize("language", list(words.LISTS))
def test_a_word_that_another_list_reads_too_is_known_as_such(page: Page, language: str) -> None:
    page.evaluate(LOAD, language)
    others = [one for name, one in words.LISTS.items() if name != language]
    read = [
        index
        for index, word in enumerate(words.LISTS[language].words)
        if any(one.find(word) is not None for one in others)
    ]
    assert page.evaluate("() => [...list.elsewhere]") == read


def test_a_receipt_that_another_list_could_read_is_not_drawn(page: Page) -> None:
    page.evaluate(LOAD, "en")
    drawn = page.evaluate(
        """() => {
            const all = new Set(Array.from({length: 7776}, (_, index) => index));
            all.delete(5);
            list.elsewhere = all;
            return sealing.receipts.generate(list);
        }"""
    )
    assert 5 in drawn
