"""Numbers that count nobody: ages, years, dates, hours, distances, money, shares, names of units and the like."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from dateline.data import load_yaml
from dateline.language.base import Sentence
from dateline.language.en.numerals import number_pattern
from dateline.language.en.patterns import alternatives, plain

_AHEAD, _BEHIND = 48, 40
"""Characters looked at before and behind a number."""
_TERM = 120
"""Characters before a length of time in which somebody may be sentenced to it."""
_YEAR = r"(?:1[89]|20)\d\d"
_AGED = r"-\w|\s*-?\s*year|-?\s*(?:,|and|to|or)\s+\d+\s*-?\s*year|\s*y/o\b|['’]s\b"
"""What stands behind a number of years: "16- year-old", "19- and 20-year-old", "25 y/o", "in her 20's"."""
_NAMED = r"(?:[A-Z][\w’'-]+\.?|\bone),\s*$"
_FULL_NAME = r"[A-Z][\w’'-]+\.?\s+[A-Z][\w’'-]+\.?,\s*$"


@dataclass(frozen=True, slots=True)
class _Patterns:
    unit: re.Pattern[str]
    month: re.Pattern[str]
    after_one: re.Pattern[str]
    member: re.Pattern[str]
    pronoun: re.Pattern[str]
    lead: re.Pattern[str]
    year_lead: re.Pattern[str]
    age_lead: re.Pattern[str]
    part_of: re.Pattern[str]
    joined: re.Pattern[str]
    term: re.Pattern[str]
    term_lead: re.Pattern[str]
    term_end: re.Pattern[str]
    persons: frozenset[str]
    emergency: frozenset[str]


@cache
def _patterns() -> _Patterns:
    d: dict[str, Any] = load_yaml("dateline.language.en.data", "numbers.yaml")
    months, numbers = "|".join([*d["months"], *map(str.upper, d["months"])]), number_pattern()
    flags = re.IGNORECASE
    described = rf"(?:(?:{alternatives(d['unit_adjectives'])}|(?-i:[A-Z])[\w.]+)\s+){{0,2}}"
    joined = rf"-(?:{alternatives(d['sizes'])})\s+(?:[\w-]+\s+)?(?:{alternatives(d['groups'])})\b"
    return _Patterns(
        unit=re.compile(rf"\s*-?(?:of\s+)?{described}(?:{alternatives(d['units_of_measure'])})(?!\w)", flags),
        month=re.compile(rf"\s+(?:of\s+)?(?:{months})\b(?!\s+(?i:{alternatives(d['month_verbs'])})\b)"),
        after_one=re.compile(rf"\s*(?:{alternatives(d['after_one'])})\b", flags),
        member=re.compile(rf"(?<!there )\b(?:{alternatives(d['member_leads'])})\s+$", flags),
        pronoun=re.compile(rf"(?<!\w)(?:{alternatives(d['definite'])})\s+(?!only\b)[\w’'-]+\s+$", flags),
        lead=re.compile(rf"(?:(?<!\w)(?:{alternatives(d['leads'])})|\b(?-i:{months})\.?)\s*$", flags),
        year_lead=re.compile(rf"\b(?:{alternatives(d['year_leads'])}|(?-i:{months}),?)\s+$", flags),
        age_lead=re.compile(
            rf"\b(?:aged?|ages)\s+(?:of\s+)?(?:between\s+)?(?:(?:{numbers})\s*(?:,|,?\s*and|to|-)\s*)*$"
            rf"|\b(?:{alternatives([*d['articles'], *d['possessives'], 'the'])})\s+(?:[\w-]+\s+){{0,2}}"
            rf"(?:{alternatives(d['persons'])})\s+of\s+$",
            flags,
        ),
        part_of=re.compile(
            rf"\s*of\s+(?:(?:{alternatives([*d['part_of'], *d['possessives']])})\b|(?:the\s+)?(?:{numbers})\s)", flags
        ),
        joined=re.compile(joined, flags),
        term=re.compile(rf"\s+(?:[a-z]+\s+)?(?:{alternatives(d['terms'])})\b", flags),
        term_lead=re.compile(
            rf"\b(?:{alternatives(d['term_leads'])})\b[^,;:]*\b(?:{alternatives(d['term_between'])})\s+(?:an?\s+)?$",
            flags,
        ),
        persons=frozenset(d["persons"]),
        emergency=frozenset(d["emergency"]),
        term_end=re.compile(rf"[’']?\s+(?:of\s+)?(?:{alternatives(d['term_ends'])})\b", flags),
    )


def joined_group(text: str, end: int) -> re.Match[str] | None:
    """The words "-strong crowd" or "-member family" right behind a number."""
    return _patterns().joined.match(text, end)


def term_behind(text: str, m: re.Match[str], s: Sentence) -> str:
    """The words for a length of time behind the number of a match, if somebody is to be held for so long; else ""."""
    p = _patterns()
    unit = p.term.match(text, m.end(), s.end)
    if unit is None:
        return ""
    held = p.term_end.match(text, unit.end(), s.end) or p.term_lead.search(
        text, max(s.start, m.start() - _TERM), m.start()
    )
    return " ".join(unit.group().split()) if held else ""


def barred(text: str, m: re.Match[str], s: Sentence, kind: str) -> bool:
    """Whether the number of a match of the count pattern measures, dates or names something instead of counting.

    `kind` is the class of what stands behind it (see `numbers`).
    """
    p = _patterns()
    before, after = text[max(s.start, m.start() - _AHEAD) : m.start()], text[m.end() : min(s.end, m.end() + _BEHIND)]
    if p.unit.match(after) or p.month.match(after):
        return True
    if joined_group(text, m.end()):
        return False
    if re.match(_AGED, after) or _one_of(m, before, after, kind) or _whole_group(before):
        return True
    if _listed(before) and not (m["vague"] or kind == "people"):
        return True
    if _age(before, after, m, kind) or _year(before, m, kind) or _code(before, after, m, kind):
        return True
    return _other(before, after, m, s, kind)


def _listed(before: str) -> bool:
    """A number behind a word that numbers things ("page 6"), or that of how many there are ("page 6 of 12")."""
    first = re.search(r"\s\d+\s+of\s+$", before)
    return bool(_patterns().lead.search(before[: first.start()] if first else before))


def _code(before: str, after: str, m: re.Match[str], kind: str) -> bool:
    """A footnote ("[9]"), "#20", a house number ("at 7050 Old Mill Road", "the 3200 block"), who is called for help."""
    bare = (m["number"] or "").strip()
    if before.endswith("#") or (before.endswith("[") and after.startswith("]")):
        return True
    if not re.fullmatch(r"\d{3,5}", bare) or kind == "people":
        return False
    house = re.search(r"\bat\s+$", before) and re.match(r"\s+(?:[NSEW]\.?\s+)?[A-Z][a-z]", after)
    called = re.search(r"\b(?:call|dial)\w*\s+$", before) or re.match(r"\s+calls?\b", after)
    return bool(house or re.match(r"\s+bl(?:oc)?ks?\b", after) or (called and bare in _patterns().emergency))


def _whole_group(before: str) -> bool:
    """ "Who is one of three leaders": how many there are of whom only one is meant."""
    of = re.search(r"\bone\s+of\s+(?:the\s+)?$", before)
    return bool(of and _patterns().member.search(before[: of.start()]))


def _one_of(m: re.Match[str], before: str, after: str, kind: str) -> bool:
    """ "One of the bridges", "one side": a part that is not counted, but "one of the attackers" is. "She was one of the
    dead" tells of which group she was; in "the old one" it stands for a noun."""
    if plain(m["number"] or "") != "one":
        return False
    p = _patterns()
    if p.after_one.match(after) or (p.member.search(before) and re.match(r"\s*of\b", after)):
        return True
    if kind == "bare" and p.pronoun.search(before):
        return True
    return bool(re.match(r"\s*of\b", after)) and kind != "people" and not p.part_of.match(after)


def _age(before: str, after: str, m: re.Match[str], kind: str) -> bool:
    """ "Omar Falk, 34, said", "Falk (34)", "a boy, 9, was", "aged 7 and 12", "a man of 60", "his sons, 12 and 14"."""
    if not m["number"] or kind == "people":
        return False
    apposed = re.search(r"([\w’'-]+),\s*$", before)
    if kind == "bare" and apposed and apposed[1].lower() in _patterns().persons and re.match(r"\d{1,3}$", m["number"]):
        return True
    if re.search(r"\bboth\s+$", before, re.IGNORECASE) and re.match(r"\s*,", after):
        return True
    if _patterns().age_lead.search(before):
        return True
    if re.search(r"\(\s*$", before) and re.match(r"\s*\)", after):
        return True
    ends = re.match(r"\s*(?:[,;]|$|\.\s*$)", after)
    if ends and re.search(_NAMED, before):
        return True
    if re.match(r"\s*(?:[(—–]|-\s|and\s+[A-Z])", after) and re.search(_FULL_NAME, before):
        return True
    if re.search(r"[a-z],\s*$", before) and re.match(r"\s+and\s+\d{1,2}\s*,", after):
        return True
    return bool(ends and re.search(r"[a-z],\s*\d{1,2}\s+and\s+$", before))


def _year(before: str, m: re.Match[str], kind: str) -> bool:
    """A year, or a span of years."""
    p, bare = _patterns(), (m["number"] or "").strip()
    if m["low_"] and re.fullmatch(_YEAR, m["low_"]) and re.fullmatch(rf"{_YEAR}|\d\d", m["high_"]):
        return kind != "people"
    if m["low"] and re.fullmatch(_YEAR, m["low"]) and re.fullmatch(_YEAR, m["high"]):
        return kind != "people"
    if not re.fullmatch(_YEAR, bare):
        return False
    if p.lead.search(before) or p.year_lead.search(before):
        return True
    return kind != "people" and not any(m[h] for h in ("at_least", "at_most", "about"))


def _other(before: str, after: str, m: re.Match[str], s: Sentence, kind: str) -> bool:
    """An hour at the head of a sentence ("At four, …"), a bare nought, a code."""
    bare = (m["number"] or "").strip()
    at_head = m.start() - len(before) == s.start and re.fullmatch(r"[“\"']?(?:at|by)\s+", before, re.IGNORECASE)
    if at_head and kind == "bare" and re.match(r"\s*(?:,|in\s+the\b|on\b)", after):
        return True
    return bool(bare == "0" or re.fullmatch(r"0\d+", bare))
