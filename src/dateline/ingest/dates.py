"""Publication dates as metadata writes them → calendar date, in the source's own offset."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import cache

from dateline.data import load_yaml

FIRST_YEAR, LAST_YEAR = 1600, 2199
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?![\d-])")
_SLASHED = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?!\d)")
_BASIC = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\d{4}|\d{6}|T\d{2,6}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?)?$")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?!\d)")
_EPOCH = re.compile(r"(\d{10})(\d{3})?(?:\.\d+)?$")


@cache
def _months() -> tuple[dict[str, int], str]:
    names = {
        str(name): int(n)
        for n, all_ in load_yaml("dateline.ingest.data", "dates.yaml")["months"].items()
        for name in all_
    }
    return names, "|".join(sorted(names, key=lambda n: (-len(n), n)))


@cache
def _named() -> tuple[re.Pattern[str], re.Pattern[str]]:
    _, months = _months()
    day = r"(\d{1,2})(?:st|nd|rd|th)?"
    return (
        re.compile(rf"(?<!\d){day}[\s-]+(?:of\s+)?({months})\b\.?,?[\s-]+(\d{{4}})(?!\d)", re.I),
        re.compile(rf"\b({months})\b\.?[\s-]+{day},?[\s-]+(\d{{4}})(?!\d)", re.I),
    )


def parse_date(raw: str, *, day_first: bool) -> date:
    """The calendar day a metadata value names.

    ISO 8601, RFC 2822, "17 November 2015", "Nov 17, 2015", 17/11/2015 (`day_first` decides where both
    readings are dates), seconds or milliseconds since 1970 (UTC). Raises ValueError saying what is wrong:
    no full date in it, or a day that does not exist. Never fills in a missing part.
    """
    text = " ".join(raw.split())
    if m := _ISO.match(text) or _SLASHED.match(text) or _BASIC.match(text):
        return _day(raw, int(m[1]), int(m[2]), int(m[3]))
    if m := _EPOCH.match(text):
        return _checked(datetime.fromtimestamp(int(m[1]), UTC).date(), raw)
    dmy, mdy = _named()
    months, _ = _months()
    if m := dmy.search(text):
        return _day(raw, int(m[3]), months[m[2].casefold()], int(m[1]))
    if m := mdy.search(text):
        return _day(raw, int(m[3]), months[m[1].casefold()], int(m[2]))
    if m := _NUMERIC.search(text):
        first, second, year = int(m[1]), int(m[3]), int(m[4])
        month_first = second > 12 or (first <= 12 and not day_first)
        return _day(raw, year, *((first, second) if month_first else (second, first)))
    if m := _ISO.search(text) or _SLASHED.search(text):
        return _day(raw, int(m[1]), int(m[2]), int(m[3]))
    raise ValueError(f"{raw!r} names no full date")


def names_a_day(text: str) -> bool:
    """Whether a text holds a day, a month by name and a year of four digits."""
    return any(pattern.search(text) for pattern in _named())


def _day(raw: str, year: int, month: int, day: int) -> date:
    try:
        return _checked(date(year, month, day), raw)
    except ValueError:
        raise ValueError(f"{raw!r} is not a day that exists between {FIRST_YEAR} and {LAST_YEAR}") from None


def _checked(day: date, raw: str) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"{raw!r} is not between {FIRST_YEAR} and {LAST_YEAR}")
    return day
