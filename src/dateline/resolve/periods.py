"""Calendar arithmetic: weeks, months, quarters, years and what they are made of, as first and last days.

Weeks begin on Monday (ISO 8601); the first week of a month is its first seven days.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_YEARS = {"year": 1, "decade": 10}
_MONTHS_OF = {"month": 1, "quarter": 3, "half": 6}


def month_days(year: int, month: int) -> tuple[date, date]:
    """First and last day of a month."""
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def add_months(day: date, months: int) -> date:
    """The day `months` later, or the last of that month where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def period(unit: str, offset: int, anchor: date) -> tuple[date, date]:
    """First and last day of the calendar week, month, quarter, year or decade `offset` away from the anchor's."""
    if unit == "day":
        day = anchor + timedelta(days=offset)
        return day, day
    if unit == "week":
        monday = anchor - timedelta(days=anchor.weekday()) + timedelta(weeks=offset)
        return monday, monday + timedelta(days=6)
    if unit == "month":
        first = add_months(anchor.replace(day=1), offset)
        return month_days(first.year, first.month)
    if unit == "quarter":
        first = add_months(date(anchor.year, 3 * ((anchor.month - 1) // 3) + 1, 1), 3 * offset)
        return first, add_months(first, 3) - timedelta(days=1)
    year, years = (anchor.year // 10 + offset) * 10 if unit == "decade" else anchor.year + offset, _YEARS[unit]
    return date(year, 1, 1), date(year + years - 1, 12, 31)


def back(unit: str, count: int, anchor: date) -> date:
    """The day `count` units before the anchor (after it if negative)."""
    if unit in ("month", "year"):
        return add_months(anchor, -count * (12 if unit == "year" else 1))
    return anchor - timedelta(days=count * (7 if unit == "week" else 1))


def third(first: date, last: date, part: str) -> tuple[date, date]:
    """The early, mid or late third of a period; all of it for no part."""
    if not part:
        return first, last
    part = "late" if part == "end" else part
    if (last - first).days > 31:
        months = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}[part]
        return date(first.year, months[0], 1), month_days(first.year, months[1])[1]
    days = {"early": (1, 10), "mid": (11, 20), "late": (21, last.day)}[part]
    return first.replace(day=days[0]), first.replace(day=days[1])


def blocks(unit: str, first: date, last: date) -> list[tuple[date, date]]:
    """The days, weekdays of a name, weeks, months, quarters or halves that a period is made of, in order."""
    if unit == "half" and (last - first).days <= 31:
        middle = first + timedelta(days=(last - first).days // 2)
        return [(first, middle), (middle + timedelta(days=1), last)]
    out: list[tuple[date, date]] = []
    if unit in _WEEKDAYS:
        start = first + timedelta(days=(_WEEKDAYS.index(unit) - first.weekday()) % 7)
        return [(d, d) for n in range(54) if (d := start + timedelta(weeks=n)) <= last]
    start = first
    while start <= last:
        months = _MONTHS_OF.get(unit)
        step = {"day": 1, "week": 7}.get(unit, 1)
        after = add_months(start, months) if months else start + timedelta(days=step)
        out.append((start, min(after - timedelta(days=1), last)))
        start = after
    return out


def easter_sunday(year: int) -> date:
    """Easter Sunday by the Gregorian computus (the anonymous algorithm in Meeus, Astronomical Algorithms, ch. 8)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)
