from django.template import Context, Template
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from hrdplatform.web import slots


def test_rooms_fill_a_slot_in_their_order():
    slots.register("test.slot", "second", lambda request, thing: format_html("<li>{}</li>", thing), order=20)
    slots.register("test.slot", "first", lambda request, thing: mark_safe("<li>first</li>"), order=10)
    slots.register("test.slot", "second", lambda request, thing: format_html("<li>2: {}</li>", thing), order=20)
    assert slots.render("test.slot", None, "<b>") == "<li>first</li><li>2: &lt;b&gt;</li>"


def test_an_unfilled_slot_is_empty():
    assert Template('{% slot "nobody.here" %}').render(Context()) == ""


def test_error_pages_ask_no_room():
    slots.register("test.error", "room", lambda request: mark_safe("asked"))
    assert Template('{% slot "test.error" %}').render(Context({"plain_error": True})) == ""
