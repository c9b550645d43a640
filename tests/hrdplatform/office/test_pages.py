"""What our own pages in the office have in common."""

import pytest

from tests.factories.accounts import signed_in
from tests.factories.office import platform_administrator

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "title"),
    [("/office/unfinished/", "Translations to look after"), ("/office/parked/", "Work that was set aside")],
)
def test_the_head_of_a_page_of_ours_shows_its_own_name(address, title):
    """In the path that everybody sees, not only in the heading for screen readers."""
    page = signed_in(platform_administrator()).get(address).content.decode()
    path = page.split("data-w-breadcrumbs", 1)[1].split("</ol>", 1)[0]
    assert title in path
