"""Atoms of time expressions: years, decades, seasons, parts of periods, stretches counted from now or another day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from dateline.language.en.dateatoms import (
    DIGIT,
    YEAR,
    Parts,
    Row,
    data,
    month_number,
    number_of,
    part_of,
    some_of,
    timed,
    year_of,
)
from dateline.language.en.patterns import alternatives, plain
from dateline.language.times import (
    Calendar,
    Century,
    Decade,
    Easter,
    Form,
    Nth,
    Range,
    Relative,
    Season,
    Shift,
    Unresolvable,
    Window,
)


def scaled(unit: str, n: int) -> tuple[str, int]:
    """A unit the forms know and how many of it: hours are days where they fill some."""
    if unit in ("hour", "minute"):
        return "day", round(n / 24) if unit == "hour" else 0
    if unit == "fortnight":
        return "week", 2 * n
    if unit == "century":
        return "year", 100 * n
    return ("year", 10 * n) if unit == "decade" else (unit, n)


def _counted(m: re.Match[str]) -> Form | None:
    """ "three days ago", "two weeks later"."""
    d, g = data(), m.groupdict()
    n = number_of(g["n"]) if g["n"] else None
    if g["n"] and n is None:
        return None
    if n is None:
        short = d["units"][g["unit"].lower()] in ("hour", "minute")
        if g["ago"]:
            return Relative("day", 0, eve=True) if short else Window("day")
        return Shift("day", 0) if short else Unresolvable()
    if g["later"] and plain(g["later"]) == "on" and not re.match(r"\s*[,.;:]", m.string[m.end() :]):
        return None
    unit, n = scaled(d["units"][g["unit"].lower()], n)
    if g["ago"]:
        return Relative(unit, -n)
    if g["hence"]:
        return Relative(unit, n)
    return Shift(unit, n if g["later"] else -n)


def _window(m: re.Match[str]) -> Form | None:
    """ "in the past 24 hours", "over the next three weeks", "in the past week"."""
    d, g = data(), m.groupdict()
    future = bool(g["future"])
    unit = d["units"][g["unit"].lower()]
    several = g["some"] or g["unit"].lower().endswith("s")
    n = number_of(g["n"]) if g["n"] else (None if several else 1)
    if g["n"] and n is None:
        return None
    if n is None:
        return Window(scaled(unit, 1)[0], None, future)
    unit, n = scaled(unit, n)
    return Window(unit, n, future)


def _relative(m: re.Match[str]) -> Form:
    """ "last week", "next month", "last decade"."""
    d, g = data(), m.groupdict()
    unit, n = d["units"][g["unit"].lower()], d["which"][plain(g["which"])]
    return Relative(unit, n) if unit == "decade" else Relative(*scaled(unit, n))


def _season(m: re.Match[str]) -> Form | None:
    d, g = data(), m.groupdict()
    if not g["year"] and not g["which"] and not g["lead"]:
        return None
    offset = d["which"][plain(g["which"])] if g["which"] else 0
    return Season(d["seasons"][g["season"].lower()], year_of(g["year"]), offset)


def _ordinal(text: str) -> int:
    n: int = data()["ordinals"][plain(text)]
    return n


def _quarter(m: re.Match[str]) -> Form | None:
    """ "the third quarter", "the first half of 2015"."""
    g = m.groupdict()
    number, unit = _ordinal(g["ordinal"]), data()["year_parts"][plain(g["unit"])]
    named = year_of(g["year"] or g["before"])
    if unit == "half" and not (named or g["owner"]):
        return None
    year = Calendar(named) if named else None
    if g["owner"]:
        return Nth(unit, number, Relative("year", data()["which"][plain(g["owner"])]))
    return Nth(unit, number, year)


def _nth(m: re.Match[str]) -> Form | None:
    """ "the first week of May", "the last day of 2014", "the second half of June"."""
    g = m.groupdict()
    unit = {**data()["units"], **data()["year_parts"]}.get(plain(g["unit"]), plain(g["unit"]))
    of = Calendar(year_of(g["year"]), month_number(g["month"])) if g["month"] else Calendar(int(g["year2"]))
    return Nth(unit, _ordinal(g["ordinal"]), of)


def _week_of(m: re.Match[str]) -> Form:
    g = m.groupdict()
    day = g["day"] or g["day2"]
    return Nth("week", 0, Calendar(year_of(g["year"]), month_number(g["month"]), int(day)))


def _decade(m: re.Match[str]) -> Form:
    g = m.groupdict()
    if g["year"]:
        return Decade(int(g["year"]), part_of(g["part"]))
    return Decade(1900 + int(g["short"]) if g["short"] else data()["decades"][g["word"].lower()], part_of(g["part"]))


def _bare_year(m: re.Match[str]) -> Form | None:
    """A year that no word announces: only one of living memory, and only where the number looks like nothing else."""
    year = int(m["year"])
    return Calendar(year) if 1900 <= year < 2050 else None


def _years(m: re.Match[str]) -> Form:
    """ "1992-95"."""
    first, last = int(m["first"]), int(m["last"])
    return Range(Calendar(first), Calendar(last if last > 99 else first - first % 100 + last))


def _whole_year(m: re.Match[str]) -> Form:
    return Calendar(int(m["year"]), None, None, part_of(m["part"]))


def _year_rows(d: dict[str, Any], p: Parts) -> Iterator[Row]:
    yield (DIGIT,), rf"(?:{alternatives(d['year_leads'])})\s+(?:the\s+)?(?:year\s+)?{p.parts}{YEAR}", _whole_year
    yield (DIGIT,), rf"(?P<part>{alternatives(d['parts'])})[\s-]*{YEAR}", _whole_year
    year = r"(?:1[89]|20)\d\d"
    lead = r"(?:(?:in|from|of|the|during|between)\s+)?"
    yield (DIGIT,), rf"{lead}(?P<first>{year})\s?[-–—/]\s?(?P<last>{year}|\d\d)(?![\w-])", _years
    owners = alternatives(d["year_owners"])
    yield (DIGIT,), rf"(?:{owners})\s+{YEAR}(?=\s+[^\W\d])", lambda m: Calendar(int(m["year"]))
    counted = rf"(?!\s+(?:{alternatives(d['counted'])}|[a-z]+s)\b)"
    yield (DIGIT,), rf"(?<![$€£#/.,\d-])(?!\d\d00){YEAR}{counted}", _bare_year
    words = alternatives(d["decades"])
    named = rf"(?P<year>(?:1[89]|20)\d0)['’]?s|['’](?P<short>\d0)s|(?P<word>{words})"
    yield (some_of(d["decades"], ["s"]),), rf"(?:the\s+)?{p.parts}(?:{named})\b", _decade
    number = rf"(?P<n>\d{{1,2}})(?:st|nd|rd|th)|(?P<ordinal>{alternatives(d['ordinals'])})"
    yield (some_of(["century", "centuries"]),), rf"(?:the\s+)?{p.parts}(?:{number})[\s-]centur(?:y|ies)\b", _century


def _century(m: re.Match[str]) -> Form | None:
    number = int(m["n"]) if m["n"] else _ordinal(m["ordinal"])
    return Century(number) if number > 0 else None


def _part_rows(d: dict[str, Any], p: Parts) -> Iterator[Row]:
    """Quarters, halves, weeks of months, feasts, seasons."""
    ordinals = rf"(?P<ordinal>{alternatives(d['ordinals'])})"
    ordinal_words = some_of(d["ordinals"])
    parts = alternatives(d["year_parts"])
    owner = rf"(?P<owner>{alternatives(d['which'])})\s+year['’]s\s+"
    before = rf"(?:{owner}|(?:the\s+|fiscal[\s-]|(?P<before>(?:19|20)\d\d)\s+)*)?"
    of_year = rf"(?:[\s,]+(?:of\s+)?(?:fiscal\s+)?(?:the\s+year\s+)?{YEAR})?"
    yield (
        (some_of(d["year_parts"]), ordinal_words),
        rf"{p.time}{before}{ordinals}[\s-](?:fiscal[\s-])?(?P<unit>{parts})\b{of_year}",
        _quarter,
    )
    of = rf"of\s+(?:{p.month}(?:,?\s+(?:of\s+)?{YEAR})?|(?:the\s+year\s+)?(?P<year2>(?:1[89]|20)\d\d)\b)"
    unit = rf"(?P<unit>week|day|month|{parts}|{alternatives(d['long_weekdays'])})"
    yield (some_of(["of"]), ordinal_words), rf"{p.time}{ordinals}\s+{unit}\s+{of}", _nth
    day = rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+)?{p.month}(?(day)|\s+(?P<day2>\d{{1,2}}))(?!\d)"
    yield (
        (some_of(["week"]), DIGIT),
        rf"{p.time}week\s+(?:of|beginning|ending|starting)\s+{day}(?:,?\s+{YEAR})?",
        _week_of,
    )
    easter = alternatives(_feasts(d))
    yield (some_of(_feasts(d)), DIGIT), rf"{p.time}(?P<feast>{easter})(?:,?\s+(?:of\s+|in\s+)?{YEAR})", _feast
    seasons = alternatives(d["seasons"])
    lead = rf"(?P<lead>(?:{alternatives(d['season_leads'])})\s+)?"
    yield (
        (some_of(d["seasons"]),),
        rf"{lead}{p.parts}{p.which}(?P<season>{seasons})(?:['’]s)?(?:\s+(?:of\s+)?{YEAR})?\b",
        _season,
    )


def _feasts(d: dict[str, Any]) -> dict[str, int]:
    """Feasts counted from Easter, with their distance in days."""
    return {name: form[1] for name, form in d["fixed"].items() if form and form[0] == "easter"}


def _feast(m: re.Match[str]) -> Form:
    return Easter(_feasts(data())[plain(m["feast"])], int(m["year"]))


def _running(m: re.Match[str]) -> Form | None:
    """ "For the third day": from two days ago until now."""
    number = _ordinal(m["ordinal"])
    return Window(*scaled(data()["units"][m["unit"].lower()], number - 1)) if number > 1 else None


def _counted_rows(d: dict[str, Any], p: Parts) -> Iterator[Row]:
    units = rf"(?P<unit>{alternatives(d['units'])})\b"
    some = alternatives(d["some"])
    turn = "|".join(rf"(?P<{k}>{alternatives(d[k])})" for k in ("ago", "hence", "later", "before"))
    turn = rf"(?:{turn})\b"
    turns, unit_words = some_of(*(d[k] for k in ("ago", "hence", "later", "before"))), some_of(d["units"])
    about = rf"(?:(?:{alternatives(d['about'])})\s+)?"
    count = rf"{about}(?:a\s+(?:{some})|(?:{some})|{p.number})(?:\s+or\s+(?:so|more|[a-z]+))?"
    yield (turns, unit_words), rf"{count}[\s-]+{units}(?:\s+or\s+so)?\s+{turn}", timed(_counted)
    yield (turns, unit_words), rf"(?P<n>(?!))?(?P<unit>{alternatives(d['plural_lengths'])})\s+{turn}", _counted
    when = rf"(?:(?P<past>{alternatives(d['window_past'])})|(?P<future>{alternatives(d['window_future'])}))"
    whens = some_of(d["window_past"], d["window_future"])
    ordinal, straight = alternatives(d["ordinals"]), alternatives(d["straight"])
    nth = rf"for\s+(?:a|the)\s+(?P<ordinal>{ordinal})\s+(?:(?:{straight})\s+)?{units}(?:\s+(?:{straight})\b)?"
    nth += rf"(?!\s+(?:on\s+)?(?:{p.weekdays}))"
    yield (some_of(d["ordinals"]), unit_words), nth, _running
    lead = rf"(?:(?:{alternatives(d['window_leads'])})\s+)?"
    much = rf"(?:(?P<some>{some})|{p.number})\s+"
    yield (whens, unit_words), rf"{lead}(?:the|these)\s+{when}\s+(?:{much})?{units}", _window
    yield (whens, unit_words), rf"{lead}{when}\s+{much}{units}", _window


def period_rows(d: dict[str, Any], p: Parts) -> Iterator[Row]:
    """Years, seasons, parts of periods, and stretches counted from now or from another day."""
    yield from _year_rows(d, p)
    yield from _part_rows(d, p)
    yield from _counted_rows(d, p)
    periods = alternatives(d["periods"])
    yield (
        (some_of(d["periods"]), some_of(d["which"])),
        rf"(?:the\s+)?{p.which.removesuffix('?')}(?:fiscal\s+)?(?P<unit>{periods})\b(?:['’]s)?",
        _relative,
    )
