"""Interval arithmetic on the language-free forms of `language/times.py`: the days an expression of time allows.

The anchor is the day the report was filed or published. Without one, only what names its own year resolves (law 2: an
expression nobody can place keeps its words and has no bounds). What holds no other expression is read in `days.py`. The
first week of a month is its first seven days.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
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
from dateline.resolve import days
from dateline.resolve.days import Interval, Setting
from dateline.resolve.periods import back, blocks, period


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
        return days.calendar(form, s)
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
        return days.unknown(f"there is no {form.unit} of that number in it")
    first, last = parts[at]
    return replace(whole, earliest=first, latest=last, why=f"{form.unit} {at + 1} of {whole.why}")


def _nearest(form: Nth, s: Setting) -> Interval:
    """A quarter or half of a year that is not named: of this year, or of the last if it has not begun and nothing
    looks forward."""
    if s.anchor is None:
        return days.unknown("no year is written and the publication date is unknown")
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


def _moment(form: Moment, s: Setting) -> Interval:
    found = interval(form.form, s)
    return replace(found, why=f"{found.why}; {form.zone} is no known time zone") if form.zone else found


def _toward(form: Toward, s: Setting) -> Interval:
    ahead = form.direction == "ahead"
    return interval(form.form, replace(s, ahead=ahead, back=not ahead))


def _shift(form: Shift, s: Setting) -> Interval:
    if s.context is None or (form.onward and not s.behind):
        return days.unknown("counted from another day that the text does not fix")
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
        return days.unknown("the range ends before it begins")
    if not first.known or not last.known:
        return days.unknown(first.why if not first.known else last.why)
    return Interval(first.earliest, last.latest, f"from {first.why} to {last.why}", first.anchored or last.anchored)


def _weekdays(form: Range, s: Setting, last: Interval) -> Interval:
    """From one weekday to the next of the other name: what looks forward begins, all else ends, nearest to now."""
    first = interval(form.first, s)
    if first.earliest is None or last.latest is None:
        return days.unknown(first.why)
    stretch = timedelta(days=(last.latest.weekday() - first.earliest.weekday()) % 7)
    if s.ahead:
        return replace(first, latest=first.earliest + stretch, why=f"from {first.why}, {stretch.days} days on")
    return replace(last, earliest=last.latest - stretch, why=f"to {last.why}, from {stretch.days} days before")


_READERS: dict[type, Callable[[Any, Setting], Interval]] = {
    Weekday: days.weekday,
    Relative: days.relative,
    Calendar: days.so_far,
    Decade: days.decade,
    Season: days.season,
    Weekend: days.weekend,
    Window: days.window,
    Shift: _shift,
    Bound: _bound,
    Range: _range,
    Offset: _offset,
    Nth: _nth,
    Easter: days.easter,
    Century: days.century,
    Moment: _moment,
    Toward: _toward,
    Duration: days.undated,
    Every: days.undated,
    Unresolvable: days.vague,
}


def interval(form: Form, setting: Setting) -> Interval:
    """The days a form allows in its setting. Never raises for a form a grammar can write."""
    try:
        return _READERS[type(form)](form, setting)
    except (ValueError, OverflowError):
        return days.unknown("no calendar has that day")
