"""Copying a page: what a page cannot hold is refused on the form, before a database finds it too long."""

import pytest
from django.urls import reverse

from tests.factories.accounts import make_person, signed_in
from tests.factories.cms import home, planted, standard_page

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.mark.parametrize(("title", "slug"), [("a" * 256, "short"), ("Short", "a" * 256)])
def test_a_title_or_a_short_name_that_is_too_long_comes_back(title, slug):
    planted()
    page = standard_page()
    office = signed_in(make_person(is_superuser=True, is_staff=True))
    form = {"new_title": title, "new_slug": slug, "new_parent_page": home("fr").pk}
    address = reverse("wagtailadmin_pages:copy", args=[page.pk])
    again = office.post(address, form)
    assert again.status_code == 200
    assert max(title, slug, key=len) in again.content.decode()
    assert office.post(address, {**form, "new_title": title[:255], "new_slug": slug[:255]}).status_code == 302
