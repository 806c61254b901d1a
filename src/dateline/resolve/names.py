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


class Nations(Protocol):
    """What is needed of an actor register to know nationals."""

    def demonyms(self) -> Mapping[str, str]:
        """Case-folded adjective or noun for nationals → id of the state."""
        ...

    def get(self, actor_id: str) -> Named | None:
        """The state of an id."""
        ...


class Named(Protocol):
    """Something with a name."""

    @property
    def name(self) -> str:
        """Its name."""
        ...


def nationals(register: Nations) -> dict[str, str]:
    """Case-folded adjective or noun for nationals → the country's name ("syrian", "syrians" → "Syria")."""
    held = ((word, register.get(state)) for word, state in register.demonyms().items())
    return {word: state.name for word, state in held if state and word != state.name.casefold()}


class PlaceNames:
    """The place names of a gazetteer."""

    def __init__(self, places: Gazetteer) -> None:
        self._places = places

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


class KnownNames(PlaceNames):
    """Place names of a gazetteer and aliases of a register; fulfils `language.base.Names`."""

    def __init__(self, places: Gazetteer, register: Register) -> None:
        super().__init__(places)
        self._aliases = dict(register.aliases())

    def actors(self) -> dict[str, str]:
        """Case-folded alias → actor id."""
        return self._aliases
