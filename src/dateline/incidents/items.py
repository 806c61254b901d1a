"""What linking looks at: a statement with what is known of the report it stands in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from dateline.records import ReportResult, Statement


@dataclass(frozen=True, slots=True)
class Linkable:
    """One statement and its report: `report_id` is the key users know, `outlet` who published it."""

    statement: Statement
    report_id: str
    published: date | None = None
    outlet: str | None = None

    @property
    def id(self) -> str:
        """The statement's id."""
        return self.statement.id

    @property
    def order(self) -> tuple[date, str, int, str]:
        """Sort key: publication (unknown last), report, place in the text. The smallest anchors an incident."""
        return (self.published or date.max, self.report_id, self.statement.trigger[0].start, self.statement.id)


def linkables(results: Iterable[ReportResult]) -> Iterator[Linkable]:
    """The statements of processed reports, ready for linking."""
    for r in results:
        for s in r.statements:
            yield Linkable(s, r.report.key, r.report.published, r.report.outlet)
