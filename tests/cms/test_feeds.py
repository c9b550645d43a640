"""The Atom feeds: what stands in them, and that a reader of feeds can read them."""

from datetime import datetime
from xml.etree import ElementTree as ET

import pytest
from django.test import Client, RequestFactory

from hrdplatform.web import doors
from tests.cms.counting import warmed
from tests.factories import learning
from tests.factories.cms import planted
from tests.factories.organisations import make_organisation

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def section():
    planted()
    return learning.section(make_organisation("ligue"))


def feed(client: Client, path: str = "/fr/learn/feed/") -> ET.Element:
    answer = client.get(path)
    assert answer.status_code == 200, path
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert not answer.cookies
    return ET.fromstring(answer.content)


def texts(root: ET.Element, path: str) -> list[str]:
    return [found.text or "" for found in root.findall("/".join(f"{ATOM}{name}" for name in path.split("/")))]


def test_a_feed_holds_what_rfc_4287_asks_for(client: Client, section):
    learning.guide("Votre téléphone", parent=section, lead="Un code.", topic=learning.topic())
    root = feed(client)
    assert root.tag == f"{ATOM}feed"
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "fr"
    for name in ("id", "title", "updated", "author/name", "entry/id", "entry/title", "entry/updated"):
        assert all(texts(root, name)), name
        assert len(texts(root, name)) == 1, name
    for moment in (*texts(root, "updated"), *texts(root, "entry/updated"), *texts(root, "entry/published")):
        assert datetime.fromisoformat(moment).tzinfo is not None
    assert texts(root, "entry/summary") == ["Un code."]
    assert [found.get("term") for found in root.iter(f"{ATOM}category")] == ["Sécurité numérique"]


def test_its_links_are_absolute_and_lead_to_the_page_and_to_itself(client: Client, section):
    page = learning.guide("Code", parent=section)
    root = feed(client)
    own = {found.get("rel"): found.get("href") for found in root.findall(f"{ATOM}link")}
    origin = doors.origin(doors.Door.PUBLIC, RequestFactory().get("/"))
    assert own == {"alternate": f"{origin}/fr/learn/", "self": f"{origin}/fr/learn/feed/"}
    assert root.find(f"{ATOM}entry/{ATOM}link").get("href").endswith(page.url_path)


def test_an_entry_keeps_its_id_when_its_page_moves_and_changes(client: Client, section):
    page = learning.guide("Code", parent=section)
    before = feed(client)
    page.title, page.slug = "Codes", "codes"
    page.save_revision().publish()
    after = feed(client)
    assert texts(after, "entry/title") == ["Codes"]
    assert texts(after, "entry/id") == texts(before, "entry/id")
    assert texts(after, "id") == texts(before, "id")
    assert texts(after, "updated") > texts(before, "updated")


def test_translations_are_entries_of_their_own(client: Client, section):
    french = learning.guide("Code", parent=section)
    english = french.copy_for_translation(learning.section(section.organisation, "en").locale)
    english.title = "Code in English"
    english.save_revision().publish()
    assert texts(feed(client), "entry/id") != texts(feed(client, "/en/learn/feed/"), "entry/id")


def test_each_topic_and_each_organisation_has_its_own(client: Client, section):
    other = learning.section(make_organisation("refuge"))
    learning.guide("Code", parent=section, topic=learning.topic())
    learning.guide("Droits", parent=other, topic=learning.topic("rights", fr="Droits"))
    assert texts(feed(client, "/fr/learn/topics/rights/feed/"), "entry/title") == ["Droits"]
    assert texts(feed(client, f"/fr/learn/{section.slug}/feed/"), "entry/title") == ["Code"]
    assert sorted(texts(feed(client), "entry/title")) == ["Code", "Droits"]


def test_lessons_are_told_of_by_their_course(client: Client, section):
    learning.course("Cours", parent=section, lessons=2)
    assert texts(feed(client), "entry/title") == ["Cours"]


def test_drafts_stand_in_no_feed(client: Client, section):
    learning.guide("Brouillon", parent=section, live=False)
    assert texts(feed(client), "entry/title") == []


def test_an_organisation_whose_section_was_taken_off_has_no_feed(client: Client, section):
    learning.guide("Code", parent=section)
    address = f"/fr/learn/{section.slug}/feed/"
    assert texts(feed(client, address), "entry/title") == ["Code"]
    section.unpublish()
    assert client.get(address).status_code == 404


def test_an_empty_feed_is_one_too_and_stays_the_same(client: Client, section):
    assert texts(feed(client), "updated") == ["2026-01-01T00:00:00+00:00"]


def test_characters_that_no_xml_holds_do_not_break_it(client: Client, section):
    learning.guide("Code \x0b\ufffe<b>&", parent=section, slug="code", lead="\x1b[31m Rouge")
    assert texts(feed(client), "entry/title") == ["Code <b>&"]


@pytest.mark.parametrize("path", ["/fr/learn/topics/none/feed/", "/fr/learn/none/feed/", "/pt/learn/feed/"])
def test_what_is_not_there_has_no_feed(client: Client, section, path):
    assert client.get(path).status_code == 404


def test_pages_name_their_feed(client: Client, section):
    learning.guide("Code", parent=section, topic=learning.topic())
    for address in ("/fr/learn/", section.url_path, "/fr/learn/topics/digital-security/"):
        assert f'type="application/atom+xml" href="{address}feed/"' in client.get(address).content.decode()


@pytest.mark.parametrize("entries", [1, 3])
def test_a_feed_costs_the_same_queries_at_one_entry_and_at_three(
    client: Client, django_assert_num_queries, section, entries
):
    for number in range(entries):
        learning.guide(f"Code {number}", parent=section, topic=learning.topic())
    address = warmed(client, "/fr/learn/feed/")
    with django_assert_num_queries(3):
        client.get(address)
