"""JSON Lines of the statements interchange: one report a line, nothing left out."""

from __future__ import annotations

import json
from typing import BinaryIO

from dateline.export.base import ExportSource, LossReport
from dateline.export.interchange import report_line


class StatementsExporter:
    """Writes every report, also those without statements, sorted by report id."""

    name = "statements.v1"
    suffix = ".jsonl"

    def write(self, source: ExportSource, out: BinaryIO) -> LossReport:
        """One line a report, UTF-8. The format holds all of a statement; the loss report says so."""
        incident_of, written = source.incident_of, 0
        for result in source.reports():
            line = json.dumps(
                report_line(result, incident_of, source.grades), ensure_ascii=False, separators=(",", ":")
            )
            # a lone surrogate cannot be UTF-8; escaped, it is the JSON for the same character
            out.write(line.encode("utf-8", "backslashreplace") + b"\n")
            written += len(result.statements)
        return LossReport(written=written, unit="statements")
