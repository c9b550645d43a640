"""Nobody in the office reads names of people, tags of private pictures or drafts that have to do with others alone."""

import re
from urllib.parse import urlencode

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from cms.domain.sections import collection_of
from cms.models import GuidePage
from hrdplatform.accounts.models import User
from hrdplatform.media.models import PlatformDocument, PlatformImage
from hrdplatform.organisations.models import Organisation
from hrdplatform.organisations.states import Role
from hrdplatform.web import clock
from tests.factories.accounts import signed_in
from tests.factories.cms import document, image
from tests.factories.learning import guide, section
from tests.factories.office import platform_administrator
from tests.factories.organisations import make_member, make_organisation
from tests.house.access import Address, addresses, line_for, lines
from tests.house.crawling import path_of
from tests.house.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.database]


class House:
    """Everything of one organisation whose maker or tag the office could tell: each begins with `word`."""

    def __init__(self, organisation: Organisation, word: str) -> None:
        self.word = word
        self.author = called(make_member(organisation, Role.AUTHOR), f"{word}autorin")
        self.editor = called(make_member(organisation, Role.EDITOR), f"{word}redakteurin")
        where = section(organisation)
        self.draft = self.worked_on(guide(f"{word}entwurf", parent=where, slug=f"{word}-entwurf".lower(), live=False))
        self.public = self.worked_on(guide("Offen", parent=where, slug=f"offen-{organisation.pk}"))
        self.image, self.document = image(f"{word}bild", f"{word}.png"), document(f"{word}blatt", f"{word}.pdf")
        for item in (self.image, self.document):
            item.collection, item.uploaded_by_user = collection_of(organisation), self.author
            item.save()
            item.tags.add(f"{word}marke", f"{word}marke {type(item).__name__}")

    def worked_on(self, page: GuidePage, by: User | None = None) -> Page:
        """Made, changed and handed in by the author or somebody else, locked by the editor."""
        page.owner = by = by or self.author
        page.locked, page.locked_by, page.locked_at = True, self.editor, clock.now()
        page.save()
        page.save_revision(user=by, log_action=True)
        page.get_workflow().start(page, by)
        return page


def called(person: User, name: str) -> User:
    person.name, person.email = name, f"{name.lower()}@example.org"
    person.save()
    return person


OWN, FOREIGN = "Igelkraut", "Zaubernuss"


@pytest.fixture
def mine(own) -> House:
    return House(own, OWN)


@pytest.fixture
def theirs(own) -> House:
    return House(make_organisation("Fougère"), FOREIGN)


class Crawled(World):
    """The addresses filled in with each thing of both organisations in turn."""

    number: object = 1

    def fill(self, part: str, template: str | None, owner: str) -> object:
        found = super().fill(part, template, owner)
        return self.number if found == 1 else found


def paths(world: Crawled, address: Address, houses: list[House]) -> set[str]:
    """All paths of an address: as the table fills it in, and with pages, pictures and documents of both."""
    table = (line_for(address, lines()), None)
    found = set()
    for whose, house in zip(("own", "other"), houses, strict=True):
        for page, thing in ((house.draft, house.image), (house.public, house.document)):
            world.pages, world.number = page, thing.pk
            found |= {path_of(address, line, world, whose) for line in table}
    return found - {None}


def questions(houses: list[House]) -> list[str]:
    """A list as it stands, as a table, and narrowed by everything at once: by the number of each author, and by how the
    names and tags of hers begin.
    """
    people = ("owner", "edited_by", "user", "requested_by", "locked_by")
    return [
        "",
        "export=csv",
        *(
            urlencode(dict.fromkeys(people, house.author.pk) | dict.fromkeys(("q", "search", "term"), house.word[:6]))
            for house in houses
        ),
    ]


def read(client: Client, address: str) -> str:
    """What stands there; afterwards everything is as it was."""
    with transaction.atomic():
        answer = client.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        transaction.set_rollback(True)
    assert answer.status_code < 500, address
    return body.decode("utf-8", "ignore") if answer.status_code == 200 else ""


ENDS = ("wagtailadmin_logout", "(office/logout/)")
"""What would end the visit."""


def telling(client: Client, world: Crawled, houses: list[House]) -> tuple[set[str], dict[str, str]]:
    """The addresses of the office that tell something of the first organisation, and those that tell of the other, with
    what stands around it.
    """
    first: set[str] = set()
    other: dict[str, str] = {}
    for address in addresses():
        if not address.route.startswith("office/") or address.name in ENDS:
            continue
        asked = [f"{path}?{question}" for path in paths(world, address, houses) for question in questions(houses)]
        for question in asked:
            words = read(client, question)
            if houses[0].word in words:
                first.add(address.name)
            place = words.lower().find(houses[1].word.lower())
            if place >= 0:
                other[address.name] = f"{question}: {' '.join(words[max(place - 90, 0) : place + 40].split())}"
    return first, other


TELLING = {
    *("wagtailadmin_explore_root", "wagtailadmin_explore", "wagtailadmin_explore_results", "wagtailadmin_pages:search"),
    *("wagtailadmin_pages:edit", "wagtailadmin_pages:history", "wagtailadmin_pages:workflow_history"),
    *("wagtailadmin_reports:workflow", "wagtailadmin_reports:workflow_results", "wagtailadmin_reports:workflow_tasks"),
    *("wagtailimages:index", "wagtailimages:edit", "wagtailimages_chooser:choose", "wagtailimages_chooser:chosen"),
    *("wagtaildocs:index", "wagtaildocs:edit", "wagtaildocs_chooser:choose", "wagtailadmin_tag_autocomplete"),
}
"""Some of the addresses that tell who writes in a section of what is her own."""


@pytest.mark.parametrize(
    ("role", "due"), [(Role.AUTHOR, TELLING), (Role.EDITOR, TELLING), (Role.OFFICIAL, {"wagtailadmin_home"})]
)
def test_no_address_of_the_office_tells_of_people_tags_or_drafts_of_others(db, role, due):
    world = Crawled()
    houses = [House(one, word) for one, word in zip(world.organisations, (OWN, FOREIGN), strict=True)]
    visitor = called(make_member(world.organisations[0], role), f"{OWN}besucherin")
    first, other = telling(signed_in(visitor), world, houses)
    assert other == {}
    assert due - first == set()


FILTERS = [
    ("wagtailadmin_explore_root", "owner"),
    ("wagtailadmin_explore_root", "edited_by"),
    ("wagtailadmin_reports:workflow", "requested_by"),
]


def offered_people(who: User, view: str, name: str) -> set[str]:
    """The numbers of the people that a filter offers."""
    shown = signed_in(who).get(reverse(view)).content.decode()
    menu = re.search(rf'<select name="{name}".*?</select>', shown, re.DOTALL)
    return set(re.findall(r'value="(\d+)"', menu[0]) if menu else re.findall(rf'name="{name}" value="(\d+)"', shown))


@pytest.mark.parametrize(("view", "name"), FILTERS)
def test_a_filter_names_who_had_to_do_with_own_pages_wherever_she_belongs(author, mine, theirs, view, name):
    guest = platform_administrator()
    mine.worked_on(guide("Gastbeitrag", parent=mine.draft.get_parent(), slug="gastbeitrag", live=False), guest)
    assert offered_people(author, view, name) == {str(mine.author.pk), str(guest.pk)}
    assert offered_people(guest, view, name) == {str(mine.author.pk), str(guest.pk), str(theirs.author.pk)}


@pytest.mark.parametrize(("view", "name"), FILTERS)
def test_by_number_a_foreign_person_is_like_nobody(author, mine, theirs, view, name):
    client, number = signed_in(author), str(theirs.author.pk)
    by_foreign, by_nobody = (client.get(reverse(view), {name: asked}).content.decode() for asked in (number, "987654"))
    listed = [f"/office/pages/{house.draft.pk}/edit/" in by_foreign for house in (mine, theirs)]
    assert listed == [f"/office/pages/{house.draft.pk}/edit/" in by_nobody for house in (mine, theirs)]
    assert not listed[1]
    assert FOREIGN not in by_foreign
    errors = [re.findall(r'class="error-message[^>]*>(.*?)</', body, re.DOTALL) for body in (by_foreign, by_nobody)]
    assert [error.replace(number, "987654") for error in errors[0]] == errors[1]


@pytest.mark.parametrize(
    ("view", "model"), [("wagtailimages:index", PlatformImage), ("wagtaildocs:index", PlatformDocument)]
)
def test_the_filter_of_tags_offers_and_takes_the_own_ones(author, mine, theirs, view, model):
    client = signed_in(author)
    address = reverse(view)
    shown = client.get(address).content.decode()
    assert f'value="{OWN}marke {model.__name__}"' in shown
    assert FOREIGN not in shown
    by_foreign, by_none = (
        client.get(address, {"tag": tag}).content.decode().replace(tag, "") for tag in (f"{FOREIGN}marke", "Niemands")
    )
    assert without_marks(by_foreign) == without_marks(by_none)


def without_marks(html: str) -> str:
    """Without what differs in every answer."""
    return re.sub(r"\w{64}", "", html)


def test_what_is_suggested_while_one_types_is_what_one_has(author, mine, theirs):
    own_tags, address = f"{OWN}marke", reverse("wagtailadmin_tag_autocomplete")
    client = signed_in(author)
    assert client.get(address, {"term": OWN[:3].lower()}).json()[0] == own_tags
    assert client.get(address, {"term": FOREIGN[:3]}).json() == []
    assert client.get(address).json() == []
    whole = signed_in(platform_administrator()).get(address, {"term": FOREIGN[:3]}).json()
    assert whole == [f"{FOREIGN}marke{kind}" for kind in ("", " PlatformDocument", " PlatformImage")]
    named = reverse("wagtailadmin_tag_model_autocomplete", args=["taggit", "tag"])
    assert client.get(named, {"term": FOREIGN[:3]}).json() == []
    assert client.get(reverse("wagtailadmin_tag_model_autocomplete", args=["cms", "topic"])).status_code == 404


def test_how_often_others_use_a_tag_does_not_say_which_are_suggested_first(author, mine, theirs):
    mine.image.tags.add(*(f"{OWN} {name}" for name in "abcdefghijk"))
    theirs.image.tags.add(f"{OWN} k")
    shown = signed_in(author).get(reverse("wagtailimages:index")).content.decode()
    assert f"{OWN} j" in shown
    assert f"{OWN} k" not in shown


@pytest.mark.parametrize(
    "view",
    [
        *("wagtailadmin_explore_root", "wagtailadmin_reports:workflow", "wagtailimages:index", "wagtaildocs:index"),
        *("wagtailimages_chooser:choose", "wagtailadmin_tag_autocomplete"),
    ],
)
def test_neither_people_nor_tags_make_the_house_ask_more(author, mine, theirs, view):
    client, address = signed_in(author), f"{reverse(view)}?term={OWN}"
    client.get(address)
    with CaptureQueriesContext(connection) as before:
        client.get(address)
    for number in range(3):
        House(make_organisation(f"Verein {number}"), f"{FOREIGN}{number}")
        guest = called(platform_administrator(), f"Gast{number}")
        mine.draft.save_revision(user=guest, log_action=True)
        mine.image.tags.add(f"{OWN}marke {number}")
    with CaptureQueriesContext(connection) as after:
        client.get(address)
    assert len(after) == len(before)
