"""A workbook: incidents, statements, the ledger of figures, and what the file is. Text is never a formula."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, BinaryIO

import xlsxwriter

from dateline import __version__
from dateline.errors import StoreError
from dateline.export.base import ExportSource, Loss, LossReport
from dateline.export.rows import Cell, Row, incident_row, ledger_row, statement_rows
from dateline.export.tables import INCIDENT_COLUMNS, STATEMENT_COLUMNS

MAX_CELL = 32_767
MAX_ROWS = 1_048_575
"""Excel's limits: characters of a cell, rows below the header."""
LEDGER_COLUMNS = tuple(
    "incident measure min max qualifier whom of words outlet sources published certainty not_counted_because "
    "report_id statement_id".split()
)
ABOUT = (
    ("What this is", "Statements that news reports make, who says so and how surely, and the incidents they tell of."),
    ("Incidents", "One row an incident. Ranges follow the policy named in the row; empty means unknown, never 0."),
    ("Statements", "One row a statement. occurred is TRUE only for stated, confirmed and claimed events."),
    ("Ledger", "Every figure as a source gives it; not_counted_because says why it is not in a range."),
    ("Not held", "Spans, rules and reasons of values: use the statements export or the review desk for them."),
)


class _Sheet:
    """One worksheet being filled, row by row."""

    def __init__(self, book: Any, name: str, columns: tuple[str, ...], day: Any, bold: Any) -> None:
        self.name, self.columns, self.day = name, columns, day
        self.sheet = book.add_worksheet(name)
        self.sheet.freeze_panes(1, 0)
        for i, column in enumerate(columns):
            self.sheet.write_string(0, i, column, bold)
        self.rows = self.cut = 0

    def fill(self, rows: Iterable[Row]) -> None:
        """Write rows. Raises StoreError if they are more than a sheet holds."""
        for row in rows:
            self.rows += 1
            if self.rows > MAX_ROWS:
                raise StoreError(f"more than {MAX_ROWS} {self.name.lower()}: a sheet cannot hold them; export CSV")
            for i, name in enumerate(self.columns):
                self._cell(i, row[name])
        self.sheet.autofilter(0, 0, max(self.rows, 1), len(self.columns) - 1)

    def _cell(self, i: int, value: Cell) -> None:
        match value:
            case None:
                return
            case bool():
                self.sheet.write_boolean(self.rows, i, value)
            case int() | float():
                self.sheet.write_number(self.rows, i, value)
            case date() if value.year >= 1900:
                self.sheet.write_datetime(self.rows, i, datetime(value.year, value.month, value.day), self.day)
            case _:
                text = str(value).encode("utf-8", "backslashreplace").decode("utf-8")
                self.cut += len(text) > MAX_CELL
                self.sheet.write_string(self.rows, i, text[:MAX_CELL])


class XlsxExporter:
    """A workbook of four sheets."""

    name = "xlsx.v1"
    suffix = ".xlsx"

    def write(self, source: ExportSource, out: BinaryIO) -> LossReport:
        """See export.base.Exporter."""
        book = xlsxwriter.Workbook(out, {"constant_memory": True, "in_memory": False})
        # a fixed date of making, so that two exports of one project have the same bytes
        book.set_properties({"title": "Dateline export", "created": datetime(2020, 1, 1)})
        day, bold = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"bold": True})
        incidents = _Sheet(book, "Incidents", INCIDENT_COLUMNS, day, bold)
        incidents.fill(incident_row(v) for v in source.incidents())
        statements = _Sheet(book, "Statements", STATEMENT_COLUMNS, day, bold)
        of = dict(source.incident_of)
        statements.fill(row for result in source.reports() for row in statement_rows(result, of))
        ledger = _Sheet(book, "Ledger", LEDGER_COLUMNS, day, bold)
        ledger.fill(ledger_row(v, e) for v in source.incidents() for e in v.ledger.entries)
        about = _Sheet(book, "About", ("about", "text"), day, bold)
        about.fill({"about": a, "text": t} for a, t in (*ABOUT, ("Made with", f"Dateline {__version__}")))
        book.close()
        cut = sum(s.cut for s in (incidents, statements, ledger))
        losses = (
            Loss(sentence="statements whose spans, rules and reasons are not held", count=statements.rows),
            Loss(sentence=f"texts cut at {MAX_CELL} characters", count=cut),
        )
        return LossReport(written=statements.rows, unit="statements", losses=losses)
