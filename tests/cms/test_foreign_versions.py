"""Older versions, rows and links: what is not one's own comes in by none of these ways either."""

from urllib.parse import quote

import pytest
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page
from wagtail.test.utils.form_data import nested_form_data
from wagtail_localize.models import OverridableSegment, SegmentOverride

from cms.domain.rights import permissions_on
from cms.models import FooterLink, GuidePage
from hrdplatform.organisations.domain.roles import group_name
from hrdplatform.organisations.states import Role
from tests.cms.test_foreign_media import REFUSED, SECRET, WAYS, Shelf, fields, stored_way
from tests.cms.test_four_eyes import again, begun
from tests.factories.accounts import signed_in
from tests.factories.cms import home, stored
from tests.factories.editing import edit
from tests.factories.learning import guide, section
from tests.factories.organisations import make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(own) -> Shelf:
    """What lies on another organisation's shelf."""
    return Shelf(make_organisation("Fougère"), SECRET)


@pytest.mark.parametrize("way", ["a document", "a picture", "a link to a draft"])
def test_what_an_older_version_showed_does_not_come_back_with_it(own, author, shelf, way):
    body = stored([stored_way(WAYS[way], shelf)], GuidePage)
    page = guide("Ihr Telefon", parent=section(own), slug="telefon", live=False, body=body)
    old = page.save_revision()
    page.body = []
    page.save_revision()
    page.save()
    address = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, old.pk])
    answer = signed_in(author).post(address, fields("Neuer Titel", WAYS[way](shelf)) | {"revision": old.pk})
    assert REFUSED in answer.content.decode()
    assert len(again(page).get_latest_revision_as_object().body) == 0


def test_an_older_version_of_ones_own_comes_back(own, author):
    mine = Shelf(own, "Passerelle")
    body = stored([stored_way(WAYS["a document"], mine)], GuidePage)
    page = guide("Ihr Telefon", parent=section(own), slug="telefon", live=False, body=body)
    old = page.save_revision()
    page.body = []
    page.save_revision()
    address = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, old.pk])
    words = fields("Alter Titel", WAYS["a document"](mine)) | {"revision": old.pk}
    assert signed_in(author).post(address, words).status_code == 302
    assert len(again(page).get_latest_revision_as_object().body) == 1


@pytest.fixture
def start(own, author):
    """Sends the form of the German home page, with one row in its footer."""
    group = author.groups.get(name=group_name(own, Role.AUTHOR))
    right = permissions_on(Page, ["change_page"])[0]
    GroupPagePermission.objects.create(group=group, page=home("de"), permission=right)
    client = signed_in(author)

    def send(page: Page, **row: str):
        rows = {"TOTAL_FORMS": "1", "INITIAL_FORMS": "1" if row.get("id") else "0", "MIN_NUM_FORMS": "0"}
        rows |= {"MAX_NUM_FORMS": "9", "0": {"page": str(page.pk), "ORDER": "1", "DELETE": "", "id": "", **row}}
        words = {**fields("Start", slug="de"), "hero": "Guten Tag", "ways-count": "0"}
        return client.post(edit(home("de")), words | nested_form_data({"footer_links": rows}))

    return send


def test_a_row_that_is_taken_away_is_not_asked(start, shelf):
    assert start(shelf.page, DELETE="on").status_code == 302
    assert not home("de").get_latest_revision_as_object().footer_links.exists()


def test_a_row_that_stands_in_the_draft_already_stays(start, shelf):
    page = home("de")
    page.footer_links.add(FooterLink(page=shelf.page))
    page.save_revision()
    row = page.get_latest_revision_as_object().footer_links.get()
    assert not FooterLink.objects.filter(home=page).exists()
    assert start(shelf.page, id=str(row.pk or "")).status_code == 302
    assert home("de").get_latest_revision_as_object().footer_links.get().page_id == shelf.page.pk


PROGRAMS = ["javascript:alert(1)", " JaVaScript:alert(1)", "java\tscript:alert(1)", "data:text/html,x", "vbscript:x"]
LINK = "https://example.org/fr"


@pytest.fixture
def link(own, author):
    """Puts another address in the place of a link in a text."""
    html = f'<p>Lisez <a href="{LINK}">ceci</a>.</p>'
    page = guide("Votre téléphone", parent=section(own), body=stored([{"type": "text", "value": html}], GuidePage))
    translation = begun(page)
    segment = OverridableSegment.objects.get(source=translation.source, context__path__endswith=f"'{LINK}'")
    address = reverse("office_override", args=[translation.pk, segment.pk])
    client = signed_in(author)
    kind = "application/x-www-form-urlencoded"
    return lambda value: client.put(address, f"value={quote(value, safe='')}", content_type=kind)


@pytest.mark.parametrize("value", [*PROGRAMS, "//example.org/", "/\\example.org/", "irgendwo", ""])
def test_a_translation_leads_nobody_into_a_program_or_nowhere(link, value):
    assert link(value).status_code in {302, 403}
    assert not SegmentOverride.objects.exists()


@pytest.mark.parametrize(
    "value", ["https://example.org/de", "HTTP://example.org", "mailto:a@example.org", "tel:+352123", "/de/", "#unten"]
)
def test_a_translation_leads_to_another_address(link, value):
    assert link(value).status_code == 201
    assert SegmentOverride.objects.get().data == value
