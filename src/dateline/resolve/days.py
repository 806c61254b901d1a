"""The days that one expression of time allows by itself: weekdays, calendar days and periods, seasons, stretches.

`intervals.py` reads those that hold another. Weeks begin on Monday (ISO 8601). Seasons are the northern meteorological
ones. A third of a month or year is meant by early, mid and late.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from dateline.language.times import (
    Calendar,
    Century,
    Decade,
    Duration,
    Easter,
    Every,
    Relative,
    Season,
    Unresolvable,
    Weekday,
    Weekend,
    Window,
)
from dateline.resolve.periods import add_months, back, easter_sunday, month_days, period, third

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


def unknown(why: str) -> Interval:
    """No day, and why."""
    return Interval(None, None, why, anchored=False)


def weekday(form: Weekday, s: Setting) -> Interval:
    """A weekday, by which one is said and where the statement looks."""
    if s.anchor is None:
        return unknown("a weekday without a publication date is no date")
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


def relative(form: Relative, s: Setting) -> Interval:
    """A period counted from the publication date: today, last month."""
    if s.anchor is None:
        return unknown("an expression counted from the publication date, which is unknown")
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


def calendar(form: Calendar, s: Setting) -> Interval:
    """A calendar day, month or year; a missing year is the nearest that fits."""
    year, chosen = form.year, ""
    if year is None:
        if s.anchor is None:
            return unknown("no year is written and the publication date is unknown")
        year = _with_year(form, s, s.anchor)
        if year is None:
            return unknown("no calendar has that day")
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
        return unknown("no calendar has that day")


def so_far(form: Calendar, s: Setting) -> Interval:
    """A calendar day or period; one that the report falls in up to the report, if the act has been."""
    found = calendar(form, s)
    if not s.done or s.anchor is None or not found.earliest or not found.latest:
        return found
    if not found.earliest <= s.anchor < found.latest:
        return found
    return replace(found, latest=s.anchor, why=f"{found.why}, up to the report", anchored=True)


def decade(form: Decade, s: Setting) -> Interval:
    """The years of a decade, or of a part of it."""
    span = {"": (0, 9), "early": (0, 4), "mid": (3, 6), "late": (5, 9), "end": (5, 9)}[form.part]
    first, last = date(form.year + span[0], 1, 1), date(form.year + span[1], 12, 31)
    return Interval(first, last, "years of a decade", anchored=False)


def season(form: Season, s: Setting) -> Interval:
    """A season, northern and meteorological."""
    year = form.year
    if year is None:
        if s.anchor is None:
            return unknown("a season without a year or publication date")
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


def weekend(form: Weekend, s: Setting) -> Interval:
    """Saturday and Sunday."""
    if s.anchor is None:
        return unknown("a weekend without a publication date")
    saturday = s.anchor + timedelta(days=5 - s.anchor.weekday())
    if form.offset == 0 and not s.ahead and s.anchor.weekday() < 5:
        saturday -= timedelta(weeks=1)
    elif form.offset:
        saturday += timedelta(weeks=form.offset)
    last = saturday + timedelta(days=1)
    if form.offset == 0 and not s.ahead:
        last = min(last, max(s.anchor, saturday))
    return Interval(saturday, last, "Saturday and Sunday next to the publication date")


def window(form: Window, s: Setting) -> Interval:
    """A stretch of time up to the publication date, or from it on."""
    if s.anchor is None:
        return unknown("a stretch of time counted from the publication date, which is unknown")
    if form.count is None:
        if form.future:
            return Interval(s.anchor, None, "on or after the publication date; how long after is not said")
        return Interval(None, s.anchor, "on or before the publication date; how long before is not said")
    other = back(form.unit, -form.count if form.future else form.count, s.anchor)
    first, last = min(other, s.anchor), max(other, s.anchor)
    if form.more and not form.future:
        return Interval(None, last, f"{form.count} {form.unit}(s) or more before the publication date, up to it")
    return Interval(first, last, f"{form.count} {form.unit}(s) counted from the publication date")


def easter(form: Easter, s: Setting) -> Interval:
    """A day counted from Easter Sunday."""
    why = "counted from the Easter Sunday of the Western churches"
    if form.year:
        day = easter_sunday(form.year) + timedelta(days=form.offset)
        return Interval(day, day, why, anchored=False)
    if s.anchor is None:
        return unknown("no year is written and the publication date is unknown")
    days = [easter_sunday(s.anchor.year + y) + timedelta(days=form.offset) for y in (-1, 0, 1)]
    past = max(d for d in days if d <= s.anchor)
    coming = min(d for d in days if d >= s.anchor)
    near = _NEARER * (coming - s.anchor).days < (s.anchor - past).days
    day = coming if s.ahead or (near and not s.back) else past
    return Interval(day, day, why)


def century(form: Century, s: Setting) -> Interval:
    """The years of a century."""
    first = date(100 * (form.number - 1) + 1, 1, 1)
    return Interval(first, date(100 * form.number, 12, 31), "a century", anchored=False)


def undated(form: Duration | Every, s: Setting) -> Interval:
    """A length or a set of times is no date."""
    return unknown("how long or how often something was is no date")


def vague(form: Unresolvable, s: Setting) -> Interval:
    """What fixes no day, and why."""
    kind, _, name = form.why.partition(":")
    if form.refers == "past" and s.anchor:
        return Interval(None, s.anchor, "on or before the publication date; how long before is not said")
    if kind == "calendar":
        return unknown(f"days of the {name} calendar are not turned into those of the common one")
    return unknown(_REASONS.get(kind, "the expression fixes no day"))
