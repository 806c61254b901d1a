"""Actors, things and places: noun phrases made of known names, nouns for actors, titles and capitalised words.

Each sentence is read once from left to right. Neighbouring parts make one phrase ("suspected" + "Islamic
State" + "fighters"); its last part says what it is. A capitalised word that is nothing else is a place if
the gazetteer knows it or a preposition of place stands before it, otherwise somebody's name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from dateline.data import load_yaml
from dateline.labels import PassageKind
from dateline.language.base import Mention, MentionKind, Names, Sentence, Token
from dateline.language.en.inflect import plural
from dateline.language.en.matcher import Phrases
from dateline.records import Report

PRODUCER = "entities.phrases.v1"
_SHORT = 3
"""Names of at most so many letters ("US", "IS") count only if written in capitals."""
_PLACED = frozenset({"thing:settlement", "thing:infrastructure"})
"""Classes of things that make a place of the name before them."""
_GROUND = ("state:", "contested:")
"""Ids of actors that are also a place."""
_FEW = 5
"""A sentence of so few longer words does not show how it uses capitals."""
_LARGE = 15_000
"""A name that nothing in the report says is a place must be one of at least so many people."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a noun phrase, tokens [first, last). Kinds: alias noun role thing people modifier name pronoun."""

    first: int
    last: int
    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class Words:
    """The lists of entities.yaml and actors.yaml, ready for look-up."""

    nouns: Phrases[tuple[str, str]]
    modifiers: frozenset[str]
    detached: tuple[str, ...]
    never_names: frozenset[str]
    before: Phrases[str]
    types: frozenset[str]
    directions: frozenset[str]
    sides: frozenset[str]
    prepositions: frozenset[str]
    united: frozenset[str]
    not_before: frozenset[str]
    stop: frozenset[str]
    metonyms: frozenset[str]
    metonym_verbs: frozenset[str]
    metonym_before: frozenset[str]


def _nouns(entities: dict[str, Any], actors: dict[str, Any]) -> Iterator[tuple[str, tuple[str, str]]]:
    for word, kind in actors["generic"].items():
        yield word, ("noun", kind)
    for word, kind in actors["roles"].items():
        yield word, ("role", kind)
    for word in actors["peoples"]:
        yield word, ("people", "communal")
    for kind, words in entities["things"].items():
        for word in words:
            yield word, ("thing", f"thing:{kind}")
            yield plural(word), ("thing", f"thing:{kind}")
    for word in entities["pronouns"]:
        yield word, ("pronoun", "pronoun")


@dataclass(frozen=True, slots=True)
class _Evidence:
    """Case-folded names that this report uses as places, and last names it uses as people's."""

    places: frozenset[str]
    people: frozenset[str]


def _names(parts: tuple[Part, ...]) -> Iterator[tuple[int, int]]:
    """Token ranges of the runs of names in a phrase."""
    first: int | None = None
    for p in parts:
        if p.kind == "name":
            first = p.first if first is None else first
        elif first is not None:
            yield first, p.first
            first = None
    if first is not None:
        yield first, parts[-1].last


def _ground(parts: Iterable[Part]) -> bool:
    """Whether the known actors of a phrase are states and territories: a group is no place, whatever towns share it."""
    return all(p.label.startswith(_GROUND) for p in parts if p.kind == "alias")


def _text(tokens: tuple[Token, ...], first: int, last: int) -> str:
    return " ".join(t.lower for t in tokens[first:last])


@cache
def words() -> Words:
    """The word lists, read once."""
    entities: dict[str, Any] = load_yaml("dateline.language.en.data", "entities.yaml")
    actors: dict[str, Any] = load_yaml("dateline.language.en.data", "actors.yaml")
    place = entities["place"]
    return Words(
        nouns=Phrases(_nouns(entities, actors)),
        modifiers=frozenset(entities["modifiers"]),
        detached=tuple(f"-{s}" for s in actors["detached_suffixes"]),
        never_names=frozenset(entities["never_names"]),
        before=Phrases((w, w) for w in place["before"]),
        types=frozenset(place["types"]),
        directions=frozenset(place["directions"]),
        sides=frozenset(place["sides"]),
        prepositions=frozenset(place["prepositions"]),
        united=frozenset(place["united"]),
        not_before=frozenset(place["not_before"]),
        stop=frozenset(str(w) for w in place["stop"]),
        metonyms=frozenset(m.casefold() for m in entities["metonyms"]),
        metonym_verbs=frozenset(entities["metonym_verbs"]),
        metonym_before=frozenset(entities["metonym_before"]),
    )


def capital(token: Token) -> bool:
    """Whether a word is written as a name: "Homs", "al-Nusra", "YPG"."""
    head, _, tail = token.text.partition("-")
    return head[:1].isupper() or (len(head) <= _SHORT and tail[:1].isupper())


def unmarked(tokens: tuple[Token, ...], s: Sentence) -> bool:
    """Whether capitals say nothing in this sentence: nearly all its words have one, or none has."""
    long = [t for t in tokens[s.first : s.last] if t.text[0].isalpha() and len(t.text) > _SHORT]
    large = sum(t.text[0].isupper() for t in long)
    if large == len(long) > 0 and all(t.text.isupper() for t in long):
        return True
    return len(long) > _FEW and large * 10 >= len(long) * 7


class Entities:
    """Finds actors, things struck and places; the register's names and the gazetteer come through `names`."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._aliases = Phrases(sorted(names.actors().items()))

    def find(self, report: Report, tokens: tuple[Token, ...], sentences: Iterable[Sentence]) -> Iterator[Mention]:
        """ACTOR mentions (label: actor id, kind of noun, "thing:class", "name" or "pronoun") and PLACE mentions.

        What a name is in one sentence tells what it is in the others: "in Kurti" once makes Kurti a place,
        "Albin Kurti" once makes it a person.
        """
        laid = [(s, list(self._chunks(tokens, s, unmarked(tokens, s)))) for s in sentences]
        people: set[str] = set()
        where: set[str] = set()
        for s, chunks in laid:
            for parts in chunks:
                for first, last in _names(parts):
                    if self._located(tokens, s, first) or s.kind is PassageKind.DATELINE:
                        where.add(_text(tokens, first, last))
                    elif last - first > 1 or parts[0].kind == "role":
                        people.add(tokens[last - 1].lower)
        known = _Evidence(frozenset(where), frozenset(people))
        for s, chunks in laid:
            before: Mention | None = None
            for parts in chunks:
                for m in self._mentions(tokens, s, parts, known):
                    before = self._listed(tokens, s, parts, (before, m))
                    yield before

    def _listed(
        self, tokens: tuple[Token, ...], s: Sentence, parts: tuple[Part, ...], pair: tuple[Mention | None, Mention]
    ) -> Mention:
        """The second of two mentions, a place if it is a known name listed right behind one: "in Iraq and Syria"."""
        before, m = pair
        if before is None or before.kind is not MentionKind.PLACE or m.kind is not MentionKind.ACTOR:
            return m
        first, last = parts[0].first, parts[-1].last
        between = [t.lower for t in tokens[max(s.first, first - 3) : first] if t.start >= before.end]
        named = all(p.kind in {"name", "alias"} for p in parts) and self._known(tokens, first, last) and _ground(parts)
        if between not in (["and"], [",", "and"], ["or"]) or not named or self._speaks(tokens, s, first, last):
            return m
        if last < s.last and (tokens[last].lower in words().metonym_verbs or tokens[last].text in {"'s", "’s"}):
            return m
        return replace(m, kind=MentionKind.PLACE, label="place")

    def _part(self, tokens: tuple[Token, ...], i: int, s: Sentence, plain: bool) -> Part | None:
        found = self._alias(tokens, i, s.last, plain)
        noun = words().nouns.at(tokens, i, s.last)
        if noun and (found is None or noun[0] > found.last):
            return Part(i, noun[0], *noun[1])
        if found:
            return found
        t = tokens[i]
        if t.lower in words().modifiers or t.lower.endswith(words().detached):
            return Part(i, i + 1, "modifier", t.lower)
        before = words().before.at(tokens, i, s.last) if t.text[0].isupper() else None
        if before and before[0] < s.last and capital(tokens[before[0]]):
            return Part(i, before[0] + 1, "name", "name")
        if not t.text[0].isalpha() or t.lower.rstrip(".") in words().never_names or not capital(t):
            return None
        if not plain and t.lower in words().prepositions and i + 1 < s.last and capital(tokens[i + 1]):
            return None
        if plain:
            known = self._names.is_place(t.text) and t.lower not in words().stop
            return Part(i, i + 1, "name", "name") if known else None
        if i == s.first or tokens[i - 1].text in {'"', "“", "‘"}:
            return self._opening(tokens, i, s)
        return Part(i, i + 1, "name", "name")

    def _opening(self, tokens: tuple[Token, ...], i: int, s: Sentence) -> Part | None:
        """The first word of a sentence has a capital anyway: it must be known, or be followed by another name."""
        t = tokens[i]
        if t.lower in words().stop or t.lower in words().directions:
            return None
        followed = i + 1 < s.last and capital(tokens[i + 1]) and tokens[i + 1].lower not in words().never_names
        if followed or self._names.place_weight(t.text) >= _LARGE or (t.text.isupper() and len(t.text) > 1):
            return Part(i, i + 1, "name", "name")
        return None

    def _alias(self, tokens: tuple[Token, ...], i: int, last: int, plain: bool) -> Part | None:
        for stop, actor in self._aliases.all_at(tokens, i, last):
            piece = tokens[i:stop]
            length = sum(len(t.text) for t in piece)
            if length <= _SHORT and (plain or not piece[0].text.isupper()):
                continue
            if any(capital(t) for t in piece):
                return Part(i, stop, "alias", actor)
        return None

    def _chunks(self, tokens: tuple[Token, ...], s: Sentence, plain: bool) -> Iterator[tuple[Part, ...]]:
        """Runs of neighbouring parts, without modifiers at the end."""
        i = s.first
        while i < s.last:
            parts: list[Part] = []
            while i < s.last and (part := self._part(tokens, i, s, plain)):
                if parts and "pronoun" in (part.kind, parts[-1].kind):
                    break
                parts.append(part)
                i = part.last
                if part.kind == "name" and self._united(tokens, i, s):
                    parts.append(Part(i, i + 2, "name", "name"))
                    i += 2
            while parts and parts[-1].kind == "modifier":
                parts.pop()
            if parts:
                yield tuple(parts)
                i = max(i, parts[-1].last)
            else:
                i += 1

    def _united(self, tokens: tuple[Token, ...], i: int, s: Sentence) -> bool:
        """Whether "and" at a position joins two words of one place's name: "Sistan and Baluchestan"."""
        if not s.first < i < s.last - 1 or tokens[i].lower not in words().united or not capital(tokens[i + 1]):
            return False
        return self._known(tokens, i - 1, i + 2)

    def _mentions(
        self, tokens: tuple[Token, ...], s: Sentence, parts: tuple[Part, ...], known: _Evidence
    ) -> Iterator[Mention]:
        kinds = {p.kind for p in parts}
        tail = parts[-1]
        named = [p for p in parts if p.kind in {"name", "alias"}]
        if kinds <= {"name", "modifier"}:
            yield self._name(tokens, s, (named[0].first, tail.last), known)
            return
        if kinds <= {"alias", "modifier"} and (self._is_where(tokens, s, named) or self._part_of(tokens, parts)):
            bounds = self._sided(tokens, s, (named[0].first, tail.last))
            yield self._mention(MentionKind.PLACE, tokens, s, bounds, "place")
            return
        if tail.kind == "thing":
            for first, last in _names(parts):
                if self._names_place(tokens, (first, last), tail, known):
                    whole = last == tail.first and self._known(tokens, first, tail.last)
                    bounds = (first, tail.last if whole else last)
                    yield self._mention(MentionKind.PLACE, tokens, s, bounds, "place")
        head = next((p for p in reversed(parts) if p.kind != "name"), tail)
        yield self._mention(MentionKind.ACTOR, tokens, s, (parts[0].first, tail.last), head.label)

    def _names_place(self, tokens: tuple[Token, ...], bounds: tuple[int, int], tail: Part, known: _Evidence) -> bool:
        """Whether a name before a thing is a place's: "Orla district", "Aleppo hospital", not "Omari mosque"."""
        first, last = bounds
        if last == tail.first and tail.label in _PLACED:
            return _text(tokens, first, last) not in known.people
        sure = _text(tokens, first, last) in known.places or self._weight(tokens, first, last) >= _LARGE
        return sure and self._known(tokens, first, last)

    def _known(self, tokens: tuple[Token, ...], first: int, last: int) -> bool:
        name = " ".join(t.text for t in tokens[first:last])
        return name.casefold() not in words().stop and self._names.is_place(name)

    def _weight(self, tokens: tuple[Token, ...], first: int, last: int) -> int:
        return self._names.place_weight(" ".join(t.text for t in tokens[first:last]))

    def _name(self, tokens: tuple[Token, ...], s: Sentence, bounds: tuple[int, int], known: _Evidence) -> Mention:
        """A run of capitalised words: a place, or the name of somebody or something."""
        first, last = bounds
        text = _text(tokens, first, last)
        typed = last < s.last and tokens[last].lower in words().types and last - first == 1 and text not in words().stop
        place = self._located(tokens, s, first) or typed
        if not place and self._known(tokens, first, last) and not self._speaks(tokens, s, first, last):
            initials = last - first == 1 and tokens[first].text.isupper() and len(text) <= _SHORT + 1
            article = self._located(tokens, s, first, article=True)
            large = self._weight(tokens, first, last) >= _LARGE and not (initials and not unmarked(tokens, s))
            place = article or text in known.places or (text not in known.people and large)
        if place:
            return self._mention(MentionKind.PLACE, tokens, s, self._sided(tokens, s, bounds), "place")
        return self._mention(MentionKind.ACTOR, tokens, s, bounds, "name")

    @staticmethod
    def _sided(tokens: tuple[Token, ...], s: Sentence, bounds: tuple[int, int]) -> tuple[int, int]:
        """A place with the direction before it, which belongs to it: "northern Kara"."""
        side = bounds[0] - 1
        return (side, bounds[1]) if side >= s.first and tokens[side].lower in words().sides else bounds

    def _located(self, tokens: tuple[Token, ...], s: Sentence, first: int, article: bool = False) -> bool:
        """Whether a place must follow: "in", "near northern" or "city of" stands before; `article`: "in the"."""
        i = first - 1
        while i >= s.first and (tokens[i].lower in words().directions or (article and tokens[i].lower == "the")):
            i -= 1
        if i < s.first:
            return False
        if tokens[i].lower == "of":
            return i > s.first and tokens[i - 1].lower in words().types
        return tokens[i].lower in words().prepositions or (i < first - 1 and not article)

    def _speaks(self, tokens: tuple[Token, ...], s: Sentence, first: int, last: int) -> bool:
        """Whether a place name stands for its government: "Moscow denied …", "talks with Tehran"."""
        name = " ".join(t.lower for t in tokens[first:last])
        if name not in words().metonyms:
            return last < s.last and tokens[last].lower in words().not_before
        after = last < s.last and tokens[last].lower in words().metonym_verbs
        return after or (first > s.first and tokens[first - 1].lower in words().metonym_before)

    def _part_of(self, tokens: tuple[Token, ...], parts: tuple[Part, ...]) -> bool:
        """Whether a direction makes a place of a country's name: "eastern Ruvania"."""
        first, last = parts[-1].first, parts[-1].last
        side = len(parts) == 2 and parts[0].label in words().directions and _ground(parts[1:])
        return side and self._known(tokens, first, last)

    def _is_where(self, tokens: tuple[Token, ...], s: Sentence, parts: list[Part]) -> bool:
        """Whether a country's name is meant as a place."""
        first, last = parts[0].first, parts[-1].last
        if not self._known(tokens, first, last) or not _ground(parts):
            return False
        if self._located(tokens, s, first) and not self._speaks(tokens, s, first, last):
            return True
        comma = first - 2 >= s.first and tokens[first - 1].text == "," and capital(tokens[first - 2])
        return comma or (
            first > s.first and tokens[first - 1].lower == "of" and tokens[first - 2].lower in words().types
        )

    @staticmethod
    def _mention(
        kind: MentionKind, tokens: tuple[Token, ...], s: Sentence, bounds: tuple[int, int], label: str
    ) -> Mention:
        first, last = bounds
        name = " ".join(t.text for t in tokens[first:last])
        return Mention(kind, tokens[first].start, tokens[last - 1].end, s.index, label, name, PRODUCER)
