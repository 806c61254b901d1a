"""TIMEX3 types and values (ISO-TimeML) of the product's forms of time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from dateline.language.times import (
    Bound,
    Calendar,
    Century,
    Decade,
    Duration,
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
    Weekend,
    Window,
    bare,
)
from dateline.resolve.days import Interval

UNKNOWN = "XXXX-XX-XX"
_SEASONS = ("WI", "SP", "SU", "FA")
_UNITS = {"second": "TS", "minute": "TM", "hour": "TH", "day": "D", "week": "W", "month": "M", "year": "Y"}
_HALVES = {"minute": "30S", "hour": "30M", "year": "6M", "day": "T12H"}
_LARGER = {"quarter": ("M", 3), "decade": ("Y", 10), "century": ("Y", 100)}


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a text speaks of so far: the last day or month it named, and the last quarter."""

    created: date
    day: date
    quarter: date | None = None

    @property
    def ended(self) -> date:
        """A day of the quarter that had ended when the text was made: the one that a report of figures is of."""
        return self.created.replace(month=3 * ((self.created.month - 1) // 3) + 1, day=1) - timedelta(days=1)

    def after(self, form: Form, found: Interval) -> Spoken:
        """The same after one more expression."""
        if found.earliest is None or found.latest is None or isinstance(bare(form), Window):
            return self
        if grain_of(form) == "quarter":
            return self if isinstance(bare(form), Shift) else replace(self, quarter=found.earliest)
        days = (found.latest - found.earliest).days
        return replace(self, day=found.earliest) if days <= 31 and grain_of(form) != "week" else self


def grain_of(form: Form) -> str:
    """The unit a form names: day, week, month, quarter, half, year, decade, season, weekend or century."""
    inner = bare(form)
    if isinstance(inner, Bound):
        return grain_of(inner.form)
    if isinstance(inner, Range):
        return grain_of(inner.first)
    if isinstance(inner, Relative | Shift | Offset | Nth):
        return inner.unit
    if isinstance(inner, Calendar):
        return "day" if inner.day else "month" if inner.month else "year"
    named = (Decade, "decade"), (Season, "season"), (Weekend, "weekend"), (Century, "century")
    return next((name for kind, name in named if isinstance(inner, kind)), "day")


def type_of(form: Form) -> str:
    """DATE, TIME, DURATION or SET."""
    inner = form.form if isinstance(form, Toward) else form
    if isinstance(inner, Duration) or (isinstance(inner, Window) and (inner.count is not None or inner.unit != "day")):
        return "DURATION"
    if isinstance(inner, Every):
        return "SET"
    return "TIME" if isinstance(inner, Moment) else "DATE"


def value_of(form: Form, found: Interval, spoken: Spoken) -> str:
    """The value of a form whose days are `found`."""
    inner = form.form if isinstance(form, Toward) else form
    if isinstance(inner, Moment):
        day = value_of(inner.form, found, spoken)
        return f"{day}T{inner.time}" if len(day) == len(UNKNOWN) else day
    if isinstance(inner, Duration):
        return length(inner.unit, inner.count)
    if isinstance(inner, Every):
        return f"XXXX-WXX-{inner.day + 1}" if inner.day is not None else length(inner.unit, inner.count)
    if isinstance(inner, Unresolvable):
        return f"{inner.refers.upper()}_REF" if inner.refers else UNKNOWN
    if isinstance(inner, Window):
        if inner.count is None and inner.unit == "day":
            return "FUTURE_REF" if inner.future else "PAST_REF"
        return length(inner.unit, inner.count)
    grain = grain_of(inner)
    if grain == "quarter" and isinstance(inner, Shift):
        return written(grain, spoken.quarter or spoken.ended, inner)
    if spoken.quarter and isinstance(inner, Shift) and inner.unit == "year":
        return written("quarter", spoken.quarter.replace(year=spoken.quarter.year + inner.offset, day=1), inner)
    return written(grain, found.earliest or found.latest, inner)


def length(unit: str, count: float | None) -> str:
    """A duration: P3W, PT90M, P2Y6M, PXY."""
    letter, times = _LARGER.get(unit, (_UNITS.get(unit, "D"), 1))
    if count is None:
        return f"P{letter[:-1]}X{letter[-1]}"
    whole, rest = divmod(count * times, 1)
    finer = _HALVES.get(unit, "") if rest == 0.5 else ""
    return f"P{letter[:-1]}{whole if finer else count * times:g}{letter[-1]}{finer}"


def written(grain: str, day: date | None, form: Form) -> str:
    """A date as coarse as the unit it names."""
    if day is None:
        return UNKNOWN
    if grain in ("week", "weekend"):
        year, week, _ = day.isocalendar()
        return f"{year}-W{week:02}{'-WE' if grain == 'weekend' else ''}"
    if grain == "season" and isinstance(form, Season):
        return f"{day.year + (form.season == 0 and day.month == 12)}-{_SEASONS[form.season]}"
    coarse = {
        "day": str(day),
        "month": f"{day.year:04}-{day.month:02}",
        "quarter": f"{day.year:04}-Q{(day.month + 2) // 3}",
        "half": f"{day.year:04}-H{1 + (day.month > 6)}",
        "year": f"{day.year:04}",
        "decade": f"{day.year // 10:03}",
        "century": f"{day.year // 100:02}",
    }
    return coarse.get(grain, str(day))
