"""Which words of a report name places: what the gazetteer knows, weighed by what stands around it and by the model.

Every run of capitalised words is looked at. Each reading of it as a place collects points (`POINTS`): for being known
and large, for a preposition or "…, Country" around it, for what the model and the lexicon hold it to be, for what the
same name is elsewhere in the report. A name with enough points is a place, whatever it does in its sentence: "Moscow"
for a government and "Aleppo" of "Aleppo University" count; which places are those of an event is not asked here.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, takewhile
from typing import Protocol

from dateline.language.base import Annotation, MentionKind, Named, Sentence, Token
from dateline.language.en.entities import unmarked
from dateline.language.en.entities import words as entity_words
from dateline.language.en.placewords import words

NEEDED = 1.0
"""Points that make a name a place."""
POINTS = {
    "nation": 2.0,
    "large": 0.7,
    "fair": 5.0,
    "small": -1.0,
    "unknown": -1.7,
    "model": 3.0,
    "partly": 1.5,
    "person": -4.0,
    "body": -1.5,
    "within_body": -0.3,
    "other": -1.0,
    "preposition": 1.0,
    "lexicon": 0.6,
    "chain": 1.5,
    "kind": 1.0,
    "first": -0.7,
    "plain": -1.0,
    "stop": -2.5,
    "surname": -2.0,
    "again": 2.0,
    "longer": 0.3,
}
_ARTICLE = 3
"""Letters of the longest article that is written before a name with a hyphen."""
_QUOTES = "‘’'"
_FEW = 3
"""In a sentence in which no more than one in so many words has a capital, capitals mean something."""
_REMEMBERED = 1 << 14
"""Names whose worth is kept from report to report."""
_MOST = 7
"""Words of the longest name that is looked for where the gazetteer has none."""


class PlaceNames(Protocol):
    """What is asked of a gazetteer."""

    def is_place(self, name: str) -> bool:
        """Whether a place has that name."""
        ...

    def longest_place(self, words: Sequence[str]) -> int:
        """How many of the first words together are the longest known name; 0 if none."""
        ...

    def place_weight(self, name: str) -> int:
        """Population of the largest entry of that name; ten million for countries, regions and waters."""
        ...


@dataclass(frozen=True, slots=True)
class Found:
    """A place name of a report. `national`: a word for a country's people or things ("Syrian"), not for the place."""

    start: int
    end: int
    national: bool = False


@dataclass(slots=True)
class _Reading:
    """A stretch of a sentence read as a place, words [first, last)."""

    first: int
    last: int
    start: int
    end: int
    name: str
    points: float
    national: bool = False


class PlaceFinder:
    """Finds place names; `nationals` are case-folded words for nationals."""

    def __init__(self, names: PlaceNames, nationals: Mapping[str, str]) -> None:
        self._names = names
        self._nationals = nationals
        self._first = {word.split()[0] for word in nationals}
        self._worth = lru_cache(maxsize=_REMEMBERED)(self._worth_of)
        short = sorted(words().initials, key=len, reverse=True)
        dotted = sorted((a for a in words().abbreviations if " " not in a), key=len, reverse=True)
        self._short = re.compile(rf"(?<![\w.])(?:{'|'.join(re.escape(s) for s in short if '.' in s)})(?!\w)")
        self._dotted = re.compile(rf"(?<=, )(?:{'|'.join(s.capitalize() for s in dotted)})\.")

    def find(self, text: str, annotation: Annotation) -> list[Found]:
        """The place names of a report in text order; they do not overlap."""
        short = {a: b for p in (self._short, self._dotted) for a, b in (m.span() for m in p.finditer(text))}
        sentences = [_Line(text, annotation, s, short) for s in annotation.sentences]
        people = _people(text, annotation.named)
        readings = [list(self._readings(line, people)) for line in sentences]
        again = {r.name.casefold() for held in readings for r in held if r.points >= NEEDED + 1}
        found: list[Found] = []
        for held in readings:
            end = -1
            for r in held:
                points = r.points + (POINTS["again"] if r.name.casefold() in again else 0.0)
                if points >= NEEDED and r.start >= end:
                    found.append(Found(r.start, r.end, r.national))
                    end = r.end
        return found

    def _readings(self, line: _Line, people: frozenset[str]) -> Iterator[_Reading]:
        done = 0
        for i in line.heads:
            if i >= done and (r := self._at(line, i, people)):
                yield r
                done = r.last if r.points + POINTS["again"] >= NEEDED else i + 1

    def _at(self, line: _Line, i: int, people: frozenset[str]) -> _Reading | None:
        """The best reading that begins at a word."""
        w = line.words[i]
        if w.start in line.short:
            end = line.short[w.start]
            last = next((k for k in range(i, len(line.words)) if line.words[k].start >= end), len(line.words))
            return _Reading(i, last, w.start, end, line.text[w.start : end], 9.0)
        if w.text in words().never or w.lower in words().empty:
            return None
        national = self._national(line, i)
        if national:
            return national
        run = line.run(i)
        span = self._names.longest_place([x.text for x in line.words[i : i + _MOST]])
        while span and not line.capital[i + span - 1]:
            span = 0
        if span < 2 and w.lower in entity_words().never_names:
            return None
        return self._best(line, i, max(run, span), span, people)

    def _national(self, line: _Line, i: int) -> _Reading | None:
        for n in (3, 2, 1) if line.words[i].lower in self._first else ():
            name = " ".join(x.lower for x in line.words[i : i + n])
            if i + n <= len(line.words) and name in self._nationals and all(line.capital[i : i + n]):
                longer = self._names.longest_place([x.text for x in line.words[i : i + _MOST]])
                if longer > n or (longer == n and self._names.place_weight(name) >= 10_000_000):
                    return None
                first, last = line.words[i], line.words[i + n - 1]
                return _Reading(i, i + n, first.start, last.end, name, 9.0, national=True)
        return None

    def _best(self, line: _Line, i: int, run: int, span: int, people: frozenset[str]) -> _Reading | None:
        """Of the ways to read the words from `i`, the longest with most points."""
        lengths = {span, run, *self._extents(line, i, run), *line.model_ends(i)} - {0}
        most = min(_MOST, len(line.words) - i)
        made = [self._reading(line, i, i + n, people) for n in sorted(lengths) if n <= most]
        return max(made, key=lambda r: (round(r.points, 3), r.last), default=None)

    @staticmethod
    def _extents(line: _Line, i: int, run: int) -> Iterator[int]:
        """Up to a kind with a capital: "Laurel County" of "Laurel County Court"."""
        for n in range(2, run + 1):
            if line.words[i + n - 1].lower.rstrip(".") in words().extending:
                yield n
        if run >= 2 and line.words[i].lower in words().leading:
            yield 2

    def _reading(self, line: _Line, first: int, last: int, people: frozenset[str]) -> _Reading:
        held = line.words[first:last]
        start, end = held[0].start, held[-1].end
        name = " ".join([w.text for w in held])
        r = _Reading(first, last, start, end, name, 0.0)
        r.points = self._worth(name, len(held)) + line.points(r)
        if len(held) == 1 and held[0].lower in people:
            r.points += POINTS["surname"]
        if any(w.lower in words().extending for w in held[1:]) or (held[0].lower in words().leading and len(held) > 1):
            r.points += POINTS["kind"]
        return r

    def _worth_of(self, name: str, length: int) -> float:
        """What the name alone says, of so many words."""
        short = words().initials.get(name)
        known = bool(short) or self._names.is_place(name)
        if not known:
            base, _, kind = name.rpartition(" ")
            extends = length > 1 and kind.casefold() in words().extending
            return POINTS["small" if extends and self._names.is_place(base) else "unknown"]
        weight = self._names.place_weight(short or name)
        if weight >= 10_000_000:
            return POINTS["nation"] + POINTS["longer"] * (length - 1)
        stop = length == 1 and name.casefold() in entity_words().stop
        size = POINTS["large"] * (math.log10(weight + 10) - POINTS["fair"])
        return max(POINTS["small"], size) + POINTS["stop"] * stop + POINTS["longer"] * (length - 1)


def _people(text: str, named: Sequence[Named]) -> frozenset[str]:
    """Last words of the names of people with more than one word."""
    made = set()
    for n in named:
        parts = text[n.start : n.end].split()
        if n.label == "PER" and len(parts) > 1 and n.score >= 0.5:
            made.add(parts[-1].casefold().strip(".,'’"))
    return frozenset(made)


class _Line:
    """A sentence with what is known of its words. `short`: where short forms of regions stand in the text."""

    def __init__(self, text: str, annotation: Annotation, s: Sentence, short: Mapping[int, int]) -> None:
        self.text = text
        self.short = short
        self.words = _words(annotation, s) if "-" in text[s.start : s.end] else annotation.tokens_of(s)
        self.capital = [
            w.text[0].isupper() or ((w.text[0] in _QUOTES or "-" in w.text) and _capital(w.text)) for w in self.words
        ]
        self.heads = [i for i, w in enumerate(self.words) if self.capital[i] or w.start in short]
        self.plain = len(self.heads) * _FEW > len(self.words) and unmarked(annotation.tokens, s)
        self.lexicon = [(m.start, m.end) for m in annotation.mentions_of(s, MentionKind.PLACE)]
        low = bisect_left(annotation.named, s.start, key=lambda n: n.end)
        self.named = list(takewhile(lambda n: n.start < s.end, islice(annotation.named, low, None)))

    def run(self, i: int) -> int:
        """How many words from `i` are one run of capitalised words, small words inside counted."""
        j = i
        while j < min(len(self.words), i + _MOST) and (self._begins(i, j) or self._joins(i, j)):
            j += 1
        return j - i

    def _begins(self, i: int, j: int) -> bool:
        return self.capital[j] and (j == i or self.words[j].lower not in entity_words().never_names)

    def _joins(self, i: int, j: int) -> bool:
        """Whether a small word stands between two of a name: "Deir ez Zor", "Dar es Salaam"."""
        return j > i and self.words[j].lower in words().particles and any(self.capital[j + 1 : j + 2])

    def model_ends(self, i: int) -> Iterator[int]:
        """Lengths of the model's places that begin at a word."""
        for n in self.named:
            if n.label == "LOC" and n.start == self.words[i].start:
                last = i
                while last < len(self.words) and self.words[last].end <= n.end:
                    last += 1
                while last > i and not self.capital[last - 1]:
                    last -= 1
                yield last - i

    def points(self, r: _Reading) -> float:
        """What stands around a reading and what the model holds it to be."""
        made = self._model(r)
        before = self.words[r.first - 1] if r.first else None
        prepositions, directions = entity_words().prepositions, entity_words().directions
        k = r.first - 1
        while k >= 0 and (self.words[k].lower in directions or self.words[k].lower in words().articles):
            k -= 1
        if k >= 0 and self.words[k].lower in prepositions:
            made += POINTS["preposition"]
        if any(a <= r.start and r.end <= b for a, b in self.lexicon):
            made += POINTS["lexicon"]
        after = self.words[r.last] if r.last < len(self.words) else None
        if (after and after.text in entity_words().types) or self._attached(r.last) or self._kind_of(r.first):
            made += POINTS["kind"]
        if after and after.text == "," and r.last + 1 < len(self.words) and self.words[r.last + 1].start in self.short:
            made += POINTS["chain"]
        if before is None or before.text in {'"', "“", "‘"}:
            made += POINTS["first"]
        if self.plain:
            made += POINTS["plain"]
        return made

    def _attached(self, after: int) -> bool:
        """Whether a hyphen and a word that keeps a place a place follow: "Orla-based"."""
        following = self.words[after : after + 2]
        return len(following) > 1 and following[0].text == "-" and following[1].lower in words().attached

    def _kind_of(self, first: int) -> bool:
        """Whether a kind of place stands before: "the city of Orla"."""
        before = self.words[max(0, first - 2) : first]
        return len(before) > 1 and before[1].lower in words().of and before[0].lower in entity_words().types

    def _model(self, r: _Reading) -> float:
        made = 0.0
        for n in self.named:
            if n.end <= r.start or r.end <= n.start:
                continue
            exact = abs(n.start - r.start) <= 1 and abs(n.end - r.end) <= 1
            inside = n.start <= r.start and r.end <= n.end
            if n.label == "LOC":
                made += (POINTS["model"] if exact else POINTS["partly"]) * n.score
            elif n.label == "PER":
                made += POINTS["person"] * n.score
            elif n.label == "ORG":
                made += (POINTS["body"] if exact else POINTS["within_body"] if inside else 0.0) * n.score
            elif n.label in ("MISC", "DATE", "WEAPON"):
                made += POINTS["other"] * n.score
        return made


def _capital(word: str) -> bool:
    """Whether a word is written as a name: "Homs", "al-Bab", "‘Ibta"."""
    head, dash, tail = word.lstrip(_QUOTES).partition("-")
    return head[:1].isupper() or (bool(dash) and len(head) <= _ARTICLE and tail[:1].isupper())


def _words(annotation: Annotation, s: Sentence) -> Sequence[Token]:
    """The words of a sentence; a place before a hyphen stands alone: "Aleppo" of "Aleppo-based"."""
    out: list[Token] = []
    for t in annotation.tokens_of(s):
        head, dash, tail = t.text.rpartition("-") if "-" in t.text else ("", "", "")
        if dash and head[:1].isupper() and (tail.lower() in words().attached or (tail[:1].isupper() and len(head) > 1)):
            cut = t.start + len(head)
            out.append(Token(t.start, cut, head, head.casefold()))
            out.append(Token(cut, cut + 1, "-", "-"))
            out.append(Token(cut + 1, t.end, tail, tail.casefold()))
        else:
            out.append(t)
    return out
