"""Frozen records: what flows between stages, what is stored, what is exported. Standard library only.

All offsets are Unicode code points into the immutable `Report.text`, half-open. A record that cannot show
its evidence cannot be constructed: `Span` checks its own length, `Value` demands spans unless its basis
says the value came from elsewhere, and `ReportResult` compares every quote with the text.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from dateline.errors import EvidenceError, IssueCode
from dateline.labels import Basis, Certainty, Measure, PassageKind, PlaceRole, Qualifier, SourceType

_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def digest(*parts: object) -> str:
    """Content hash of JSON-able parts: the first 16 hex digits of SHA-256 over canonical JSON."""
    blob = _CANONICAL.encode(parts)
    return hashlib.sha256(blob.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """`quote == text[start:end]`. Build it with `Report.span`, which takes the quote from the text."""

    start: int
    end: int
    quote: str

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise EvidenceError(f"span [{self.start}, {self.end}) is empty or negative")
        if len(self.quote) != self.end - self.start:
            raise EvidenceError(f"span [{self.start}, {self.end}) is not as long as its quote {self.quote!r}")

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One publication of one text, immutable. `id` is a hash of its content; leave it empty to have it made.

    `external_id` is the input's own id (a JSON line's `id`); `found` says where each metadata value was
    found, as (field, place) pairs, e.g. ("published", "json-ld datePublished").
    """

    text: str
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: date | None = None
    url: str | None = None
    language: str = "en"
    external_id: str | None = None
    parser: str = "verbatim.v1"
    found: tuple[tuple[str, str], ...] = ()
    id: str = ""

    def __post_init__(self) -> None:
        made = "r_" + digest(self.external_id, self.text, self.title, self.outlet, self.published, self.url)
        if self.id and self.id != made:
            raise EvidenceError(f"report {self.id} is not the text it was made from (content gives {made})")
        object.__setattr__(self, "id", made)

    @property
    def key(self) -> str:
        """The id users know: their own if they gave one, else the content hash (design §6)."""
        return self.external_id or self.id

    def span(self, start: int, end: int) -> Span:
        """The span of `text[start:end]`. Raises EvidenceError if the offsets do not lie in the text."""
        if end > len(self.text):
            raise EvidenceError(f"span [{start}, {end}) ends beyond the text of {self.id} ({len(self.text)})")
        return Span(start, end, self.text[start:end])


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """Base of every field of a statement: its evidence, where it comes from, and which rule made it.

    `rule` is a rule or model-head id ("figures.killed.v1"); `why` holds sentences for `dateline explain`;
    `confidence` is a probability where a model gives one, else None.
    """

    spans: tuple[Span, ...] = ()
    basis: Basis = Basis.TEXT
    rule: str
    why: tuple[str, ...] = ()
    confidence: float | None = None

    def __post_init__(self) -> None:
        if not self.spans and self.basis in (Basis.TEXT, Basis.CONTEXT):
            raise EvidenceError(f"{type(self).__name__} of rule {self.rule!r} has basis {self.basis} but no span")
        if not self.rule:
            raise EvidenceError(f"{type(self).__name__} names no rule")


@dataclass(frozen=True, slots=True, kw_only=True)
class Code(Value):
    """A category of a codebook: scheme is plover, plover_mode, acled, cameo or ucdp."""

    scheme: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Party(Value):
    """An actor or a target. `name` is as written until the register resolves it (`actor_id`).

    `group` is the country or armed group it belongs to; `kind` state, armed_group, civilians, …;
    `country` ISO 3166-1 alpha-3; `sector` a PLOVER sector code.
    """

    name: str
    group: str | None = None
    actor_id: str | None = None
    kind: str | None = None
    country: str | None = None
    sector: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Weapon(Value):
    """A weapon, munition or platform. `name` is the lexicon's name for it, `kind` its class."""

    name: str
    kind: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Value):
    """A place in its role. Coordinates are WGS 84 degrees of the resolved entry, never finer than the text.

    `place_id` is "geonames:N" or "dateline:…"; `feature` a GeoNames class.code ("P.PPLA"); `admin` the path
    from country downwards; `geo_precision` ACLED 1–3, `where_prec` UCDP 1–7 (None if unresolved).
    """

    name: str
    role: PlaceRole = PlaceRole.EVENT
    country: str | None = None
    place_id: str | None = None
    lat: float | None = None
    lon: float | None = None
    feature: str | None = None
    admin: tuple[str, ...] = ()
    geo_precision: int | None = None
    where_prec: int | None = None

    @property
    def implied(self) -> bool:
        """Whether the place was carried over from another sentence."""
        return self.basis is Basis.CONTEXT


_TIME_PRECISION = ((1, 1), (7, 2), (31, 3))
_DATE_PREC = ((1, 1), (6, 2), (7, 3), (31, 4), (366, 5))
"""How many days at most a code stands for, after the ACLED codebook (time_precision) and the UCDP GED codebook
(date_prec)."""


def _coded(days: int | None, codes: tuple[tuple[int, int], ...]) -> int | None:
    return next((code for most, code in codes if days is not None and days <= most), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class When(Value):
    """When it happened, as far as the text allows: first and last possible day, both inclusive.

    `anchor` names what a relative expression was resolved against ("published 2015-11-17"). Both bounds
    None: the expression is kept, its day is unknown.
    """

    earliest: date | None = None
    latest: date | None = None
    anchor: str | None = None

    def __post_init__(self) -> None:
        Value.__post_init__(self)
        if self.earliest and self.latest and self.earliest > self.latest:
            raise EvidenceError(f"date of rule {self.rule!r} ends before it begins: {self.earliest}/{self.latest}")

    @property
    def edtf(self) -> str | None:
        """EDTF level 1 (ISO 8601-2): a day, or an interval open ('..') where a bound is unknown."""
        if self.earliest is None and self.latest is None:
            return None
        if self.earliest == self.latest:
            return str(self.earliest)
        return f"{self.earliest or '..'}/{self.latest or '..'}"

    @property
    def days(self) -> int | None:
        """How many days it may have been, None if a bound is unknown."""
        return (self.latest - self.earliest).days + 1 if self.earliest and self.latest else None

    @property
    def time_precision(self) -> int | None:
        """ACLED's code: 1 the day, 2 the week, 3 the month is known. None for anything vaguer."""
        return _coded(self.days, _TIME_PRECISION)

    @property
    def date_prec(self) -> int | None:
        """UCDP's code: 1 the day, 2 two to six days, 3 a week, 4 a month, 5 a year is known. None: vaguer."""
        return _coded(self.days, _DATE_PREC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Value):
    """A count with bounds. None means unbounded or unsaid, never 0. `of` marks a breakdown ("children")."""

    measure: Measure
    min: int | None = None
    max: int | None = None
    qualifier: Qualifier = Qualifier.EXACT
    whom: str | None = None
    of: str | None = None

    def __post_init__(self) -> None:
        Value.__post_init__(self)
        if self.min is not None and self.max is not None and self.min > self.max:
            raise EvidenceError(f"figure of rule {self.rule!r} has min {self.min} above max {self.max}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Value):
    """One link of a source chain. `actor_id` and `country` are set where the register knows it."""

    name: str
    type: SourceType
    actor_id: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Surety(Value):
    """The certainty of a statement; its spans are the cues. Basis is default where no cue was found."""

    label: Certainty


@lru_cache(maxsize=4096)  # a statement is made anew by each rule that changes it
def _statement_id(report_id: str, start: int, end: int, variant: int) -> str:
    return "s_" + digest(report_id, start, end, variant)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One thing a report says happened, is happening, will or may happen, with who says so and how surely.

    `trigger` holds the word(s) that name the event, head first. `sources` is the chain after the outlet,
    outermost first; empty = the outlet's own voice. `id` depends on the report and the trigger only, so
    that people's reviews survive a better model; `version` hashes everything.
    """

    report_id: str
    sentence: Span
    trigger: tuple[Span, ...]
    event: Code
    sub_event: Code | None
    certainty: Surety
    actors: tuple[Party, ...] = ()
    targets: tuple[Party, ...] = ()
    weapons: tuple[Weapon, ...] = ()
    places: tuple[Place, ...] = ()
    date: When | None = None
    figures: tuple[Figure, ...] = ()
    sources: tuple[Source, ...] = ()
    codes: tuple[Code, ...] = ()
    passage: PassageKind = PassageKind.SENTENCE
    variant: int = 0
    id: str = ""

    def __post_init__(self) -> None:
        if not self.trigger:
            raise EvidenceError(f"a statement of {self.report_id} has no trigger")
        head = self.trigger[0]
        made = _statement_id(self.report_id, head.start, head.end, self.variant)
        if self.id and self.id != made:
            raise EvidenceError(f"statement {self.id} is not the one at [{head.start}, {head.end}) of {self.report_id}")
        object.__setattr__(self, "id", made)

    def values(self) -> Iterator[tuple[str, Value]]:
        """Every value with the name of its field, in field order."""
        for name in self.__slots__:
            held = getattr(self, name)
            for v in held if isinstance(held, tuple) else (held,):
                if isinstance(v, Value):
                    yield name, v

    def spans(self) -> Iterator[Span]:
        """Every span the statement rests on."""
        yield self.sentence
        yield from self.trigger
        for _, value in self.values():
            yield from value.spans

    @property
    def event_places(self) -> tuple[Place, ...]:
        """Where it took place, without origins."""
        return tuple(p for p in self.places if p.role is PlaceRole.EVENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """What went wrong with one input or report while the run went on."""

    code: IssueCode
    message: str
    stage: str
    origin: str | None = None
    report_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportResult:
    """One report with its statements in text order. Constructing it checks every quote against the text."""

    report: Report
    statements: tuple[Statement, ...] = ()
    issues: tuple[Issue, ...] = ()

    def __post_init__(self) -> None:
        text, seen = self.report.text, set()
        for s in self.statements:
            if s.report_id != self.report.id:
                raise EvidenceError(f"statement {s.id} belongs to {s.report_id}, not to {self.report.id}")
            if s.id in seen:
                raise EvidenceError(f"report {self.report.id} has two statements with id {s.id}")
            seen.add(s.id)
            for span in s.spans():
                if text[span.start : span.end] != span.quote:
                    raise EvidenceError(
                        f"{self.report.id}: [{span.start}, {span.end}) reads "
                        f"{text[span.start : span.end]!r}, not {span.quote!r}"
                    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One named reason for or against a link. `weight` is signed; the link's score is their sum."""

    name: str
    text: str
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A scored, explained judgement that two statements are (`same`) or are not the same happening."""

    left: str
    right: str
    same: bool
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """The set of statements about one happening. It holds no facts of its own; `code` is for people to read."""

    id: str
    code: str
    statements: tuple[str, ...]
