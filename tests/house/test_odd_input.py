"""Odd input to every form of the house: a clear answer each time, never a fault, and nothing that was typed is lost."""

import fnmatch
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode, urljoin, urlsplit

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse  # noqa: TID251 - a test reads answers
from django.test import Client
from django.urls import resolve, reverse
from django.utils import translation

from hrdplatform.organisations.domain.invitations import invite
from hrdplatform.organisations.states import Role
from hrdplatform.web import clock
from tests.house.access import FORMS, addresses, line_for, lines
from tests.house.crawling import path_of
from tests.house.world import World
from tests.legal_aid.plain_visitor import Visitor
from tests.walks.forms import Attributes, Document, Form

pytestmark = [pytest.mark.django_db, pytest.mark.database]

ODD = {
    "NUL": "a\0b",
    "zero-width": "\u200b\u200d\ufeff",
    "controls": "\u202ea\u2066b\u202c\x01\x1b[31m\x7f\u0085b",
    "signs": """a" (b* AND NOT 'c | <-> !{title}: -%s \\""",
    "giant": "9" * 30,
    "long": "ä" * 20_000,
    "empty": "",
}
REFUSED = 422
SHOWN_AGAIN = {200, REFUSED}
"""Statuses with which a page shows a form once more; Wagtail's own refusals are 200."""
ONWARD = [("go", "send"), ("go", "contact")]
"""Buttons that lead on, where a form has several."""
PLAUSIBLE = {
    "text": "word",
    "search": "word",
    "textarea": "words",
    "email": "somebody@house.example",
    "url": "https://house.example/",
    "tel": "+352 12345",
    "number": "1",
    "date": "2026-11-23",
    "password": "a long sentence as a password",
}
"""What stands in the other fields, by kind, so that the odd one is what an answer is about."""
OTHER_LANGUAGES = ("_de", "_lb", "_en", "_pt", "_ar")
"""Columns of the same text in other languages; the French one stands for all."""
IN_WINDOWS = {
    "wagtailadmin_choose_page_external_link": ("external-link-chooser-url", "external-link-chooser-link_text"),
    "wagtailadmin_choose_page_email_link": ("email-link-chooser-email_address", "email-link-chooser-subject"),
    "wagtailadmin_choose_page_phone_link": ("phone-link-chooser-phone_number", "phone-link-chooser-link_text"),
    "wagtailadmin_choose_page_anchor_link": ("anchor-link-chooser-url", "anchor-link-chooser-link_text"),
    "wagtailembeds:chooser_upload": ("embed-chooser-url",),
    "wagtailadmin_tag_autocomplete": ("term",),
    "legal_aid:plain_confirm": ("first", "second"),
    "desk:found": ("name", "mandate"),
}
"""Forms in windows that the editor's script opens, and on pages that no GET shows: their fields, by address."""
BESIDES = {"body-count": "0", "form": "0" * 32}
"""What nobody types: the number of a page's blocks, which the editor's script adds, and that of a form."""
LISTS = ("*results", "*results/)", "*search*", "*:listing", "wagtailadmin_tag_autocomplete", "learn_calendar")
"""Addresses of lists: what is looked for, and how they are narrowed, sorted and paged, stands in their query."""
WORDS = ("q", "search", "term")
"""What lists call the words that are looked for."""
NARROWING = (
    *("p", "page", "offset", "limit", "ordering", "order", "collection_id", "content_type", "locale", "owner", "user"),
    *("timestamp_from", "latest_revision_created_at_from", "created_at_from", "started_at_from", "locked_at_from"),
    *("last_published_at", "last_login_from", "usage_count_min", "month", "topic", "language", "organisation"),
)
SEALED = (
    "team",
    "locator",
    "urgency",
    "case",
    "chain",
    "epoch",
    "card",
    "cards",
    "records",
    "uploads",
    "sealed",
    "parts",
)
"""What the sealed doors look for in their JSON."""
CLEAR = {204, 400, 404, 405, 409}
"""What they answer to a body that is none; an acknowledgement needs none, and some addresses are not posted to."""
NOTHING_TYPED = {
    "(office/account/)",
    "(office/logout/)",
    "accounts:passkey_begin",
    "accounts:passkey_finish",
    "accounts:passkey_verify_begin",
    "accounts:passkey_verify_finish",
    "accounts:reset",
    "office_initiatives:copy",
    "office_parcels:again",
    "office_stop_folder",
    "office_take_folder",
    "spoken:leave",
    "wagtail_localize:submit_page_translation",
    "wagtailadmin_account",
    "wagtailadmin_editing_sessions:release",
    "wagtailadmin_logout",
    "wagtailadmin_pages:add_subpage",
    "wagtailadmin_pages:confirm_workflow_cancellation",
    "wagtailadmin_pages:lock",
    "wagtailadmin_pages:preview_on_edit",
    "wagtailadmin_pages:revisions_index",
    "wagtailadmin_pages:set_page_position",
    "wagtailadmin_pages:unlock",
    "wagtailadmin_pages:view_draft",
    "wagtailadmin_sprite",
    "wagtailadmin_workflows:enable",
    "wagtailadmin_workflows:enable_task",
    "wagtailadmin_workflows:remove",
    "wagtailadmin_workflows:select_task_type",
    "wagtailadmin_workflows:task_chooser_create",
    "wagtailadmin_workflows:task_chosen",
    "wagtaildocs_chooser:create",
    "wagtailembeds:chooser",
    "wagtailimages_chooser:create",
    "wagtaillocales:delete",
    "wagtailsites:copy",
}
"""Addresses of `FORMS` with buttons or choices alone, a device's answer or passwords, or fields that are filled in at
another address of theirs.
"""
SHOWN_BY = ("desk", "legal_aid", "organisations", "accounts")
"""Rooms whose forms stand on pages at other addresses than their own."""


@dataclass
class Asked:
    """A form on a page: the fields that people type into, with their kinds."""

    form: Form
    kinds: dict[str, str] = field(default_factory=dict)
    choices: dict[str, str] = field(default_factory=dict)

    @property
    def path(self) -> str:
        return urlsplit(self.form.action).path

    @property
    def names(self) -> list[str]:
        return [name for name in self.kinds if not name.endswith(OTHER_LANGUAGES)]

    def sent(self, name: str, value: str) -> str:
        """The form as a browser sends it with `value` typed into one field and something plausible in the others."""
        given = dict(self.form.pairs)
        typed = {one: given.get(one) or PLAUSIBLE[kind] for one, kind in self.kinds.items()} | {name: value}
        chosen = {one: first for one, first in self.choices.items() if one not in given}
        buttons = sorted(self.form.buttons, key=lambda button: button not in ONWARD)
        besides = {one: value for one, value in BESIDES.items() if one not in given}
        return urlencode([*self.form.filled(typed | chosen, buttons[0] if buttons else None), *besides.items()])


class Page(Document):
    """What of a page's forms is typed."""

    def __init__(self, path: str, html: str) -> None:
        self.path, self.asked = path, []
        super().__init__(html)

    def open_form(self, given: Attributes) -> None:
        super().open_form(given)
        self.forms[-1].action = urljoin(self.path, self.forms[-1].action)
        self.asked.append(Asked(self.forms[-1]))

    def open_input(self, given: Attributes) -> None:
        super().open_input(given)
        kind = given.get("type") or "text"
        if self.asked and given.get("name") in self.forms[-1].names and kind in PLAUSIBLE:
            self.asked[-1].kinds[given["name"] or ""] = kind
        elif self.asked and kind == "radio":
            self.asked[-1].choices.setdefault(given.get("name") or "", given.get("value") or "")

    def open_textarea(self, given: Attributes) -> None:
        super().open_textarea(given)
        if self.asked and given.get("name"):
            self.asked[-1].kinds[given["name"] or ""] = "textarea"


def answer(client: Client, method: str, path: str, body: str = "") -> HttpResponse:
    """One request, after which everything is as it was: rows, sessions, cookies, counted tries."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        found = client.generic(method, path, body, "application/x-www-form-urlencoded", secure=True)
        transaction.set_rollback(True)
    client.cookies = cookies
    cache.clear()
    translation.activate("fr")
    return found


def asked(client: Client, paths: list[str]) -> Iterator[Asked]:
    """Every form that is posted from these pages."""
    for path in paths:
        found = answer(client, "GET", path)
        if found.status_code == 200 and not found.streaming and found["Content-Type"].startswith("text/html"):
            yield from (one for one in Page(path, found.content.decode()).asked if one.form.method == "post")


@pytest.fixture
def world() -> Iterator[World]:
    """In French, as the course in it."""
    with translation.override("fr"):
        yield World()


@pytest.fixture
def clients(world: World) -> dict[str, Client]:
    """Who among them sees every form: somebody without scripts whose case is open, then people who signed in."""
    visitor = Visitor(client=Client(raise_request_exception=False))
    visitor.confirm(visitor.open_case(team=world.teams[0].hex))
    signed_in = {role: world.client(role) for role in ("administrator", "team_lead")}
    return {"visitor": visitor.client} | signed_in


@pytest.fixture
def forms(world: World, clients: dict[str, Client]) -> list[tuple[Client, Asked]]:
    """Each form once, with who fills it in."""
    table, taken = lines(), lines(FORMS)
    translation.activate("fr")
    paths = [
        path_of(address, line_for(address, table), world, "own")
        for address in addresses()
        if line_for(address, taken) or address.name.startswith(SHOWN_BY)
    ]
    found: dict[tuple[str, ...], tuple[Client, Asked]] = {}
    somebody = reverse("wagtailusers_users:edit", args=[world.people["case_worker"].pk])
    shown = [*filter(None, paths), invited(world), somebody]
    for client in clients.values():
        for one in asked(client, shown):
            found.setdefault((one.path, *sorted(one.form.names)), (client, one))
    return [*found.values(), *in_windows(world, clients)]


def invited(world: World) -> str:
    """Where an invitation leads that nobody took up yet."""
    link = invite(
        email="new@house.example",
        role=Role.AUTHOR,
        language="en",
        organisation=world.organisations[0],
        door="office",
        by=world.administrator,
        at=clock.now(),
    )
    return urlsplit(link).path


def in_windows(world: World, clients: dict[str, Client]) -> Iterator[tuple[Client, Asked]]:
    for address in addresses():
        names = IN_WINDOWS.get(address.name)
        if names:
            path = path_of(address, line_for(address, lines()), world, "own")
            form = Form(path or "", "post", multipart=False, names=set(names))
            client = clients["visitor" if address.name.startswith("legal_aid:") else "administrator"]
            yield client, Asked(form, dict.fromkeys(names, "text"))


def complaints(client: Client, one: Asked, name: str, kind: str) -> Iterator[str]:
    """What is wrong with the answer to one odd value in one field."""
    found = answer(client, "POST", one.path, one.sent(name, ODD[kind]))
    if found.status_code >= 500:
        yield f"{one.path} {name} {kind}: {found.status_code}"
    elif kind == "NUL" and found.status_code != 400:
        yield f"{one.path} {name}: a NUL got {found.status_code}"
    elif found.status_code in SHOWN_AGAIN and one.kinds[name] != "password":
        page = Page(one.path, found.content.decode())
        again = [value for form in page.forms for field, value in form.pairs if field == name]
        due = again or (found.status_code == REFUSED and one.form.pairs)  # without pairs: a form that no page showed
        if due and ODD[kind] not in again:
            yield f"{one.path} {name} {kind}: what was typed is gone"


def test_whatever_is_typed_no_form_breaks_and_none_that_shows_itself_again_loses_it(forms):
    wrong = []
    for client, one in forms:
        for name in one.names:
            for kind in ODD:
                wrong += complaints(client, one, name, kind)
    assert wrong == [], "\n".join(wrong)
    reached = {resolve(one.path).view_name for _, one in forms}
    taken = lines(FORMS)
    every = {address.name for address in addresses() if line_for(address, taken)}
    assert {name for name in every - reached if not name.split(":")[-1].startswith("sealed_")} == NOTHING_TYPED


def asked_of(name: str, value: str) -> Iterator[str]:
    """What is asked of one list: first the words alone, for a list that is narrowed in vain looks for nothing. A page
    API takes no name that it does not know.
    """
    if name.endswith(":listing"):
        yield from (urlencode({one: value}) for one in ("search", "offset", "limit", "order", "first_published_at"))
    else:
        yield urlencode(dict.fromkeys(WORDS, value))
        yield urlencode(dict.fromkeys(NARROWING, value))


def test_whatever_is_looked_for_no_list_breaks(world, clients):
    found = []
    for address in addresses():
        if any(fnmatch.fnmatchcase(address.name, pattern) for pattern in LISTS):
            path = path_of(address, line_for(address, lines()), world, "own")
            for kind in ("signs", "giant"):
                for query in asked_of(address.name, ODD[kind]):
                    answered = answer(clients["administrator"], "GET", f"{path}?{query}")
                    found.append((address.name, kind, query[:20], answered.status_code))
    assert {status for _name, _kind, query, status in found if query.startswith("q=")} == {200, 404}
    assert [one for one in found if one[-1] >= 500] == []


def test_no_sealed_address_breaks_whatever_stands_in_its_json(world, clients):
    """The pages of both doors write it; anybody may write something else."""
    page = world.defenders[0]
    shown = {
        "legal_aid": Client(headers={**page.receipt, "X-Visit": page.visit}, raise_request_exception=False),
        "desk": clients["team_lead"],
    }
    found = []
    for address in addresses():
        room, _, name = address.name.partition(":")
        if name.startswith("sealed_"):
            path = path_of(address, line_for(address, lines()), world, "own")
            for kind, value in ODD.items():
                for body in (value, json.dumps(value), json.dumps(dict.fromkeys(SEALED, value))):
                    answered = shown[room].post(path, body.encode(), content_type="application/json")
                    cache.clear()
                    found.append((path, kind, answered.status_code))
    assert len(found) > 400
    assert [one for one in found if one[-1] not in CLEAR] == []
