"""What is live is public: no page or shelf is put behind a password, an account or a group."""

import pytest
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from tests.factories.accounts import signed_in
from tests.factories.cms import home, standard_page
from tests.factories.learning import guide, section
from tests.factories.office import platform_administrator

pytestmark = pytest.mark.django_db

FORMS = (
    {"restriction_type": "login"},
    {"restriction_type": "password", "password": "geheim"},
    {"restriction_type": "groups"},
)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form["restriction_type"])
def test_nobody_hides_a_page_from_some_readers(own, editor, form):
    pages = [guide(parent=section(own)), section(own), home("fr"), standard_page(), Page.get_first_root_node()]
    for client in (signed_in(editor), signed_in(platform_administrator())):
        for page in pages:
            address = reverse("wagtailadmin_pages:set_privacy", args=[page.pk])
            assert client.get(address).status_code == 404
            assert client.post(address, form).status_code == 404
    assert not PageViewRestriction.objects.exists()


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form["restriction_type"])
def test_nobody_hides_a_shelf_from_some_readers(own, editor, form):
    address = reverse("wagtailadmin_collections:set_privacy", args=[Collection.get_first_root_node().pk])
    for client in (signed_in(editor), signed_in(platform_administrator())):
        assert client.get(address).status_code == 404
        assert client.post(address, form).status_code == 404
    assert not CollectionViewRestriction.objects.exists()


def test_the_editor_offers_no_button_that_would_be_refused(own, editor):
    for page in (guide(parent=section(own)), home("fr")):
        who = editor if page.slug != "fr" else platform_administrator()
        shown = signed_in(who).get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
        assert 'data-a11y-dialog-show="set-privacy"' not in shown
