"""What every exporter reads and returns. An exporter writes what a source gives and reports what was lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from dateline.config import LinkConfig
from dateline.incidents.grades import NO_GRADES, Grades
from dateline.incidents.items import linkables
from dateline.incidents.linking import link
from dateline.incidents.view import IncidentView
from dateline.incidents.views import Beside, views
from dateline.records import ReportResult


@dataclass(frozen=True, slots=True)
class Loss:
    """A kind of thing the format could not hold or must not hold, and how often that happened."""

    sentence: str
    count: int


@dataclass(frozen=True, slots=True)
class LossReport:
    """What an export wrote and what it left out (law 5). `unit` names what `written` counts ("statements")."""

    written: int
    unit: str
    losses: tuple[Loss, ...] = ()

    @property
    def lossless(self) -> bool:
        """Whether nothing was left out."""
        return not any(x.count for x in self.losses)

    def sentences(self) -> tuple[str, ...]:
        """The report for people: what was written, then each loss with its count."""
        lost = tuple(f"{x.sentence}: {x.count}" for x in self.losses if x.count)
        return (f"{self.written} {self.unit} written", *(lost or ("nothing left out",)))


class ExportSource(Protocol):
    """What an exporter may read. Each call starts anew; nothing is held in memory that need not be."""

    @property
    def incident_of(self) -> Mapping[str, str]:
        """Statement id → code of its incident."""
        ...

    @property
    def grades(self) -> Grades:
        """The grades people gave."""
        ...

    def reports(self) -> Iterator[ReportResult]:
        """Reports with their statements, sorted by `report.key`."""
        ...

    def incidents(self) -> Iterator[IncidentView]:
        """Incidents, sorted by code."""
        ...


class Exporter(Protocol):
    """A file format. Two exports of one source have the same bytes."""

    name: str
    suffix: str

    def write(self, source: ExportSource, out: BinaryIO) -> LossReport:
        """Write everything the format can hold and report the rest."""
        ...


class LinkedResults:
    """An export source made from results in memory: statements are linked into incidents here.

    For small sets, tests and the Python API; a project's store is a source of its own.
    """

    def __init__(
        self,
        results: Iterable[ReportResult],
        link_config: LinkConfig,
        policy: str = "envelope",
        grades: Grades = NO_GRADES,
    ) -> None:
        self._results = tuple(sorted(results, key=lambda r: (r.report.key, r.report.id)))
        self._items = tuple(linkables(self._results))
        self._policy = policy
        self.grades = grades
        self._beside = Beside({r.report.key: r.report for r in self._results}, grades)
        self.linking = link(self._items, link_config)

    @property
    def incident_of(self) -> Mapping[str, str]:
        """Statement id → code of its incident."""
        return self.linking.incident_of

    def reports(self) -> Iterator[ReportResult]:
        """Reports with their statements, sorted by `report.key`."""
        return iter(self._results)

    def incidents(self) -> Iterator[IncidentView]:
        """Incidents, sorted by code."""
        return views(self.linking.incidents, self._items, self._policy, self._beside)
