"""Names inside names: "Iraq" in "Government of Iraq", "Omar Sayed" in "Foreign Minister Omar Sayed".

The model's names do not nest; re3d's do. What lies inside is found by the lists Dateline ships: its gazetteer, its
register with the leaders, and the words for offices. Nothing here is learned or chosen by document.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from dateline.config import Config
from dateline.data import load_yaml
from dateline.language.base import Token
from dateline.language.en.tokens import tokenize
from dateline.registry import make
from dateline.resolve.names import KnownNames
from dateline.resolve.register import load_register
from dateline.statements.scene import little

Entity = dict[str, Any]
"""start, end, type, as bench/ner.py has it."""
_HOLDS_PLACES = frozenset({"PER", "ORG", "LOC", "MISC", "WEAPON"})
_HOLDS_GROUPS = frozenset({"ORG", "LOC"})
_GROUPS = frozenset({"armed_group", "alliance", "igo", "military", "political"})
_KNOWN = 1_000_000
"""What a place must weigh: countries, regions, waters and cities of so many."""
_STOP = "."
"""A title may end in it."""


@dataclass(frozen=True)
class Lists:
    """What Dateline knows by name."""

    names: KnownNames
    kinds: Mapping[str, str]
    """Case-folded alias → the kind of the actor it names."""
    leaders: frozenset[str]
    """Case-folded."""

    @cached_property
    def offices(self) -> frozenset[str]:
        """The words of offices and titles."""
        known = load_yaml("dateline.language.en.data", "actors.yaml")
        return frozenset({_STOP, *known["titles"], *(word for role in known["roles"] for word in role.split())})


def lists() -> Lists:
    """The lists that come with Dateline."""
    register = load_register(())
    names = KnownNames(make("gazetteers", Config().resolve.gazetteer, None), register)
    known = ((alias, register.get(found)) for alias, found in names.actors().items())
    held = load_yaml("dateline.resolve.register.data", "leaders.yaml")["leaders"]
    leaders = frozenset(name.casefold() for found in held.values() for name in found)
    return Lists(names, {alias: actor.kind for alias, actor in known if actor and actor.kind}, leaders)


def with_inner(line: Entity, text: str, held: Lists) -> Entity:
    """A line of bench/ner.py's format with the names inside its names, those last."""
    words, taken = tokenize(text), {(e["start"], e["end"]) for e in line["entities"]}
    found: set[tuple[int, int, str]] = set()
    for e in line["entities"]:
        inside = [w for w in words if e["start"] <= w.start and w.end <= e["end"]]
        found |= {x for x in _inside(text, inside, e["type"], held) if x[:2] not in taken}
    more = [{"start": a, "end": b, "type": label} for a, b, label in sorted(found)]
    return {**line, "entities": [*line["entities"], *more]}


def _inside(text: str, words: Sequence[Token], label: str, held: Lists) -> Iterator[tuple[int, int, str]]:
    if label in _HOLDS_PLACES:
        yield from _places(text, words, held)
    if label in _HOLDS_GROUPS:
        groups = {alias for alias, kind in held.kinds.items() if kind in _GROUPS}
        yield from ((a, b, "ORG") for a, b in _listed(text, words, groups))
    if label == "ORG":
        yield from ((a, b, "PER") for a, b in _listed(text, words, held.leaders))
    if label == "PER" and (at := _bare(words, held)):
        yield words[at].start, words[-1].end, "PER"


def _places(text: str, words: Sequence[Token], held: Lists) -> Iterator[tuple[int, int, str]]:
    """The longest known places but for the whole, from left to right."""
    i = 0
    while i < len(words):
        n = held.names.longest_place([w.text for w in words[i:]]) if words[i].text[0].isupper() else 0
        if n in (0, len(words)):
            i += 1
            continue
        start, end = words[i].start, words[i + n - 1].end
        if held.names.place_weight(text[start:end]) >= _KNOWN:
            yield start, end, "LOC"
        i += n


def _listed(text: str, words: Sequence[Token], names: frozenset[str] | set[str]) -> Iterator[tuple[int, int]]:
    """For each word the longest listed name that begins with it, but for the whole."""
    for i, first in enumerate(words):
        for last in reversed(words[i:]):
            name = text[first.start : last.end].casefold()
            whole = first is words[0] and last is words[-1]
            if not whole and any(name.removesuffix(ending) in names for ending in ("", *little("possessive"))):
                yield first.start, last.end
                break


def _bare(words: Sequence[Token], held: Lists) -> int:
    """Where the capitalised words at the end begin that follow an office or a lower-case word; 0 if all or none are."""
    at = len(words)
    while at > 0 and words[at - 1].text[0].isupper() and words[at - 1].lower not in held.offices:
        at -= 1
    return at if at < len(words) else 0
