"""What people see of an incident: computed records, never stored as facts (design, laws 3 and 4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dateline.incidents.grades import UNGRADED, Grade, IncidentGrade
from dateline.incidents.items import Linkable
from dateline.labels import Certainty, Measure, Qualifier
from dateline.records import Incident, Place


class VoiceKind(StrEnum):
    """Who a voice is, from the best known to the least."""

    SOURCE = "source"
    """A person or body that a report names."""
    AGENCY = "agency"
    """A news agency or outlet that is cited, or that a report is credited to."""
    OUTLET = "outlet"
    """An outlet that names nobody; what it rests on is not said."""
    ANONYMOUS = "anonymous"
    """Somebody who is cited without a name."""
    UNKNOWN = "unknown"
    """A report whose outlet is not known and that names nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A distinct original source: its statements, the reports and outlets that carry its word, and why it is taken
    for one voice. `ids` are its id and those that shorter or longer forms of its name would have given it."""

    id: str
    ids: tuple[str, ...]
    name: str
    kind: VoiceKind
    statements: tuple[str, ...]
    reports: tuple[str, ...]
    outlets: tuple[str, ...]
    why: tuple[str, ...]

    @property
    def named(self) -> bool:
        """Whether the original source is named. Of any other voice it is unknown whether it is independent."""
        return self.kind is VoiceKind.SOURCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Reprint:
    """A report that repeats the text of an earlier one; `share` of the shorter of the two stands in both."""

    report_id: str
    outlet: str | None
    of: str
    of_outlet: str | None
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """Whose word an incident rests on: the voices, most outlets first, and the voice `of` each statement.

    `circles` are groups of which each member rests, through citing, on each other.
    """

    voices: tuple[Voice, ...]
    of: Mapping[str, str]
    copies: tuple[Reprint, ...] = ()
    circles: tuple[tuple[str, ...], ...] = ()

    def voice_of(self, statement_id: str) -> Voice:
        """The voice of a statement. Raises KeyError for a statement of another incident."""
        voice = self.of[statement_id]
        return next(v for v in self.voices if v.id == voice)

    @property
    def unknown(self) -> int:
        """Of how many voices it is not known whether they are independent of the others: none if there is but one."""
        return sum(not v.named for v in self.voices) if len(self.voices) > 1 else 0

    @property
    def sole(self) -> Voice | None:
        """The one voice on which all of several outlets rest."""
        only = self.voices[0] if len(self.voices) == 1 else None
        return only if only and len(only.outlets) > 1 else None

    def notes(self) -> tuple[str, ...]:
        """What a reader must know of the voices, in sentences."""
        told = []
        if self.sole:
            nameless = "" if self.sole.kind is not VoiceKind.ANONYMOUS else ", who is not named"
            told.append(f"All {len(self.sole.outlets)} outlets rest on one voice: {self.sole.name}{nameless}.")
        if self.unknown == len(self.voices) and self.unknown:
            told.append("It is unknown whether the voices are independent of each other: no original source is named.")
        elif self.unknown:
            of = f"{self.unknown} of {len(self.voices)} voices"
            told.append(f"Of {of} it is unknown whether they are independent: they name no original source.")
        told += [f"Citing runs in a circle: {' → '.join((*c, c[0]))}." for c in self.circles]
        for c in self.copies:
            of = f"{c.of_outlet or 'a report'} ({c.of})"
            share = f"{c.share:.0%} of the shorter text stands in both"
            told.append(f"{c.outlet or 'A report'} ({c.report_id}) repeats {of}: {share}.")
        return tuple(told)


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
    """One figure as one statement gives it. `left_out` says why it may not enter a published range.

    `id` is the statement's id and the figure's number in it. `victims` is the class of people counted, where it is
    said; `revised_by` the later figure with which the same voice replaced this one, `revises` the earlier one that
    this replaced; `grade` the Admiralty grade people gave the voice and the statement. `by_actor` tells whether the
    voice is of a side that the statement says acted: the figure is a concession, or a boast.
    """

    id: str
    measure: Measure
    min: int | None
    max: int | None
    qualifier: Qualifier
    whom: str | None
    of: str | None
    quote: str
    said: Voiced
    victims: str | None = None
    left_out: str | None = None
    revises: str | None = None
    revised_by: str | None = None
    grade: Grade = UNGRADED
    by_actor: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A total beside the parts that its own report gives of it. `fits` is whether both can be so."""

    measure: Measure
    report_id: str
    total: str
    parts: tuple[str, ...]
    fits: bool
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """All figures said of an incident: by measure, then publication, report and place in the text."""

    entries: tuple[LedgerEntry, ...] = ()
    checks: tuple[Check, ...] = ()

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
    """The range shown for a measure, by a named policy. None is unknown or unbounded, never 0. `highest` is the highest
    number of those counted, which "at least 126" leaves open.

    `victims` is the class of people it counts, None for everyone. `used` are the statements and `figures` the ledger's
    entries that made it; `left_out` counts entries that were not counted; `note` is a sentence for people.
    """

    measure: Measure
    policy: str
    min: int | None
    max: int | None
    used: tuple[str, ...]
    left_out: int
    note: str
    victims: str | None = None
    figures: tuple[str, ...] = ()
    highest: int | None = None


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
    hearing: Hearing
    grade: IncidentGrade | None = None

    def field(self, name: str) -> FieldView:
        """The view of one field: actors, targets, weapons, places or dates. Raises KeyError if there is none."""
        for f in self.fields:
            if f.name == name:
                return f
        raise KeyError(name)

    def range_of(self, measure: Measure, victims: str | None = None) -> PublishedRange | None:
        """The published range of a measure, of everyone or of a class; None if nobody gives a figure for it."""
        return next((r for r in self.ranges if r.measure is measure and r.victims == victims), None)
