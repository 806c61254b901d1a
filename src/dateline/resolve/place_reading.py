"""From a place expression and the text around it to the questions that are put to the gazetteer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from dateline.language.en.placecontext import (
    REACH,
    SEAT,
    before_of,
    behind,
    chained,
    closed,
    national,
    neighbours,
    owner,
)
from dateline.language.en.placewords import Part, Phrase, led, parse, words
from dateline.resolve.gazetteer.base import Candidate, Gazetteer
from dateline.resolve.gazetteer.normal import normal
from dateline.resolve.place_scores import WIDE, candidates, holds, inside, rank
from dateline.resolve.place_sense import STREET, Query

NATION = "nation"
"""Kind of a query that a word for nationals asks."""
NATURAL = "natural"
"""Kind of a query for a land or water that bears the name of a town."""
LARGE = 50_000
"""People in a town that may be meant though an "s" without its apostrophe hides the name."""


@dataclass(frozen=True, slots=True)
class Reading:
    """An expression taken apart. `head` None: it holds no name. `nation`: the country it means people or things of."""

    phrase: Phrase
    head: Query | None
    holders: tuple[Query, ...] = ()
    nation: str | None = None

    @property
    def queries(self) -> tuple[Query, ...]:
        """All that is asked of the gazetteer."""
        return (self.head, *self.holders) if self.head else self.holders


class PlaceReader:
    """Reads place expressions. `nationals`: case-folded word for nationals → name of the country."""

    def __init__(self, gazetteer: Gazetteer, nationals: Mapping[str, str]) -> None:
        self._gazetteer = gazetteer
        self._nationals = dict(nationals)
        self._longest = lru_cache(maxsize=20_000)(lambda tokens: gazetteer.longest(tokens))
        self.parse = lru_cache(maxsize=20_000)(
            lambda surface: parse(surface, lambda w: self._longest(tuple(w)), self._holds)
        )

    def read(self, text: str, surface: str, start: int, end: int) -> Reading:
        """The expression with what the text around it says: ", Country" after it, an owner before it."""
        if nation := self._nationals.get(surface.casefold()):
            return _national(surface, nation)
        if surface in words().never:
            return Reading(Phrase(surface, None), None)
        before = before_of(text, start) if start < end and text[start:end] == surface else ""
        bare, before, country = self._of_nation(surface, before)
        phrase = self.parse(self._owned(_spelt(bare)))
        head_part = phrase.head
        if head_part is None:
            return Reading(_shown(phrase, surface), None)
        if nation := self._nationals.get(head_part.name.casefold()):  # "Syrian town" sounds like Sarrin
            return _national(surface, nation, border=head_part.border)
        phrase = _shown(phrase, surface)
        if not phrase.holders and start < end and text[start:end] == surface:
            phrase, head_part = self._in_context(text, before, end, phrase, head_part)
        alone = not phrase.holders and not head_part.kind and text[start:end] == surface
        if alone and (kind := self._among(text, start, end, head_part.name)):
            head_part = replace(head_part, kind=kind)
        holders = tuple(h for h in phrase.holders if not h.near and not h.border and (h.known or not h.loose))
        named = tuple((_holder_name(h), h.listed) for h in holders)
        if country:
            named = (*named, (country, True))
        return Reading(
            phrase,
            Query(_head_name(head_part), _kind(head_part), named),
            tuple(Query(_holder_name(h), h.kind) for h in holders),
        )

    def _owned(self, surface: str) -> str:
        """With the apostrophe that a text has lost: "Syrias Aleppo" is Syria's."""
        tokens = surface.split(" ")
        at = next((i for i, t in enumerate(tokens) if t[:1].isupper()), 0)
        first = tokens[at]
        if not first.endswith("s") or not first[0].isupper() or self._gazetteer.is_place(first):
            return surface
        if any(c.kind in ("country", "admin1") or c.population >= LARGE for c in self._gazetteer.lookup(first[:-1])):
            tokens[at] = first[:-1] + ("'s" if tokens[at + 1 :] else "")
        return " ".join(tokens)

    def nation(self, word: str, kind: str = "") -> str | None:
        """The code of the country that a word for nationals means, None for any other word; behind "the capital of",
        and with "'s" before it, a country's name says it, too."""
        name = self._nationals.get(word.casefold()) or (word if kind == SEAT else None)
        found = (c for c in self._gazetteer.lookup(name) if c.kind == "country") if name else ()
        return next((c.country for c in found), None)

    def _of_nation(self, surface: str, before: str) -> tuple[str, str, str | None]:
        """An expression and the text before it without a word for nationals that places it, and the country."""
        tokens = surface.split()
        first = next((i for i, t in enumerate(tokens) if t[:1].isupper() and t.casefold() not in self._nationals), 0)
        if first and (at := national(tokens[:first], self._nationals)) is not None:
            rest = " ".join(tokens[:at] + tokens[at + 1 :])
            return rest, before, self._nationals[tokens[at].casefold()]
        led_by = before.split()
        if not first and (at := national(led_by, self._nationals)) is not None:
            return surface, " ".join(led_by[at + 1 :]) + " ", self._nationals[led_by[at].casefold()]
        return surface, before, None

    def _in_context(self, text: str, before: str, end: int, phrase: Phrase, head: Part) -> tuple[Phrase, Part]:
        head = led(head, before)
        if head is not phrase.head:
            phrase = replace(phrase, head=head)
        if tail := behind(text, end):
            longer = self.parse(phrase.surface + tail)
            if longer.head and normal(longer.head.name) == normal(head.name):
                head = _with(head, longer.head)
                phrase = replace(phrase, head=head)
                after = text[end : end + REACH]
                if longer.holders and not self._beside(before, head, longer.holders[0], after):
                    phrase = replace(phrase, holders=tuple(self._firm(h, after) for h in longer.holders))
        if whose := owner(before):
            found = self.parse(whose)
            if found.head and found.head.known and self._owns(found.head, head):
                phrase = replace(phrase, holders=(found.head, *phrase.holders))
        return phrase, head

    def _among(self, text: str, start: int, end: int, name: str) -> str | None:
        """The kind that a name shares with its neighbours in a list: "Oregon, Washington and Idaho" are regions."""
        kinds = {best.kind if (best := self._best(n)) else "" for n in neighbours(text, start, end)}
        kind = kinds.pop() if len(kinds) == 1 else ""
        return kind if kind in WIDE and kind in self._kinds(name) else None

    def _best(self, name: str) -> Candidate | None:
        """What a name means by itself."""
        scored = candidates(self._gazetteer.lookup(name), None)
        return min(scored, key=rank).entry if scored else None

    def _beside(self, before: str, head: Part, holder: Part, tail: str) -> bool:
        """Whether the name after a comma is the next of a list rather than what holds the name before it."""
        both = self._kinds(head.name) & self._kinds(holder.name)
        if not holder.listed:  # "Canada, the United Kingdom"; "Georgia, the United States"
            return "country" in both and not self._holds(holder.name, head.name)
        if not both & set(WIDE):
            return False
        if chained(before, tail.partition(holder.name)[2]):
            return True
        holders = [h for h in self._gazetteer.lookup(holder.name) if h.kind in WIDE]
        return not any(inside(c, h) for c in self._gazetteer.lookup(head.name) if c.level == 0 for h in holders)

    def _owns(self, owner: Part, head: Part) -> bool:
        """Whether an owner can be what holds a name: it holds one of its entries, or the name has none."""
        inner = [c for c in self._gazetteer.lookup(head.name) if c.level < 3]
        return not inner or any(inside(c, h) for c in inner for h in self._gazetteer.lookup(owner.name))

    def _holds(self, outer: str, inner: str) -> bool | None:
        """Whether one name holds another; None if neither is known to hold the other."""
        first, second = ([c for c in self._gazetteer.lookup(n) if c.level < 3] for n in (outer, inner))
        if any(inside(c, h) for c in second for h in first if h.kind != "place"):
            return True
        return False if any(inside(c, h) for c in first for h in second if holds(h)) else None

    def _firm(self, h: Part, tail: str) -> Part:
        """A holder after a comma is sure where the words end behind it: "Sinjar, Iraq." not "In Geneva, Iraq said"."""
        if not h.listed or not closed(tail.partition(h.name)[2]):
            return h
        return replace(h, listed=self._kinds(_holder_name(h)).isdisjoint(WIDE))

    def _kinds(self, name: str) -> set[str]:
        return {c.kind for c in self._gazetteer.lookup(name) if c.level < 2}


def _with(head: Part, longer: Part) -> Part:
    """A name with what the words right behind it add: "Aleppo" of "Aleppo province", of "Aleppo countryside"."""
    kind, word = (head.kind, head.kind_word) if head.kind else (longer.kind, longer.kind_word)
    return replace(head, kind=kind, kind_word=word, near=head.near or longer.near, border=head.border or longer.border)


def _national(surface: str, nation: str, *, border: bool = False) -> Reading:
    """A word for nationals, which names no place: what is said of people or things of a country, or of its border."""
    return Reading(Phrase(surface, Part(nation, True, "country", border=border)), Query(nation, NATION), nation=nation)


def _shown(phrase: Phrase, surface: str) -> Phrase:
    """The phrase as the text writes it."""
    return phrase if phrase.surface == surface else replace(phrase, surface=surface)


def _kind(head: Part) -> str | None:
    if head.kind != "facility":
        return head.kind
    word = head.kind_word or ""
    if word[:1].isupper() and normal(word) in words().streets:
        return STREET
    return NATURAL if normal(word) in words().natural else None


def _spelt(surface: str) -> str:
    """A short form written out."""
    return words().initials.get(surface, surface)


def _head_name(head: Part) -> str:
    return _spelt(head.name) if "." not in head.name else _holder_name(head)


def _holder_name(h: Part) -> str:
    w = words()
    return w.initials.get(h.name) or w.postal.get(h.name) or w.abbreviations.get(normal(h.name), h.name)
