"""ISAF press releases: one record of an operation per release, out of the statements of its text.

The day of a release is read from its own head ("KABUL, Afghanistan (Jan. 25, 2013)", the number "2013-01-S-025") and
given to the product as the day of publication. Of the statements, those are taken in which somebody was killed or
captured on the ground of one province; the first of each says where and when, their figures how many.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import click

from benchmarks.public._run import Options, read_reports, run_options, score_rows, show
from dateline.data import load_yaml
from dateline.labels import OCCURRED, Measure
from dateline.records import Figure, Party, Place, Report, Span, Statement, Value

AIMS = {
    "province": 0.93,
    "start_date": 0.85,
    "min_killed": 0.85,
    "min_captured": 0.85,
    "target_group": 0.80,
    "event_type": None,
    "event_type_macro_f1": None,
    "min_killed_where_above_0": None,
    "min_captured_where_above_0": None,
    "all_correct": None,
}
GOLD = "data/isaf_press_releases/clean_dev.jsonl"
_HEAD = 600
"""Characters of a release that its head has at most."""
_BACKGROUND = timedelta(days=14)
"""A happening so long before the release is not the operation it tells of."""
_NEAR = 12
"""Characters beside a number in which "other" or "along with" still belongs to it."""

_BEHIND = re.compile(r"(?:\s+district)?,?\s+(?:in\s+)?((?:\w+\s+)?\w+)\s+province\b", re.I)
"""What names the province of a place right behind it."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY = re.compile(
    r"\b(jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]*\.? ?(\d{1,2})\b(?:[.,]? ?(\d{4}))?", re.I
)
_FILED = re.compile(rf"(?:\b\w+, *Afghanistan *)?\(\s*{_DAY.pattern}\s*\)", re.I)
_NUMBER = re.compile(r"(?<!\d)2?0([01]\d)[-–](\d\d)[-–][A-Z]{1,3}[-–]")


def _table(name: str) -> Any:
    return load_yaml("benchmarks.public", "isaf.yaml")[name]


def _has(word: str, text: str) -> bool:
    return re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", text.lower()) is not None


# the release


def filed(text: str) -> date | None:
    """The day of a release by its head; None where the head gives no day or no year."""
    head = text[:_HEAD]
    day = _FILED.search(head) or _DAY.search(head[: _HEAD // 2])
    if day is None:
        return None
    number = _NUMBER.search(head)
    years = (day[3], f"20{number[1]}" if number else None, *(m[3] for m in _DAY.finditer(head)))
    year = next((y for y in years if y), None)
    try:
        return date(int(year), _MONTHS.index(day[1][:3].lower()) + 1, int(day[2])) if year else None
    except ValueError:
        return None


def filing(text: str) -> tuple[int, int]:
    """Where the head says where and when the release was filed; nothing told lies there."""
    found = _FILED.search(text[:_HEAD])
    return found.span() if found else (0, 0)


# the statements


@dataclass(frozen=True, slots=True)
class Act:
    """A statement in which somebody was killed or captured, and whom its words count."""

    statement: Statement
    captured: bool
    counts: tuple[Count, ...]
    provinces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """The least number that some words give. `exact`: no vague word; `more`: they are others than those before."""

    span: Span
    least: int
    exact: bool
    more: bool


def province_of(place: Place, sentence: Span) -> str | None:
    """The codebook's province of a place: the one named right behind it ("…, Kara province"), else the one that the
    gazetteer puts it in, else the one its own words name."""
    placed = place.admin[1:2] if place.country == "AFG" else ()
    behind = (m[1] for s in place.spans if (m := _BEHIND.match(sentence.quote, max(0, s.end - sentence.start))))
    for text in (*behind, *placed, *(s.quote for s in place.spans), place.name):
        for province, spellings in _table("provinces").items():
            if any(_has(w, text) for w in spellings):
                return str(province)
    return None


def provinces(s: Statement, *, implied: bool = False) -> tuple[str, ...]:
    """The provinces of a statement's places, in order; those lent by another sentence only if asked for."""
    places = [p for p in s.event_places if implied or not p.implied]
    return tuple(dict.fromkeys(p for place in places if (p := province_of(place, s.sentence))))


def group_in(text: str) -> str | None:
    """The codebook's group that a text names, the first in the table's order."""
    return next((str(g) for g, words in _table("groups").items() if any(_has(w, text) for w in words)), None)


def group_of(party: Party) -> str | None:
    """The codebook's group of a party: that which it belongs to, else that which its words name."""
    return group_in(" ".join((party.group or "", party.name, *(s.quote for s in party.spans))))


def count_of(span: Span, number: int, sentence: Span) -> Count:
    """What the words of a figure count, with the codebook's numbers for vague words."""
    vague = next((n for w, n in _table("least").items() if _has(w, span.quote)), None)
    beyond = any(_has(w, span.quote) for w in _table("beyond"))
    start, end = span.start - sentence.start, span.end - sentence.start
    around = sentence.quote[max(0, start - _NEAR) : end + _NEAR]
    more = any(_has(w, around) for w in _table("more")) or any(_has(w, sentence.quote[:start]) for w in _table("also"))
    return Count(span, vague or number + beyond, vague is None, more)


def single(party: Party, sentence: Span) -> Count | None:
    """One person, where a party is named in the singular."""
    span = party.spans[0] if party.spans else None
    last = (span.quote if span else "").lower().split()[-1:]
    person = party.kind in _table("insurgents") or any(_has(w, party.name) for w in _table("persons"))
    if span is None or not person or not last or last[0].endswith("s") or last[0] in _table("plurals"):
        return None
    return Count(span, 1, True, any(_has(w, span.quote) for w in _table("more")))


def _joined(one: Span, figure: Span, sentence: Span) -> bool:
    """Whether a person and a figure are told as one company: "the leader and two of his men"."""
    between = sentence.quote[one.end - sentence.start : figure.start - sentence.start].strip(" ,").lower()
    return one.end <= figure.start and between in _table("joins")


def _outside(party: Party) -> bool:
    """Whether a party is none of the insurgents."""
    return party.kind in _table("others") and not any(_has(w, party.name) for w in _table("persons"))


def _figures(s: Statement, measures: Sequence[Measure]) -> list[Figure]:
    """The figures of the first measure that has any; parts ("his men") only where no whole is told."""
    for measure in measures:
        found = [f for f in s.figures if f.measure is measure and f.spans]
        if measure is Measure.OTHER:
            return [f for f in found if f.of is None and any(t.kind in _table("insurgents") for t in s.targets)]
        if found:
            return [f for f in found if f.of is None] or found
    return []


def _act(s: Statement, captured: bool, measures: Sequence[Measure]) -> Act | None:
    figures = _figures(s, measures)
    if figures and all(f.max == 0 for f in figures):
        return None
    counts = [count_of(f.spans[0], f.min, s.sentence) for f in figures if f.min]
    counted = [f.spans[0] for f in figures]
    for party in s.targets:
        one = None if _outside(party) else single(party, s.sentence)
        if one is None or any(one.span.overlaps(q) for q in counted):
            continue
        if not counted or any(_joined(one.span, q, s.sentence) for q in counted):
            counts.append(one)
    return Act(s, captured, tuple(counts), provinces(s))


_KILLED = (Measure.KILLED,)
_TAKEN = (Measure.DETAINED, Measure.ABDUCTED, Measure.SURRENDERED, Measure.OTHER)


def _says(s: Statement, table: str) -> bool:
    """Whether a trigger of the statement holds one of a table's words."""
    return any(w in t.quote.lower() for w in _table(table) for t in s.trigger)


def _taken(s: Statement) -> bool:
    """Whether it says that somebody was taken, by its trigger or its figures; of insurgents, whatever its sub-event."""
    sub = s.sub_event.code if s.sub_event else ""
    counted = any(f.measure is Measure.DETAINED for f in s.figures)
    if sub == "Arrests":
        return counted or _says(s, "capture")
    return sub in _table("taking") and _says(s, "capture") and any(t.kind in _table("insurgents") for t in s.targets)


def _killed(s: Statement) -> bool:
    """Whether it says that somebody was killed: by its trigger, or by a figure where the sentence has such a word."""
    if s.event.code != "ASSAULT":
        return False
    return _says(s, "deadly") or (bool(_figures(s, _KILLED)) and any(w in s.sentence.quote for w in _table("deadly")))


def acts(statements: Sequence[Statement], published: date | None) -> Iterator[Act]:
    """What befell insurgents, told as a fact of these days, in text order."""
    for s in statements:
        old = published and s.date and s.date.latest and s.date.latest < published - _BACKGROUND
        hostile = bool(s.actors) and all(a.kind == "armed_group" for a in s.actors)
        if s.certainty.label not in OCCURRED or old or (s.targets and all(map(_outside, s.targets))):
            continue
        taken = _taken(s)
        killed = not taken and _killed(s) and not (hostile and not s.targets)
        if (killed or (taken and not hostile)) and (act := _act(s, taken, _TAKEN if taken else _KILLED)):
            yield act


def total(found: Sequence[Act]) -> int:
    """The least number over the statements.

    The same words count once, and so does a number that an earlier sentence told, or told in sum, unless its words say
    that these are others. A vague number gives way to an exact one as large. Where nothing is counted, there was one.
    """
    told: dict[Span, list[Count]] = {}
    for act in found:
        kept = told.setdefault(act.statement.sentence, [])
        kept += [c for c in act.counts if not any(c.span.overlaps(k.span) for k in kept)]
    numbers: list[int] = []
    vague: list[int] = []
    for counts in told.values():
        exact = [c for c in counts if c.exact]
        again = sum(c.least for c in exact) in (*numbers, sum(numbers))
        new = [c.least for c in exact if c.more or c.least not in numbers]
        numbers += [] if again and not all(c.more for c in exact) else new
        vague += [c.least for c in counts if not c.exact]
    if vague and not any(n >= min(vague) for n in numbers):
        numbers.append(max(vague))
    return sum(numbers) or int(bool(found))


def without(s: Statement, head: tuple[int, int]) -> Statement:
    """The statement without the places and the date that it takes from the filing of the release."""

    def told(value: Value) -> bool:
        return not value.spans or any(not head[0] <= q.start < head[1] for q in value.spans)

    return replace(s, places=tuple(filter(told, s.places)), date=s.date if s.date and told(s.date) else None)


# the record


def _province(statements: Sequence[Statement], found: Sequence[Act]) -> str | None:
    """The province of most acts that have one province; else the first that any statement names."""
    single = Counter(a.provinces[0] for a in found if len(a.provinces) == 1)
    named = (p for s in (*(a.statement for a in found), *statements) for p in provinces(s, implied=True))
    return single.most_common(1)[0][0] if single else next(named, None)


def _here(found: Sequence[Act], province: str | None) -> list[Act]:
    """The acts in the province or at no stated place; where there are any, not those of the whole country."""
    local = [a for a in found if a.provinces in ((province,), ())]
    return [a for a in local if a.provinces or not _wide(a.statement)] or local or list(found)


def _wide(s: Statement) -> bool:
    return any(p.country == "AFG" and len(p.admin) == 1 for p in s.event_places)


def _group(statements: Sequence[Statement], found: Sequence[Act]) -> str | None:
    """The group of those it befell, else the first that any statement names."""
    for s in (*(a.statement for a in found), *statements):
        for party in (*s.targets, *s.actors):
            if group := group_of(party):
                return group
    return next((g for s in statements if (g := group_in(s.sentence.quote))), None)


def _day(statements: Sequence[Statement], found: Sequence[Act], published: date | None) -> date | None:
    """The first day an act or else a statement has; a day before that of the release, if there is one."""
    for told in ([a.statement for a in found], statements):
        days = [s.date.earliest for s in told if s.date and s.date.earliest]
        near = [d for d in days if published is None or published - _BACKGROUND <= d <= published]
        if near:
            return next((d for d in near if d != published), near[0])
    return published


def _type(killed: int, captured: int, found: Sequence[Act]) -> str:
    strikes = any(
        a.statement.sub_event and a.statement.sub_event.code == "Air/drone strike" for a in found if not a.captured
    )
    if killed and captured:
        return "captureandkill"
    if killed:
        return "airstrike" if strikes else "insurgentskilled"
    return "detention" if captured else ""


def answer(report: Report, statements: Sequence[Statement]) -> dict[str, Any]:
    """The prediction of one release."""
    head = filing(report.text)
    told = [without(s, head) for s in statements]
    everything = list(acts(told, report.published))
    province = _province(told, everything)
    found = _here(everything, province)
    killed = total([a for a in found if not a.captured])
    captured = total([a for a in found if a.captured])
    day = _day(told, found, report.published)
    group = _group(told, found)
    return {
        "id": report.key,
        "start_date": str(day) if day else None,
        "province": [province] if province else [],
        "event_type": [_type(killed, captured, found)],
        "target_group": [group] if group else [],
        "min_killed": killed,
        "min_captured": captured,
    }


_FIELDS = ("start_date", "province", "event_type", "target_group", "min_killed", "min_captured")


def _as_set(value: Any) -> set[str]:
    return {w for v in (value if isinstance(value, list) else [value]) for w in str(v).split(";") if w}


def _error(row: dict[str, Any], given: dict[str, Any], statements: Sequence[Statement]) -> str | None:
    wrong = [f for f in _FIELDS if _as_set(row["gold"][f]) != _as_set(given[f])]
    if not wrong:
        return None
    lines = [f"{row['id']} " + "; ".join(f"{f}: {row['gold'][f]} not {given[f]}" for f in wrong), row["text"][:1200]]
    for s in statements:
        parts = [
            f"{f}={v.spans[0].quote!r}" for f, v in s.values() if f in ("targets", "places", "figures") and v.spans
        ]
        day = s.date.edtf if s.date else None
        lines.append(f"    {s.event.code} {s.certainty.label.value} {s.trigger[0].quote!r} {' '.join(parts)} {day}")
    return "\n".join(lines)


@click.command("isaf", help=(__doc__ or "").split("\n\n")[0])
@run_options
def command(options: Options) -> None:
    """Read, answer, score."""
    with options.shared(GOLD).open(encoding="utf-8") as f:
        rows = options.first(json.loads(line) for line in f)
    reports = [Report(text=r["text"], external_id=r["id"], published=filed(r["text"])) for r in rows]
    results = read_reports("isaf", reports, options)
    found = [answer(h.report, h.statements) for h in results]
    wrong = [_error(r, p, h.statements) for r, p, h in zip(rows, found, results, strict=True)]
    show(score_rows("isaf.py", rows, found, options), AIMS, options, [w for w in wrong if w])
