"""Atoms of time expressions: patterns of days, weekdays, months and times of day, each with the form it builds.

`dateperiods.py` and `datelengths.py` hold the others; `dategrammar.py` puts atoms together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from dateline.data import load_yaml
from dateline.language import times
from dateline.language.en.numbers import value_of
from dateline.language.en.patterns import alternatives, plain
from dateline.language.times import Calendar, Form, Moment, Range, Relative, Shift, Unresolvable, Weekday

Builder = Callable[[re.Match[str]], Form | None]
Needle = tuple[frozenset[str], ...]
Row = tuple[Needle, str, Builder]
"""Words of which the passage must have one of each set for the atom to be tried, its pattern, its builder."""

DIGIT = frozenset("#")
"""In the words of a passage it stands for any digit."""
_LETTERS = re.compile(r"[^\W\d_]+")

YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)(?![\d,.–—/]\d|\w|-\w)"
_DAY, _TILL = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?", r"(?P<till>\d{1,2})(?:st|nd|rd|th)?"
_CENTURY = 100
"""Years of two digits are read in the hundred years that end fifty years after this one: 1951 to 2050."""


@cache
def number() -> str:
    """A pattern of a numeral or of number words, as the group n."""
    held = load_yaml("dateline.language.en.data", "numbers.yaml")
    words = alternatives([*held["units"], *held["scales"]])
    return rf"(?P<n>an?|\d+[\s-]1/2|\d+(?:[.,]\d+)*|(?:{words})(?:[\s-](?:and\s+)?(?:{words}))*)"


def words_of(text: str) -> frozenset[str]:
    """The runs of letters of a text in lower case, and "#" if it has a digit."""
    found = _LETTERS.findall(text.lower())
    return frozenset((*found, *DIGIT)) if any(c.isdigit() for c in text) else frozenset(found)


def some_of(*lists: Iterable[str]) -> frozenset[str]:
    """One run of letters of each phrase, the longest: without it the phrase cannot stand in a text."""
    phrases = (str(phrase).lower() for held in lists for phrase in held)
    return frozenset(max(runs, key=len) for phrase in phrases if (runs := _LETTERS.findall(phrase)))


def data() -> dict[str, Any]:
    """The words of time."""
    held: dict[str, Any] = load_yaml("dateline.language.en.data", "dates.yaml")
    return held


@dataclass(frozen=True, slots=True)
class Parts:
    """Pieces of patterns that several atoms share."""

    month: str
    weekdays: str
    lead: str
    time: str
    leads: str
    moment: str
    parts: str
    which: str
    mid: str
    number: str


def _dotted(names: Iterable[str], short: Iterable[str]) -> str:
    """Names of months or days; the short ones may end in a full stop."""
    return rf"(?:(?:{alternatives(short)})\b\.?|(?:{alternatives(names)})\b)"


@cache
def shared() -> Parts:
    """The shared pieces."""
    d = data()
    prepositions = alternatives([*d["prepositions"], *d["bounds"], *d["range_mid"]])
    return Parts(
        month=rf"(?P<month>{_dotted(d['months'], d['short_months'])})",
        weekdays=_dotted(d["weekdays"], d["short_weekdays"]),
        lead=rf"(?P<lead>(?:{prepositions})\s+)?(?:the\s+)?",
        time=rf"(?:(?:{prepositions})\s+)?(?:the\s+)?",
        leads=rf"(?:(?:{alternatives(d['day_leads'])})\s+)?",
        moment=rf"(?:\s+(?:{alternatives(d['day_parts'])})\b)?",
        parts=rf"(?:(?P<part>{alternatives(d['parts'])})[\s-]*)?",
        which=rf"(?:(?P<which>{alternatives(d['which'])})\s+)?",
        mid=rf"\s?(?:{alternatives(d['range_mid'])})\s?",
        number=number(),
    )


def month_number(name: str) -> int:
    """1 to 12."""
    n: int = data()["months"][name.lower().rstrip(".")]
    return n


def year_of(text: str | None) -> int | None:
    """A year as written, of four digits."""
    return int(text) if text else None


def part_of(text: str | None) -> str:
    """early, mid, late, or nothing."""
    return str(data()["parts"].get(plain(text), "")) if text else ""


def which_of(text: str | None) -> str:
    """last, this, next, or near."""
    if not text:
        return "near"
    offset = data()["which"].get(plain(text))
    return {-1: "last", 0: "this", 1: "next"}.get(offset, "near")


def number_of(text: str) -> int | None:
    """A count of units; None for "a few"."""
    t = plain(text)
    if t in ("a", "an"):
        return 1
    return value_of(t)


def timed(build: Builder) -> Builder:
    """The builder's form at the time of day that the words name, if they name one."""
    parts: Mapping[str, str] = data()["day_parts"]
    named = re.compile(rf"\b(?:{alternatives(parts)})(?!\w)", re.IGNORECASE)

    def made(m: re.Match[str]) -> Form | None:
        form = build(m)
        found = named.findall(m.group())
        return Moment(form, parts[plain(found[-1])]) if found and form and not isinstance(form, Range) else form

    return made


def _full(m: re.Match[str]) -> Form:
    """Day, month and perhaps year, or a span of days of one month."""
    g = m.groupdict()
    which = which_of(g.get("which"))
    named = plain(g["named"] or "").rstrip(".")
    first = Calendar(
        year_of(g["year"]), month_number(g["month"]), int(g["day"]), "", which, data()["weekdays"].get(named)
    )
    if not g["till"]:
        return first
    return Range(first, Calendar(first.year, first.month, int(g["till"])))


def _month_only(m: re.Match[str]) -> Form | None:
    g = m.groupdict()
    name = g["month"].lower().rstrip(".")
    sure = g["year"] or g["part"] or g["which"] or g["lead"]
    if not sure and (name in data()["ambiguous_months"] or not g["month"][0].isupper() or m.string.isupper()):
        return None
    if not g["year"] and (not g["month"][0].isupper() or (name in data()["ambiguous_months"] and _is_name(m))):
        return None
    return Calendar(year_of(g["year"]), month_number(name), None, part_of(g["part"]), which_of(g["which"]))


def _is_name(m: re.Match[str]) -> bool:
    """Whether a word that may be a month joins names ("and Jan Kavan") or has a name behind it."""
    return plain(m["lead"] or "") in data()["range_mid"] or re.match(r"\s[A-Z]", m.string[m.end() :]) is not None


def _weekday(m: re.Match[str]) -> Form | None:
    g = m.groupdict()
    name = g["weekday"].lower().rstrip(".")
    if name in data()["short_weekdays"] and not (g["weekday"].endswith(".") or plain(g["lead"] or "") == "on"):
        return None
    return Weekday(data()["weekdays"][name], which_of(g["which"]))


def _weekday_bare(m: re.Match[str]) -> Form | None:
    """ "Saturdays blast", where a text has lost its apostrophes; "on Saturdays" and "Saturdays at noon" are habits."""
    before, after = m.string[: m.start()].split()[-1:], m.string[m.end() :].split()[:1]
    habit = before and before[0].lower() in data()["habit_before"]
    if habit or not after or not after[0].islower() or after[0].strip(",.;") in data()["habit_after"]:
        return None
    return Weekday(data()["weekdays"][m["weekday"].lower()], "near")


def _weekday_away(m: re.Match[str]) -> Form:
    """ "a week ago Friday", "a week from Tuesday": that day, as many weeks away."""
    day = Weekday(data()["weekdays"][m["weekday"].lower().rstrip(".")])
    n = number_of(m["n"]) or 1
    return times.Offset("day", -7 * n if m["ago"] else 7 * n, day)


def _slashed(m: re.Match[str]) -> Form | None:
    """ "17/11/2015": nothing where day and month could change places."""
    a, b, year = int(m["a"]), int(m["b"]), int(m["y"])
    if year < _CENTURY:
        year += 2000 if year <= 50 else 1900
    if a == b or b > 12:
        return Calendar(year, a, b)
    return Calendar(year, b, a) if a > 12 else Unresolvable(why="order")


def day_rows(d: dict[str, Any], p: Parts) -> Iterator[Row]:
    """Calendar days, months and weekdays."""
    months, year = some_of(d["months"]), rf"(?:,?\s+(?:of\s+)?{YEAR})?"
    weekday = rf"{p.time}{p.leads}(?:(?P<named>{p.weekdays}),?\s+)?(?:the\s+)?{p.leads}"
    not_day = r"(?!\d|:\d|,\d\d\d\b|\s*(?:%|percent))"
    yield (DIGIT,), r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)", lambda m: Calendar(int(m["y"]), int(m["m"]), int(m["d"]))
    yield (DIGIT,), r"(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<y>\d{4}|\d\d)(?![\d/])", _slashed
    to_month = rf"{weekday}{_DAY}(?:{p.mid}{_TILL})?\s+(?:of\s+)?{p.month}{year}{p.moment}"
    yield (months, DIGIT), to_month, timed(_full)
    to_day = rf"{weekday}{p.which}{p.month}\s?(?:the\s+)?{_DAY}{not_day}(?:{p.mid}{_TILL}\b)?(?:,?\s+{YEAR})?{p.moment}"
    yield (months, DIGIT), to_day, timed(_full)
    yield (months,), rf"{p.lead}{p.parts}{p.which}{p.month}{year}(?!\s*\d)", _month_only
    weekdays = some_of(d["weekdays"])
    named = rf"(?P<weekday>{p.weekdays})(?:['’]s)?"
    yield (weekdays,), rf"{p.lead}{p.leads}{p.which}{named}{p.moment}", timed(_weekday)
    bare = rf"(?P<weekday>{alternatives(d['long_weekdays'])})s\b"
    yield (some_of([f"{day}s" for day in d["long_weekdays"]]),), bare, _weekday_bare
    away = rf"(?:(?P<ago>{alternatives(d['ago'])})|{alternatives(d['from_day'])})"
    yield (weekdays, some_of(["week", "weeks"])), rf"{p.number}\s+weeks?\s+{away}\s+(?:on\s+)?{named}", _weekday_away
    yield from _foreign_rows(d)


def _foreign_rows(d: dict[str, Any]) -> Iterator[Row]:
    """Days of other calendars, which nothing here turns into days of the common one."""
    on = r"(?:(?:on|in|during|before|after|since|until|by)\s+)?(?:the\s+)?"
    day, year = r"\d{1,2}(?:st|nd|rd|th)?", r"1[34]\d\d"
    in_year = rf"(?:,?\s+(?:of\s+)?{year})?"
    for name, held in d["calendars"].items():
        form = Unresolvable(why=f"calendar:{name}")
        months, alone, marks = (alternatives(held[k]) for k in ("months", "alone", "eras"))
        dated = rf"{day}\s+(?:of\s+)?(?:{months}){in_year}|(?:{months})\s+{day}{in_year}|(?:{months})\s+{year}"
        named = rf"(?:{alone})(?:\s+{day})?{in_year}|{year}\s+(?:{marks})|(?:{marks})\s+{year}"
        needle = some_of(held["months"], held["alone"], held["eras"])
        yield (needle,), rf"{on}(?:{dated}|{named})(?!\w)", _always(form)


def _always(form: Form) -> Builder:
    return lambda m: form


def clock_rows(d: dict[str, Any]) -> Iterator[Row]:
    """Times of the clock."""
    about = rf"(?:(?:{alternatives(d['about'])})\s+)?"
    lead = rf"(?:(?:{alternatives(d['clock_leads'])})\s+{about})"
    zone = rf"(?:\s*\(?(?:(?P<zone>{alternatives(d['zones'])})\b|(?-i:(?P<odd>[A-Z]{{2,4}}T))\b)\)?)?"
    half = rf"(?P<half>{alternatives(d['clock'])})(?!\w)"
    hour = r"(?P<h>\d{1,2})(?:[:.](?P<min>\d\d))?"
    yield (DIGIT,), rf"{lead}?{hour}\s?{half}{zone}", _clock
    yield (DIGIT,), rf"{lead}(?P<h>\d{{1,2}}):(?P<min>\d\d)(?![\d%]){zone}", _clock
    after = rf"(?:{alternatives(d['clock_after'])}\b{zone}|(?:{alternatives(d['zones'])})\b)"
    yield (DIGIT,), rf"{lead}?(?P<h>[012]\d)(?P<min>[0-5]\d)\s?{after}", _clock
    yield (DIGIT,), rf"{lead}(?P<h>[01]\d)(?P<min>[0-5]\d)\b(?!\s+[a-z]+s\b){zone}", _clock


def _clock(m: re.Match[str]) -> Form | None:
    g = m.groupdict()
    hour, minute, half = int(g["h"]), int(g.get("min") or 0), plain(g.get("half") or "").replace(".", "")
    if half in ("am", "pm"):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + 12 * (half == "pm")
    if hour > 24 or minute > 59:
        return None
    return Moment(Shift("day", 0), f"{hour:02}:{minute:02}", g.get("odd") or "")


def fixed_rows(d: dict[str, Any]) -> Iterator[Row]:
    """Expressions whose forms the data file spells out."""
    yield (some_of(d["fixed"]),), rf"(?:{alternatives(d['fixed'])})\b", timed(_fixed)


def _fixed(m: re.Match[str]) -> Form | None:
    """The form; None where the words are listed only to keep a shorter expression out of them."""
    form: Form | None = times.built(data()["fixed"][plain(m.group())])
    return form


def year_away(form: Form) -> int | None:
    """How many years from now a form means, if it means a year counted from now."""
    counted = isinstance(form, Relative) and form.unit == "year" and not form.until_now
    return form.offset if counted and isinstance(form, Relative) else None
