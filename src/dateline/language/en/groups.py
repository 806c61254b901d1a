"""Groups whose words tell their number: "a family of five", "both pilots", "the pair", "a man and his two sons"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from dateline.data import load_yaml
from dateline.language.base import Sentence
from dateline.language.en.numerals import number_pattern, value_of
from dateline.language.en.patterns import alternatives, plain

_MANY = 2
"""The least that a plural without a number can be."""
Bounds = Collection[tuple[int, int]]
"""Offsets of words."""


@dataclass(frozen=True, slots=True)
class Group:
    """A group in the text: offsets, class (as of counts), number, whether there may be more, words for them."""

    start: int
    end: int
    kind: str
    number: int
    more: bool = False
    whom: str = ""


@dataclass(frozen=True, slots=True)
class _Patterns:
    group: re.Pattern[str]
    couple: re.Pattern[str]
    both: re.Pattern[str]
    member: re.Pattern[str]
    link: re.Pattern[str]
    another: re.Pattern[str]


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = load_yaml("dateline.language.en.data", "numbers.yaml")
    return data


def _plurals() -> dict[str, str]:
    """Kin in the plural → in the singular."""
    return {_data()["persons"][k]: k for k in _data()["kin"] if k in _data()["persons"]}


@cache
def _patterns() -> _Patterns:
    d, flags = _data(), re.IGNORECASE
    whose, articles, definite = (alternatives(d[x]) for x in ("possessives", "articles", "definite"))
    some = r"(?:(?!(?:and|or|of|in|by|who)\b)[\w-]+\s+){0,2}?"
    people = alternatives([*d["persons"].values(), *d["crowds"]])
    kin = rf"(?P<noun>{alternatives([*d['kin'], *_plurals(), *d['pairs']])})\b(?![’'-])"
    adjectives = rf"(?:(?:{alternatives(d['kin_adjectives'])}|[\w-]+-old)\s+){{0,2}}"
    number = rf"(?P<n>{number_pattern()}|{articles}|both)"
    item = rf"(?:(?P<whose>{whose})\s+(?:{number}\s+)?|{number.replace('<n>', '<m>')}\s+(?:of\s+(?P<of>{whose})\s+)?)"
    return _Patterns(
        group=re.compile(rf"\b(?:{articles}|the|one)\s+{some}(?P<noun>{alternatives(d['groups'])})\s+of\s+$", flags),
        couple=re.compile(
            rf"(?<![\w-])(?:{articles}|{definite})\s+{some}(?P<noun>{alternatives(d['couples'])})\b(?!\s+of\b|[’'-])",
            flags,
        ),
        both=re.compile(
            rf"(?<![\w-])both(?:\s+of\s+(?:them|whom)\b|\s+(?:of\s+)?(?:(?:the|{whose})\s+)?{some}(?:{people})\b(?!\s+and\b)"
            rf"|(?=\s+(?:{alternatives(d['both_before'])})\b))",
            flags,
        ),
        member=re.compile(rf"(?<![\w-])(?:{whose})\s+{adjectives}{kin}", flags),
        link=re.compile(rf"(?P<and>,?\s+and\s+|,\s+){item}{adjectives}{kin}", flags),
        another=re.compile(r",?\s+and\s+", flags),
    )


def around(text: str, s: Sentence, start: int) -> tuple[int, str] | None:
    """Where "a family of" begins that stands right before a number at `start`, and the word for the group."""
    m = _patterns().group.search(text, max(s.start, start - 60), start)
    return (m.start(), m["noun"]) if m else None


def groups(text: str, s: Sentence, ones: Bounds, known: Bounds) -> Iterator[Group]:
    """Families, couples and "both".

    `ones` holds where single persons are named ("a woman" of "a woman and her son"), `known` those with "the".
    """
    p = _patterns()
    pairs = list(_couples(text, s))
    heads = [Group(a, b, "person", 1) for a, b in ones]
    heads += [Group(a, b, "definite", 1) for a, b in known]
    alone = (m for m in p.member.finditer(text, s.start, s.end) if plain(m["noun"]) in _data()["kin"])
    own = [Group(m.start(), m.end(), "own", 1) for m in alone]
    ended = -1
    for head in sorted([*pairs, *heads, *own], key=lambda g: (g.start, g.end)):
        if head.start >= ended and (made := _family(text, s, head, ones)):
            ended = made.end
            yield made
    yield from pairs
    for m in p.both.finditer(text, s.start, s.end):
        yield Group(m.start(), m.end(), "definite", 2, whom=" ".join(m.group().split()[1:]))


def _couples(text: str, s: Sentence) -> Iterator[Group]:
    """ "A couple", "the pair", "an elderly couple"."""
    d = _data()
    for m in _patterns().couple.finditer(text, s.start, s.end):
        kind = "person" if plain(m.group()).split()[0] in d["articles"] else "definite"
        yield Group(m.start(), m.end(), kind, d["couples"][plain(m["noun"])], whom=m["noun"])


def _family(text: str, s: Sentence, head: Group, ones: Bounds) -> Group | None:
    """ "A man, his wife and three children": the head with the kin that "and" joins to it; None if none is."""
    p, d = _patterns(), _data()
    total, more, at, end = head.number, False, head.end, head.end
    bound = head.kind == "own"
    whole: tuple[int, bool] | None = None
    while m := p.link.match(text, at, s.end):
        if not bound and not (m["whose"] or m["of"]):
            break
        bound = True
        number, open_ended = _members(m)
        total, more, at = total + number, more or open_ended, m.end()
        if "and" in m["and"].lower():
            whole, end = (total, more), at
    if (m := p.another.match(text, at, s.end)) and at > head.end:
        last = next((b for a, b in ones if a == m.end()), None)
        if last is not None:
            whole, end = (total + 1, more), last
    if whole is None:
        return None
    kind = "person" if head.kind == "own" else head.kind
    words = " ".join(text[head.start : end].split())
    first, _, rest = words.partition(" ")
    return Group(head.start, end, kind, *whole, whom=rest if first.lower() in d["articles"] else words)


def _members(m: re.Match[str]) -> tuple[int, bool]:
    """How many one link of a family names, and whether there may be more."""
    d, noun, written = _data(), plain(m["noun"]), plain(m["n"] or m["m"] or "")
    if written in d["articles"]:
        return 1, False
    if written == "both":
        return 2, False
    if written:
        number = value_of(written)
        return (_MANY, True) if number is None else (number, False)
    if noun in d["pairs"]:
        return 2, False
    return (1, False) if noun in d["kin"] else (_MANY, True)
