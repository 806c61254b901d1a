"""Interval arithmetic on the language-free forms of `language/times.py`: the days an expression of time allows.

The anchor is the day the report was filed or published. Without one, only what names its own year resolves (law 2: an
expression nobody can place keeps its words and has no bounds). Weeks begin on Monday (ISO 8601). Seasons are the
northern meteorological ones. A third of a month or year is meant by early, mid and late. The first week of a month is
its first seven days.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from dateline.language.times import (
    Bound,
    Calendar,
    Century,
    Decade,
    Duration,
    Easter,
    Every,
    Form,
    Moment,
    Nth,
    Offset,
    Range,
    Relative,
    Season,
    Shift,
    Toward,
    Unresolvable,
    Weekday,
    Weekend,
    Window,
    bare,
)
from dateline.resolve.periods import add_months, back, blocks, easter_sunday, month_days, period, third

_NEARER, _NEARER_STILL = 6, 24
"""How many times nearer a coming day must be than a past one to be meant without a word of the future, and against a
word of the past ("one was arrested on 20 November" in a report of the 17th)."""
_DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_REASONS = {
    "movable": "the feast falls on another day each year, and not every church keeps it on the same",
    "order": "day and month may be either way round",
}


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
    `ahead`: the words look forward; `back`: they tell what has been; `behind`: the event is the one that the words
    behind the expression name; `done`: it has happened."""

    anchor: date | None
    context: date | None = None
    ahead: bool = False
    behind: bool = False
    back: bool = False
    done: bool = False


def _unknown(why: str) -> Interval:
    return Interval(None, None, why, anchored=False)


def _weekday(form: Weekday, s: Setting) -> Interval:
    if s.anchor is None:
        return _unknown("a weekday without a publication date is no date")
    since = (s.anchor.weekday() - form.day) % 7
    until = (form.day - s.anchor.weekday()) % 7
    if form.which == "last":
        day, how = s.anchor - timedelta(days=since or 7), "the last before"
    elif form.which == "next":
        day, how = s.anchor + timedelta(days=until or 7), "the first after"
        if form.day > s.anchor.weekday():
            why = f"the {_DAY_NAMES[form.day]} of this week or of the next: “next” may mean either"
            return Interval(day, day + timedelta(weeks=1), why)
    elif form.which == "this" and not s.ahead and not s.back:
        day, how = s.anchor + timedelta(days=form.day - s.anchor.weekday()), "in the week of"
    elif s.ahead:
        day, how = s.anchor + timedelta(days=until), "the first on or after"
    else:
        day, how = s.anchor - timedelta(days=since), "the last on or before"
    return Interval(day, day, f"{_DAY_NAMES[form.day]} is {how} the publication date")


def _relative(form: Relative, s: Setting) -> Interval:
    if s.anchor is None:
        return _unknown("an expression counted from the publication date, which is unknown")
    first, last = period(form.unit, form.offset, s.anchor)
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
    if form.which == "this":
        return anchor.year
    if form.which.startswith("year"):
        return anchor.year + int(form.which.removeprefix("year"))
    month = form.month or 1
    fits: list[tuple[int, date, date]] = []
    for year in range(anchor.year - 4, anchor.year + 5):
        first, last = month_days(year, month)
        if form.day:
            if not 1 <= form.day <= last.day:
                continue
            first = last = date(year, month, form.day)
        fits.append((year, first, last))
    if named := [y for y, first, _ in fits if form.day and first.weekday() == form.weekday]:
        return min(named, key=lambda y: (abs((date(y, month, form.day or 1) - anchor).days), y))
    limit = anchor.replace(day=1) - timedelta(days=1) if form.which == "last" and not form.day else anchor
    past = [(y, (anchor - first).days) for y, first, _ in fits if first <= limit]
    coming = [(y, (first - anchor).days) for y, first, last in fits if last >= anchor]
    if form.which == "next" or (s.ahead and coming):
        return coming[0][0] if coming else None
    times = _NEARER_STILL if s.back else _NEARER
    if form.which == "near" and coming and (not past or times * coming[0][1] < past[-1][1]):
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
            if form.weekday not in (None, day.weekday()):
                chosen += f"; it is a {_DAY_NAMES[day.weekday()]}, not the {_DAY_NAMES[form.weekday or 0]} written"
            return Interval(day, day, "a calendar day" + chosen, anchored=form.year is None)
        if form.month:
            first, last = third(*month_days(year, form.month), form.part)
            return Interval(first, last, "a calendar month" + chosen, anchored=bool(chosen))
        first, last = third(date(year, 1, 1), date(year, 12, 31), form.part)
        return Interval(first, last, "a calendar year", anchored=False)
    except ValueError:
        return _unknown("no calendar has that day")


def _so_far(form: Calendar, s: Setting) -> Interval:
    """A calendar day or period; one that the report falls in up to the report, if the act has been."""
    found = _calendar(form, s)
    if not s.done or s.anchor is None or not found.earliest or not found.latest:
        return found
    if not found.earliest <= s.anchor < found.latest:
        return found
    return replace(found, latest=s.anchor, why=f"{found.why}, up to the report", anchored=True)


def _decade(form: Decade, s: Setting) -> Interval:
    span = {"": (0, 9), "early": (0, 4), "mid": (3, 6), "late": (5, 9), "end": (5, 9)}[form.part]
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
    last = add_months(first, 3) - timedelta(days=1)
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
    other = back(form.unit, -form.count if form.future else form.count, s.anchor)
    first, last = min(other, s.anchor), max(other, s.anchor)
    if form.more and not form.future:
        return Interval(None, last, f"{form.count} {form.unit}(s) or more before the publication date, up to it")
    return Interval(first, last, f"{form.count} {form.unit}(s) counted from the publication date")


def _offset(form: Offset, s: Setting) -> Interval:
    inner = interval(form.form, replace(s, ahead=False))
    if s.behind or inner.earliest is None or inner.latest is None:
        return inner
    why = f"{form.offset:+d} {form.unit}(s) from {inner.why}"
    if inner.earliest == inner.latest:
        first, last = period(form.unit, form.offset, inner.earliest)
    else:
        first, last = (back(form.unit, -form.offset, d) for d in (inner.earliest, inner.latest))
    return replace(inner, earliest=first, latest=last, why=why)


def _whole(form: Form, s: Setting) -> Interval:
    """A period to its end, also where it has not passed yet."""
    if isinstance(form, Relative) and s.anchor:
        return Interval(
            *period(form.unit, form.offset, s.anchor), f"{form.unit} {form.offset:+d} seen from publication"
        )
    if isinstance(form, Calendar):
        return _calendar(form, s)
    return interval(form, s)


def _nth(form: Nth, s: Setting) -> Interval:
    if form.form is None:
        return _nearest(form, s)
    whole = _whole(form.form, s)
    if whole.earliest is None or whole.latest is None:
        return whole
    if form.number == 0:
        first, last = period(form.unit, 0, whole.earliest)
        return replace(whole, earliest=first, latest=last, why=f"the {form.unit} that holds {whole.why}")
    if form.number < 0 and form.unit == "week":
        return replace(whole, earliest=whole.latest - timedelta(days=6), why=f"the last seven days of {whole.why}")
    parts = blocks(form.unit, whole.earliest, whole.latest)
    at = form.number - 1 if form.number > 0 else len(parts) + form.number
    if not 0 <= at < len(parts):
        return _unknown(f"there is no {form.unit} of that number in it")
    first, last = parts[at]
    return replace(whole, earliest=first, latest=last, why=f"{form.unit} {at + 1} of {whole.why}")


def _nearest(form: Nth, s: Setting) -> Interval:
    """A quarter or half of a year that is not named: of this year, or of the last if it has not begun and nothing
    looks forward."""
    if s.anchor is None:
        return _unknown("no year is written and the publication date is unknown")
    first, last = _block(form, s.anchor.year)
    if first > s.anchor and not s.ahead:
        first, last = _block(form, s.anchor.year - 1)
    return Interval(first, last, f"{form.unit} {form.number} of the year nearest to the publication date")


def _block(form: Nth, year: int) -> tuple[date, date]:
    """Raises ValueError if a year has no such part."""
    parts = blocks(form.unit, date(year, 1, 1), date(year, 12, 31))
    if form.unit not in ("quarter", "half") or abs(form.number) > len(parts) or not form.number:
        raise ValueError(form)
    return parts[form.number - (form.number > 0)]


def _easter(form: Easter, s: Setting) -> Interval:
    why = "counted from the Easter Sunday of the Western churches"
    if form.year:
        day = easter_sunday(form.year) + timedelta(days=form.offset)
        return Interval(day, day, why, anchored=False)
    if s.anchor is None:
        return _unknown("no year is written and the publication date is unknown")
    days = [easter_sunday(s.anchor.year + y) + timedelta(days=form.offset) for y in (-1, 0, 1)]
    past = max(d for d in days if d <= s.anchor)
    coming = min(d for d in days if d >= s.anchor)
    near = _NEARER * (coming - s.anchor).days < (s.anchor - past).days
    day = coming if s.ahead or (near and not s.back) else past
    return Interval(day, day, why)


def _century(form: Century, s: Setting) -> Interval:
    first = date(100 * (form.number - 1) + 1, 1, 1)
    return Interval(first, date(100 * form.number, 12, 31), "a century", anchored=False)


def _moment(form: Moment, s: Setting) -> Interval:
    found = interval(form.form, s)
    return replace(found, why=f"{found.why}; {form.zone} is no known time zone") if form.zone else found


def _toward(form: Toward, s: Setting) -> Interval:
    ahead = form.direction == "ahead"
    return interval(form.form, replace(s, ahead=ahead, back=not ahead))


def _undated(form: Duration | Every, s: Setting) -> Interval:
    return _unknown("how long or how often something was is no date")


def _vague(form: Unresolvable, s: Setting) -> Interval:
    kind, _, name = form.why.partition(":")
    if form.refers == "past" and s.anchor:
        return Interval(None, s.anchor, "on or before the publication date; how long before is not said")
    if kind == "calendar":
        return _unknown(f"days of the {name} calendar are not turned into those of the common one")
    return _unknown(_REASONS.get(kind, "the expression fixes no day"))


def _shift(form: Shift, s: Setting) -> Interval:
    if s.context is None or (form.onward and not s.behind):
        return _unknown("counted from another day that the text does not fix")
    if form.onward:
        form = Shift(form.unit, -form.offset)
    if form.unit == "day":
        day = s.context + timedelta(days=form.offset)
        return Interval(day, day, f"{form.offset:+d} day(s) from {s.context}, the day the text speaks of")
    first, last = period(form.unit, form.offset, s.context)
    return Interval(first, last, f"{form.offset:+d} {form.unit}(s) from {s.context}, the day the text speaks of")


def _bound(form: Bound, s: Setting) -> Interval:
    """An open side is closed by the publication date where the statement looks that way."""
    ahead = form.kind in ("until", "from") and s.ahead
    inner = interval(form.form, replace(s, ahead=ahead))
    if not inner.known:
        return inner
    first, last = inner.earliest, inner.latest
    if form.kind in ("since", "from", "after"):
        passed = s.anchor is not None and (first is None or first <= s.anchor)
        return replace(inner, latest=s.anchor if passed and not s.ahead else None, why=f"{form.kind}: {inner.why}")
    named = bare(form.form)
    if form.kind == "before" and not (isinstance(named, Calendar | Decade) and named.part == "end"):
        before = first - timedelta(days=1) if first else None
        return replace(
            inner,
            earliest=s.anchor if s.ahead and before and s.anchor and s.anchor <= before else None,
            latest=before,
            why=f"before: {inner.why}",
        )
    starts = s.anchor if s.anchor and last and s.anchor <= last else None
    return replace(inner, earliest=starts, why=f"{form.kind}: {inner.why}")


def _range(form: Range, s: Setting) -> Interval:
    last = interval(form.last, s)
    opening = form.first
    if isinstance(bare(opening), Weekday) and isinstance(bare(form.last), Weekday):
        return _weekdays(form, s, last)
    if isinstance(opening, Calendar) and isinstance(form.last, Calendar) and opening.year is None and last.earliest:
        month = opening.month or form.last.month or 1
        opening = replace(opening, month=month, year=last.earliest.year - (month > last.earliest.month))
    first = interval(opening, s)
    if first.earliest and last.latest and first.earliest > last.latest:
        return _unknown("the range ends before it begins")
    if not first.known or not last.known:
        return _unknown(first.why if not first.known else last.why)
    return Interval(first.earliest, last.latest, f"from {first.why} to {last.why}", first.anchored or last.anchored)


def _weekdays(form: Range, s: Setting, last: Interval) -> Interval:
    """From one weekday to the next of the other name: what looks forward begins, all else ends, nearest to now."""
    first = interval(form.first, s)
    if first.earliest is None or last.latest is None:
        return _unknown(first.why)
    stretch = timedelta(days=(last.latest.weekday() - first.earliest.weekday()) % 7)
    if s.ahead:
        return replace(first, latest=first.earliest + stretch, why=f"from {first.why}, {stretch.days} days on")
    return replace(last, earliest=last.latest - stretch, why=f"to {last.why}, from {stretch.days} days before")


_READERS: dict[type, Callable[[Any, Setting], Interval]] = {
    Weekday: _weekday,
    Relative: _relative,
    Calendar: _so_far,
    Decade: _decade,
    Season: _season,
    Weekend: _weekend,
    Window: _window,
    Shift: _shift,
    Bound: _bound,
    Range: _range,
    Offset: _offset,
    Nth: _nth,
    Easter: _easter,
    Century: _century,
    Moment: _moment,
    Toward: _toward,
    Duration: _undated,
    Every: _undated,
    Unresolvable: _vague,
}


def interval(form: Form, setting: Setting) -> Interval:
    """The days a form allows in its setting. Never raises for a form a grammar can write."""
    try:
        return _READERS[type(form)](form, setting)
    except (ValueError, OverflowError):
        return _unknown("no calendar has that day")
