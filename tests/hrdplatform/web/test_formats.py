from datetime import UTC, datetime

import pytest
from django.utils import formats, translation

EVENING = datetime(2026, 10, 3, 16, 5, tzinfo=UTC)
WRITTEN = {
    "fr": "3 octobre 2026",
    "de": "3. Oktober 2026",
    "lb": "3. Oktober 2026",
    "en": "3 October 2026",
    "pt": "3 de outubro de 2026",
    "ar": "3 أكتوبر 2026",
}


@pytest.mark.parametrize("language", WRITTEN)
def test_a_day_is_written_in_words_with_the_month_in_full(language):
    with translation.override(language):
        assert formats.date_format(EVENING, "DATE_FORMAT") == WRITTEN[language]


@pytest.mark.parametrize("language", WRITTEN)
def test_an_hour_is_one_of_twenty_four(language):
    with translation.override(language):
        assert formats.time_format(EVENING.time(), "TIME_FORMAT") == "16:05"


def test_a_luxembourgish_number_is_written_as_in_luxembourg():
    with translation.override("lb"):
        assert formats.localize(1234.5, use_l10n=True).replace(".", "") == "1234,5"
