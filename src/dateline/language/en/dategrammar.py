"""Expressions of time in English text, as DATE mentions whose norm is a language-free form (language/times.py)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from dateline.data import load_yaml
from dateline.language import times
from dateline.language.base import Mention, MentionKind, Sentence, Token
from dateline.language.en.numbers import value_of
from dateline.language.en.patterns import alternatives, passages, plain
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
from dateline.records import Report

PRODUCER = "en.dates.v1"
_KINDS: dict[str, Callable[..., Form]] = {
    "relative": Relative,
    "shift": Shift,
    "window": Window,
    "weekend": Weekend,
    "calendar": Calendar,
    "unresolvable": Unresolvable,
}


class DateGrammar:
    """Reads the norm of a DATE mention back into its form."""

    name = "en.dates.v1"

    def parse(self, norm: str) -> Form:
        """The form of a norm; Unresolvable if it is none."""
        return times.parse(norm)


def _data() -> dict[str, Any]:
    data: dict[str, Any] = load_yaml("dateline.language.en.data", "dates.yaml")
    return data


Builder = Callable[[re.Match[str]], Form | None]


@dataclass(frozen=True, slots=True)
class _Atom:
    needle: re.Pattern[str]
    pattern: re.Pattern[str]
    build: Builder


def _month(name: str) -> int:
    n: int = _data()["months"][name.lower().rstrip(".")]
    return n


def _year(text: str | None) -> int | None:
    return int(text) if text else None


def _part(text: str | None) -> str:
    return str(_data()["parts"].get(plain(text), "")) if text else ""


def _which(text: str | None) -> str:
    if not text:
        return "near"
    offset = _data()["which"].get(plain(text))
    return {-1: "last", 0: "this", 1: "next"}.get(offset, "near")


def _full(m: re.Match[str]) -> Form:
    """Day, month and perhaps year, or a span of days of one month."""
    g = m.groupdict()
    first = Calendar(_year(g["year"]), _month(g["month"]), int(g["day"]))
    if not g["till"]:
        return first
    return Range(first, Calendar(first.year, first.month, int(g["till"])))


def _month_only(m: re.Match[str]) -> Form | None:
    g = m.groupdict()
    name = g["month"].lower().rstrip(".")
    sure = g["year"] or g["part"] or g["which"] or g["lead"]
    if not sure and (name in _data()["ambiguous_months"] or not g["month"][0].isupper() or m.string.isupper()):
        return None
    return Calendar(_year(g["year"]), _month(name), None, _part(g["part"]), _which(g["which"]))


def _weekday(m: re.Match[str]) -> Form | None:
    g = m.groupdict()
    name = g["weekday"].lower().rstrip(".")
    if name in _data()["short_weekdays"] and not g["lead"]:
        return None
    return Weekday(_data()["weekdays"][name], _which(g["which"]))


def _number(text: str) -> int | None:
    """A count of units; None for "a few"."""
    t = plain(text)
    if t in ("a", "an"):
        return 1
    return value_of(t)


def _scaled(unit: str, n: int) -> tuple[str, int]:
    """A unit the forms know and how many of it: hours are days where they fill some."""
    if unit in ("hour", "minute"):
        return "day", round(n / 24) if unit == "hour" else 0
    if unit == "fortnight":
        return "week", 2 * n
    return ("year", 10 * n) if unit == "decade" else (unit, n)


def _counted(m: re.Match[str]) -> Form:
    """ "three days ago", "two weeks later"."""
    d, g = _data(), m.groupdict()
    n, unit = _number(g["n"]), d["units"][g["unit"].lower()]
    ago = bool(g["ago"])
    if n is None:
        return Window("day") if ago else Unresolvable()
    unit, n = _scaled(unit, n)
    if ago:
        return Relative(unit, -n)
    return Shift(unit, n if g["later"] else -n)


def _window(m: re.Match[str]) -> Form:
    """ "in the past 24 hours", "over the next three weeks", "in the past week"."""
    d, g = _data(), m.groupdict()
    future = bool(g["future"])
    unit = d["units"][g["unit"].lower()]
    several = g["some"] or g["unit"].lower().endswith("s")
    n = _number(g["n"]) if g["n"] else (None if several else 1)
    if n is None:
        return Window(_scaled(unit, 1)[0], None, future)
    unit, n = _scaled(unit, n)
    return Window(unit, n, future)


def _relative(m: re.Match[str]) -> Form:
    """ "last week", "next month"."""
    d, g = _data(), m.groupdict()
    unit, n = _scaled(d["units"][g["unit"].lower()], d["which"][plain(g["which"])])
    return Relative(unit, n)


def _dotted(names: Iterable[str], short: Iterable[str]) -> str:
    """Names of months or days; the short ones may end in a full stop."""
    return rf"(?:(?:{alternatives(short)})\b\.?|(?:{alternatives(names)})\b)"


@dataclass(frozen=True, slots=True)
class _Parts:
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


_YEAR = r"(?P<year>(?:1[89]|20)\d\d)(?![\d,.]\d|\w|-\w)"
_DAY, _TILL = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?", r"(?P<till>\d{1,2})(?:st|nd|rd|th)?"
_NUMBER = r"(?P<n>an?|\d+|(?:[a-z]+-)?[a-z]+)"


def _shared_parts(d: dict[str, Any]) -> _Parts:
    prepositions = alternatives([*d["prepositions"], *d["bounds"], *d["range_mid"]])
    return _Parts(
        month=rf"(?P<month>{_dotted(d['months'], d['short_months'])})",
        weekdays=_dotted(d["weekdays"], d["short_weekdays"]),
        lead=rf"(?P<lead>(?:{prepositions})\s+)?(?:the\s+)?",
        time=rf"(?:(?:{prepositions})\s+)?(?:the\s+)?",
        leads=rf"(?:(?:{alternatives(d['day_leads'])})\s+)?",
        moment=rf"(?:\s+(?:{alternatives(d['day_parts'])})\b)?",
        parts=rf"(?:(?P<part>{alternatives(d['parts'])})[\s-]*)?",
        which=rf"(?:(?P<which>{alternatives(d['which'])})\s+)?",
        mid=rf"\s?(?:{alternatives(d['range_mid'])})\s?",
    )


Row = tuple[str, str, Builder]
"""A needle that must stand in the passage for the atom to be tried, its pattern, its builder."""


def _day_rows(d: dict[str, Any], p: _Parts) -> Iterator[Row]:
    """Calendar days, months and weekdays."""
    months, year = rf"\b(?:{alternatives(d['months'])})\b", rf"(?:,?\s+(?:of\s+)?{_YEAR})?"
    weekday = rf"{p.time}{p.leads}(?:{p.weekdays},?\s+)?{p.leads}"
    not_day = r"(?!\d|:|,\d\d\d\b|\s*(?:%|percent))"
    yield r"\d-\d", r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)", lambda m: Calendar(int(m["y"]), int(m["m"]), int(m["d"]))
    yield months, rf"{weekday}{_DAY}(?:{p.mid}{_TILL})?\s+(?:of\s+)?{p.month}{year}{p.moment}", _full
    yield (
        months,
        rf"{weekday}{p.month}\s?(?:the\s+)?{_DAY}{not_day}(?:{p.mid}{_TILL}\b)?(?:,?\s+{_YEAR})?{p.moment}",
        _full,
    )
    yield months, rf"{p.lead}{p.parts}{p.which}{p.month}{year}(?!\s*\d)", _month_only
    named = rf"(?P<weekday>{p.weekdays})(?:['’]s)?"
    yield rf"\b(?:{alternatives(d['weekdays'])})\b", rf"{p.lead}{p.leads}{p.which}{named}{p.moment}", _weekday


def _period_rows(d: dict[str, Any], p: _Parts) -> Iterator[Row]:
    """Years, seasons, and stretches counted from now or from another day."""
    units = rf"(?P<unit>{alternatives(d['units'])})\b"
    some = alternatives(d["some"])
    tense = {k: alternatives(d[k]) for k in ("ago", "later", "before", "window_past", "window_future", "window_leads")}
    whole = rf"(?:{alternatives(d['year_leads'])})\s+(?:the\s+)?(?:year\s+)?{p.parts}{_YEAR}"
    yield r"\d{4}", whole, lambda m: Calendar(int(m["year"]), None, None, _part(m["part"]))
    decade = rf"(?:the\s+)?{p.parts}(?P<year>(?:1[89]|20)\d0)['’]?s\b"
    yield r"\d0['’]?s", decade, lambda m: Decade(int(m["year"]), _part(m["part"]))
    seasons = alternatives(d["seasons"])
    yield seasons, rf"{p.which}(?P<season>{seasons})(?:['’]s)?(?:\s+(?:of\s+)?{_YEAR})?\b", _season
    turn = rf"(?:(?P<ago>{tense['ago']})|(?P<later>{tense['later']})|(?P<before>{tense['before']}))\b"
    about = rf"(?:(?:{alternatives(d['about'])})\s+)?"
    yield turn, rf"{about}(?:a\s+(?:{some})|(?:{some})|{_NUMBER})\s+{units}\s+{turn}", _some_counted
    when = rf"(?:(?P<past>{tense['window_past']})|(?P<future>{tense['window_future']}))"
    stretch = rf"(?:(?:{tense['window_leads']})\s+)?the\s+{when}\s+(?:(?P<some>{some})\s+|{_NUMBER}\s+)?{units}"
    yield when, stretch, _window
    periods = alternatives(d["periods"])
    yield periods, rf"(?:the\s+)?{p.which.removesuffix('?')}(?P<unit>{periods})\b(?:['’]s)?", _relative
    yield r"\d{4}", rf"(?:{alternatives(d['year_owners'])})\s+{_YEAR}(?=\s+[^\W\d])", lambda m: Calendar(int(m["year"]))
    hour = rf"(?:{alternatives(d['clock_leads'])})\s+(?:(?:{alternatives(d['about'])})\s+)?"
    yield r"\d", rf"{hour}\d{{1,2}}(?:[:.]\d\d)?\s?(?:{alternatives(d['clock'])})", lambda m: Shift("day", 0)
    yield r"\d", rf"(?:{alternatives(d['clock_leads'])})\s+[01]\d[0-5]\d\b", lambda m: Shift("day", 0)


@cache
def _atoms() -> tuple[_Atom, ...]:
    """All atoms; the first of two that match the same words wins."""
    d = _data()
    p = _shared_parts(d)
    fixed = rf"(?:{alternatives(d['fixed'])})\b"
    rows = [(r"\w", fixed, _fixed), *_day_rows(d, p), *_period_rows(d, p)]
    flags = re.IGNORECASE
    return tuple(
        _Atom(re.compile(needle, flags), re.compile(rf"(?<![\w-])(?:{text})", flags), b) for needle, text, b in rows
    )


def _fixed(m: re.Match[str]) -> Form:
    """An expression whose form the data file spells out."""
    kind, *values = _data()["fixed"][plain(m.group())]
    return _KINDS[kind](*values)


def _some_counted(m: re.Match[str]) -> Form | None:
    if m["n"] is None:
        return Window("day") if m["ago"] else Unresolvable()
    if plain(m["n"]) not in ("a", "an") and value_of(m["n"]) is None:
        return None
    return _counted(m)


def _season(m: re.Match[str]) -> Form | None:
    d, g = _data(), m.groupdict()
    if not g["year"] and not g["which"]:
        return None
    offset = d["which"][plain(g["which"])] if g["which"] else 0
    return Season(d["seasons"][g["season"].lower()], _year(g["year"]), offset)


@dataclass(frozen=True, slots=True)
class _Hit:
    """An expression; `closed` if no word before it makes it a bound ("after dark on Tuesday")."""

    start: int
    end: int
    form: Form
    closed: bool = False


def _hits(text: str, start: int, end: int) -> list[_Hit]:
    """The longest atoms of a passage, left to right, without overlaps."""
    found: list[tuple[int, int, int, Form]] = []
    for rank, atom in enumerate(_atoms()):
        if not atom.needle.search(text, start, end):
            continue
        for m in atom.pattern.finditer(text, start, end):
            form = atom.build(m)
            if form is not None:
                found.append((m.start(), -m.end(), rank, form))
    out: list[_Hit] = []
    for a, neg, _, form in sorted(found, key=lambda f: (f[1] + f[0], f[0], f[2])):
        if all(-neg <= h.start or h.end <= a for h in out):
            out.append(_Hit(a, -neg, form))
    return _merged(text, [_onward(text, h) for h in sorted(out, key=lambda h: h.start)])


def _onward(text: str, hit: _Hit) -> _Hit:
    """ "two days after the raid": a number of days that the words behind it go on from."""
    if not isinstance(hit.form, Shift) or hit.form.unit != "day":
        return hit
    ends = plain(text[hit.start : hit.end]).endswith(tuple(f" {w}" for w in _data()["onward"]))
    return replace(hit, form=replace(hit.form, onward=True)) if ends and _follows().match(text, hit.end) else hit


@cache
def _follows() -> re.Pattern[str]:
    """A word that is no preposition."""
    return re.compile(rf"\s+(?!(?:{alternatives(_data()['prepositions'])})\b)\w", re.IGNORECASE)


def _merged(text: str, hits: list[_Hit]) -> list[_Hit]:
    """A time of day beside a day belongs to that day: "before dawn on Monday", "Friday at noon"."""
    out: list[_Hit] = []
    for hit in hits:
        near = out and re.fullmatch(r"[\s,]*(?:on\s+|of\s+)?", text[out[-1].end : hit.start])
        if near and (dated := _in_year(out[-1].form, hit.form)):
            out[-1] = replace(out[-1], end=hit.end, form=dated)
        elif near and Shift("day", 0) in (out[-1].form, hit.form):
            day = hit.form if out[-1].form == Shift("day", 0) else out[-1].form
            out[-1] = _Hit(out[-1].start, hit.end, day, closed=True)
        else:
            out.append(hit)
    return out


def _in_year(day: Form, year: Form) -> Form | None:
    """ "24 October last year": a day or month whose year stands behind it; None if the forms are no such pair."""
    if not isinstance(day, Calendar) or day.year is not None or day.month is None:
        return None
    known = isinstance(year, Relative) and year.unit == "year" and not year.until_now
    return replace(day, which=f"year{year.offset:+d}") if known and isinstance(year, Relative) else None


@cache
def _joins() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    d = _data()
    opening = re.compile(rf"\b(?:{alternatives(d['range_open'])})\s+(?:the\s+)?$", re.IGNORECASE)
    middle = re.compile(rf"\s*(?:{alternatives(d['range_mid'])})\s*(?:the\s+)?", re.IGNORECASE)
    bound = re.compile(rf"(?<![\w-])(?P<kind>{alternatives(d['bounds'])})\s+(?:the\s+|on\s+)?$", re.IGNORECASE)
    return opening, middle, bound


@cache
def _lead_pattern() -> re.Pattern[str]:
    d = _data()
    return re.compile(rf"(?:{alternatives([*d['bounds'], *d['range_open'], *d['range_mid']])})(?=\s)", re.IGNORECASE)


def _lead(text: str, hit: _Hit) -> str:
    """The preposition that an atom took in, "" if none."""
    m = _lead_pattern().match(text, hit.start, hit.end)
    return plain(m.group()) if m else ""


def _joined(text: str, floor: int, hits: list[_Hit]) -> Iterator[_Hit]:
    """Hits with "since …", "from … to …" read into their forms."""
    d = _data()
    opening, middle, bound = _joins()
    i = 0
    while i < len(hits):
        hit = hits[i]
        lead, hit_text = _lead(text, hit), text[hit.start : hit.end]
        before = opening.search(text, max(floor, hit.start - 16), hit.start)
        opened = before is not None or lead in d["range_open"]
        start = before.start() if before else hit.start
        if opened and i + 1 < len(hits):
            second_lead = _lead(text, hits[i + 1])
            between = text[hit.end : hits[i + 1].start]
            if (second_lead in d["range_mid"] and not between.strip(" ,")) or middle.fullmatch(between):
                yield _Hit(start, hits[i + 1].end, Range(hit.form, hits[i + 1].form))
                i += 2
                continue
        owner = re.search(r"['’]s$", hit_text) and lead != "since"
        if hit.closed or owner or isinstance(hit.form, Shift | Unresolvable | Window):
            yield hit
        elif lead in d["bounds"]:
            yield _Hit(hit.start, hit.end, Bound(d["bounds"][lead], hit.form))
        elif b := bound.search(text, max(floor, hit.start - 16), hit.start):
            yield _Hit(b.start(), hit.end, Bound(d["bounds"][plain(b["kind"])], hit.form))
        else:
            yield hit
        i += 1


def _is_dateline(text: str, hit: _Hit, s: Sentence) -> bool:
    """Whether the expression stands in a dateline such as "KABUL, June 3 (Agency) -"."""
    return (
        hit.start - s.start < 60
        and re.match(r"\s*(?:\([^()]{2,40}\)|[A-Z][\w ]{1,20})?\s*(?:--|[-–—])\s", text[hit.end : s.end]) is not None
        and re.match(r"\W*[A-Z]{3}", text[s.start : s.end]) is not None
        and not text[s.start : s.end].isupper()
    )


def find(report: Report, tokens: Sequence[Token], sentences: Sequence[Sentence]) -> Iterable[Mention]:
    """DATE mentions of a report, in text order. The tokens are not needed: expressions are read off the text."""
    for s in passages(report, sentences):
        for hit in _joined(report.text, s.start, _hits(report.text, s.start, s.end)):
            if not _is_dateline(report.text, hit, s):
                label = type(hit.form).__name__.lower()
                yield Mention(MentionKind.DATE, hit.start, hit.end, s.index, label, times.dump(hit.form), PRODUCER)
