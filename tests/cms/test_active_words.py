"""What is typed, translated or brought in a PO file is words: nothing of it acts on the public page."""

import json
from html.parser import HTMLParser
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield
from wagtail_localize.models import StringTranslation, Translation

from cms.models import StandardPage
from tests.cms.test_translations import begun, translate
from tests.factories.accounts import signed_in
from tests.factories.cms import planted, standard_page
from tests.factories.office import platform_administrator

pytestmark = pytest.mark.django_db(transaction=True)

ADDRESSES = [
    "javascript:alert(7)",
    " JaVaScript:alert(7)",
    "java\tscript:alert(7)",
    "java&#9;script:alert(7)",
    "\x01javascript:alert(7)",
    "data:text/html,<script>alert(7)</script>",
    "vbscript:alert(7)",
]
HTML = [
    "<script>alert(7)</script>",
    '<img src="x" onerror="alert(7)">',
    '<a href="javascript:alert(7)">hier</a>',
    '<a href="https://example.org/" onclick="alert(7)">hier</a>',
    '<a id="a1" href="javascript:alert(7)" onclick="alert(7)">hier</a>',
    '<iframe srcdoc="<script>alert(7)</script>"></iframe>',
    "<svg onload=alert(7)><b>x</b>",
    '<b onmouseover="alert(7)">fett</b>',
    "<style>@import '//evil.example/alert(7)'</style>",
    '<embed embedtype="media" url="http://alert(7).example/">',
]
TEXT = '<p>Lisez <a href="https://example.org/fr">ceci</a>, <b>vite</b>.</p>'


class Page(HTMLParser):
    """Tells what of a page would act."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.inside = ""
        self.words: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.inside = tag if tag in {"script", "style"} else ""
        for name, value in attrs:
            bare = "".join(letter for letter in value or "" if letter > " ").lower()
            if name.startswith("on") or name == "srcdoc" or bare.startswith(("javascript:", "data:", "vbscript:")):
                self.found.append(f"<{tag} {name}={value!r}>")
        if tag in {"iframe", "object", "embed", "frame", "base"}:
            self.found.append(f"<{tag}>")

    def handle_endtag(self, tag):
        self.inside = ""

    def handle_data(self, data):
        self.words.append(data)
        if self.inside and ("alert" in data or "evil" in data):
            self.found.append(f"{self.inside}: {data}")


def shown(page: StandardPage) -> Page:
    answer = Client().get(page.url_path)
    assert answer.status_code == 200
    return Page(answer.content.decode())


@pytest.mark.parametrize("planted_fault", [*HTML[:9], '<a href="java\tscript:alert(7)">x</a>'])
def test_the_parser_sees_what_would_act(planted_fault):
    assert Page(f"<p>{planted_fault}</p>").found


@pytest.fixture
def office():
    planted()
    return signed_in(platform_administrator())


def drafted(text: str, address: str) -> str:
    """What the editor's script sends for a text with one link, as a hand would write it."""
    content = json.loads(rich_text(f"<p>{'x' * 4}</p>"))
    content["blocks"][0]["text"] = f"Hier {text}"
    content["entityMap"] = {"0": {"type": "LINK", "mutability": "MUTABLE", "data": {"url": address}}}
    content["blocks"][0]["entityRanges"] = [{"key": 0, "offset": 0, "length": 4}]
    return json.dumps(content)


def sent(office, *blocks) -> StandardPage:
    """A page that was typed and published in the office."""
    page = standard_page("Contact")
    words = {"title": "Contact", "slug": page.slug, "lead": HTML[0], "seo_title": "", "search_description": HTML[1]}
    words |= {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0", "change_note": "", "action-publish": "1"}
    answer = office.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]), nested_form_data({**words, "body": streamfield(blocks)})
    )
    assert answer.status_code == 302, answer.content.decode()
    return StandardPage.objects.get(pk=page.pk)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_link_of_the_editor_leads_into_no_program(office, address):
    callout = {"tone": "warn", "text": drafted("lesen", address)}
    page = shown(sent(office, ("text", drafted("lesen", address)), ("callout", callout)))
    assert page.found == []
    assert "".join(page.words).count("Hier lesen") == 2


def test_html_that_is_typed_in_the_editor_is_words(office):
    blocks = [("text", drafted(html, "https://example.org/")) for html in HTML]
    blocks += [("quote", {"text": html, "source": html}) for html in HTML]
    page = shown(sent(office, *blocks))
    assert page.found == []
    for html in HTML:
        assert html in "".join(page.words)


@pytest.fixture
def translation(office) -> Translation:
    return begun(standard_page("Contact", body=[{"type": "text", "value": TEXT}], lead="Écrivez."))[0]


def publish(office, translation: Translation) -> StandardPage:
    """The German page after somebody pressed “publish” in the translation's own editor."""
    draft = translation.get_target_instance()
    office.post(reverse("wagtailadmin_pages:edit", args=[draft.pk]), {"action": "publish"})
    return StandardPage.objects.get(pk=draft.pk)


def typed(office, translation: Translation, words: str) -> None:
    for segment in translation.source.stringsegment_set.exclude(context__path="slug"):
        address = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
        office.put(address, urlencode({"value": words}), content_type="application/x-www-form-urlencoded")


def brought(office, translation: Translation, words: str) -> None:
    po = translation.export_po()
    for entry in po:
        entry.msgstr = words if entry.msgctxt != "slug" else entry.msgid
    file = SimpleUploadedFile("de.po", str(po).encode())
    assert (
        office.post(reverse("wagtail_localize:upload_pofile", args=[translation.pk]), {"file": file}).status_code == 302
    )


ways = pytest.mark.parametrize("way", [typed, brought])


@ways
@pytest.mark.parametrize("html", HTML)
def test_a_translation_with_html_does_not_go_live_and_what_is_live_stays(office, translation, way, html):
    way(office, translation, f"Lesen {html}")
    assert StringTranslation.objects.filter(data=f"Lesen {html}", has_error=True).count() == 3
    translate(translation)
    assert not publish(office, translation).live
    way(office, translation, "Lesen Sie das")
    assert "Lesen Sie das" in shown(publish(office, translation)).words
    way(office, translation, f"Lesen {html}")
    page = shown(publish(office, translation))
    assert page.found == []
    assert "Lesen Sie das" in page.words


@ways
def test_what_a_translation_may_hold_acts_no_more(office, translation, way):
    words = "Lesen &lt;script&gt;alert(7)&lt;/script&gt; {{ 7 }} &lt;img src=x onerror=alert(7)&gt; sofort"
    way(office, translation, words)
    translate(translation)
    page = shown(publish(office, translation))
    assert page.found == []
    assert "<script>alert(7)</script> {{ 7 }} <img src=x onerror=alert(7)> sofort" in "".join(page.words)
