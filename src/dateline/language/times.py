"""What a date expression means, free of any language: the forms a grammar writes and the date resolver reads.

A form says nothing about a calendar day by itself; `resolve/dates.py` turns it into bounds, given an anchor.
`dump` and `parse` are inverse: the norm of a DATE mention is the canonical JSON of its form.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from typing import Any, Protocol, get_args

UNITS = ("day", "week", "month", "quarter", "year")
PARTS = ("minute", "hour", *UNITS, "decade", "century")
"""Units of calendar time that days are counted in, and those that a duration may be measured in."""


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week, Monday 0. `which`: near (past unless planned), last, this or next."""

    day: int
    which: str = "near"


@dataclass(frozen=True, slots=True)
class Relative:
    """A whole day or larger unit counted from the anchor: yesterday is (day, -1), last month (month, -1).

    `until_now` cuts what lies after the anchor ("earlier this week"); `eve` begins the day before ("overnight").
    """

    unit: str
    offset: int
    until_now: bool = False
    eve: bool = False


@dataclass(frozen=True, slots=True)
class Calendar:
    """A calendar date as far as it is written. `part`: early, mid, late, end or empty; `which`: near, last, this,
    next, or year-1 and the like for a year counted from the anchor's; `weekday`: the weekday written beside it."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    part: str = ""
    which: str = "near"
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Decade:
    """Ten years from `year`, or a part of them."""

    year: int
    part: str = ""


@dataclass(frozen=True, slots=True)
class Season:
    """A season of the northern calendar: 0 winter, 1 spring, 2 summer, 3 autumn, of a year or counted from now."""

    season: int
    year: int | None = None
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Weekend:
    """Saturday and Sunday: the near (-1 last, 0 this or just past, 1 next)."""

    offset: int = 0


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch that ends (or, in the future, begins) at the anchor. `count` None: of unknown length; `more`: it may
    be longer than the count."""

    unit: str
    count: int | None = None
    future: bool = False
    more: bool = False


@dataclass(frozen=True, slots=True)
class Shift:
    """Days counted from the day the text speaks of: "the same day" 0, "the next day" 1. `unit` may be larger.

    `onward`: counted from what the words behind it name ("two days after the raid").
    """

    unit: str
    offset: int
    onward: bool = False


@dataclass(frozen=True, slots=True)
class Offset:
    """A unit counted from what another form means: "two days after Friday" is (day, 2, Friday)."""

    unit: str
    offset: int
    form: Form


@dataclass(frozen=True, slots=True)
class Nth:
    """One of the weeks, months, quarters, halves or days that another form (None: the year) is made of.

    `number` 1 is the first, -1 the last, 0 the one that holds the form ("the week of 6 March").
    """

    unit: str
    number: int
    form: Form | None = None


@dataclass(frozen=True, slots=True)
class Easter:
    """A day counted from the Easter Sunday of the Western churches, of a year or of the nearest."""

    offset: int = 0
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Century:
    """A century by its ordinal number."""

    number: int


@dataclass(frozen=True, slots=True)
class Moment:
    """A time of a day. `time`: hours and minutes ("22:00"), or MO, MI, AF, EV, NI, DT for morning, midday, afternoon,
    evening, night, daytime. `zone`: as written, if no known time zone."""

    form: Form
    time: str
    zone: str = ""


@dataclass(frozen=True, slots=True)
class Toward:
    """A form in words that look forward ("ahead") or tell what has been ("back")."""

    direction: str
    form: Form


@dataclass(frozen=True, slots=True)
class Duration:
    """How long something takes; it dates nothing. `count` None: a length that is not said."""

    unit: str
    count: float | None = None


@dataclass(frozen=True, slots=True)
class Every:
    """How often: each time that many units pass; `day`: on that weekday, Monday 0. It dates nothing."""

    unit: str
    count: float | None = 1
    day: int | None = None


@dataclass(frozen=True, slots=True)
class Unresolvable:
    """An expression of time that fixes no day. `refers`: to the present, past or future as such. `why`: the known
    reason: the name of a calendar that is not the common one ("calendar:Islamic"), a "movable" feast, or a day and
    month written in an order nobody can tell ("order")."""

    refers: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Bound:
    """One-sided: since, from (what may be yet to come), until, before or after another form."""

    kind: str
    form: Form


@dataclass(frozen=True, slots=True)
class Range:
    """From one form to another, both inclusive."""

    first: Form
    last: Form


Form = (
    Weekday
    | Relative
    | Calendar
    | Decade
    | Season
    | Weekend
    | Window
    | Shift
    | Offset
    | Nth
    | Easter
    | Century
    | Moment
    | Toward
    | Duration
    | Every
    | Unresolvable
    | Bound
    | Range
)
_KINDS: dict[str, Any] = {k.__name__.lower(): k for k in get_args(Form)}


def _plain(form: Any) -> Any:
    if type(form) in _KINDS.values():
        return [type(form).__name__.lower(), *(_plain(getattr(form, f.name)) for f in fields(form))]
    return form


def dump(form: Form) -> str:
    """The form as canonical JSON."""
    return json.dumps(_plain(form), separators=(",", ":"))


def built(data: Any) -> Any:
    """The form of a list of its name and its arguments. Raises KeyError or TypeError where it is none."""
    if isinstance(data, list):
        kind, *values = data
        return _KINDS[kind](*(built(v) for v in values))
    return data


def parse(norm: str) -> Form:
    """The form of a norm; what cannot be read is Unresolvable, so that a foreign norm never stops a report."""
    try:
        form: Form = built(json.loads(norm))
    except (ValueError, KeyError, TypeError):
        return Unresolvable()
    return form if type(form) in _KINDS.values() else Unresolvable()


def bare(form: Form) -> Form:
    """A form without the direction and the time of day around it."""
    while isinstance(form, Toward | Moment):
        form = form.form
    return form


class Grammar(Protocol):
    """Reads the norm of a DATE mention."""

    def parse(self, norm: str) -> Form:
        """The form of a norm."""
        ...


def is_near(form: Form) -> bool:
    """Whether a form fixes a day, a week or a month, so that what else happened then may share it."""
    return is_day(form) or _grain(form) in ("week", "month")


def is_day(form: Form) -> bool:
    """Whether a form fixes a day, or a few: a weekend, a stretch from day to day."""
    return _grain(form) == "day"


def _grain(form: Form) -> str:
    """The unit that a form fixes; empty if it fixes none."""
    inner = bare(form)
    if isinstance(inner, Range):
        ends = {_grain(inner.first), _grain(inner.last)}
        return ends.pop() if len(ends) == 1 else ""
    if isinstance(inner, Calendar):
        return "day" if inner.day else "month" if inner.month else "year"
    if isinstance(inner, Relative | Shift | Offset | Nth):
        return inner.unit
    return "day" if isinstance(inner, Weekday | Weekend | Easter) else ""
