"""What our own pages in the office have in common."""

import re

import pytest

from tests.factories.accounts import signed_in
from tests.factories.office import platform_administrator

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "title"),
    [("/office/unfinished/", "Translations to look after"), ("/office/parked/", "Work that was set aside")],
)
def test_a_page_of_ours_is_headed_by_its_own_name(address, title):
    page = signed_in(platform_administrator()).get(address).content.decode()
    headings = [" ".join(re.sub("<[^>]+>", "", one).split()) for one in re.findall("<h1.*?</h1>", page, re.DOTALL)]
    assert [heading for heading in headings if title in heading], headings
