"""Which place named before "the city" is: the latest of its kind.

Of 66 such words in annotated reports every one means a place that the report has named, nearly always the latest of
that kind (annotation guidelines: a place has the name of what is meant).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dateline.language.en.placecontext import ANY, SAME, SEAT
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


class Before:
    """The names of a report that words like "the city" may mean. `mainly`: the country that the report is about: places
    there are likelier than others ("Washington said so")."""

    def __init__(self, named: Iterable[Named], choices: Mapping[Query, Choice], mainly: str | None) -> None:
        self._named = sorted(named, key=lambda n: (n.start, n.reading.phrase.surface))
        self._choices, self._mainly = choices, mainly
        self._fitting: dict[tuple[str, str, str | None], tuple[list[Named], list[Named]]] = {}

    def latest(self, kind: str, word: str, start: int, nation: str | None = None) -> Named | None:
        """The latest name before `start` that a word of this kind may mean, None if there is none; only in the country
        `nation`, if one is given."""
        key = (kind, word, nation)
        if key not in self._fitting:
            fits = [n for n in self._named if _fits(kind, word, n, self._choices)]
            fits = [n for n in fits if nation is None or self._country(n) == nation]
            self._fitting[key] = [n for n in fits if self._likely(kind, n)], fits
        for held in self._fitting[key]:
            if at := bisect_left(held, start, key=lambda n: n.start):
                return held[at - 1]
        return None

    def _likely(self, kind: str, n: Named) -> bool:
        if self._mainly:
            return self._country(n) in (self._mainly, None)
        return kind != "country" or n.reading.nation is None

    def _country(self, n: Named) -> str | None:
        choice = _choice(n, self._choices)
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
    if kind == SEAT:
        return choice.entry.feature == _CAPITAL
    return _is_town(choice.entry, word, head) if kind == "place" else choice.entry.kind == kind


def _is_town(entry: Candidate, word: str, head: Part) -> bool:
    """Whether an entry is a town that the word may mean: no airport, and a village only if it is small."""
    small = word in words().hamlets
    called = (head.kind_word or "").casefold() in words().hamlets
    fits = entry.population <= LARGEST_VILLAGE if small else not called
    return entry.kind == "place" and entry.feature.startswith("P.") and fits
