"""What is saved can be found, on both databases."""

import pytest

from cms.models import StandardPage
from hrdplatform.media.models import PlatformImage
from tests.factories.cms import image, planted, standard_page

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_a_page_is_found_by_its_title_and_by_its_blocks():
    planted()
    page = standard_page("Téléphone", body=[{"type": "text", "value": "<p>Un code à six chiffres</p>"}])
    assert list(StandardPage.objects.search("Téléphone")) == [page]
    assert list(StandardPage.objects.search("chiffres")) == [page]


def test_an_image_is_found_while_one_types():
    picture = image("Arches")
    assert list(PlatformImage.objects.autocomplete("Arc")) == [picture]


def test_what_is_deleted_is_not_found():
    planted()
    page = standard_page("Téléphone")
    page.delete()
    assert not StandardPage.objects.search("Téléphone")
