from datetime import date

from django.utils import formats, translation


def test_a_luxembourgish_date_is_written_as_in_luxembourg():
    with translation.override("lb"):
        assert formats.date_format(date(2026, 11, 23)) == "23. November 2026"
        assert formats.localize(1234.5, use_l10n=True).replace(".", "") == "1234,5"
