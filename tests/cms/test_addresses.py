"""Words in addresses that mean something: no page takes them."""

import pytest
from django.core.exceptions import ValidationError

from tests.factories import learning
from tests.factories.cms import planted, standard_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.mark.parametrize("slug", ["search", "emergency", "aid"])
def test_no_page_of_an_editor_hides_behind_an_address_of_ours(slug):
    planted()
    with pytest.raises(ValidationError, match="meaning of its own"):
        standard_page("Page", slug=slug)


def test_no_page_of_a_section_takes_the_address_of_its_feed():
    planted()
    with pytest.raises(ValidationError, match="meaning of its own"):
        learning.guide("Feed", parent=learning.section(), slug="feed")


@pytest.mark.parametrize("slug", ["topics", "calendar", "glossary"])
def test_no_section_takes_a_word_of_the_learning_section(slug):
    planted()
    section = learning.section()
    section.slug = slug
    with pytest.raises(ValidationError, match="meaning of its own"):
        section.full_clean()


def test_any_other_word_will_do():
    planted()
    assert standard_page("Recherche", slug="recherche").url_path == "/fr/recherche/"
