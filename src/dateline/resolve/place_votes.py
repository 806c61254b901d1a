"""What the names of a report say about each other: countries, regions and neighbourhoods they speak for.

Every name lends its weight to what its candidates share, in proportion to how likely each candidate is at that time
(relaxation labelling). A name never speaks for itself: its own votes are taken off before it is asked.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from functools import lru_cache
from heapq import merge
from typing import Generic, TypeVar

from dateline.resolve.gazetteer.base import Candidate
from dateline.resolve.gazetteer.source import distance

LEAST = 0.02
"""Candidates less likely than this do not vote."""
COUNTRY_WEIGHT = 2.0
"""A country named outright says more of where a report is than a place in it."""

NEAR_KM = 150.0
_ALL = 12
"""A row of so few cells, by the poles, is near as a whole."""

Cell = tuple[int, int]
"""Row and column of a cell that is a degree high and at least as wide, wherever it lies."""
Region = tuple[str, str]
K = TypeVar("K", bound=Hashable)

_WIDTHS = tuple(max(1, int(360 * math.cos(math.radians(max(-row, row + 1))))) for row in (*range(90), *range(-90, 0)))
"""How many cells a row has: those from the equator northwards, then the southern ones as negative rows find them."""


@lru_cache(maxsize=1 << 14)
def cell(lat: float, lon: float) -> Cell:
    """The cell of a point."""
    row = min(89, math.floor(lat))
    width = _WIDTHS[row]
    return row, min(width - 1, int((lon % 360.0) * width / 360.0))


@lru_cache(maxsize=1 << 14)
def cells_around(at: Cell, steps: int) -> tuple[Cell, ...]:
    """The cells up to so many steps away; with two of them, all that holds points within NEAR_KM."""
    row, column = at
    made: list[Cell] = []
    for r in range(max(-90, row - steps), min(89, row + steps) + 1):
        width = _WIDTHS[r]
        middle = int((column + 0.5) * width / _WIDTHS[row])
        every = width <= max(_ALL, 2 * steps + 1)
        columns = range(width) if every else range(middle - steps, middle + steps + 1)
        made += [(r, c % width) for c in columns]
    return tuple(made)


class _Tally(Generic[K]):
    """Votes by key, in all and by who gave them."""

    def __init__(self) -> None:
        self.all: dict[K, float] = defaultdict(float)
        self.by: dict[str, dict[K, float]] = defaultdict(lambda: defaultdict(float))

    def add(self, name: str, key: K, weight: float) -> None:
        self.all[key] += weight
        self.by[name][key] += weight

    def of(self, key: K, name: str | None) -> float:
        """The votes for a key by all others than `name`."""
        given = self.all.get(key, 0.0)
        own = self.by.get(name) if given and name is not None else None
        return given - own.get(key, 0.0) if own else given


class Votes:
    """The votes of one round, on top of the `settled` ones of names that mean one thing only.

    `countries` weighs countries that other things than places speak for.
    """

    def __init__(self, countries: Mapping[str, float], settled: Votes | None = None) -> None:
        self._settled = settled
        self._countries, self._regions, self._around = _Tally[str](), _Tally[Region](), _Tally[Cell]()
        for k, v in countries.items():
            self._countries.all[k] += v
        self._backed: dict[str, float] | None = None

    def add(self, name: str, weight: float, shares: Iterable[tuple[Candidate, float]]) -> None:
        """Let a name vote: how likely it means each of its candidates."""
        self._backed = None
        for c, p in shares:
            if p < LEAST:
                continue
            given = weight * p
            for k in (c.country,) if c.country else c.countries:
                self._countries.add(name, k, given * (COUNTRY_WEIGHT if c.kind == "country" else 1.0))
            if c.admin1_code:
                self._regions.add(name, (c.iso2, c.admin1_code), given)
            if c.kind in ("place", "admin2"):
                for near in cells_around(cell(c.lat, c.lon), 1):
                    self._around.add(name, near, given)

    def countries(self, name: str) -> dict[str, float]:
        """The countries that others than `name` speak for."""
        if self._backed is None:
            self._backed = self._of_all()
        left = dict(self._backed)
        for k in self._own(name):
            said = self._said(k, name)
            if said > LEAST:
                left[k] = said
            else:
                left.pop(k, None)
        return left

    def _of_all(self) -> dict[str, float]:
        """The countries that all names together speak for."""
        keys = dict.fromkeys((*self._countries.all, *(self._settled._of_all() if self._settled else ())))
        return {k: said for k in keys if (said := self._said(k, None)) > LEAST}

    def _own(self, name: str) -> set[str]:
        """The countries that a name itself speaks for."""
        return {*self._countries.by.get(name, ()), *(self._settled._own(name) if self._settled else ())}

    def _said(self, country: str, name: str | None) -> float:
        """How strongly others than `name` speak for a country."""
        below = self._settled._said(country, name) if self._settled else 0.0
        return self._countries.of(country, name) + (below if below > LEAST else 0.0)

    def region(self, c: Candidate, name: str) -> float:
        """How strongly others speak for the first-order region of a candidate."""
        if not c.admin1_code:
            return 0.0
        below = self._settled.region(c, name) if self._settled else 0.0
        return below + self._regions.of((c.iso2, c.admin1_code), name)

    def near(self, c: Candidate, name: str) -> float:
        """How strongly others speak for places within about a degree."""
        return (self._settled.near(c, name) if self._settled else 0.0) + self._around.of(cell(c.lat, c.lon), name)


class Surroundings:
    """The entries that some names mean, by region and by where they lie, so that a long list of places stays quick.

    Both questions are answered with the first entry that fits, in the order given, other names' entries only.
    """

    def __init__(self, known: Iterable[tuple[str, Candidate]]) -> None:
        self._regions: dict[Region, list[tuple[str, Candidate]]] = defaultdict(list)
        self._cells: dict[Cell, list[tuple[int, str, Candidate]]] = defaultdict(list)
        for rank, (name, c) in enumerate(known):
            if c.admin1_code:
                self._regions[c.iso2, c.admin1_code].append((name, c))
            if c.kind == "place":
                self._cells[cell(c.lat, c.lon)].append((rank, name, c))

    def same_region(self, c: Candidate, name: str) -> Candidate | None:
        """An entry of another name in the same first-order region."""
        return next((o for n, o in self._regions.get((c.iso2, c.admin1_code), ()) if n != name), None)

    def near(self, c: Candidate, name: str) -> Candidate | None:
        """A place of another name within NEAR_KM."""
        cells = map(self._cells.get, cells_around(cell(c.lat, c.lon), 2))
        ordered = merge(*filter(None, cells), key=lambda held: held[0])
        return next(
            (o for _, n, o in ordered if n != name and distance(c.lat, c.lon, o.lat, o.lon) <= NEAR_KM),
            None,
        )
