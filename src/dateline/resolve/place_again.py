"""Which place named before "the city" is: the latest of its kind.

Of 66 such words in annotated reports every one means a place that the report has named, nearly always the latest of
that kind (annotation guidelines: a place has the name of what is meant).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dateline.language.en.placecontext import ANY, SAME
from dateline.language.en.placewords import Part, words
from dateline.resolve.gazetteer.base import Candidate
from dateline.resolve.place_reading import NATION, Reading
from dateline.resolve.place_sense import Choice, Query

_CAPITAL = "P.PPLC"
_WIDE = frozenset({"country", "water"})
"""What nobody calls an area."""
LARGEST_VILLAGE = 20_000
"""People who live in a place that somebody may call a village."""


@dataclass(frozen=True, slots=True)
class Named:
    """A name of the report, where it stands, and whether a statement has it for a place."""

    start: int
    reading: Reading
    told: bool


def antecedent(
    kind: str, word: str, start: int, named: Sequence[Named], choices: Mapping[Query, Choice], mainly: str | None
) -> Named | None:
    """The latest name before `start` that may be meant by a word of this kind, None if there is none. `named` in text
    order; `mainly`: the country that the report is about: a place there is likelier ("Washington said so")."""
    fits = [n for n in named if n.start < start and _fits(kind, word, n, choices)]
    if mainly:
        fits = [n for n in fits if country(n, choices) in (mainly, None)] or fits
    elif kind == "country":
        fits = [n for n in fits if n.reading.nation is None] or fits
    return fits[-1] if fits else None


def country(n: Named, choices: Mapping[Query, Choice]) -> str | None:
    """The code of the country that a name lies in, as far as it is known."""
    choice = _choice(n, choices)
    return (choice.entry.country if choice.entry else choice.country) if choice else None


def _choice(n: Named, choices: Mapping[Query, Choice]) -> Choice | None:
    return choices[n.reading.head] if n.reading.head else None


def _fits(kind: str, word: str, n: Named, choices: Mapping[Query, Choice]) -> bool:
    choice, head = _choice(n, choices), n.reading.phrase.head
    if choice is None or head is None:
        return False
    national = n.reading.head is not None and n.reading.head.kind == NATION
    if kind in (ANY, SAME) or national:
        called = word in ((head.kind_word or "").casefold(), n.reading.phrase.surface.casefold().split()[-1])
        wide = choice.entry is not None and choice.entry.kind in _WIDE and word not in words().there
        return kind == "country" if national else called if kind == SAME else not wide
    if head.border or head.near or head.kind in ("facility", "part", "water"):
        return False
    if choice.entry is None:  # a village that the gazetteer does not know hides those before it
        return kind == "place" and n.told and head.kind in (None, "place")
    if kind == "capital":
        return choice.entry.feature == _CAPITAL
    return _is_town(choice.entry, word, head) if kind == "place" else choice.entry.kind == kind


def _is_town(entry: Candidate, word: str, head: Part) -> bool:
    """Whether an entry is a town that the word may mean: no airport, and a village only if it is small."""
    small = word in words().hamlets
    called = (head.kind_word or "").casefold() in words().hamlets
    fits = entry.population <= LARGEST_VILLAGE if small else not called
    return entry.kind == "place" and entry.feature.startswith("P.") and fits
