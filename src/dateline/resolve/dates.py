"""Date expressions to days: interval arithmetic on the language-free forms of `language/times.py`.

The anchor is the publication date. Without one, only what names its own year resolves (law 2: an expression
nobody can place keeps its words and has no bounds). Weeks begin on Monday (ISO 8601). Seasons are the
northern meteorological ones. A third of a month or year is meant by early, mid and late.
"""

from __future__ import annotations

from bisect import bisect_left
from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Protocol

from dateline.language.base import Annotation, Mention, MentionKind
from dateline.language.times import (
    Bound,
    Calendar,
    Decade,
    Form,
    Range,
    Relative,
    Season,
    Shift,
    Unresolvable,
    Weekday,
    Weekend,
    Window,
)
from dateline.records import Basis, Certainty, PassageKind, Report, Span, Statement, When

RULE = "dates.resolve.v1"
CARRIED = "dates.carried.v1"
_AHEAD = frozenset({Certainty.PLANNED, Certainty.HYPOTHETICAL})
_VIOLENCE, _OF_NO_KIND = "ASSAULT", "Attack"
_BACK = 100
"""How many dated statements before it a statement's act is looked for."""
_BESIDE = 300
"""Characters within which an attack of a stated kind may be the one told before without its kind."""
_NEARER = 6
"""How many times nearer a coming day must be than a past one to be meant without a word of the future."""
_DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Grammar(Protocol):
    """Reads the norm of a DATE mention."""

    def parse(self, norm: str) -> Form:
        """The form of a norm."""
        ...


@dataclass(frozen=True, slots=True)
class Interval:
    """First and last possible day (None: unknown), and how they were found. `anchored`: the anchor was needed."""

    earliest: date | None
    latest: date | None
    why: str
    anchored: bool = True

    @property
    def known(self) -> bool:
        """Whether any bound is known."""
        return self.earliest is not None or self.latest is not None


@dataclass(frozen=True, slots=True)
class Setting:
    """What expressions are read against: the publication date, the day the text speaks of, and the direction.
    `behind`: the event stands behind the expression."""

    anchor: date | None
    context: date | None = None
    ahead: bool = False
    behind: bool = False


def _unknown(why: str) -> Interval:
    return Interval(None, None, why, anchored=False)


def _month_days(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _add_months(day: date, months: int) -> date:
    """The day `months` later, or the last of that month where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _period(unit: str, offset: int, anchor: date) -> tuple[date, date]:
    """First and last day of the calendar week, month or year `offset` away from the anchor's."""
    if unit == "day":
        day = anchor + timedelta(days=offset)
        return day, day
    if unit == "week":
        monday = anchor - timedelta(days=anchor.weekday()) + timedelta(weeks=offset)
        return monday, monday + timedelta(days=6)
    if unit == "month":
        first = _add_months(anchor.replace(day=1), offset)
        return _month_days(first.year, first.month)
    return date(anchor.year + offset, 1, 1), date(anchor.year + offset, 12, 31)


def _back(unit: str, count: int, anchor: date) -> date:
    """The day `count` units before the anchor (after it if negative)."""
    if unit in ("month", "year"):
        return _add_months(anchor, -count * (12 if unit == "year" else 1))
    return anchor - timedelta(days=count * (7 if unit == "week" else 1))


def _third(first: date, last: date, part: str) -> tuple[date, date]:
    """The early, mid or late third of a period; all of it for no part."""
    if not part:
        return first, last
    if (last - first).days > 31:
        months = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}[part]
        return date(first.year, months[0], 1), _month_days(first.year, months[1])[1]
    days = {"early": (1, 10), "mid": (11, 20), "late": (21, last.day)}[part]
    return first.replace(day=days[0]), first.replace(day=days[1])


def _weekday(form: Weekday, s: Setting) -> Interval:
    if s.anchor is None:
        return _unknown("a weekday without a publication date is no date")
    since = (s.anchor.weekday() - form.day) % 7
    until = (form.day - s.anchor.weekday()) % 7
    if form.which == "last":
        day, how = s.anchor - timedelta(days=since or 7), "the last before"
    elif form.which == "next":
        day, how = s.anchor + timedelta(days=until or 7), "the first after"
    elif s.ahead:
        day, how = s.anchor + timedelta(days=until), "the first on or after"
    else:
        day, how = s.anchor - timedelta(days=since), "the last on or before"
    return Interval(day, day, f"{_DAY_NAMES[form.day]} is {how} the publication date")


def _relative(form: Relative, s: Setting) -> Interval:
    if s.anchor is None:
        return _unknown("an expression counted from the publication date, which is unknown")
    first, last = _period(form.unit, form.offset, s.anchor)
    if form.offset == 0 and form.unit != "day":
        if form.until_now or not s.ahead:
            last = s.anchor
        else:
            first = s.anchor
    if form.eve:
        first -= timedelta(days=1)
    return Interval(first, last, f"{form.unit} {form.offset:+d} counted from the publication date")


def _with_year(form: Calendar, s: Setting, anchor: date) -> int | None:
    """The year nearest to the anchor in the direction the statement looks; None if no year has that day."""
    if form.which.startswith("year"):
        return anchor.year + int(form.which.removeprefix("year"))
    month = form.month or 1
    fits: list[tuple[int, date, date]] = []
    for year in range(anchor.year - 4, anchor.year + 5):
        first, last = _month_days(year, month)
        if form.day:
            if not 1 <= form.day <= last.day:
                continue
            first = last = date(year, month, form.day)
        fits.append((year, first, last))
    limit = anchor.replace(day=1) - timedelta(days=1) if form.which == "last" and not form.day else anchor
    past = [(y, (anchor - first).days) for y, first, _ in fits if first <= limit]
    coming = [(y, (first - anchor).days) for y, first, last in fits if last >= anchor]
    if form.which == "next" or (s.ahead and coming):
        return coming[0][0] if coming else None
    if form.which == "near" and coming and (not past or _NEARER * coming[0][1] < past[-1][1]):
        return coming[0][0]
    return past[-1][0] if past else None


def _calendar(form: Calendar, s: Setting) -> Interval:
    year, chosen = form.year, ""
    if year is None:
        if s.anchor is None:
            return _unknown("no year is written and the publication date is unknown")
        year = _with_year(form, s, s.anchor)
        if year is None:
            return _unknown("no calendar has that day")
        chosen = f"; the year is the nearest {'to come' if s.ahead else 'past'} seen from the publication date"
    try:
        if form.month and form.day:
            day = date(year, form.month, form.day)
            return Interval(day, day, "a calendar day" + chosen, anchored=bool(chosen))
        if form.month:
            first, last = _third(*_month_days(year, form.month), form.part)
            return Interval(first, last, "a calendar month" + chosen, anchored=bool(chosen))
        first, last = _third(date(year, 1, 1), date(year, 12, 31), form.part)
        return Interval(first, last, "a calendar year", anchored=False)
    except ValueError:
        return _unknown("no calendar has that day")


def _decade(form: Decade, s: Setting) -> Interval:
    span = {"": (0, 9), "early": (0, 4), "mid": (3, 6), "late": (5, 9)}[form.part]
    first, last = date(form.year + span[0], 1, 1), date(form.year + span[1], 12, 31)
    return Interval(first, last, "years of a decade", anchored=False)


def _season(form: Season, s: Setting) -> Interval:
    year = form.year
    if year is None:
        if s.anchor is None:
            return _unknown("a season without a year or publication date")
        year = s.anchor.year + form.offset
        starts = date(year, 3 * form.season, 1) if form.season else date(year - 1, 12, 1)
        if (
            form.offset == -1
            and s.anchor.year > year
            and s.anchor >= date(s.anchor.year, starts.month, 1) + timedelta(92)
        ):
            year += 1
    first = date(year, 3 * form.season, 1) if form.season else date(year - 1, 12, 1)
    last = _add_months(first, 3) - timedelta(days=1)
    return Interval(first, last, "a northern meteorological season", anchored=form.year is None)


def _weekend(form: Weekend, s: Setting) -> Interval:
    if s.anchor is None:
        return _unknown("a weekend without a publication date")
    saturday = s.anchor + timedelta(days=5 - s.anchor.weekday())
    if form.offset == 0 and not s.ahead and s.anchor.weekday() < 5:
        saturday -= timedelta(weeks=1)
    elif form.offset:
        saturday += timedelta(weeks=form.offset)
    last = saturday + timedelta(days=1)
    if form.offset == 0 and not s.ahead:
        last = min(last, max(s.anchor, saturday))
    return Interval(saturday, last, "Saturday and Sunday next to the publication date")


def _window(form: Window, s: Setting) -> Interval:
    if s.anchor is None:
        return _unknown("a stretch of time counted from the publication date, which is unknown")
    if form.count is None:
        if form.future:
            return Interval(s.anchor, None, "on or after the publication date; how long after is not said")
        return Interval(None, s.anchor, "on or before the publication date; how long before is not said")
    other = _back(form.unit, -form.count if form.future else form.count, s.anchor)
    first, last = min(other, s.anchor), max(other, s.anchor)
    return Interval(first, last, f"{form.count} {form.unit}(s) counted from the publication date")


def _shift(form: Shift, s: Setting) -> Interval:
    if s.context is None or (form.onward and not s.behind):
        return _unknown("counted from another day that the text does not fix")
    if form.onward:
        form = Shift(form.unit, -form.offset)
    if form.unit == "day":
        day = s.context + timedelta(days=form.offset)
        return Interval(day, day, f"{form.offset:+d} day(s) from {s.context}, the day the text speaks of")
    first, last = _period(form.unit, form.offset, s.context)
    return Interval(first, last, f"{form.offset:+d} {form.unit}(s) from {s.context}, the day the text speaks of")


def _bound(form: Bound, s: Setting) -> Interval:
    """An open side is closed by the publication date where the statement looks that way."""
    ahead = form.kind == "until" and s.ahead
    inner = interval(form.form, replace(s, ahead=ahead))
    if not inner.known:
        return inner
    first, last = inner.earliest, inner.latest
    if form.kind in ("since", "after"):
        passed = s.anchor is not None and (first is None or first <= s.anchor)
        return replace(inner, latest=s.anchor if passed and not s.ahead else None, why=f"{form.kind}: {inner.why}")
    if form.kind == "before":
        before = first - timedelta(days=1) if first else None
        return replace(
            inner,
            earliest=s.anchor if s.ahead and before and s.anchor and s.anchor <= before else None,
            latest=before,
            why=f"before: {inner.why}",
        )
    starts = s.anchor if s.anchor and last and s.anchor <= last else None
    return replace(inner, earliest=starts, why=f"until: {inner.why}")


def _range(form: Range, s: Setting) -> Interval:
    last = interval(form.last, s)
    opening = form.first
    if isinstance(opening, Calendar) and isinstance(form.last, Calendar) and opening.year is None and last.earliest:
        month = opening.month or form.last.month or 1
        opening = replace(opening, month=month, year=last.earliest.year - (month > last.earliest.month))
    first = interval(opening, s)
    if first.earliest and last.latest and first.earliest > last.latest:
        return _unknown("the range ends before it begins")
    if not first.known or not last.known:
        return _unknown(first.why if not first.known else last.why)
    return Interval(first.earliest, last.latest, f"from {first.why} to {last.why}", first.anchored or last.anchored)


_READERS: dict[type, Callable[[Any, Setting], Interval]] = {
    Weekday: _weekday,
    Relative: _relative,
    Calendar: _calendar,
    Decade: _decade,
    Season: _season,
    Weekend: _weekend,
    Window: _window,
    Shift: _shift,
    Bound: _bound,
    Range: _range,
}


def interval(form: Form, setting: Setting) -> Interval:
    """The days a form allows in its setting. Never raises for a form a grammar can write."""
    if isinstance(form, Unresolvable):
        return _unknown("the expression fixes no day")
    try:
        return _READERS[type(form)](form, setting)
    except (ValueError, OverflowError):
        return _unknown("no calendar has that day")


class DateResolver:
    """Gives the dates of statements their bounds. `grammar` reads the norms of DATE mentions."""

    name = RULE

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar

    def resolve(
        self, report: Report, annotation: Annotation, statements: tuple[Statement, ...]
    ) -> tuple[Statement, ...]:
        """The statements with `earliest`, `latest`, `anchor` and `why` set where their expression allows it."""
        mentions = {(m.start, m.end): m for m in annotation.mentions if m.kind is MentionKind.DATE}
        starts = [start for start, _ in mentions]
        dated: list[Statement] = []
        out: list[Statement] = []
        context: date | None = None
        known: dict[Span, When] = {}
        for s in statements:
            when = s.date
            mention = mentions.get((when.spans[0].start, when.spans[0].end)) if when and when.spans else None
            if when and when.basis is Basis.CONTEXT and when.spans[0] in known:
                s = replace(s, date=_lent(when, known[when.spans[0]]))
            elif when and mention:
                behind = s.trigger[0].start >= mention.end
                setting = Setting(report.published, context, s.certainty.label is Certainty.PLANNED, behind)
                found = known.setdefault(when.spans[0], self._resolved(when, mention, setting))
                s = replace(s, date=found)
            elif when is None and not _between(starts, s.sentence):
                s = replace(s, date=_carried(s, reversed(dated[-_BACK:])))
            if s.date and s.date.earliest and s.date.earliest == s.date.latest and s.certainty.label not in _AHEAD:
                context = s.date.earliest
            out.append(s)
            if s.date and s.date.earliest and s.date.basis is not Basis.CONTEXT:
                dated.append(s)
        return tuple(_headed(s, out) for s in out)

    def _resolved(self, when: When, mention: Mention, setting: Setting) -> When:
        found = interval(self.grammar.parse(mention.norm), setting)
        quote = when.spans[0].quote
        if not found.known:
            return replace(when, why=(*when.why, f"“{quote}” stays without bounds: {found.why}"))
        anchor = None
        if found.anchored and setting.anchor:
            anchor = f"published {setting.anchor}"
        return replace(
            when,
            earliest=found.earliest,
            latest=found.latest,
            anchor=anchor,
            why=(*when.why, f"“{quote}”: {found.why}"),
            basis=Basis.TEXT if when.basis is Basis.DEFAULT else when.basis,
        )


def _lent(when: When, earlier: When) -> When:
    """An expression another statement was dated by means the same days here."""
    days = replace(when, earliest=earlier.earliest, latest=earlier.latest, anchor=earlier.anchor)
    return replace(days, why=(*when.why, *earlier.why[-1:]))


def _between(starts: list[int], span: Span) -> bool:
    """Whether one of the sorted offsets lies in a span."""
    i = bisect_left(starts, span.start)
    return i < len(starts) and starts[i] < span.end


def _headed(s: Statement, all_of_them: list[Statement]) -> Statement:
    """A headline is dated by what the text says of its act."""
    if s.passage is not PassageKind.HEADLINE or s.date is not None:
        return s
    return replace(s, date=_carried(s, (x for x in all_of_them if x.sentence.start > s.sentence.start)))


def _carried(s: Statement, others: Iterable[Statement]) -> When | None:
    """The day of the nearest other statement that may speak of the same act; it rests on that one's expression."""
    if s.certainty.label in _AHEAD:
        return None
    for other in others:
        when = other.date
        if when is None or when.earliest is None or when.earliest != when.latest or when.basis is Basis.CONTEXT:
            continue
        if not _one_act(s, other):
            continue
        quote = when.spans[0].quote if when.spans else str(when.earliest)
        why = f"“{other.trigger[0].quote}” is dated “{quote}”; nothing says that this is another act"
        return replace(when, basis=Basis.CONTEXT, rule=CARRIED, why=(why,))
    return None


def _one_act(a: Statement, b: Statement) -> bool:
    """Whether the first may speak of the act of the second, which looks back too.

    Their codes agree, where an attack or death of no stated kind agrees with any violence (one told before it
    only close by); they stand in different sentences; and the first names no place that the second does not.
    """
    if b.certainty.label in _AHEAD or a.sentence == b.sentence or b.sub_event is None or a.sub_event is None:
        return False
    if a.event.code != b.event.code:
        return False
    beside = a.sentence.start - b.sentence.end <= _BESIDE
    pair = (a.sub_event, b.sub_event) if beside else (a.sub_event,)
    general = any(x.code == _OF_NO_KIND or x.basis is Basis.CONTEXT for x in pair)
    if a.sub_event.code != b.sub_event.code and not (general and a.event.code == _VIOLENCE):
        return False
    ours, theirs = ({p.name.casefold() for p in x.event_places if not p.implied} for x in (a, b))
    return not ours or bool(ours & theirs)
