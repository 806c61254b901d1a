"""From the statements of an incident to what people see: every value with who says it, then a summary."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations

from dateline.incidents.codes import summary_place
from dateline.incidents.grades import NO_GRADES, Grades
from dateline.incidents.items import Linkable
from dateline.incidents.ledger import ledger
from dateline.incidents.places import Relation, relation
from dateline.incidents.policies import ranges
from dateline.incidents.view import FieldValue, FieldView, IncidentView, Voiced
from dateline.incidents.voices import NO_REPORTS, hear, voiced
from dateline.incidents.weights import weights
from dateline.labels import OCCURRED, Certainty
from dateline.language.en.voicewords import victim_class
from dateline.records import Figure, Incident, Party, Place, Report, Value, Weapon, When

FIELDS = ("actors", "targets", "weapons", "places", "dates", "figures")
Said = tuple[Value, Voiced]


def _held(item: Linkable, field: str, aside: Set[str]) -> Sequence[Value]:
    """The values of a field; figures that the ledger sets aside (revised, earlier, of something wider) are left out."""
    s = item.statement
    if field == "dates":
        return (s.date,) if s.date else ()
    if field == "figures":
        return tuple(f for n, f in enumerate(s.figures, 1) if f.of is None and f"{item.id}.{n}" not in aside)
    if field == "places":
        return s.event_places
    held: Sequence[Value] = getattr(s, field)
    return held


def _span(low: object, high: object) -> str:
    return str(low) if low == high else f"{'..' if low is None else low}/{'..' if high is None else high}"


def _key(value: Value) -> tuple[str, str]:
    """What makes two mentions one value, and how it is shown."""
    match value:
        case Party():
            return value.actor_id or value.name.casefold(), value.name
        case Weapon():
            return value.name.casefold(), value.name
        case Place():
            return value.place_id or value.name.casefold(), value.name
        case When():
            quote = value.spans[0].quote if value.spans else "?"
            return value.edtf or f"“{quote.casefold()}”", value.edtf or f"“{quote}”"
        case Figure():
            bounds = _span(value.min, value.max)
            return f"{value.measure}:{bounds}", f"{bounds} {value.measure.replace('_', ' ')}"
        case _:
            raise TypeError(f"no key for a {type(value).__name__}")


def _clash(a: Value, b: Value) -> bool:
    """Whether two values of a field cannot both be so."""
    match a, b:
        case Party(), Party():
            x, y = a.group or a.actor_id, b.group or b.actor_id
            return x is not None and y is not None and x.casefold() != y.casefold()
        case Weapon(), Weapon():
            return a.kind is not None and b.kind is not None and a.kind != b.kind
        case Place(), Place():
            w = weights()
            return relation(a, b, w.near_km, w.far_km) in (Relation.APART, Relation.FAR)
        case When(), When():
            first = max(a.earliest or date.min, b.earliest or date.min)
            return first > min(a.latest or date.max, b.latest or date.max)
        case Figure(), Figure():
            if a.measure is not b.measure or victim_class(a.whom) != victim_class(b.whom):
                return False
            high = [m for m in (a.max, b.max) if m is not None]
            return bool(high) and max(a.min or 0, b.min or 0) > min(high)
        case _:
            return False


def _conflict(said: Mapping[str, Sequence[Said]]) -> tuple[str, str] | None:
    """The first two values that differ, come from different voices, and are given together by no statement.

    Values that one statement names together, or that the same voices give, are told as belonging together.
    Denied values contradict nobody: the denial is shown as such.
    """
    for (a, x), (b, y) in combinations(said.items(), 2):
        us = {v for _, v in x if v.certainty is not Certainty.DENIED}
        them = {v for _, v in y if v.certainty is not Certainty.DENIED}
        together = {v.statement_id for v in us} & {v.statement_id for v in them}
        speakers = {v.voice for v in us} != {v.voice for v in them}
        if us and them and speakers and not together and _clash(x[0][0], y[0][0]):
            return a, b
    return None


def _field(name: str, items: Sequence[Linkable], speakers: Mapping[str, Voiced], aside: Set[str]) -> FieldView:
    said: dict[str, list[Said]] = defaultdict(list)
    labels: dict[str, str] = {}
    for item in items:
        for value in _held(item, name, aside):
            key, label = _key(value)
            labels.setdefault(key, label)
            said[key].append((value, speakers[item.id]))
    values = [
        FieldValue(key=k, label=labels[k], said_by=tuple(dict.fromkeys(v for _, v in mentions)))
        for k, mentions in said.items()
    ]
    values.sort(key=lambda v: (-len(v.voices), -len(v.said_by), v.key))
    pair = _conflict(said)
    note = f"{labels[pair[0]]} and {labels[pair[1]]} are given by different voices, never together" if pair else None
    return FieldView(name=name, values=tuple(values), disagree=pair is not None, note=note)


def _days(items: Iterable[Linkable]) -> tuple[date | None, date | None]:
    """The days all dated statements allow; if they allow none in common, from the first to the last said."""
    dates = [i.statement.date for i in items if i.statement.date and i.statement.date.edtf]
    first = [d.earliest for d in dates if d.earliest]
    last = [d.latest for d in dates if d.latest]
    low, high = max(first, default=None), min(last, default=None)
    if low and high and low > high:
        return min(first), max(last)
    return low, high


def _codes(items: Iterable[Linkable]) -> tuple[str, str | None]:
    """The event and sub-event most statements carry; of equals, the first said."""
    statements = [i.statement for i in items]
    events = Counter(s.event.code for s in statements)
    event = max(events, key=lambda e: events[e])
    subs = Counter(s.sub_event.code for s in statements if s.sub_event and s.event.code == event)
    return event, max(subs, key=lambda e: subs[e]) if subs else None


@dataclass(frozen=True, slots=True)
class Beside:
    """What is known beside the statements: reports by the key users know (their texts tell reprints), and grades."""

    reports: Mapping[str, Report] = field(default_factory=lambda: NO_REPORTS)
    grades: Grades = NO_GRADES


NOTHING = Beside()


def consolidate(
    incident: Incident, items: Iterable[Linkable], policy: str = "envelope", beside: Beside = NOTHING
) -> IncidentView:
    """All that is said of an incident. `items` are its statements (others are ignored), in any order.

    Raises ConfigError for an unknown policy, ValueError if no statement of the incident is given.
    """
    wanted = set(incident.statements)
    own = sorted({i.id: i for i in items if i.id in wanted}.values(), key=lambda i: i.order)
    if not own:
        raise ValueError(f"incident {incident.code}: none of its statements was given")
    heard = hear(own, beside.reports)
    book = ledger(own, hearing=heard, grades=beside.grades)
    aside = {e.id for e in book.entries if e.left_out and e.left_out != e.said.certainty}
    event, sub_event = _codes(own)
    earliest, latest = _days(own)
    counts = Counter(i.statement.certainty.label for i in own)
    speakers = {i.id: voiced(i, heard.of[i.id]) for i in own}
    return IncidentView(
        incident=incident,
        items=tuple(own),
        fields=tuple(_field(name, own, speakers, aside) for name in FIELDS),
        ledger=book,
        ranges=ranges(book, policy),
        event=event,
        sub_event=sub_event,
        place=summary_place(own),
        earliest=earliest,
        latest=latest,
        certainties=tuple((c, counts[c]) for c in Certainty if counts[c]),
        occurred=any(c in OCCURRED for c in counts),
        reports=tuple(sorted({i.report_id for i in own})),
        outlets=tuple(sorted({i.outlet for i in own if i.outlet})),
        voices=tuple(sorted(v.id for v in heard.voices)),
        hearing=heard,
        grade=beside.grades.incident([i.id for i in own]),
    )


def views(
    incidents: Iterable[Incident], items: Iterable[Linkable], policy: str = "envelope", beside: Beside = NOTHING
) -> Iterator[IncidentView]:
    """The views of incidents, sorted by code."""
    by_id = {i.id: i for i in items}
    for incident in sorted(incidents, key=lambda i: i.code):
        yield consolidate(incident, [by_id[s] for s in incident.statements], policy, beside)
