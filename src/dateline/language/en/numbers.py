"""Counts in English text: numerals, number words, hedges, ranges, vague words, "a man", "no casualties", families.

A COUNT mention's `label` is the class of what is counted (people, person, things,
definite for what is known already, bare, none, term for how long somebody is to be held), its `norm` the canonical
`min:max:qualifier:whom`, where an empty bound is unbounded and `whom` the words counted, as written. Ages,
years, dates, times, distances, money, shares, ordinals and names of units are never counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import ceil, floor
from typing import Any

from dateline.data import load_yaml
from dateline.labels import Qualifier
from dateline.language.base import Mention, MentionKind, Sentence, Token
from dateline.language.en.groups import around, groups
from dateline.language.en.numerals import FIGURE, number_pattern, scale_of
from dateline.language.en.numerals import value_of as value_of
from dateline.language.en.patterns import alternatives, passages, plain
from dateline.language.en.uncounted import barred, joined_group, term_behind
from dateline.language.en.whom import counted, known, persons
from dateline.records import Report

PRODUCER = "en.numbers.v1"
_RISE_REACH = 48
"""Characters before "from 30 to 42" in which a verb of rising may stand."""


@dataclass(frozen=True, slots=True)
class Count:
    """What a norm says: bounds (None: unbounded), hedge, and the words for those counted ("" if none)."""

    min: int | None
    max: int | None
    qualifier: Qualifier
    whom: str = ""

    @property
    def norm(self) -> str:
        """`min:max:qualifier:whom`."""
        low, high = ("" if v is None else str(v) for v in (self.min, self.max))
        return f"{low}:{high}:{self.qualifier.value}:{self.whom}"


Found = tuple[int, int, str, Count]
"""(start, end, class, count) of a count in the text."""


def _data() -> dict[str, Any]:
    data: dict[str, Any] = load_yaml("dateline.language.en.data", "numbers.yaml")
    return data


@dataclass(frozen=True, slots=True)
class _Patterns:
    count: re.Pattern[str]
    none: re.Pattern[str]
    nobody: re.Pattern[str]
    no_loss: re.Pattern[str]
    definite: re.Pattern[str]
    casualties: re.Pattern[str]
    rise: re.Pattern[str]
    share: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    d, number, flags = _data(), number_pattern(), re.IGNORECASE
    particles = "".join(rf"(?<!\b{verb}\s)" for verb in d["particle_verbs"])
    hedges = {k: alternatives(w for w in v if w != "over") for k, v in d["hedges"].items()}
    hedges["at_least"] += rf"|{particles}over"
    hedge = "|".join(rf"(?P<{k}>{words})" for k, words in hedges.items())
    behind = "|".join(rf"(?P<{k}_>{alternatives(v)})(?!\w|\s+(?:{number}))" for k, v in d["after_hedges"].items())
    ranges, dashes = alternatives(d["ranges"]), alternatives(d["dashes"])
    count = (
        rf"(?<![\w.,:/’'-])(?:(?:{hedge})\s+)?(?:"
        rf"(?P<vague>{alternatives(d['vague'])})\b"
        rf"|(?P<fixed>{alternatives(d['fixed'])})\b"
        rf"|between\s+(?P<from>{number})\s+and\s+(?P<till>{number})"
        rf"|(?:from\s+)?(?P<low>{number})\s+(?:{ranges})\s+(?P<high>{number})"
        rf"|(?P<low_>{FIGURE})\s?(?:{dashes})\s?(?P<high_>{FIGURE})"
        rf"|(?P<number>{number}))(?![\w/]|[.,:]\d)(?:\s*(?:{behind}))?"
    )
    return _Patterns(
        count=re.compile(count, flags),
        none=re.compile(rf"(?<![\w-])(?:{alternatives(d['none'])})\b", flags),
        nobody=re.compile(rf"(?<![\w-])(?:{alternatives(d['nobody'])})\b", flags),
        no_loss=re.compile(rf"(?<![\w-])no\s+(?:{alternatives(d['no_loss'])})\b", flags),
        definite=re.compile(rf"(?<!\w)(?:{alternatives(d['definite'])})\s+$", flags),
        casualties=re.compile(
            rf"(?:\s+(?:{alternatives(d['no_between'])})\b|\s+\w+\b){{0,2}}?\s+(?:{alternatives(d['casualty_nouns'])})\b",
            flags,
        ),
        rise=re.compile(rf"\b(?:{alternatives(d['rises'])})\b[^.;]{{0,{_RISE_REACH}}}$", flags),
        share=re.compile(
            rf"\b(?P<share>{alternatives(d['shares'])})\s+(?:of\s+)?(?:(?:{alternatives(d['definite'])})\s+)?$", flags
        ),
    )


def _range(low_text: str, high_text: str) -> Count | None:
    """A range; "five to six thousand" has its scale behind the second number."""
    low, high = value_of(low_text), value_of(high_text)
    if low is None or high is None:
        return None
    scale = scale_of(high_text)
    if scale > 1 and scale_of(low_text) == 1 and low * scale < high:
        low *= scale
    return Count(low, high, Qualifier.RANGE) if low <= high else None


def _bounds(m: re.Match[str]) -> Count | None:
    """The count a match of the count pattern names."""
    d, g = _data(), m.groupdict()
    hedge = next((k for k in d["hedges"] if g[k]), None) or next((k for k in d["after_hedges"] if g[f"{k}_"]), None)
    if g["vague"]:
        return Count(d["vague"][plain(g["vague"])], None, Qualifier.VAGUE)
    if first := g["from"] or g["low"] or g["low_"]:
        return _range(first, g["till"] or g["high"] or g["high_"])
    n = d["fixed"][plain(g["fixed"])] if g["fixed"] else value_of(g["number"])
    return None if n is None else _hedged(n, hedge)


def _hedged(n: int, hedge: str | None) -> Count:
    if hedge == "at_least":
        return Count(n, None, Qualifier.AT_LEAST)
    if hedge == "at_most":
        return Count(None, n, Qualifier.AT_MOST)
    return Count(n, n, Qualifier.ABOUT if hedge == "about" else Qualifier.EXACT)


def _numbers(text: str, s: Sentence) -> Iterator[Found]:
    """The counts with a number or a vague word."""
    p = _patterns()
    for m in p.count.finditer(text, s.start, s.end):
        kind, whom = counted(text, m.end(), s.end)
        if term := term_behind(text, m, s):
            kind, whom = "term", term
        elif barred(text, m, s, kind):
            continue
        if m["low"] and m.group()[:4].lower() == "from" and p.rise.search(text, s.start, m.start()):
            yield from _risen(text, s, m)
            continue
        count = _bounds(m)
        if count is None:
            continue
        start, end = m.span()
        if (share := p.share.search(text, max(s.start, start - 30), start)) and count.qualifier is Qualifier.EXACT:
            start, count = share.start(), _share(count, plain(share["share"]))
        if joined := joined_group(text, end):
            kind, whom, end = "people", joined.group().split(maxsplit=1)[-1], joined.end()
        elif kind == "bare" and (held := around(text, s, start)):
            kind, (start, whom) = "people", held
        if kind not in ("bare", "term") and p.definite.search(text, max(s.start, start - 7), start):
            kind = "definite"
        yield start, end, kind, replace(count, whom=whom)


def _share(count: Count, share: str) -> Count:
    """ "Half of the 60": the part of an exact count that is meant."""
    low, high = _data()["shares"][share]
    n = count.max or 0
    return Count(floor(n * low), ceil(n * high), Qualifier.EXACT if low == high and n % 2 == 0 else Qualifier.RANGE)


def _risen(text: str, s: Sentence, m: re.Match[str]) -> Iterator[Found]:
    """The two counts of "rose from 30 to 42"."""
    for which in ("low", "high"):
        if (n := value_of(m[which])) is not None:
            kind, whom = counted(text, m.end(), s.end) if which == "high" else ("bare", "")
            yield m.start(which), m.end(which), kind, Count(n, n, Qualifier.EXACT, whom)


def _nones(text: str, s: Sentence) -> Iterator[Found]:
    """ "No casualties", "nobody", "none of the 12 crew", "not a single civilian", "no loss of life"."""
    p = _patterns()
    for m in p.no_loss.finditer(text, s.start, s.end):
        yield m.start(), m.end(), "none", Count(0, 0, Qualifier.EXACT)
    for m in p.none.finditer(text, s.start, s.end):
        noun = p.casualties.match(text, m.end(), s.end)
        kind, whom = counted(text, m.end(), s.end)
        if noun or kind == "people":
            yield m.start(), noun.end() if noun else m.end(), "none", Count(0, 0, Qualifier.EXACT, whom)
    for m in p.nobody.finditer(text, s.start, s.end):
        end = m.end()
        if of := re.compile(r"\s+of\s+(?:the|its|his|their|those|these)\s+").match(text, end, s.end):
            number = p.count.match(text, of.end(), s.end)
            end = number.end() if number else end
        yield m.start(), end, "none", Count(0, 0, Qualifier.EXACT, counted(text, end, s.end)[1])


def _found(text: str, s: Sentence) -> Iterator[Found]:
    """The counts of a sentence, unsorted. What is found first keeps its words."""
    taken: list[tuple[int, int]] = []
    ones = list(persons(text, s))
    exact = Qualifier.EXACT

    def free(x: Found) -> bool:
        if any(a < x[1] and x[0] < b for a, b in taken):
            return False
        taken.append(x[:2])
        return True

    for g in groups(text, s, [x[:2] for x in ones], list(known(text, s))):
        count = Count(g.number, None, Qualifier.AT_LEAST) if g.more else Count(g.number, g.number, exact)
        if free(held := (g.start, g.end, g.kind, replace(count, whom=g.whom))):
            yield held
    for finder in (_nones, _numbers):
        yield from filter(free, finder(text, s))
    yield from filter(free, ((a, b, "person", Count(1, 1, exact, whom)) for a, b, whom in ones))


def find(report: Report, tokens: Sequence[Token], sentences: Sequence[Sentence]) -> Iterable[Mention]:
    """COUNT mentions of a report, in text order. The tokens are not needed: counts are read off the text."""
    for s in passages(report, sentences):
        for start, end, kind, count in sorted(_found(report.text, s), key=lambda c: c[:2]):
            yield Mention(MentionKind.COUNT, start, end, s.index, kind, count.norm, PRODUCER)
