"""CSV: one row a statement, an incident, a figure or a published range.

UTF-8 with a byte-order mark, so that Excel reads it.

CSV knows no types, and a spreadsheet runs what begins like a formula. Such a text gets an apostrophe in front
(OWASP, "CSV injection") and is counted as a loss, since it is no longer what the report says.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import BinaryIO

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

FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
FLATTENED = "statements whose spans, rules and reasons are not held"
SUMMED_UP = "incidents whose ledger, and who says which value, are not held"
FIGURELESS = "statements without a figure left out"
MARKED = "cells that begin like a formula marked with '"


class _Table:
    """A CSV file being written; counts its rows and the cells that had to be marked."""

    def __init__(self, columns: tuple[str, ...]) -> None:
        self.columns = columns
        self.rows = self.marked = 0

    def write(self, rows: Iterable[Row], out: BinaryIO) -> None:
        """Write the header and the rows."""
        text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", errors="backslashreplace")
        writer = csv.writer(text)
        writer.writerow(self.columns)
        for row in rows:
            writer.writerow([self._cell(row[c]) for c in self.columns])
            self.rows += 1
        text.flush()
        text.detach()

    def _cell(self, value: Cell) -> object:
        match value:
            case None:
                return ""
            case bool():
                return str(value).lower()
            case str() if value.startswith(FORMULA_STARTS):
                self.marked += 1
                return f"'{value}"
        return value

    def loss(self, unit: str, flattened: str, count: int | None = None) -> LossReport:
        """What was written, and what a table cannot hold: something of each row, or of `count` things."""
        losses = (
            Loss(sentence=flattened, count=self.rows if count is None else count),
            Loss(sentence=MARKED, count=self.marked),
        )
        return LossReport(written=self.rows, unit=unit, losses=losses)


class StatementCsvExporter:
    """One row a statement, with its certainty, its sources and whether it is said to have occurred."""

    name = "csv.v1"
    suffix = ".csv"

    def write(self, source: ExportSource, out: BinaryIO) -> LossReport:
        """See export.base.Exporter."""
        table, of = _Table(STATEMENT_COLUMNS), source.incident_of
        table.write((row for result in source.reports() for row in statement_rows(result, of, source.grades)), out)
        return table.loss("statements", FLATTENED)


class IncidentCsvExporter:
    """One row an incident: a summary, with counts of the certainties and the names of the voices behind it."""

    name = "incidents-csv.v1"
    suffix = ".csv"

    def write(self, source: ExportSource, out: BinaryIO) -> LossReport:
        """See export.base.Exporter."""
        table = _Table(INCIDENT_COLUMNS)
        table.write((incident_row(v) for v in source.incidents()), out)
        return table.loss("incidents", SUMMED_UP)


class LedgerCsvExporter:
    """One row a figure of an incident, with who says it, its grade, and what became of it."""

    name = "ledger-csv.v1"
    suffix = ".csv"

    def write(self, source: ExportSource, out: BinaryIO) -> LossReport:
        """See export.base.Exporter."""
        table = _Table(LEDGER_COLUMNS)
        table.write((ledger_row(v, e) for v in source.incidents() for e in v.ledger.entries), out)
        without = sum(not s.figures for result in source.reports() for s in result.statements)
        return table.loss("figures", FIGURELESS, without)


class RangesCsvExporter:
    """One row a published range, with the policy that made it."""

    name = "ranges-csv.v1"
    suffix = ".csv"

    def write(self, source: ExportSource, out: BinaryIO) -> LossReport:
        """See export.base.Exporter."""
        table = _Table(RANGE_COLUMNS)
        table.write((row for v in source.incidents() for row in range_rows(v)), out)
        without = sum(not s.figures for result in source.reports() for s in result.statements)
        return table.loss("published ranges", FIGURELESS, without)
