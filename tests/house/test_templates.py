"""Templates: each compiles, and none holds a script, a style or a handler that the policy would stop."""

import re

import pytest
from django.template import engines
from django.template.loader import get_template

from tests.house.tracked import tracked

INLINE = {
    "script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:json|ld\+json)\")[^>]*>", re.IGNORECASE),
    "style": re.compile(r"<style\b|\sstyle\s*=\s*[\"']", re.IGNORECASE),
    "handler": re.compile(r"<[^>]+\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "address": re.compile(r"(?:href|src|action)\s*=\s*[\"']\s*javascript:", re.IGNORECASE),
    "foreign": re.compile(
        r"<(?:script|link|img|iframe|source)[^>]+(?:src|href)\s*=\s*[\"'](?:https?:)?//", re.IGNORECASE
    ),
}
BASES = ("web/base.html", "web/aid.html", "web/desk.html", "web/account.html", "web/layout.html")


def templates() -> list[str]:
    """Template names of our own, as a loader finds them."""
    files = [file for file in tracked(".html", ".txt", ".svg", ".xml") if "/templates/" in file.as_posix()]
    return sorted(file.as_posix().split("/templates/")[1] for file in files)


def source(name: str) -> str:
    return next(file for file in tracked() if file.as_posix().endswith(f"/templates/{name}")).read_text("utf-8")


def inline(text: str) -> list[str]:
    """The kinds of things in a template that a strict policy stops."""
    return [kind for kind, pattern in INLINE.items() if pattern.search(text)]


@pytest.mark.parametrize("name", templates())
def test_the_template_compiles(name):
    get_template(name)


@pytest.mark.parametrize("name", [name for name in templates() if name.endswith(".html")])
def test_the_template_holds_nothing_inline(name):
    assert inline(source(name)) == []


@pytest.mark.parametrize(
    ("seed", "kind"),
    [
        ("<script>alert(1)</script>", "script"),
        ('<p style="color: red">', "style"),
        ("<style>p {}</style>", "style"),
        ('<a href="#" onclick="go()">', "handler"),
        ('<a href="javascript:go()">', "address"),
        ('<script src="//cdn.example/x.js"></script>', "foreign"),
    ],
)
def test_a_seeded_inline_is_reported(seed, kind):
    assert kind in inline(seed)


def test_a_script_of_our_own_is_not():
    assert inline('<script type="module" src="{% static \'web/exit.js\' %}"></script>') == []


def test_what_is_said_to_people_is_translatable():
    """Every base page says its words in the language of the address: no bare English between tags."""
    bare = re.compile(r">\s*[A-Z][a-z]+ [a-z]+[^<>{}]*<")
    assert {name for name in BASES if bare.search(source(name))} == set()


def test_templates_know_our_tags_without_loading_them():
    assert engines["django"].from_string('{% slot "nothing" %}').render({}) == ""
