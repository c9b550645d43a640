"""What readers find by the search page, and what it costs."""

import re
import uuid

import pytest
from django.test import Client
from django.utils import translation
from wagtail.models import Page

from cms.models import Entry
from cms.search import finding
from cms.search.words import words_of
from tests.cms.counting import rows_read, warmed
from tests.factories import learning
from tests.factories.cms import planted
from tests.factories.organisations import make_organisation

pytestmark = [pytest.mark.django_db, pytest.mark.database]

NEAR = "Do you mean one of these?"
TEXT = [{"type": "text", "value": "<p>La police garde la carte SIM. Notez le numéro du procès-verbal de saisie.</p>"}]


@pytest.fixture
def section():
    planted()
    return learning.section(make_organisation("ligue"))


def titles(page: bytes) -> list[str]:
    """The titles of what was found, in their order, without marks."""
    return listed(halves(page)[0])


def proposed(page: bytes) -> list[str]:
    """The titles that come near to what was not found."""
    return listed(halves(page)[1])


def halves(page: bytes) -> tuple[str, str]:
    """What stands before and after the heading of the proposals, which speaks the language of the page."""
    html = page.decode()
    with translation.override(re.search('<html lang="([a-z]+)"', html)[1]):
        before, _, after = html.partition(f"<h2>{translation.gettext(NEAR)}</h2>")
    return before, after


def listed(html: str) -> list[str]:
    found = re.findall(r'<h3[^>]*><a href="/[a-z]{2}/learn/[^"]*">(.*?)</a></h3>', html)
    return [re.sub("</?mark>", "", title) for title in found]


def facets(page: bytes) -> dict[str, int]:
    """What each further choice would leave."""
    line = r'<li><a href="\?[^"]*"[^>]*>(.*?)</a>&nbsp;<span class="small soft">(\d+)</span>'
    lines = re.findall(line, page.decode())
    return {re.sub("<.*?>", "", label): int(count) for label, count in lines}


def test_a_guide_is_found_by_its_title_without_accents(client: Client, section):
    learning.guide("Votre téléphone", parent=section)
    learning.guide("Vos droits", parent=section)
    assert titles(client.get("/fr/search/?q=TELEPHONE").content) == ["Votre téléphone"]


def test_what_was_looked_for_stands_out_and_a_passage_of_the_text_shows_it(client: Client, section):
    learning.guide("Si l’on saisit votre appareil", lead="Que faire.", parent=section, body=TEXT)
    page = client.get("/fr/search/?q=procès verbal").content.decode()
    assert "Notez le numéro du <mark>procès</mark>-<mark>verbal</mark> de saisie." in page


def test_a_passage_reads_as_sentences_where_parts_of_a_page_meet(client: Client, section):
    parts = [{"type": "text", "value": f"<p>{words}</p>"} for words in ("Il parle.", "Votre appareil écoute.")]
    learning.guide("Les antennes", parent=section, body=parts)
    page = client.get("/fr/search/?q=écoute").content.decode()
    assert "Il parle. Votre appareil <mark>écoute</mark>." in page


def test_no_markup_and_no_template_of_the_question_or_of_a_title_is_alive(client: Client, section):
    learning.guide("Code <b>six</b> {{ settings.SECRET_KEY }}", parent=section)
    page = client.get("/fr/search/", {"q": '{{ 7|add:"7" }} "><script>code</script> code'}).content.decode()
    assert "<script>" not in page
    assert "{{ 7|add:&quot;7&quot; }}" in page
    page = client.get("/fr/search/?q=code").content.decode()
    assert "<mark>Code</mark> &lt;b&gt;six&lt;/b&gt; {{ settings.SECRET_KEY }}" in page


def test_drafts_and_what_was_taken_off_are_not_found(client: Client, section):
    learning.guide("Téléphone secret", parent=section, live=False)
    learning.guide("Téléphone retiré", parent=section).unpublish()
    assert titles(client.get("/fr/search/?q=téléphone").content) == []


def test_each_choice_says_what_it_would_leave(client: Client, section):
    other = learning.section(make_organisation("refuge"))
    safe, law = learning.topic(), learning.topic("rights", fr="Droits")
    learning.guide("Code un", parent=section, topic=safe, audience="journalists")
    learning.guide("Code deux", parent=other, topic=law, level="beginner")
    learning.course("Code trois", parent=section, topic=safe, lessons=0)
    counts = facets(client.get("/fr/search/?q=code").content)
    assert counts["Sécurité numérique"] == 2
    assert counts["Droits"] == 1
    assert counts["Guide"] == 2
    assert counts["ligue"] == 2
    assert counts["Français"] == 3


def test_a_choice_narrows_and_leaves_the_others_of_its_kind_to_choose(client: Client, section):
    safe, law = learning.topic(), learning.topic("rights", fr="Droits")
    learning.guide("Code un", parent=section, topic=safe)
    learning.guide("Code deux", parent=section, topic=law)
    page = client.get("/fr/search/?q=code&topic=rights").content
    assert titles(page) == ["Code deux"]
    assert facets(page)["Sécurité numérique"] == 1
    assert 'href="?q=code" aria-current="true">Droits' in page.decode()


@pytest.fixture
def two_of_each(section):
    """Two guides and a course, told apart in every column; one of them is in English."""
    refuge = make_organisation("Refuge", slug="refuge")
    other, english = learning.section(refuge), learning.section(refuge, "en")
    safe, law = learning.topic(), learning.topic("rights", fr="Droits")
    learning.guide("Code un", parent=section, topic=safe, audience="journalists", level="beginner")
    learning.guide("Code deux", parent=other, topic=law, audience="officials", level="advanced")
    learning.course("Code trois", parent=section, topic=safe, audience="journalists", level="advanced", lessons=0)
    learning.guide("Code four", parent=english, topic=law, audience="journalists", level="beginner")


OFFICIALS = "Personnel de l’administration"
ALL = "Toutes les langues"


@pytest.mark.parametrize("asked", ["q=code", "q="])
@pytest.mark.parametrize(
    ("choice", "left", "counts"),
    [
        (
            "topic=rights",
            ["Code deux"],
            {"Sécurité numérique": 2, "Droits": 1, ALL: 2, "Français": 1, "English": 1},
        ),
        (
            "audience=journalists",
            ["Code trois", "Code un"],
            {"Journalistes": 2, OFFICIALS: 1, "Débutant": 1, "Avancé": 1, "Guide": 1, "Cours": 1}
            | {ALL: 3, "Français": 2, "English": 1},
        ),
        (
            "level=advanced",
            ["Code deux", "Code trois"],
            {"Avancé": 2, "Débutant": 1, "Sécurité numérique": 1, "Droits": 1, "Guide": 1, "Cours": 1}
            | {"Journalistes": 1, OFFICIALS: 1, "ligue": 1, "Refuge": 1, ALL: 2, "Français": 2},
        ),
        (
            "organisation=refuge",
            ["Code deux"],
            {"ligue": 2, "Refuge": 1, ALL: 2, "Français": 1, "English": 1},
        ),
        (
            "format=course",
            ["Code trois"],
            {"Cours": 1, "Guide": 2, ALL: 1, "Français": 1},
        ),
        (
            "language=en",
            ["Code four"],
            {"English": 1, "Français": 3, ALL: 4},
        ),
        (
            "topic=digital-security&level=beginner&language=all",
            ["Code un"],
            {"Sécurité numérique": 1, "Droits": 1, "Débutant": 1, "Avancé": 1, ALL: 1, "Français": 1},
        ),
    ],
)
@pytest.mark.usefixtures("two_of_each")
def test_every_column_narrows_and_counts_with_words_and_without(client: Client, asked, choice, left, counts):
    page = client.get(f"/fr/search/?{asked}&{choice}").content
    assert sorted(titles(page)) == left
    assert facets(page) == counts


def test_a_choice_that_few_finds_have_can_be_taken_back(client: Client, section):
    for number in range(13):
        for copy in range(2 if number else 1):
            learning.guide(f"Code {number}.{copy}", parent=section, topic=learning.topic(f"t{number}", fr=f"T{number}"))
    page = client.get("/fr/search/?q=code&topic=t0").content
    assert titles(page) == ["Code 0.0"]
    assert '<a href="?q=code" aria-current="true">T0</a>' in page.decode()


def test_the_form_keeps_the_choices(client: Client, section):
    page = client.get("/fr/search/?q=code&level=beginner").content.decode()
    assert '<input type="hidden" name="level" value="beginner">' in page


def test_a_value_that_nobody_has_finds_nothing(client: Client, section):
    learning.guide("Code", parent=section)
    for choice in ("topic=none", "organisation=x", "language=xx", "format=<b>", "level=x", "audience=" + "x" * 9000):
        for typed in ("code", ""):
            answer = client.get(f"/fr/search/?q={typed}&{choice}")
            assert answer.status_code == 200
            assert titles(answer.content) == []


def test_other_languages_are_a_choice_and_are_marked(client: Client, section):
    english = learning.section(section.organisation, "en")
    learning.guide("Signal en français", parent=section)
    learning.guide("Signal in English", parent=english)
    page = client.get("/fr/search/?q=signal").content
    assert titles(page) == ["Signal en français"]
    assert facets(page) == {"Toutes les langues": 2, "Français": 1, "English": 1}
    both = client.get("/fr/search/?q=signal&language=all").content
    assert sorted(titles(both)) == ["Signal en français", "Signal in English"]
    assert '<h3 lang="en" dir="ltr">' in both.decode()


def test_without_words_there_is_everything_the_newest_first(client: Client, section):
    learning.guide("Premier", parent=section)
    learning.guide("Second", parent=section)
    assert titles(client.get("/fr/search/").content) == ["Second", "Premier"]


def test_who_finds_nothing_is_shown_titles_that_come_near_and_the_topics(client: Client, section):
    learning.guide("Votre téléphone", parent=section)
    learning.guide("Vos droits", parent=section)
    page = client.get("/fr/search/?q=teelphone").content
    assert "Rien n’a été trouvé." in page.decode()
    assert proposed(page) == ["Votre téléphone"]
    assert 'href="/fr/learn/topics/"' in page.decode()


@pytest.mark.parametrize(
    "typed", ["***", '"', "a AND (", "-", "' OR 1=1 --", "col:val^2", "\\", "%", "ـــ", "\u202e\u200b"]
)
def test_signs_are_no_commands(client: Client, section, typed):
    learning.guide("Code", parent=section)
    assert client.get("/fr/search/", {"q": typed}).status_code == 200


def test_a_question_of_ten_thousand_characters_is_a_question_of_eight_words():
    assert words_of("code telephone police " * 500) == ["code", "telephone", "police"] * 2 + ["code", "telephone"]


def test_ten_thousand_characters_are_cut_and_said_so(client: Client, section):
    learning.guide("Code", parent=section)
    answer = client.get("/fr/search/", {"q": "code " * 2000})
    assert titles(answer.content) == ["Code"]
    assert "nous avons cherché les 200 premiers caractères" in answer.content.decode()


@pytest.mark.parametrize("finds", [1, 3, 30])
def test_a_search_costs_the_same_queries_at_one_find_and_at_thirty(
    client: Client, django_assert_num_queries, section, finds
):
    for number in range(finds):
        learning.guide(f"Code {number}", parent=section, topic=learning.topic())
    address = warmed(client, "/fr/search/?q=code")
    with django_assert_num_queries(9):
        client.get(address)


def test_without_words_a_large_catalogue_is_counted_by_the_database_and_read_a_page_at_a_time(client: Client, section):
    entry = Entry.objects.get(page=learning.guide("Code", parent=section, topic=learning.topic()))
    guide = Page.objects.get(pk=entry.page_id)
    pages = [
        copied(guide, path=f"{section.path}{number}", translation_key=uuid.uuid4()) for number in range(2000, 2300)
    ]
    Page.objects.bulk_create(pages)
    Entry.objects.bulk_create([copied(entry, page_id=page.pk) for page in pages])
    address = warmed(client, "/fr/search/?q=&topic=digital-security&page=16")
    with rows_read() as read:
        page = client.get(address).content
    assert len(read) <= 10
    assert max(read) <= 20
    assert facets(page) == {"Sécurité numérique": 301, ALL: 301, "Français": 301}
    assert titles(page) == ["Code"]


def copied(row, **changed):
    """The row once more, not yet stored, with some columns changed."""
    columns = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return type(row)(**columns | {"id": None} | changed)


def test_of_what_has_the_words_the_best_are_read_and_no_more(client: Client, section, monkeypatch):
    monkeypatch.setattr(finding, "BEST", 2)
    for number in range(3):
        learning.guide(f"Code {number}", parent=section)
    assert len(titles(client.get("/fr/search/?q=code").content)) == 2


def test_without_words_the_queries_are_as_many_at_one_find_as_at_thirty(
    client: Client, django_assert_num_queries, section
):
    for number in range(30):
        if number in {1, 29}:
            address = warmed(client, "/fr/search/")
            with django_assert_num_queries(10):
                client.get(address)
        learning.guide(f"Code {number}", parent=section, topic=learning.topic())


def test_a_search_that_finds_nothing_costs_no_more(client: Client, django_assert_num_queries, section):
    learning.guide("Code", parent=section)
    address = warmed(client, "/fr/search/?q=coed")
    with django_assert_num_queries(6):
        client.get(address)


def test_pages_of_finds_keep_the_question(client: Client, section):
    for number in range(21):
        learning.guide(f"Code {number}", parent=section)
    page = client.get("/fr/search/?q=code&page=2").content
    assert len(titles(page)) == 1
    assert 'href="?q=code&amp;page=1"' in page.decode()


def test_nobody_gets_a_cookie_for_searching(client: Client, section):
    answer = client.get("/fr/search/?q=code")
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")


def test_a_language_without_pages_has_no_search(client: Client, section):
    assert client.get("/pt/search/?q=code").status_code == 404


def test_names_of_topics_say_their_language(client: Client, section):
    learning.guide("Code", parent=section, topic=learning.topic("law", de="Recht"))
    learning.guide("Code deux", parent=section, topic=learning.topic())
    assert '<span lang="de" dir="ltr">Recht</span>' in client.get("/fr/search/?q=code").content.decode()


def test_a_choice_that_leaves_nothing_does_not_speak_of_everything(client: Client, section):
    learning.guide("Phones", parent=section)
    everything, nothing = b"Everything, the newest first", b"Nothing was found."
    whole = client.get("/en/search/?language=all").content
    assert (everything in whole, nothing in whole) == (True, False)
    narrowed = client.get("/en/search/?topic=nosuch").content
    assert (everything in narrowed, nothing in narrowed) == (False, True)
