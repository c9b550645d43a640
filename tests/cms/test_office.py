"""The front hall in the office: rows that pages show, what waits for whom, what an edit costs."""

import re
from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from cms.models import CourseParcel, Initiative, Opinion, Topic
from cms.waiting import lines
from hrdplatform.audit import Event
from hrdplatform.audit.models import Entry as AuditLine
from hrdplatform.office.unfinished import unfinished_for
from hrdplatform.organisations.states import Role
from hrdplatform.web import clock, generations
from hrdplatform.web.texts import State
from tests.cms.test_four_eyes import decide, draft, submit
from tests.factories.accounts import signed_in
from tests.factories.learning import contact, course, guide, initiative, lesson, section, topic
from tests.factories.office import platform_administrator
from tests.factories.organisations import make_member, make_organisation, make_platform

pytestmark = pytest.mark.django_db

NAMES = [f"{name}_{code}" for name in ("name", "purpose", "joining") for code in ("fr", "de", "lb", "en")]


def number() -> int:
    generations.forget()
    return generations.current(["cms"])[0]


def topic_form(**changes) -> dict[str, str]:
    fields = {f"{name}_{code}": "" for name in ("name", "description") for code in ("fr", "de", "lb", "en")}
    return {**fields, "slug": "wellbeing", "place": "10", "source_language": "fr", "name_fr": "Bien-être", **changes}


def initiative_form(organisation, **changes) -> dict[str, str]:
    fields = dict.fromkeys([*NAMES, "town", "email", "telephone"], "")
    fields |= {"organisation": str(organisation.pk), "slug": "water", "occupation": "group", "source_language": "fr"}
    fields |= {"name_fr": "Rivière", "purpose_fr": "L’eau.", "website": "https://water.example.org"}
    return fields | changes


def test_the_houses_editor_makes_a_topic_which_leaves_a_line_and_tells_kept_pages(own):
    editor = make_member(make_platform(), Role.EDITOR)
    before = number()
    answer = signed_in(editor).post(reverse("office_topics:add"), topic_form())
    assert answer.status_code == 302
    made = Topic.objects.get(slug="wellbeing")
    assert AuditLine.objects.filter(event=Event.ROW_MADE, object=f"topic:{made.pk}", actor=f"user:{editor.pk}").exists()
    assert number() > before


def test_an_editor_of_another_organisation_makes_no_topic_and_changes_none(own):
    client = signed_in(make_member(own, Role.EDITOR))
    client.post(reverse("office_topics:add"), topic_form())
    assert not Topic.objects.exists()
    standing = topic()
    client.post(reverse("office_topics:edit", args=[standing.pk]), topic_form(slug="taken"))
    client.post(reverse("office_topics:delete", args=[standing.pk]))
    assert Topic.objects.get().slug == standing.slug


def test_an_author_writes_an_initiative_and_an_editor_shows_it(own):
    author, editor = (signed_in(make_member(own, role)) for role in (Role.AUTHOR, Role.EDITOR))
    refused = author.post(reverse("office_initiatives:add"), initiative_form(own, shown="on"))
    assert "An editor of the organisation decides this" in refused.content.decode()
    assert author.post(reverse("office_initiatives:add"), initiative_form(own)).status_code == 302
    made = Initiative.objects.get()
    change = reverse("office_initiatives:edit", args=[made.pk])
    author.post(change, initiative_form(own, shown="on"))
    assert not Initiative.objects.get().shown
    assert editor.post(change, initiative_form(own, shown="on")).status_code == 302
    assert Initiative.objects.get().shown
    author.post(change, initiative_form(own))
    assert Initiative.objects.get().shown


def test_an_initiative_is_not_made_in_another_organisations_name(own):
    other = make_organisation()
    signed_in(make_member(own, Role.EDITOR)).post(reverse("office_initiatives:add"), initiative_form(other))
    assert not Initiative.objects.exists()


def test_the_houses_editor_looks_after_every_organisations_initiatives(own):
    standing = initiative(organisation=own, shown=False)
    editor = signed_in(make_member(make_platform(), Role.EDITOR))
    form = initiative_form(own, slug=standing.slug, shown="on")
    assert editor.post(reverse("office_initiatives:edit", args=[standing.pk]), form).status_code == 302
    assert Initiative.objects.get().shown


def test_everything_that_is_to_be_translated_is_in_the_list_of_who_may_do_it(own):
    initiative(organisation=own)
    topic()
    contact()
    guide("Votre téléphone", parent=section(own))
    author = make_member(own, Role.AUTHOR)
    house = make_member(make_platform(), Role.EDITOR)
    kinds = {row.kind for row in unfinished_for(author)}
    assert kinds == {"guide", "initiative"}
    assert {row.kind for row in unfinished_for(house)} >= {"topic", "emergency contact", "initiative"}
    assert {row.state for row in unfinished_for(author)} == {State.MISSING}


def test_a_course_and_its_lessons_are_in_that_list_with_the_section_alone_left_out(own):
    course("Sécurité", parent=section(own), lessons=1)
    kinds = {row.kind for row in unfinished_for(make_member(own, Role.AUTHOR))}
    assert kinds == {"course", "module", "lesson"}


def said(user) -> str:
    request = RequestFactory().get("/office/")
    request.user = type(user).objects.get(pk=user.pk)
    return lines(request)


def test_what_waits_is_said_to_who_may_do_it_and_to_nobody_else(own):
    author, editor = make_member(own, Role.AUTHOR), make_member(own, Role.EDITOR)
    stranger = make_member(make_organisation(), Role.EDITOR)
    page = draft(own, author)
    assert said(editor) == ""
    submit(page, author)
    assert "1 page waits for your approval" in said(editor)
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in said(editor)
    assert said(author) == said(stranger) == ""
    decide(page, editor, "reject", comment="Une étape <manque>.")
    assert f"“{page.title}” came back to you: Une étape &lt;manque&gt;." in said(author)
    assert said(editor) == ""


def test_of_many_pages_that_came_back_the_newest_are_named_and_the_rest_counted(own):
    author, editor = make_member(own, Role.AUTHOR), make_member(own, Role.EDITOR)
    for number in range(1, 5):
        page = draft(own, author, f"Guide {number}")
        submit(page, author)
        decide(page, editor, "reject", comment="Non.")
    words = said(author)
    assert words.count("<li>") == 4
    assert words.index("“Guide 4” came back to you: Non.") < words.index("“Guide 3” came back to you: Non.")
    assert "Guide 1" not in words
    assert "4 pages came back to you" in words


def test_reviews_packages_and_opinions_are_counted_for_the_own_pages_only(own):
    author, stranger = make_member(own, Role.AUTHOR), make_member(make_organisation(), Role.AUTHOR)
    today = timezone.localdate(clock.now())
    page = guide(parent=section(own), review_by=today)
    guide("Demain", parent=section(own), review_by=today + timedelta(days=1))
    made = course(parent=section(own))
    CourseParcel.objects.update_or_create(
        course=made, form="epub", defaults={"state": "failed", "wanted_at": clock.now(), "failure": "No space."}
    )
    Opinion.objects.create(page=page, on=today, useful=False, words="Il manque une étape.")
    Opinion.objects.create(page=page, on=today - timedelta(days=40), useful=True)
    words = said(author)
    assert "1 page is to be checked again" in words
    assert "1 package could not be made" in words
    assert "1 opinion of readers this month" in words
    assert said(stranger) == ""


def test_the_first_panel_of_the_office_holds_these_lines(own):
    author = make_member(own, Role.AUTHOR)
    guide(parent=section(own), review_by=timezone.localdate(clock.now()))
    assert "is to be checked again" in signed_in(author).get("/office/").content.decode()


def test_authors_read_what_readers_say_about_their_own_pages(own):
    other = make_organisation()
    today = timezone.localdate(clock.now())
    for organisation, words in ((own, "Il manque une étape."), (other, "Trop long.")):
        Opinion.objects.create(page=guide(parent=section(organisation)), on=today, useful=False, words=words)
    page = signed_in(make_member(own, Role.AUTHOR)).get(reverse("office_opinions")).content.decode()
    assert "Il manque une étape." in page
    assert "Trop long." not in page


def a_lesson(own, blocks: int):
    parent = course(parent=section(own), lessons=0).get_children().get().specific
    step = {"title": "Noter", "text": "<p>Le numéro.</p>"}
    answer = {"text": "Oui", "right": True, "explanation": "Parce que."}
    body = [
        {"type": "text", "value": "<h2>Avant</h2><p>Un code.</p>"},
        {"type": "steps", "value": {"steps": [step, step]}},
        {"type": "callout", "value": {"tone": "warn", "text": "<p>Attention.</p>"}},
        {"type": "question", "value": {"question": "Et ?", "answers": [answer, {**answer, "right": False}]}},
    ]
    return lesson(parent=parent, body=stored_lesson(body * blocks))


def stored_lesson(body):
    from cms.models import LessonPage

    blocks = LessonPage.body.field.stream_block
    value = blocks.to_python(body)
    list(value)
    return blocks.get_prep_value(value)


@pytest.mark.parametrize("blocks", [1, 3])
@pytest.mark.parametrize(("role", "queries"), [(Role.AUTHOR, 46), (Role.EDITOR, 44)])
def test_opening_a_lesson_in_the_editor_costs_the_same_whatever_it_holds(
    own, django_assert_num_queries, role, queries, blocks
):
    page = a_lesson(own, blocks)
    client = signed_in(make_member(own, role))
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert client.get(address).status_code == 200
    with django_assert_num_queries(queries):
        client.get(address)


def test_an_administrator_finds_the_directories_in_one_entry_of_the_menu(own):
    page = signed_in(platform_administrator()).get("/office/").content.decode()
    assert "Directories" in page


def test_the_list_of_initiatives_speaks_its_readers_language(own):
    initiative(organisation=own, shown=False)
    reader = make_member(own, Role.EDITOR)
    reader.language = "fr"
    reader.save()
    page = signed_in(reader).get(reverse("office_initiatives:index")).content.decode()
    cells = [strip_tags(cell).strip() for cell in re.findall(r"<t[hd][ >].*?</t[hd]>", page, re.DOTALL)]
    assert {"Nom", "Visible par le public", "Non"} <= set(cells)
    assert "False" not in cells


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("office_opinions", "What readers say"),
        ("office_to_check", "To be checked"),
        ("office_unfinished", "Translations to look after"),
        ("office_import_course", "Take in a course"),
    ],
)
def test_the_head_of_a_page_of_ours_ends_with_its_title(own, name, title):
    author = make_member(own, Role.AUTHOR)
    author.language = "en"
    author.save()
    answer = signed_in(author).get(reverse(name))
    assert str(answer.context["breadcrumbs_items"][-1]["label"]) == title
