"""The format itself: its lengths are the editor's, and rich text survives every letter."""

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from cms.blocks import LessonBlock
from cms.domain.bodies import stored_html
from cms.folders import shapes
from cms.folders.errors import Ledger, Place
from cms.folders.markdown import Reader
from cms.folders.markdown_out import written
from cms.folders.richtext import Item, Listing, Paragraph, Run, from_html, joined, tidy, to_html
from cms.models import LessonPage


def lengths(shape) -> dict[str, int]:
    match shape:
        case shapes.Fields():
            return {name: inner.most for name, inner in shape.fields.items() if isinstance(inner, shapes.Words)}
        case shapes.Rows():
            return lengths(shape.row)
    return {}


def fields_of(block) -> dict:
    """The innermost fields of a block that hold plain text, by name."""
    found = {}
    for name, child in getattr(block, "child_blocks", {}).items():
        inner = getattr(child, "child_block", None)
        found |= fields_of(inner) if inner else {name: child}
    return found


@pytest.mark.parametrize("kind", [kind for kind in shapes.BLOCKS if kind not in {"image", "term", "video"}])
def test_the_lengths_in_a_folder_are_those_of_the_editor(kind):
    editor = fields_of(LessonBlock().child_blocks[kind])
    for name, most in lengths(shapes.BLOCKS[kind]).items():
        assert (editor[name].field.max_length or 0) == most, name


def test_a_lesson_of_any_length_that_the_editor_takes_goes_into_a_folder():
    minutes = LessonPage._meta.get_field("minutes")
    least, most = connection.ops.integer_field_range(minutes.get_internal_type())
    shape = shapes.LESSON.fields["minutes"]
    assert (shape.least, shape.most) == (max(least, 0), min(most, 32_767))


def test_every_block_of_the_editor_has_its_shape():
    assert {"text", *shapes.BLOCKS} == set(LessonBlock().child_blocks)


LETTERS = st.text(alphabet="ab cé\u00a0.()*_[]<>&#-+1\\`!~=\n;\u202f:/|\"'", max_size=8)
RUNS = (
    st.lists(
        st.builds(Run, LETTERS, st.booleans(), st.booleans(), st.sampled_from(["", "", "https://x.example/a_(b)?q=*"])),
        max_size=5,
    )
    .map(tidy)
    .filter(bool)
)
ITEMS = st.recursive(
    st.builds(Item, RUNS),
    lambda below: st.builds(
        Item,
        RUNS,
        st.lists(st.builds(Listing, st.booleans(), st.lists(below, min_size=1, max_size=2).map(tuple)), max_size=2).map(
            tuple
        ),
    ),
    max_leaves=3,
)
PARTS = st.one_of(
    st.builds(Paragraph, st.sampled_from(["p", "h2", "h3"]), RUNS),
    st.builds(Listing, st.booleans(), st.lists(ITEMS, min_size=1, max_size=3).map(tuple)),
)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(PARTS, min_size=1, max_size=3).map(joined))
def test_rich_text_of_any_letters_survives_html_and_markdown(tree):
    assert from_html(to_html(tree)) == tree
    ledger = Ledger()
    read = Reader(Place(ledger, "x", 1), shapes.BODY, lambda *_: None).read(written(tree))
    assert not [finding for finding in ledger.findings if "deep in each other" not in finding.words]
    assert read == [tree]
    assert written(read[0]) == written(tree)


@pytest.mark.parametrize(
    "html",
    [
        '<p><a href="javascript:alert(1)">x</a><script>alert(2)</script></p>',
        '<p onclick="x">a</p><img src="x" onerror="y"><iframe src="//x"></iframe>',
        "<style>a{}</style><p>a</p>",
    ],
)
def test_only_our_own_elements_come_out_of_the_tree(html):
    out = stored_html(html, lambda _path: None)
    assert "<script" not in out
    assert "javascript" not in out
    assert "onclick" not in out
    assert "<i" not in out.replace("<i>", "")
