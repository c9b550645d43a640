import csv
import doctest
import io
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hrdplatform.tables import cells
from hrdplatform.tables.cells import for_xlsx, safe, unmarked

DANGEROUS = "=+-@\t\r"
FORMULA = re.compile(r"[=+\-@\t\r]")
texts = st.text(st.sampled_from("=+-@\t\r\n\0;,\"'＝ a1")) | st.text()


def test_the_examples_in_the_module_hold():
    found = doctest.testmod(cells)
    assert (found.failed, found.attempted) == (0, 7)


@pytest.mark.parametrize("first", [*DANGEROUS, "\n", "\0", "＝", "＋", "－", "＠"])
def test_text_that_begins_like_a_formula_gets_an_apostrophe(first):
    assert safe(f"{first}1") == f"'{first}1"


@pytest.mark.parametrize(
    "text", ["", "Esch-sur-Alzette", "a = b", "3 - 2", "'tis", "’=", "one; two - three", "a\r\n\r\nb"]
)
def test_other_text_stays_as_it_is(text):
    assert safe(text) == text == unmarked(text)


@given(texts)
@example("'=1")
@example(";''\"=\t\t-")
def test_the_import_takes_off_what_the_export_put_on_and_nothing_else(text):
    assert unmarked(safe(text)) == text


@given(texts)
def test_no_cell_begins_with_a_formula(text):
    assert not FORMULA.match(safe(text))


def split_by_semicolons(text):
    """The cells that a program finds which takes `;` for the end of a cell and knows quotes at its beginning only."""
    written = io.StringIO(newline="")
    csv.writer(written).writerow(["first", safe(text), "last"])
    lines = re.split("[\r\n]", written.getvalue())
    return [cell.lstrip('"') for line in lines for cell in line.split(";")]


@given(texts)
@example("a;=1")
@example('a;"=1+1&"')
@example("a,\n=1")
def test_no_cell_begins_with_one_where_semicolons_end_cells(text):
    assert [cell for cell in split_by_semicolons(text) if re.match(r"[=+\-@]", cell)] == []


@given(st.text(st.characters(min_codepoint=0, max_codepoint=0x10FFFF)))
def test_what_goes_into_xlsx_is_what_xml_can_write(text):
    kept = for_xlsx(text)
    assert all(c in "\t\n\r" or 0x20 <= ord(c) < 0xD800 or 0xE000 <= ord(c) < 0xFFFE or ord(c) > 0xFFFF for c in kept)
