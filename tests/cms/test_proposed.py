"""What an author changes in an initiative that readers see waits for an editor, and nothing that she wrote is lost."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from cms.models import Initiative
from cms.office.initiatives import proposed_to
from hrdplatform.organisations.states import Role
from hrdplatform.web.texts import State
from tests.cms.test_office import initiative_form
from tests.factories.accounts import signed_in
from tests.factories.learning import initiative, topic
from tests.factories.organisations import make_member, make_organisation, make_platform

pytestmark = pytest.mark.django_db

PUBLIC = "/fr/learn/initiatives/water/"
PHISHING = "https://water.example.net"


@pytest.fixture
def shown(own) -> Initiative:
    return initiative(
        "water", organisation=own, name_fr="Rivière", purpose_fr="L’eau.", website="", email="w@example.org"
    )


def change(who, row: Initiative, **changes):
    """Opens the form and sends it; `seen` says what it showed if that was another time."""
    form = initiative_form(row.organisation, shown="on", website="", email="w@example.org", seen=seen(who, row))
    return signed_in(who).post(reverse("office_initiatives:edit", args=[row.pk]), form | changes, follow=True)


def seen(who, row: Initiative) -> str:
    field = re.search(r'<input type="hidden" name="seen"(?: value="(\w+)")?', opened(who, row))
    return field[1] or ""


def opened(who, row: Initiative) -> str:
    return signed_in(who).get(reverse("office_initiatives:edit", args=[row.pk])).content.decode()


def read(row: Initiative) -> str:
    return Client().get(f"/fr/learn/initiatives/{row.slug}/").content.decode()


def test_readers_see_an_authors_change_when_an_editor_has_agreed(author, editor, shown):
    answer = change(author, shown, website=PHISHING, name_fr="Fleuve")
    assert "when an editor of the organisation has agreed" in answer.content.decode()
    assert PHISHING not in read(shown)
    assert "Rivière" in read(shown)
    page = opened(editor, shown)
    assert PHISHING in page
    assert "Readers now see: Rivière" in page
    change(editor, shown, website=PHISHING, name_fr="Fleuve")
    assert "Fleuve" in read(shown)
    assert Initiative.objects.get().proposed is None


def test_an_editor_changes_what_was_proposed_or_drops_it(author, editor, shown):
    change(author, shown, website=PHISHING)
    change(editor, shown, website=PHISHING, drop="on")
    standing = Initiative.objects.get()
    assert (standing.website, standing.proposed) == ("", None)
    change(author, shown, website=PHISHING)
    change(editor, shown, website="https://water.example.org")
    assert Initiative.objects.get().website == "https://water.example.org"


def test_the_author_goes_on_where_she_was(author, shown):
    change(author, shown, purpose_fr="L’eau et ses rives.", town="Wiltz")
    page = opened(author, shown)
    assert "L’eau et ses rives." in page
    assert "Wiltz" in page
    assert "L’eau et ses rives." not in read(shown)


def test_an_author_takes_back_what_she_proposed(author, shown):
    change(author, shown, town="Wiltz")
    change(author, shown, drop="on")
    assert (Initiative.objects.get().proposed, Initiative.objects.get().town) == (None, "")


def test_topics_and_organisation_wait_as_well(author, editor, shown):
    first = topic()
    change(author, shown, topics=[str(first.pk)])
    assert list(shown.topics.all()) == []
    assert "Readers now see: –" in opened(editor, shown)
    change(editor, shown, topics=[str(first.pk)])
    assert list(shown.topics.all()) == [first]


def test_what_nobody_sees_yet_is_changed_at_once(own, author):
    hidden = initiative("water", organisation=own, shown=False)
    change(author, hidden, shown="", town="Wiltz")
    assert (Initiative.objects.get().town, Initiative.objects.get().proposed) == ("Wiltz", None)


def test_an_administrator_of_the_organisation_waits_and_the_houses_editor_does_not(own, shown):
    change(make_member(own, Role.ADMINISTRATOR), shown, town="Wiltz")
    assert Initiative.objects.get().town == ""
    change(make_member(make_platform(), Role.EDITOR), shown, town="Esch")
    assert Initiative.objects.get().town == "Esch"


def test_who_is_an_editor_elsewhere_takes_no_entry_along(own, author, shown):
    other = make_organisation("Fougère")
    both = make_member(other, Role.EDITOR, author)
    change(both, shown, organisation=str(other.pk), town="Wiltz")
    standing = Initiative.objects.get()
    assert (standing.organisation_id, standing.town) == (own.pk, "")


def test_nobody_makes_a_public_entry_out_of_the_copy_of_one(own, author, shown):
    client = signed_in(author)
    form = initiative_form(own, slug="copy", shown="on")
    client.post(reverse("office_initiatives:add"), form)
    client.post(reverse("office_initiatives:copy", args=[shown.pk]), form)
    assert list(Initiative.objects.values_list("slug", flat=True)) == ["water"]


def test_a_translation_that_was_proposed_counts_as_made_when_it_is_agreed(author, editor, shown):
    german = {"name_de": "Fluss", "purpose_de": "Das Wasser."}
    change(author, shown, **german)
    assert Initiative.objects.get().state("de") == State.MISSING
    change(editor, shown, **german)
    assert Initiative.objects.get().state("de") == State.CURRENT


def test_editors_are_told_that_something_waits_and_others_are_not(author, editor, shown):
    stranger = make_member(make_organisation("Fougère"), Role.EDITOR)
    change(author, shown, town="Wiltz")
    line = "Changes of 1 initiative wait for you"
    assert line in signed_in(editor).get("/office/").content.decode()
    for other in (author, stranger):
        assert line not in signed_in(other).get("/office/").content.decode()
        assert not proposed_to(other).exists()


def test_what_waits_is_in_no_list_and_no_export(own, author, shown):
    change(author, shown, website=PHISHING)
    client = signed_in(make_member(own, Role.OFFICIAL))
    for address in (
        reverse("office_initiatives:index"),
        f"{reverse('office_initiatives:index')}?export=csv",
        reverse("office_initiatives:inspect", args=[shown.pk]),
    ):
        answer = client.get(address)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert answer.status_code == 200
        assert PHISHING not in content.decode()


def test_what_was_proposed_after_an_editor_opened_the_form_is_kept_and_shown(author, editor, shown):
    before = seen(editor, shown)
    change(author, shown, town="Wiltz")
    answer = change(editor, shown, purpose_fr="Rivières.", seen=before).content.decode()
    assert "changed while you were writing" in answer
    assert "Readers now see: –. Proposed: Wiltz" in answer
    standing = Initiative.objects.get()
    assert (standing.purpose_fr, standing.proposed["town"]) == ("L’eau.", "Wiltz")
    again = re.search(r'name="seen" value="(\w+)"', answer)[1]
    change(editor, shown, purpose_fr="Rivières.", seen=again)
    standing = Initiative.objects.get()
    assert (standing.purpose_fr, standing.town, standing.proposed) == ("Rivières.", "", None)


def test_nobody_writes_over_a_proposal_that_she_has_not_seen_or_agrees_to_one_that_is_gone(own, author, editor, shown):
    before = seen(author, shown)
    change(author, shown, town="Wiltz")
    change(make_member(own, Role.AUTHOR), shown, town="Esch", seen=before)
    assert Initiative.objects.get().proposed["town"] == "Wiltz"
    late = seen(editor, shown)
    change(author, shown, drop="on")
    change(editor, shown, town="Wiltz", seen=late)
    assert Initiative.objects.get().town == ""


def test_what_the_form_itself_asks_is_no_part_of_a_proposal(author, editor, shown):
    change(author, shown, town="Wiltz")
    change(author, shown, town="Esch")
    assert Initiative.objects.get().proposed.keys().isdisjoint({"drop", "seen"})
    assert opened(editor, shown).count("Readers now see: –") == 1


def test_a_tick_that_a_translation_still_fits_waits_as_well(author, editor, shown):
    change(editor, shown, name_de="Fluss", purpose_de="Das Wasser.")
    change(editor, shown, name_de="Fluss", purpose_de="Das Wasser.", purpose_fr="L’eau claire.")
    german = {"name_de": "Fluss", "purpose_de": "Das Wasser.", "purpose_fr": "L’eau claire.", "town": "Wiltz"}
    change(author, shown, **german, confirm_de="on")
    page = opened(editor, shown)
    assert re.search(r'name="confirm_de"[^>]*checked', page)
    assert page.count("Readers now see") == 1
    change(editor, shown, **german, confirm_de="on")
    assert Initiative.objects.get().state("de") == State.CURRENT
