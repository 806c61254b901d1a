"""Expressions of time in English text, as mentions whose norm is a language-free form (language/times.py).

What dates something is a DATE, what only says how long or how often a DURATION, the parts of a dateline are FILING; a
clause that bounds what stands outside of it ("since the war broke out in 2011") is SINCE.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from dateline.labels import PassageKind
from dateline.language import times
from dateline.language.base import Mention, MentionKind, Sentence, Token
from dateline.language.en import datelines, tense
from dateline.language.en.dateatoms import (
    Builder,
    Needle,
    clock_rows,
    data,
    day_rows,
    fixed_rows,
    shared,
    words_of,
    year_away,
)
from dateline.language.en.datelengths import length_rows
from dateline.language.en.dateperiods import period_rows
from dateline.language.en.patterns import alternatives, passages, plain
from dateline.language.times import (
    Bound,
    Calendar,
    Decade,
    Duration,
    Every,
    Form,
    Moment,
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
from dateline.records import Report

PRODUCER = "en.dates.v1"
_AFTER = 40
"""Characters behind "two days after" within which a day is the one it counts from."""
_CLAUSE = 80
"""Characters before a day within which the clause that ends with it begins."""
_TODAY = Shift("day", 0)
_START = r"(?<!\w)(?<![^\W\d]-)"
"""An expression begins a word; behind a hyphen only as the end of a stretch ("30 Oct-2 Nov")."""


class DateGrammar:
    """Reads the norm of a DATE mention back into its form."""

    name = "en.dates.v1"

    def parse(self, norm: str) -> Form:
        """The form of a norm; Unresolvable if it is none."""
        return times.parse(norm)


@dataclass(frozen=True, slots=True)
class Hit:
    """An expression; `closed` if no word before it makes it a bound ("after dark on Tuesday")."""

    start: int
    end: int
    form: Form
    closed: bool = False


@dataclass(frozen=True, slots=True)
class _Atom:
    needle: Needle
    pattern: re.Pattern[str]
    build: Builder


@cache
def _atoms() -> tuple[_Atom, ...]:
    """All atoms; the first of two that match the same words wins."""
    d, p = data(), shared()
    rows = [*fixed_rows(d), *day_rows(d, p), *period_rows(d, p), *clock_rows(d), *length_rows(d, p)]
    flags = re.IGNORECASE
    return tuple(_Atom(needle, re.compile(rf"{_START}(?:{text})", flags), b) for needle, text, b in rows)


def expressions(text: str, start: int, end: int) -> list[Hit]:
    """The expressions of a passage in text order, each by itself: bounds and ranges are not put together."""
    chosen: list[tuple[Hit, int]] = []
    for hit, rank in sorted(_found(text, start, end), key=lambda f: (f[0].start - f[0].end, f[0].start, f[1])):
        over = [(h, r) for h, r in chosen if h.start < hit.end and hit.start < h.end]
        if not over:
            chosen.append((hit, rank))
        elif len(over) == 1:
            chosen = _parted(text, (hit, rank), over[0], chosen)
    hits = _merged(text, [_onward(text, h) for h, _ in sorted(chosen, key=lambda c: c[0].start)])
    return [_counted_from(text, h, hits[i + 1 :]) for i, h in enumerate(hits)]


def _found(text: str, start: int, end: int) -> Iterator[tuple[Hit, int]]:
    """All that the atoms match, with the number of the atom."""
    words = words_of(text[start:end])
    for rank, atom in enumerate(_atoms()):
        if not any(words.isdisjoint(needed) for needed in atom.needle):
            for m in atom.pattern.finditer(text, start, end):
                if form := atom.build(m):
                    yield Hit(m.start(), m.end(), form), rank


Chosen = list[tuple[Hit, int]]


def _parted(text: str, new: tuple[Hit, int], held: tuple[Hit, int], chosen: Chosen) -> Chosen:
    """Two expressions that share a preposition, "two days after Friday": it belongs to the first."""
    (hit, rank), (other, its) = new, held
    if hit.start < other.start < hit.end < other.end and _turns_on(text, hit):
        rest = _rest(text, hit.end, other.end, its)
        return [*(c for c in chosen if c != held), new, (rest, its)] if rest else chosen
    if other.start < hit.start < other.end < hit.end and (rest := _rest(text, other.end, hit.end, rank)):
        return [*chosen, (rest, rank)]
    return chosen


def _turns_on(text: str, hit: Hit) -> bool:
    """Whether an expression ends with the word that goes on to what it is counted from."""
    words = plain(text[hit.start : hit.end])
    return isinstance(bare(hit.form), Shift) and words.endswith(tuple(f" {w}" for w in data()["onward"]))


def _rest(text: str, start: int, end: int, rank: int) -> Hit | None:
    """What an atom makes of the words left when a longer one has taken its preposition ("two days after Friday")."""
    m = _atoms()[rank].pattern.search(text, start, end)
    form = _atoms()[rank].build(m) if m and m.end() == end else None
    return Hit(m.start(), end, form) if m and form else None


def _onward(text: str, hit: Hit) -> Hit:
    """ "two days after the raid": a stretch that the words behind it go on from."""
    form = bare(hit.form)
    if not isinstance(form, Shift) or not _turns_on(text, hit) or not _follows().match(text, hit.end):
        return hit
    return replace(hit, form=replace(form, onward=True))


@cache
def _follows() -> re.Pattern[str]:
    """A word that is no preposition."""
    return re.compile(rf"\s+(?!(?:{alternatives(data()['prepositions'])})\b)\w", re.IGNORECASE)


def _counted_from(text: str, hit: Hit, behind: Sequence[Hit]) -> Hit:
    """ "two days after Friday's attack": counted from the day behind it."""
    if not isinstance(hit.form, Shift) or not hit.form.onward or not behind:
        return hit
    day = behind[0]
    between = text[hit.end : day.start]
    dated = isinstance(bare(day.form), Weekday | Calendar | Relative | Weekend)
    if not dated or len(between) > _AFTER or re.search(r"[,.;:]", between):
        return hit
    return replace(hit, form=Offset(hit.form.unit, hit.form.offset, bare(day.form)))


def _merged(text: str, hits: list[Hit]) -> list[Hit]:
    """A time of day beside a day belongs to that day: "before dawn on Monday", "Friday at noon"."""
    out: list[Hit] = []
    for hit in hits:
        near = out and re.fullmatch(r"[\s,]*(?:on\s+|of\s+)?", text[out[-1].end : hit.start])
        if near and (together := _together(text, out[-1], hit)):
            out[-1] = together
        else:
            out.append(hit)
    return out


def _together(text: str, first: Hit, second: Hit) -> Hit | None:
    """Two neighbours as one expression; None if they are two."""
    if dated := _in_year(first.form, second.form):
        return replace(first, end=second.end, form=dated)
    if _lead(text, second):
        return None
    for moment, day in ((first, second), (second, first)):
        if bare(moment.form) == _TODAY and not isinstance(day.form, Duration | Every | Unresolvable | Window):
            clock = moment.form if isinstance(moment.form, Moment) else None
            inner = day.form.form if clock and isinstance(day.form, Moment) else day.form
            form = replace(clock, form=inner) if clock else day.form
            return Hit(first.start, second.end, form, closed=True)
    return None


def _in_year(day: Form, year: Form) -> Form | None:
    """ "24 October last year": a day or month whose year stands behind it; None if the forms are no such pair."""
    if not isinstance(day, Calendar) or day.year is not None or day.month is None:
        return None
    away = year_away(year)
    return None if away is None else replace(day, which=f"year{away:+d}")


@cache
def _joins() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    d = data()
    opening = re.compile(rf"\b(?:{alternatives(d['range_open'])})\s+(?:the\s+)?$", re.IGNORECASE)
    middle = re.compile(rf"\s*(?:{alternatives(d['range_mid'])})\s*(?:the\s+)?", re.IGNORECASE)
    dash = re.compile(rf"\s*(?:{alternatives(d['range_dash'])})\s*", re.IGNORECASE)
    bound = re.compile(rf"(?<![\w-])(?P<kind>{alternatives(d['bounds'])})\s+(?:the\s+|on\s+)?$", re.IGNORECASE)
    return opening, middle, bound, dash


@cache
def _lead_pattern() -> re.Pattern[str]:
    d = data()
    return re.compile(rf"(?:{alternatives([*d['bounds'], *d['range_open'], *d['range_mid']])})(?=\s)", re.IGNORECASE)


def _lead(text: str, hit: Hit) -> str:
    """The preposition that an atom took in, "" if none."""
    m = _lead_pattern().match(text, hit.start, hit.end)
    return plain(m.group()) if m else ""


def _are_days(first: Form, second: Form) -> bool:
    """Whether two forms may be the ends of a stretch of days that no "from" opens."""
    pair = (bare(first), bare(second))
    return all(isinstance(f, Weekday | Calendar) for f in pair) and type(pair[0]) is type(pair[1])


def _is_range(text: str, first: Hit, second: Hit, opened: bool) -> bool:
    _, middle, _, dash = _joins()
    if isinstance(second.form, Duration | Every):
        return False
    lead, between = _lead(text, second), text[first.end : second.start]
    if opened:
        return (lead in data()["range_mid"] and not between.strip(" ,")) or middle.fullmatch(between) is not None
    joined = (lead in data()["range_dash"] and not between.strip()) or dash.fullmatch(between) is not None
    return joined and _are_days(first.form, second.form)


def _joined(text: str, floor: int, hits: list[Hit]) -> Iterator[Hit]:
    """Hits with "since …", "from … to …" read into their forms."""
    d = data()
    opening, _, bound, _ = _joins()
    i = 0
    while i < len(hits):
        hit = hits[i]
        lead, hit_text = _lead(text, hit), text[hit.start : hit.end]
        floor = max(floor, hits[i - 1].end) if i else floor
        before = opening.search(text, max(floor, hit.start - 16), hit.start)
        opened = before is not None or lead in d["range_open"]
        start = before.start() if before else hit.start
        fits = not isinstance(hit.form, Duration | Every | Range)
        if fits and i + 1 < len(hits) and _is_range(text, hit, hits[i + 1], opened):
            yield Hit(start, hits[i + 1].end, Range(hit.form, hits[i + 1].form))
            i += 2
            continue
        owner = re.search(r"['’]s$", hit_text) and lead != "since"
        fixed = isinstance(bare(hit.form), Shift | Offset | Unresolvable | Window | Duration | Every | Range)
        if hit.closed or owner or fixed:
            yield hit
        elif lead in d["bounds"]:
            yield Hit(hit.start, hit.end, Bound(d["bounds"][lead], hit.form))
        elif b := bound.search(text, max(floor, hit.start - 16), hit.start):
            yield Hit(b.start(), hit.end, Bound(d["bounds"][plain(b["kind"])], hit.form))
        else:
            yield hit
        i += 1


def directed(text: str, s: Sentence, hit: Hit) -> Form:
    """The form of a hit with the direction its words give it, where that makes a difference."""
    if isinstance(hit.form, Duration):
        return _term(text, s, hit, hit.form)
    if not _turns(hit.form):
        return hit.form
    if plain(text[hit.start : hit.end]).startswith(tuple(data()["looks_back"])):
        return hit.form
    way = tense.direction(text, s.start, s.end, (hit.start, hit.end))
    return Toward(way, hit.form) if way and (way == "ahead" or _turns_back(hit.form)) else hit.form


def _term(text: str, s: Sentence, hit: Hit, form: Duration) -> Form:
    """ "In three days", "within a week", where the words look forward, "for a year" in the perfect: when, not how
    long."""
    lead = plain(text[hit.start : hit.end].split(None, 1)[0])
    if lead in data()["lasting_leads"] and form.unit in times.UNITS and tense.lasts(text, s.start, hit.start):
        words = plain(text[hit.start : hit.end])
        return lasting(form, any(f" {w} " in words for w in data()["more"]))
    known = form.count is not None and form.count == int(form.count) and form.unit in times.UNITS
    if (
        lead not in data()["term_leads"]
        or not known
        or tense.direction(text, s.start, s.end, (hit.start, hit.end)) != "ahead"
    ):
        return form
    count = int(form.count or 0)
    return Window(form.unit, count, True) if lead == "within" else Relative(form.unit, count)


def lasting(form: Duration, more: bool = False) -> Window:
    """The stretch that ends now and is so long; `more`: or longer."""
    count = None if form.count is None else round(form.count)
    return Window(form.unit, count, more=more)


def _turns(form: Form) -> bool:
    """Whether a form means other days in words that look forward."""
    inner = bare(form)
    if isinstance(inner, Bound):
        return _turns(inner.form)
    if isinstance(inner, Range):
        return _turns(inner.last)
    if isinstance(inner, Weekday | Calendar):
        return inner.which in ("near", "this") and not (isinstance(inner, Calendar) and inner.year)
    if isinstance(inner, Relative):
        return inner.offset == 0 and inner.unit != "day"
    return isinstance(inner, Weekend) or (isinstance(inner, times.Nth) and inner.form is None)


def _turns_back(form: Form) -> bool:
    """Whether a form may mean a coming day although no word looks forward."""
    inner = bare(form)
    if isinstance(inner, Bound):
        return inner.kind != "until" and _turns_back(inner.form)
    if isinstance(inner, Range):
        return _turns_back(inner.last)
    return isinstance(inner, Calendar) or (isinstance(inner, Weekday) and inner.which == "this")


def _label(form: Form, words: str) -> str:
    """The name of the form. A day that nothing here can read is "unread": it dates what it stands with, as written."""
    inner = bare(form)
    if isinstance(inner, Unresolvable) and inner.why and any(c.isdigit() for c in words):
        return "unread"
    return type(inner).__name__.lower()


def _clause_start(text: str, floor: int, hit: Hit, form: Form) -> int | None:
    """Where "since the war broke out in 2011" begins; None if no such clause ends with the expression. `floor`: where
    the expression before it ends."""
    if not isinstance(bare(form), Weekday | Calendar | Relative | Weekend | Season | Decade):
        return None
    m = _clause_pattern().search(text, max(floor, hit.start - _CLAUSE), hit.start)
    return m.start() if m else None


@cache
def _clause_pattern() -> re.Pattern[str]:
    words = alternatives(data()["clause_leads"])
    return re.compile(rf"\b(?:{words})(?:\s+(?!(?:{words})\b)[\w'’-]+)+\s+$", re.IGNORECASE)


def find(report: Report, tokens: Sequence[Token], sentences: Sequence[Sentence]) -> Iterable[Mention]:
    """Mentions of time of a report, in text order. The tokens are not needed: expressions are read off the text."""
    text = report.text
    for s in sentences:
        if s.kind is PassageKind.DATELINE:
            yield from datelines.mentions(text, s, expressions(text, s.start, s.end))
    for s in passages(report, sentences):
        floor = s.start
        for hit in _joined(text, s.start, expressions(text, s.start, s.end)):
            if datelines.holds(text, s, hit.start, hit.end):
                yield from datelines.mentions(text, replace(s, end=hit.end), [hit])
                continue
            place = datelines.bracketed(text, s, hit.start, hit.end)
            if place is not None:
                yield from datelines.mentions(text, replace(s, start=place, end=hit.end), [hit])
                continue
            form = directed(text, s, hit)
            kind = MentionKind.DURATION if isinstance(form, Duration | Every) else MentionKind.DATE
            label = _label(form, text[hit.start : hit.end])
            start, floor = _clause_start(text, floor, hit, form), hit.end
            if start is not None:
                norm = times.dump(Bound("since", form))
                yield Mention(MentionKind.SINCE, start, hit.end, s.index, "bound", norm, PRODUCER)
            yield Mention(kind, hit.start, hit.end, s.index, label, times.dump(form), PRODUCER)
