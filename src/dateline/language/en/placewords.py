"""Takes an English place expression apart: the name, what kind it says it is, what holds it, how near.

"20 km north of Aleppo" names Aleppo and lies near it; "Salihiyah neighbourhood of Hasakeh city" names an
unlisted quarter held by a city. Whether a word begins a known name is asked of the caller.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from dateline.data import load_yaml

_DISTANCE = re.compile(r"(\d[\d,]*(?:\.\d+)?)-?([a-z]*)$")
Longest = Callable[[Sequence[str]], int]
"""How many of the first words are together the longest known name."""
Owns = Callable[[str, str], bool | None]
"""Whether the first of two names holds the second; None if neither is known to hold the other."""


@dataclass(frozen=True, slots=True)
class Words:
    """The lists of places.yaml."""

    directions: frozenset[str]
    near: frozenset[str]
    within: frozenset[str]
    kinds: dict[str, str]
    facilities: frozenset[str]
    borders: frozenset[str]
    particles: frozenset[str]
    english: frozenset[str]
    links: frozenset[str]
    articles: frozenset[str]
    joins: frozenset[str]
    of: frozenset[str]
    empty: frozenset[str]
    surroundings: frozenset[str]
    between: frozenset[str]
    outlying: frozenset[str]
    natural: frozenset[str]
    streets: frozenset[str]
    lines: frozenset[str]
    units: dict[str, float]
    extending: frozenset[str]
    leading: frozenset[str]
    attached: frozenset[str]
    never: frozenset[str]
    initials: dict[str, str]
    postal: dict[str, str]
    abbreviations: dict[str, str]
    again: dict[str, str]
    there: frozenset[str]
    elsewhere: frozenset[str]
    determined: frozenset[str]
    seats: frozenset[str]
    hamlets: frozenset[str]
    peoples: frozenset[str]
    every: frozenset[str]
    follows: frozenset[str]
    """Words that, right behind a name, say more of the place."""
    leads: frozenset[str]
    """Words that may stand in a place expression between two names."""


_OWNED = ("place", "admin1", "admin2")
"""Kinds that something larger has: "the West Bank city of Jenin", "the U.S. state of Ohio"."""
_ALONE = ("directions", "near", "within", "facilities", "borders", "empty")
"""Lists whose words are no name by themselves."""
_BETWEEN = ("within", "directions", "near", "facilities", "borders", "surroundings", "particles", "english")
"""Lists whose words may stand between two names of one expression, beside kinds."""
_OTHER = (
    "particles",
    "english",
    "links",
    "articles",
    "joins",
    "of",
    "surroundings",
    "between",
    "outlying",
    "natural",
    "streets",
    "lines",
    "extending",
    "leading",
    "attached",
    "never",
    "there",
    "elsewhere",
    "determined",
    "seats",
    "hamlets",
)


@cache
def words() -> Words:
    """The word lists, loaded once."""
    data: dict[str, Any] = load_yaml("dateline.language.en.data", "places.yaml")
    kinds = {w: kind for kind, held in data["kinds"].items() for w in held}
    sets: dict[str, Any] = {k: frozenset(data[k]) for k in (*_ALONE, *_OTHER)}
    every = frozenset(kinds).union(*(data[k] for k in _ALONE))
    maps = {k: data[k] for k in ("units", "initials", "postal", "abbreviations", "again")}
    follows = frozenset(kinds).union(*(data[k] for k in ("within", "directions", "near", "facilities", "borders")))
    leads = frozenset(kinds).union(*(sets[k] for k in _BETWEEN))
    peoples = frozenset(load_yaml("dateline.language.en.data", "actors.yaml")["peoples"])
    return Words(kinds=kinds, every=every, follows=follows, leads=leads, peoples=peoples, **sets, **maps)


@dataclass(frozen=True, slots=True)
class Part:
    """One name of an expression with the words around it. `known`: the gazetteer has the whole name."""

    name: str
    known: bool
    kind: str | None = None
    kind_word: str | None = None
    near: bool = False
    away: float | None = None
    """Kilometres from it, where the words say how many."""
    direction: bool = False
    border: bool = False
    between: bool = False
    """One of two places that the event lies between."""
    listed: bool = False
    """Stands after a comma only: it may hold the name before it, or be the next of a list."""
    loose: bool = False
    """Stands behind the name before it with no word between that joins them."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A place expression. `head` None: it holds no name. `holders` hold the head, innermost first."""

    surface: str
    head: Part | None
    holders: tuple[Part, ...] = ()

    @property
    def plain(self) -> bool:
        """Whether the expression is just a name (with or without what holds it)."""
        h = self.head
        return h is not None and not (
            h.near or h.direction or h.border or h.between or h.kind in ("part", "water") or self.outlying
        )

    @property
    def outlying(self) -> bool:
        """Whether it is a thing that bears a town's name and lies outside it: "Orla airport", "the Orla road"."""
        return self.head is not None and _bare(self.head.kind_word or "") in words().outlying


def _bare(word: str) -> str:
    return word.strip('"“”()[].;:').lower()


def _possessive(word: str) -> str | None:
    for end in ("'s", "’s", "s'", "s’"):
        if word.endswith(end) and len(word) > 3:
            return word[:-2] if end[0] in "'’" else word[:-1]
    return None


def _begins(word: str) -> bool:
    """Whether a word can begin or go on with a name: a capital, or an article written with a hyphen ("al-Bab")."""
    first = word.lstrip("‘'’ʿ(\"“")
    if not first:
        return False
    prefix, dash, rest = first.partition("-")
    return first[0].isupper() or (bool(dash) and len(prefix) <= 3 and rest[:1].isupper())


def _run(tokens: list[str], start: int, w: Words) -> int:
    """End of the run of name words that begins at `start`; particles inside count, possessives end it."""
    i = start
    while i < len(tokens):
        if _begins(tokens[i]):
            i += 1
            if _possessive(tokens[i - 1]):
                break
        elif tokens[i].lower() in w.particles and i > start and i + 1 < len(tokens) and _begins(tokens[i + 1]):
            i += 1
        else:
            break
    return i


def _name(tokens: list[str], start: int, end: int) -> str:
    taken = [t.strip('"“”()[];:') for t in tokens[start:end]]
    taken[-1] = _possessive(taken[-1]) or taken[-1]
    return " ".join(taken)


def _known(tokens: list[str], clean: list[str], start: int, span: int) -> str:
    """A known name as the gazetteer has it: "Orla airport" of "Orla's airport"."""
    return " ".join(clean[:span]) if span > 1 else _name(tokens, start, start + span)


def _named(tokens: list[str], start: int, longest: Longest, w: Words) -> tuple[list[Part], int] | None:
    """The part(s) that begin at `start` and where they end: a known name, or an unknown one with its holder.

    None if the word there is no name: "Southern" of "Southern Gaza Strip", "Sunni" of "the Sunni town of Orla".
    """
    end = _run(tokens, start, w)
    stop = tokens.index(",", start) if "," in tokens[start:] else len(tokens)
    clean = [(_possessive(t) or t).strip('"“”()[];:') for t in tokens[start:stop]]
    span = longest(clean)
    first = _bare(clean[0])
    if (first in w.directions and span < 2) or (first in w.peoples and not span):
        return None
    if span and start + span >= end and not (span == 1 and first in w.every):
        return [Part(_known(tokens, clean, start, span), True)], start + span
    while end > start and _bare(tokens[end - 1]) in w.every:
        end -= 1
    if end == start:
        return None
    if span and tokens[start + span : end] and tokens[start + span].lower() in w.english:
        end = start + span  # "Aleppo on Monday" is no name like "Stratford on Avon", which the gazetteer would have
    if span and start + span >= end and not (span == 1 and first in w.every):
        return [Part(_known(tokens, clean, start, span), True)], start + span
    whole = Part(_name(tokens, start, end), False)
    follows = _bare(tokens[end]) if end < len(tokens) else ""
    if span and first not in w.every and follows in w.facilities:
        return [whole, Part(_name(tokens, start, start + span), True)], end
    return [whole], end


def _after(part: Part, tokens: list[str], i: int, w: Words) -> tuple[Part, int]:
    """The part with the kind words that follow it directly ("Idlib province", "Kabul airport")."""
    while i < len(tokens):
        word = _bare(tokens[i])
        if word in w.borders:
            part, i = replace(part, border=True), i + 1
        elif word in w.surroundings:
            part, i = replace(part, near=True), i + 1
        elif word in w.facilities and word not in w.kinds:
            part, i = replace(part, kind="facility", kind_word=tokens[i]), i + 1
        elif word in w.kinds:
            part, i = replace(part, kind=part.kind or w.kinds[word], kind_word=part.kind_word or tokens[i]), i + 1
        else:
            break
    return part, i


def _away(lead: list[str], w: Words) -> float | None:
    """Kilometres told before a name: "some 60 km north of", "12 miles (20 km) from"."""
    for i, word in enumerate(lead):
        found = _DISTANCE.match(word)
        unit = w.units.get(found[2] or (lead[i + 1] if i + 1 < len(lead) else "")) if found else None
        if found and unit:
            return float(found[1].replace(",", "")) * unit
    return None


def _before(part: Part, lead: list[str], w: Words) -> Part:
    """The part with what stands before it ("northern", "near", "the city of")."""
    if away := _away(lead, w):
        part = replace(part, away=away)
    for i, word in enumerate(lead):
        if word in w.near:
            part = replace(part, near=True)
        elif word in w.directions:
            # "north of X" is beside X; "northern X" and "the north of X" are within it.
            beside = w.of.issuperset(lead[i + 1 : i + 2] or [""]) and w.articles.isdisjoint(lead[max(0, i - 1) : i])
            part = replace(part, near=True) if beside else replace(part, direction=True)
        elif word in w.borders:
            part = replace(part, border=True)
        elif word in w.between:
            part = replace(part, between=True)
        elif word in w.lines and part.kind is None:
            part = replace(part, kind="facility", kind_word=word)
        elif word in w.kinds and part.kind is None and not w.of.isdisjoint(lead[i:]):
            part = replace(part, kind=w.kinds[word], kind_word=word)
    return part


def led(part: Part, before: str) -> Part:
    """The part as the words just before it in the text place it ("… 20 km north of" Aleppo, "… in northern" Syria)."""
    w, lead = words(), list[str]()
    tokens = before.split()[-6:]
    for i, token in reversed(list(enumerate(tokens))):
        word = token.lower()
        bare = _bare(word)
        kind = bare in w.kinds and w.of.issuperset(lead[:1] or [""]) and not _of_another(tokens[:i], bare, w)
        if not (kind or any(bare in of for of in (w.near, w.directions, w.links, w.between)) or _DISTANCE.match(bare)):
            break
        lead.insert(0, bare)
    made = _before(part, lead, w)
    return replace(made, between=True) if _second(before) else made


def _of_another(before: list[str], kind: str, w: Words) -> bool:
    """Whether a kind is that of the name before it: "the Orla district of" Aleppo, whose Orla is a district."""
    return w.kinds[kind] in ("admin2", "part") and bool(before) and _begins(before[-1])


@cache
def _pair() -> re.Pattern[str]:
    w = words()
    between, joins, articles = ("|".join(sorted(of)) for of in (w.between, w.joins, w.articles))
    return re.compile(
        rf"\b(?:{between}) (?:(?:{articles}) )?[A-Z][\w'’-]*(?: [A-Z][\w'’-]*)* (?:{joins}) (?:(?:{articles}) )?$"
    )


def _second(before: str) -> bool:
    """Whether a name is the second of two that something lies between: "between Orla and" Kurto."""
    return _pair().search(before) is not None


def _ways(tokens: list[str], longest: Longest, w: Words) -> list[str]:
    """The words with a way between two known places written out: "the Orla-Kurto road" → "road from Orla to Kurto"."""
    out: list[str] = []
    for i, token in enumerate(tokens):
        first, dash, second = token.replace("–", "-").partition("-")
        both = dash and "-" not in second and len(first) > 3 and first[0].isupper() and second[:1].isupper()
        if both and not longest([token]) and longest([first]) and longest([second]):
            return [*out, "road", "from", first, "to", second, *(t for t in tokens[i + 1 :] if _bare(t) not in w.lines)]
        out.append(token)
    return out


def _either(first: str, second: str) -> bool | None:
    """Nothing is known of what holds what."""
    return None


def parse(surface: str, longest: Longest, owns: Owns = _either) -> Phrase:
    """Take an expression apart. Linear in its words; never fails."""
    w = words()
    tokens = _ways(surface.replace(",", " , ").replace("—", " — ").split(), longest, w)
    has_name = any(_begins(t) and _bare(t) not in (w.empty if len(tokens) > 1 else w.every) for t in tokens)
    if has_name and longest(tokens) == len(tokens):
        return Phrase(surface, Part(surface.strip(), True))
    parts: list[Part] = []
    owners: list[bool] = []
    lead: list[str] = []
    i = 0
    while i < len(tokens):
        found = _named(tokens, i, longest, w) if _begins(tokens[i]) else None
        if found is None:
            lead.append(_bare(tokens[i]) if tokens[i] != "," else ",")
            i += 1
            continue
        named, i = found
        owner = bool(_possessive(tokens[i - 1]))
        if parts and not (owners[-1] or _joined(lead, w)):
            break
        part, i = _after(named[0], tokens, i, w)
        owner = owner or _of_its(part, tokens, i, longest, owns)
        parts += [replace(_before(part, lead, w), listed=set(lead) == {","}, loose=not lead), *named[1:]]
        owners += [owner, *(False for _ in named[1:])]
        lead = []
    return _phrase(surface, parts, owners)


def _of_its(part: Part, tokens: list[str], i: int, longest: Longest, owns: Owns) -> bool:
    """Whether a name with its kind holds the name behind "of".

    "the West Bank city of Jenin", but not "the Orla district of Jenin": a district is one of what is named behind it,
    unless the gazetteer has it the other way round.
    """
    w = words()
    if part.kind not in _OWNED or i >= len(tokens) or tokens[i].lower() not in w.of:
        return False
    named = _named(tokens, i + 1, longest, w) if i + 1 < len(tokens) and _begins(tokens[i + 1]) else None
    known = owns(part.name, named[0][0].name) if named else None
    return part.kind == "place" if known is None else known


def _joined(lead: list[str], w: Words) -> bool:
    """Whether the words between two names say that the second holds the first."""
    return all(x in w.within or x in w.directions or x in w.near or x in w.kinds or x in w.facilities for x in lead)


def _phrase(surface: str, parts: list[Part], owners: list[bool]) -> Phrase:
    if not parts:
        return Phrase(surface, None)
    # "Cairo's Tahrir Square", "in Mali's Mopti region": the owner holds what follows.
    ordered: list[Part] = []
    owning: list[Part] = []
    for part, owner in zip(parts, owners, strict=True):
        if owner:
            owning.append(replace(part, kind=None, kind_word=None))
        else:
            ordered += [part, *reversed(owning)]
            owning = []
    ordered += owning
    return Phrase(surface, ordered[0], tuple(ordered[1:]))
