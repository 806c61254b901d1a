"""What people see of an incident: computed records, never stored as facts (design, laws 3 and 4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dateline.incidents.items import Linkable
from dateline.records import Certainty, Incident, Measure, Place, Qualifier


@dataclass(frozen=True, slots=True, kw_only=True)
class Voiced:
    """Who says a value: the statement, its report and outlet, the source chain (names, outermost first),
    the voice behind it, and how surely."""

    statement_id: str
    report_id: str
    outlet: str | None
    published: date | None
    sources: tuple[str, ...]
    voice: str
    certainty: Certainty


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """One figure as one statement gives it. `left_out` says why it may not enter a published range."""

    measure: Measure
    min: int | None
    max: int | None
    qualifier: Qualifier
    whom: str | None
    of: str | None
    quote: str
    said: Voiced
    left_out: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """All figures said of an incident: by measure, then publication, report and place in the text."""

    entries: tuple[LedgerEntry, ...] = ()

    def totals(self, measure: Measure) -> tuple[LedgerEntry, ...]:
        """Figures of a measure that count everyone (no breakdown)."""
        return tuple(e for e in self.entries if e.measure is measure and e.of is None)

    def breakdowns(self, measure: Measure) -> tuple[LedgerEntry, ...]:
        """Figures of a measure that count a part ("of whom three children")."""
        return tuple(e for e in self.entries if e.measure is measure and e.of is not None)

    @property
    def measures(self) -> tuple[Measure, ...]:
        """The measures that have an entry, in the order of `Measure`."""
        held = {e.measure for e in self.entries}
        return tuple(m for m in Measure if m in held)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedRange:
    """The range shown for a measure, by a named policy. None is unknown or unbounded, never 0.

    `used` are the statements whose figures made it, `left_out` counts entries that were not counted;
    `note` is a sentence for people.
    """

    measure: Measure
    policy: str
    min: int | None
    max: int | None
    used: tuple[str, ...]
    left_out: int
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldValue:
    """One value of a field and everyone who says it. `key` is what makes two mentions the same value."""

    key: str
    label: str
    said_by: tuple[Voiced, ...]

    @property
    def voices(self) -> tuple[str, ...]:
        """The distinct voices behind the value, sorted."""
        return tuple(sorted({v.voice for v in self.said_by}))


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldView:
    """A field of an incident: all values, most voices first; `disagree` where voices differ (`note` says how)."""

    name: str
    values: tuple[FieldValue, ...]
    disagree: bool
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentView:
    """An incident with all that is said of it, and a summary by named policies.

    `place` and `earliest`/`latest` are the summary ("finest place most voices name"; "days on which every
    dated statement agrees, else their envelope"); None where nothing is known. `event` and `sub_event` are
    the codes most statements carry. `certainties` counts statements. `occurred` tells whether at least one
    statement says, as stated, confirmed or claimed, that it happened.
    """

    incident: Incident
    items: tuple[Linkable, ...]
    fields: tuple[FieldView, ...]
    ledger: Ledger
    ranges: tuple[PublishedRange, ...]
    event: str
    sub_event: str | None
    place: Place | None
    earliest: date | None
    latest: date | None
    certainties: tuple[tuple[Certainty, int], ...]
    occurred: bool
    reports: tuple[str, ...]
    outlets: tuple[str, ...]
    voices: tuple[str, ...]

    def field(self, name: str) -> FieldView:
        """The view of one field: actors, targets, weapons, places or dates. Raises KeyError if there is none."""
        for f in self.fields:
            if f.name == name:
                return f
        raise KeyError(name)

    def range_of(self, measure: Measure) -> PublishedRange | None:
        """The published range of a measure, None if nobody gives a figure for it."""
        return next((r for r in self.ranges if r.measure is measure), None)
