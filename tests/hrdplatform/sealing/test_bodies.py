"""Bodies: exactly the fields of their kind, within their limits."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrdplatform.sealing import bodies, canonical, records
from hrdplatform.sealing.bodies import Attachment, Entity, Message, Place
from hrdplatform.sealing.canonical import CanonicalError
from tests.factories.sealed_case import AT
from tests.hrdplatform.sealing.vectors import VECTORS

PLACE = Place("a" * 32, "case", 1, "b" * 64, "defender", (), AT, "c" * 32)
FILE = Attachment("d" * 64, bytes(32), "a.jpg", 1, 67_300, 5, "image/jpeg")
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@pytest.mark.parametrize("vector", VECTORS["messages"], ids=range(3))
def test_the_published_messages(vector):
    body = bodies.parse(records.MESSAGE, vector["body"].encode())
    assert body.text == vector["text"]
    assert bodies.emit(body) == vector["body"].encode()


@given(TEXTS, st.lists(TEXTS, max_size=3))
def test_a_message_comes_back(text, names):
    body = Message(PLACE, text, tuple(replace(FILE, name=name) for name in names))
    assert bodies.parse(records.MESSAGE, bodies.emit(body)) == body


@given(st.none() | st.dictionaries(st.text("abc_", min_size=1, max_size=3), TEXTS, max_size=3))
def test_an_entity_comes_back(data):
    body = Entity(PLACE, "e" * 32, data, ("f" * 64,))
    assert bodies.parse(records.CONTACT, bodies.emit(body)) == body


@pytest.mark.parametrize(
    "limits",
    [
        {"text": "x" * 20_001},
        {"attachments": (FILE,) * 65},
        {"attachments": (replace(FILE, name="x" * 256),)},
        {"attachments": (replace(FILE, type="x" * 101),)},
        {"attachments": (replace(FILE, type="é"),)},
        {"attachments": (replace(FILE, parts=0),)},
        {"attachments": (replace(FILE, key=bytes(31)),)},
        {"place": replace(PLACE, epoch=0)},
        {"place": replace(PLACE, author="server")},
        {"place": replace(PLACE, after=("b" * 64, "a" * 64))},
        {"place": replace(PLACE, chain="notes")},
        {"place": replace(PLACE, salt="")},
    ],
)
def test_beyond_the_limits(limits):
    whole = Message(PLACE, "x" * 20_000, (replace(FILE, name="é" * 255, type="x" * 100),) * 64)
    assert bodies.parse(records.MESSAGE, bodies.emit(whole)) == whole
    with pytest.raises(CanonicalError):
        bodies.parse(records.MESSAGE, bodies.emit(replace(whole, **limits)))


def test_the_limit_counts_code_points():
    body = Message(PLACE, "🧭" * 20_000)
    assert bodies.parse(records.MESSAGE, bodies.emit(body)) == body


@pytest.mark.parametrize("key", sorted(bodies.MESSAGE_KEYS))
def test_no_field_is_missing(key):
    whole = canonical.parse(bodies.emit(Message(PLACE, "")))
    with pytest.raises(CanonicalError):
        bodies.parse(records.MESSAGE, canonical.emit({name: whole[name] for name in whole if name != key}))


def test_kinds_do_not_read_each_others_fields():
    message, entity = bodies.emit(Message(PLACE, "")), bodies.emit(Entity(PLACE, "e" * 32, {}))
    for kind, raw in ((records.MESSAGE, entity), (records.CONTACT, message), (records.CARD, message)):
        with pytest.raises(CanonicalError):
            bodies.parse(kind, raw)


def test_an_opened_mark_says_nothing():
    with pytest.raises(CanonicalError):
        bodies.parse(records.OPENED, bodies.emit(Message(PLACE, "x")))


def test_data_is_an_object_or_nothing():
    whole = canonical.parse(bodies.emit(Entity(PLACE, "e" * 32, None)))
    for data in ([], "x", 1):
        with pytest.raises(CanonicalError):
            bodies.parse(records.CONTACT, canonical.emit(whole | {"data": data}))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("e\u0301 é", "e\u0301 é"),
        ("\ud83d alone \ude00", "\ufffd alone \ufffd"),
        ("\ud83d\ude00", "😀"),
        ("\ufeff\0", "\ufeff\0"),
    ],
)
def test_texts_are_kept_as_typed_but_for_line_ends(typed, kept):
    assert bodies.typed(typed) == kept


def test_words_do_not_show_in_logs():
    shown = repr(Message(PLACE, "secret word", (replace(FILE, name="secret name"),)))
    shown += repr(Entity(PLACE, "e" * 32, {"channel": "secret number"}))
    assert "secret" not in shown
