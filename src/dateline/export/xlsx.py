"""A workbook: incidents, statements, figures, published ranges, and what the file is. Text is never a formula."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, BinaryIO

import xlsxwriter

from dateline import __version__
from dateline.export.base import ExportSource, Loss, LossReport
from dateline.export.rows import (
    INCIDENT_COLUMNS,
    LEDGER_COLUMNS,
    RANGE_COLUMNS,
    STATEMENT_COLUMNS,
    Cell,
    Row,
    incident_row,
    ledger_row,
    range_rows,
    statement_rows,
)
from dateline.export.tables import FLATTENED

MAX_CELL = 32_767
MAX_ROWS = 1_048_575
FIRST_YEAR = 1900
"""Excel's limits: UTF-16 units of a cell, rows below the header, the first year a date can have."""
WIDE = {
    "sentence": 60,
    "title": 40,
    "text": 110,
    "incident": 34,
    "words": 24,
    "voice_names": 30,
    "other_figures": 24,
    "note": 60,
}
WIDTH = 14
ABOUT = (
    ("What this is", "Statements that news reports make, who says so and how surely, and the incidents they tell of."),
    ("Incidents", "One row an incident. Ranges follow the policy named in the row; empty means unknown, never 0."),
    ("Statements", "One row a statement. occurred is TRUE only for stated, confirmed and claimed events."),
    ("Ledger", "Every figure as a source gives it; not_counted_because says why it is not in a range."),
    ("Ranges", "What is published of each measure, of everyone and of each class of victims, and by which policy."),
    ("Grades", "People's judgements, empty where nobody judged. Reliability F and credibility 6 claim nothing."),
    ("Not held", "Spans, rules and reasons of values: use the statements export or the review desk for them."),
    ("Made with", f"Dateline {__version__}"),
)


def _fitting(text: str) -> str:
    """As much of a text as a cell holds. Excel counts UTF-16 units; half a pair at the end is dropped."""
    return text.encode("utf-16-le", "backslashreplace")[: 2 * MAX_CELL].decode("utf-16-le", "ignore")


class _Book:
    """A workbook being filled; counts what does not fit."""

    def __init__(self, out: BinaryIO) -> None:
        self.book = xlsxwriter.Workbook(out, {"constant_memory": True})
        # a fixed date of making, so that two exports of one project have the same bytes
        self.book.set_properties({"title": "Dateline export", "created": datetime(2020, 1, 1)})
        self.day, self.bold = self.book.add_format({"num_format": "yyyy-mm-dd"}), self.book.add_format({"bold": True})
        self.cut = self.left_out = 0

    def sheet(self, name: str, columns: tuple[str, ...], rows: Iterable[Row]) -> int:
        """Add a worksheet; returns how many rows it holds."""
        sheet: Any = self.book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for i, column in enumerate(columns):
            sheet.set_column(i, i, WIDE.get(column, WIDTH))
            sheet.write_string(0, i, column, self.bold)
        n = 0
        for row in rows:
            if n == MAX_ROWS:
                self.left_out += 1
                continue
            n += 1
            for i, column in enumerate(columns):
                self._cell(sheet, (n, i), row[column])
        sheet.autofilter(0, 0, max(n, 1), len(columns) - 1)
        return n

    def _cell(self, sheet: Any, at: tuple[int, int], value: Cell) -> None:
        match value:
            case None:
                return
            case bool():
                sheet.write_boolean(*at, value)
            case int() | float():
                sheet.write_number(*at, value)
            case date() if value.year >= FIRST_YEAR:
                sheet.write_datetime(*at, datetime(value.year, value.month, value.day), self.day)
            case _:
                text = str(value)
                fitting = _fitting(text)
                self.cut += len(fitting) < len(text)
                sheet.write_string(*at, fitting)


class XlsxExporter:
    """A workbook of five sheets."""

    name = "xlsx.v1"
    suffix = ".xlsx"

    def write(self, source: ExportSource, out: BinaryIO) -> LossReport:
        """See export.base.Exporter."""
        book, of = _Book(out), source.incident_of
        book.sheet("Incidents", INCIDENT_COLUMNS, (incident_row(v) for v in source.incidents()))
        told = (row for result in source.reports() for row in statement_rows(result, of, source.grades))
        statements = book.sheet("Statements", STATEMENT_COLUMNS, told)
        book.sheet("Ledger", LEDGER_COLUMNS, (ledger_row(v, e) for v in source.incidents() for e in v.ledger.entries))
        book.sheet("Ranges", RANGE_COLUMNS, (row for v in source.incidents() for row in range_rows(v)))
        book.sheet("About", ("about", "text"), ({"about": a, "text": t} for a, t in ABOUT))
        book.book.close()
        losses = (
            Loss(sentence=FLATTENED, count=statements),
            Loss(sentence=f"texts cut at {MAX_CELL} characters", count=book.cut),
            Loss(sentence=f"rows beyond the {MAX_ROWS} a sheet holds left out", count=book.left_out),
        )
        return LossReport(written=statements, unit="statements", losses=losses)
