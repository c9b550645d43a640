"""What somebody wrote is text in an export too, in our lists and in Wagtail's reports; numbers stay numbers."""

import csv
import io
from types import SimpleNamespace

import pytest
from openpyxl import load_workbook
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.admin.views.reports import ReportView

from cms.models import Topic
from hrdplatform.office.views.owned import OwnIndex
from hrdplatform.tables.cells import unmarked
from tests.factories.accounts import signed_in
from tests.factories.cms import planted, standard_page
from tests.factories.learning import initiative, topic
from tests.factories.office import platform_administrator

DANGEROUS = [f"{first}HYPERLINK(1)" for first in "=+-@\t\r"]
LISTS = {"own list": "/office/initiatives/", "stock report": "/office/reports/aging-pages/"}
COLUMN = {"own list": 2, "stock report": 0}
FORMATS = ["csv", "xlsx"]


@pytest.fixture
def administrator(db):
    planted()
    return signed_in(platform_administrator())


def rows_of(content, kind):
    """The rows below the headings, as a spreadsheet program holds them."""
    if kind == "csv":
        return list(csv.reader(io.StringIO(content.decode(), newline="")))[1:]
    cells = list(load_workbook(io.BytesIO(content)).active.iter_rows(min_row=2))
    assert "f" not in {cell.data_type for row in cells for cell in row}
    return [[cell.value for cell in row] for row in cells]


def exported(client, address, kind):
    answer = client.get(f"{address}?export={kind}")
    assert answer.status_code == 200
    return rows_of(b"".join(answer.streaming_content), kind)


def written(where, text):
    """Stores `text` where the list named `where` shows it."""
    if where == "own list":
        initiative(town=text)
    else:
        standard_page(text, slug="a-page", live=True).save_revision().publish()


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("where", LISTS)
@pytest.mark.parametrize("text", DANGEROUS)
def test_what_begins_like_a_formula_is_exported_as_text(administrator, where, text, kind):
    written(where, text)
    found = [row[COLUMN[where]] for row in exported(administrator, LISTS[where], kind)]
    assert "'" + (text if kind == "csv" else text.replace("\r", "\n")) in found  # XML has one end of a line only
    assert text not in found


@pytest.mark.parametrize("kind", FORMATS)
def test_other_text_and_what_is_true_or_a_number_is_exported_as_it_is(administrator, kind):
    initiative(town="Esch-sur-Alzette", shown=True)
    Topic.objects.filter(pk=topic("water").pk).update(place=7)
    (own,) = exported(administrator, LISTS["own list"], kind)
    assert own[2] == "Esch-sur-Alzette"
    assert own[6] == ("True" if kind == "csv" else True)
    topics = [row[:2] for row in exported(administrator, "/office/topics/", kind)]
    assert ["water", "7" if kind == "csv" else 7] in topics


class Rows(list):
    """Things to export, of no model."""

    model = None


@pytest.mark.parametrize("view", [OwnIndex, ReportView, SpreadsheetExportMixin])
def test_negative_numbers_stay_numbers(view):
    measured = view()
    measured.list_export = ["change", "rate", "note"]
    rows = Rows([SimpleNamespace(change=-5, rate=-1.5, note="-5")])
    assert rows_of(b"".join(measured.stream_csv(rows)), "csv") == [["-5", "-1.5", "'-5"]]
    measured.write_xlsx(rows, output := io.BytesIO())
    assert rows_of(output.getvalue(), "xlsx") == [[-5, -1.5, "'-5"]]


@pytest.mark.parametrize("kind", FORMATS)
def test_a_character_that_xlsx_cannot_hold_takes_nobody_the_export(administrator, kind):
    initiative(town="Wi\x0bltz\x1f")
    (row,) = exported(administrator, LISTS["own list"], kind)
    assert row[2] == ("Wi\x0bltz\x1f" if kind == "csv" else "Wi\ufffdltz\ufffd")


@pytest.mark.parametrize("kind", FORMATS)
def test_the_import_takes_the_mark_off_again(administrator, kind):
    initiative(telephone="+352 26 12 34")
    (row,) = exported(administrator, LISTS["own list"], kind)
    assert row[5] == "'+352 26 12 34"
    assert unmarked(row[5]) == "+352 26 12 34"
