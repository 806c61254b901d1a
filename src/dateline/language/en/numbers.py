"""Counts in English text: numerals, number words, hedges, ranges, vague words, "a man", "no casualties".

A COUNT mention's `label` is the class of what is counted (people, person, things,
definite for what is known already, bare, none), its `norm` the canonical
`min:max:qualifier:whom`, where an empty bound is unbounded and `whom` the words counted, as written. Ages,
years, dates, times, distances, money, shares, ordinals and names of units are never counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from dateline.data import load_yaml
from dateline.language.base import Mention, MentionKind, Sentence, Token
from dateline.language.en.patterns import alternatives, passages, plain
from dateline.records import Qualifier, Report

PRODUCER = "en.numbers.v1"
_MOST = 10**12
"""No count is larger: such a number is an identifier, or a slip, and a database may not hold it."""


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


def _data() -> dict[str, Any]:
    data: dict[str, Any] = load_yaml("dateline.language.en.data", "numbers.yaml")
    return data


@dataclass(frozen=True, slots=True)
class _Patterns:
    count: re.Pattern[str]
    one: re.Pattern[str]
    none: re.Pattern[str]
    unit: re.Pattern[str]
    lead: re.Pattern[str]
    year_lead: re.Pattern[str]
    allowed_of: re.Pattern[str]
    definite: re.Pattern[str]
    persons: frozenset[str]
    stops: frozenset[str]
    casualties: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    d = _data()
    word = alternatives([*d["units"], *d["scales"]])
    written = rf"(?:{alternatives(d['units'])})(?:(?:-|\s+and\s+|\s+)(?:{word})\b)*"
    figure = r"\d{1,3}(?:,\d{3})+(?![\d,]\d)|\d+(?:\.\d+)?"
    number = rf"(?:(?:{figure})(?:[\s-](?:{alternatives(d['scales'])})s?\b)?|{written}\b)"
    hedge = "|".join(rf"(?P<{k}>{alternatives(v)})" for k, v in d["hedges"].items())
    behind = "|".join(rf"(?P<{k}_>{alternatives(v)})(?!\w)" for k, v in d["after_hedges"].items())
    ranges, dashes = alternatives(d["ranges"]), alternatives(d["dashes"])
    count = (
        rf"(?<![\w.,:/’'-])(?:(?:{hedge})\s+)?(?:"
        rf"(?P<vague>{alternatives(d['vague'])})\b"
        rf"|(?P<fixed>{alternatives(d['fixed'])})\b"
        rf"|between\s+(?P<from>{number})\s+and\s+(?P<till>{number})"
        rf"|(?:from\s+)?(?P<low>{number})\s+(?:{ranges})\s+(?P<high>{number})"
        rf"|(?P<low_>{figure})\s?(?:{dashes})\s?(?P<high_>{figure})"
        rf"|(?P<number>{number}))(?![\w/]|[.,:]\d)(?:\s*(?:{behind}))?"
    )
    singular = alternatives(d["persons"])
    one = (
        rf"(?<![\w-])(?:{alternatives(d['articles'])})\s+(?:(?!(?:of|and|in|to)\b)[\w’'.-]+\s+){{0,4}}?(?:{singular})\b"
    )
    flags = re.IGNORECASE
    return _Patterns(
        count=re.compile(count, flags),
        one=re.compile(one, flags),
        none=re.compile(rf"(?<![\w-])(?:{alternatives(d['none'])})\b", flags),
        unit=re.compile(rf"\s*-?(?:{alternatives(d['units_of_measure'])})(?!\w)", flags),
        lead=re.compile(rf"(?<!\w)(?:{alternatives(d['leads'])})\s*$", flags),
        year_lead=re.compile(rf"\b(?:{alternatives(d['year_leads'])})\s*$", flags),
        allowed_of=re.compile(rf"\s*of\s+(?:{alternatives(d['of_allowed'])})\b", flags),
        definite=re.compile(rf"(?<!\w)(?:{alternatives(d['definite'])})\s+$", flags),
        persons=frozenset([*d["persons"], *d["persons"].values()]),
        stops=frozenset(d["stop_words"]),
        casualties=re.compile(rf"(?:\s+\w+){{0,2}}?\s+(?:{alternatives(d['casualty_nouns'])})\b", flags),
    )


def value_of(text: str) -> int | None:
    """The number a numeral or number words name ("2,500", "5.5 million", "twenty-one"); None if none or no integer."""
    d, total, part = _data(), 0.0, 0.0
    seen = False
    for w in re.findall(r"\d[\d,]*(?:\.\d+)?|[a-z]+", text.lower()):
        if w[0].isdigit():
            part, seen = part + float(w.replace(",", "")), True
        elif w in d["units"]:
            part, seen = part + d["units"][w], True
        elif w.rstrip("s") in d["scales"]:
            scale = d["scales"][w.rstrip("s")]
            part, seen = (part or 1) * scale, True
            if scale >= 1000:
                total, part = total + part, 0.0
        elif w != "and":
            return None
    whole = total + part
    return int(whole) if seen and whole <= _MOST and whole.is_integer() else None


def _bounds(m: re.Match[str]) -> Count | None:
    """The count a match of the count pattern names."""
    d = _data()
    g = m.groupdict()
    hedge = next((k for k in d["hedges"] if g[k]), None) or next((k for k in d["after_hedges"] if g[f"{k}_"]), None)
    if g["vague"]:
        return Count(d["vague"][plain(g["vague"])], None, Qualifier.VAGUE)
    if pair := g["from"] or g["low"] or g["low_"]:
        low, high = value_of(pair), value_of(g["till"] or g["high"] or g["high_"])
        if low is None or high is None or low > high:
            return None
        return Count(low, high, Qualifier.RANGE)
    n = d["fixed"][plain(g["fixed"])] if g["fixed"] else value_of(g["number"])
    if n is None:
        return None
    if hedge == "at_least":
        return Count(n, None, Qualifier.AT_LEAST)
    if hedge == "at_most":
        return Count(None, n, Qualifier.AT_MOST)
    return Count(n, n, Qualifier.ABOUT if hedge == "about" else Qualifier.EXACT)


def _barred(text: str, m: re.Match[str], s: Sentence) -> bool:
    """Whether the number measures, dates or names something instead of counting."""
    p, g = _patterns(), m.groupdict()
    before, after = text[max(s.start, m.start() - 24) : m.start()], text[m.end() : min(s.end, m.end() + 30)]
    if p.unit.match(after):
        return True
    if plain(g["number"] or "") == _data()["single"] and re.match(r"\s*of\b", after) and not p.allowed_of.match(after):
        return True
    if re.match(r"-\w", after) or re.match(r"\s*-?year", after):
        return True
    if p.lead.search(before) and not (g["vague"] or _counted(text, m.end(), s)[0] == "people"):
        return True
    if (
        re.search(r",\s*$", before)
        and re.match(r"\s*(?:,|$|\.\s*$)", after)
        and re.search(r"[A-Z][\w’'-]+,\s*$", before)
    ):
        return bool(g["number"])  # "Ahmed Foad, 34, said"
    bare = (g["number"] or "").strip()
    if re.fullmatch(r"(?:1[89]|20)\d\d", bare):
        if p.lead.search(before):
            return True
        return not any(g[h] for h in ("at_least", "at_most", "about")) and _counted(text, m.end(), s)[0] != "people"
    return bool(bare == "0" or re.fullmatch(r"0\d+", bare))


def _counted(text: str, at: int, s: Sentence) -> tuple[str, str]:
    """Class and words of what is counted after offset `at`: ("people", "young soldiers")."""
    p = _patterns()
    rest = re.match(r"(?:\s+of\b(?:\s+the\b)?)?((?:\s+[\w’'.-]+){0,6})", text[at : s.end])
    if not rest:
        return "bare", ""
    taken: list[str] = []
    best = 0
    for w in rest.group(1).split():
        low = w.lower().strip(".").removesuffix("'s").removesuffix("’s")
        if low in p.stops:
            break
        taken.append(w.strip("."))
        if low in p.persons or low.rpartition("-")[2] in p.persons:
            best = len(taken)
        if w.endswith("."):
            break
    if best:
        return "people", " ".join(taken[:best])
    if not taken:
        return "bare", ""
    if plain(taken[0]) in _data()["others"]:
        return ("bare", taken[0]) if len(taken) == 1 else ("things", " ".join(taken))
    return "things", " ".join(taken[:3])


def _adjective(text: str, m: re.Match[str], s: Sentence) -> bool:
    """Whether the name of a people is an adjective here: "an Israeli strike", not "an Israeli was"."""
    if not re.split(r"\s", m.group())[-1][0].isupper():
        return False
    after = re.match(r"\s+([\w’'-]+)", text[m.end() : s.end])
    return after is not None and after.group(1).lower() not in _patterns().stops


def _found(text: str, s: Sentence) -> Iterator[tuple[int, int, str, Count]]:
    """(start, end, class, count) of every count of a sentence, unsorted."""
    p = _patterns()
    taken: list[tuple[int, int]] = []
    for m in p.count.finditer(text, s.start, s.end):
        count = _bounds(m)
        if count is None or _barred(text, m, s):
            continue
        kind, whom = _counted(text, m.end(), s)
        if kind != "bare" and p.definite.search(text, max(s.start, m.start() - 7), m.start()):
            kind = "definite"
        taken.append((m.start(), m.end()))
        yield m.start(), m.end(), kind, Count(count.min, count.max, count.qualifier, whom)
    for m in p.one.finditer(text, s.start, s.end):
        if _adjective(text, m, s):
            continue
        if not any(a < m.end() and m.start() < b for a, b in taken):
            taken.append(m.span())
            whom = m.group().split(maxsplit=1)[1]
            yield m.start(), m.end(), "person", Count(1, 1, Qualifier.EXACT, whom)
    for m in p.none.finditer(text, s.start, s.end):
        if any(a < m.end() and m.start() < b for a, b in taken):
            continue
        noun = p.casualties.match(text, m.end(), s.end)
        kind, whom = _counted(text, m.end(), s)
        if noun or kind == "people" or plain(m.group()) != "no":
            end = noun.end() if noun else m.end()
            yield m.start(), end, "none", Count(0, 0, Qualifier.EXACT, whom)


def find(report: Report, tokens: Sequence[Token], sentences: Sequence[Sentence]) -> Iterable[Mention]:
    """COUNT mentions of a report, in text order. The tokens are not needed: counts are read off the text."""
    for s in passages(report, sentences):
        for start, end, kind, count in sorted(_found(report.text, s), key=lambda c: c[:2]):
            yield Mention(MentionKind.COUNT, start, end, s.index, kind, count.norm, PRODUCER)
