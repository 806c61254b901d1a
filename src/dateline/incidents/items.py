"""What linking looks at: a statement with what is known of the report it stands in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, lru_cache

from dateline.labels import Basis, Certainty
from dateline.records import Code, ReportResult, Statement, Surety, When

RULE = "linking"
"""The rule of values that only linking sees."""


@dataclass(frozen=True, slots=True)
class Linkable:
    """One statement and its report: `report_id` is the key users know, `outlet` who published it, `text` its words
    (empty where they are not at hand)."""

    statement: Statement
    report_id: str
    published: date | None = None
    outlet: str | None = None
    text: str = field(default="", repr=False)

    @property
    def id(self) -> str:
        """The statement's id."""
        return self.statement.id

    @property
    def order(self) -> tuple[date, str, int, str]:
        """Sort key: publication (unknown last), report, place in the text. The smallest anchors an incident."""
        return (self.published or date.max, self.report_id, self.statement.trigger[0].start, self.statement.id)


@cache
def _code(scheme: str, code: str) -> Code:
    return Code(scheme=scheme, code=code, rule=RULE, basis=Basis.DEFAULT)


@cache
def _surety(label: Certainty) -> Surety:
    return Surety(label=label, rule=RULE, basis=Basis.DEFAULT)


@lru_cache(maxsize=1 << 14)
def _when(earliest: date | None, latest: date | None) -> When:
    return When(earliest=earliest, latest=latest, rule=RULE, basis=Basis.DEFAULT)


def slim(i: Linkable) -> Linkable:
    """As much of a statement as is needed once it has been compared within its report: a third of the memory."""
    s = i.statement
    made = Statement(
        report_id=s.report_id,
        sentence=s.sentence,
        trigger=s.trigger[:1],
        event=_code(s.event.scheme, s.event.code),
        sub_event=_code(s.sub_event.scheme, s.sub_event.code) if s.sub_event else None,
        certainty=_surety(s.certainty.label),
        places=tuple(replace(p, why=(), spans=p.spans[:1]) for p in s.event_places),
        date=_when(s.date.earliest, s.date.latest) if s.date else None,
        variant=s.variant,
    )
    return Linkable(made, i.report_id, i.published, i.outlet)


def linkables(results: Iterable[ReportResult]) -> Iterator[Linkable]:
    """The statements of processed reports, ready for linking."""
    for r in results:
        for s in r.statements:
            yield Linkable(s, r.report.key, r.report.published, r.report.outlet, r.report.text)
