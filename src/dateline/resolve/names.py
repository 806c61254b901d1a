"""Names known to the resolvers, lent to the language so that it can find them in text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from dateline.resolve.gazetteer.base import Gazetteer


class Register(Protocol):
    """What is needed of an actor register here."""

    def aliases(self) -> Mapping[str, str]:
        """Case-folded alias → actor id."""
        ...


class KnownNames:
    """Place names of a gazetteer and aliases of a register; fulfils `language.base.Names`."""

    def __init__(self, places: Gazetteer, register: Register) -> None:
        self._places = places
        self._aliases = dict(register.aliases())

    def actors(self) -> dict[str, str]:
        """Case-folded alias → actor id."""
        return self._aliases

    def is_place(self, name: str) -> bool:
        """Whether the gazetteer knows a place of that name (any case)."""
        return self._places.is_place(name)

    def longest_place(self, words: Sequence[str]) -> int:
        """How many of the first words together are the longest known place name; 0 if none.

        Microseconds when the first word begins no place name, so it may be asked at every capital letter.
        """
        return self._places.longest(words)

    def place_weight(self, name: str) -> int:
        """Population of the largest entry of that name; countries, regions and waters count as ten million.

        0 for unknown names. Lets the finder demand more of the text before it takes a hamlet's name for a place.
        """
        found = self._places.lookup(name)
        if any(c.kind in ("country", "region", "water") for c in found if c.level < 3):
            return 10_000_000
        return max((c.population for c in found if c.level < 3), default=0)
