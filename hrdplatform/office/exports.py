"""Every export of the office, ours and Wagtail's own, writes text that no spreadsheet program takes for a formula."""

from __future__ import annotations

from typing import Any

from django.utils.encoding import is_protected_type
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from hrdplatform.tables.cells import for_xlsx, safe

stock = SpreadsheetExportMixin.preprocess_field_value


def cell(self: SpreadsheetExportMixin, field: str, value: Any, export_format: str) -> Any:
    """As the stock method, but what is no number, truth value, day or time is text, and safe."""
    prepared = stock(self, field, value, export_format)
    if is_protected_type(prepared):
        return prepared
    text = safe(str(prepared))
    return for_xlsx(text) if export_format == self.FORMAT_XLSX else text


def neutralise() -> None:
    """Puts `cell` where lists and reports all ask how a value is written. Headings are our own words."""
    SpreadsheetExportMixin.preprocess_field_value = cell
