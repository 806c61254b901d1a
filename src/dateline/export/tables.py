"""CSV: one row a statement, or one row an incident. UTF-8 with a byte-order mark, so that Excel reads it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import BinaryIO

from dateline.export.base import ExportSource, Loss, LossReport
from dateline.export.rows import Cell, Row, incident_row, statement_rows

FLATTENED = "values beyond the first joined in one cell, their spans, rules and reasons not held"


def _cell(value: Cell) -> object:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else value


def _write(rows: Iterable[Row], columns: tuple[str, ...], out: BinaryIO) -> int:
    """Write rows under a header; returns how many."""
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", errors="backslashreplace")
    writer = csv.writer(text)
    writer.writerow(columns)
    written = 0
    for row in rows:
        writer.writerow([_cell(row[c]) for c in columns])
        written += 1
    text.flush()
    text.detach()
    return written


class StatementCsvExporter:
    """One row a statement."""

    name = "csv.v1"
    suffix = ".csv"

    def write(self, source: ExportSource, out: BinaryIO) -> LossReport:
        """See export.base.Exporter."""
        of = dict(source.incident_of)
        rows = (row for result in source.reports() for row in statement_rows(result, of))
        written = _write(rows, STATEMENT_COLUMNS, out)
        return LossReport(written=written, unit="statements", losses=(Loss(sentence=FLATTENED, count=written),))


class IncidentCsvExporter:
    """One row an incident."""

    name = "incidents-csv.v1"
    suffix = ".csv"

    def write(self, source: ExportSource, out: BinaryIO) -> LossReport:
        """See export.base.Exporter."""
        written = _write((incident_row(v) for v in source.incidents()), INCIDENT_COLUMNS, out)
        lost = Loss(sentence="who says which value, and the figures behind the ranges, not held", count=written)
        return LossReport(written=written, unit="incidents", losses=(lost,))


STATEMENT_COLUMNS = tuple(
    "statement_id report_id incident outlet published title url sentence trigger start end event event_type "
    "sub_event_type certainty certainty_cue occurred sources source_types original_source actors actor_groups "
    "actor_ids actor_words targets target_groups target_ids target_words weapons places place_ids place_basis "
    "country admin1 latitude longitude geo_precision where_prec origins date_words date_earliest date_latest "
    "date_basis date_anchor killed_min killed_max injured_min injured_max other_figures".split()
)
INCIDENT_COLUMNS = tuple(
    "incident incident_id event event_type sub_event_type occurred certainties disputed date_earliest date_latest "
    "place place_id country admin1 latitude longitude geo_precision where_prec all_actors all_targets all_weapons "
    "all_places killed_min killed_max injured_min injured_max range_policy statements reports outlets voices "
    "voice_names report_ids".split()
)
