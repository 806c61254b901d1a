"""What a gazetteer answers, whatever it is stored in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Candidate:
    """One entry that bears a looked-up name.

    `kind` is country, admin1, admin2, place, water or region; `country` ISO 3166-1 alpha-3 ("" if in none or
    several, then see `countries`); `admin1` and `admin2` are names, `admin1_code` GeoNames's code; degrees
    WGS 84; `feature` GeoNames class.code; `radius` in km, 0 if unknown. `level` says how the name matched:
    0 the entry's own name, 1 another of its names, 2 without its article, 3 by loose romanisation.
    """

    id: str
    name: str
    kind: str
    country: str
    iso2: str
    admin1: str
    admin1_code: str
    admin2: str
    lat: float
    lon: float
    population: int
    feature: str
    radius: float
    countries: tuple[str, ...] = ()
    level: int = 0


class Gazetteer(Protocol):
    """A place index. Read-only, deterministic, usable in forked and spawned workers."""

    @property
    def name(self) -> str:
        """What it is, for people."""
        ...

    @property
    def digest(self) -> str:
        """Hash of its content: part of a run's fingerprint."""
        ...

    def lookup(self, name: str) -> tuple[Candidate, ...]:
        """Entries of that name, any case: exact names first (levels 0, 1), most populous first, then by id."""
        ...

    def is_place(self, name: str) -> bool:
        """Whether an entry has that name (loose romanisation aside)."""
        ...

    def longest(self, words: Sequence[str]) -> int:
        """How many of the first words together are the longest place name; 0 if none."""
        ...

    def country(self, iso3: str) -> Candidate | None:
        """The entry of a country, or None for an unknown code."""
        ...

    def capital(self, iso3: str) -> Candidate | None:
        """The entry of a country's capital, or None if it has none or none is known."""
        ...

    def neighbours(self, iso3: str) -> tuple[str, ...]:
        """ISO 3166-1 alpha-3 codes of the countries it borders, sorted."""
        ...

    def close(self) -> None:
        """Release files."""
        ...
