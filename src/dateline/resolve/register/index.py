"""The register: every actor by id and by each of its names, in constant time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from dateline.data import package_digest
from dateline.records import Issue, digest
from dateline.resolve.register import builtin, user
from dateline.resolve.register.model import Actor, key, plain

_REMEMBERED = 1 << 15
"""Words and names whose answers are kept: most of a report's were asked before."""
_SHORT = 3
"""An exact name up to this long is lent to the finder of names, which asks for capitals in names so short."""


class Register:
    """Actors by id and name; read-only once made. Iterates over all actors in a fixed order."""

    def __init__(self, actors: Mapping[str, Actor], issues: Iterable[Issue] = (), digest: str = "") -> None:
        """`actors` in order of preference: where two share a name, the earlier one comes first."""
        self._actors = dict(actors)
        self.issues = tuple(issues)
        self.digest = digest
        self._folded: dict[str, tuple[str, ...]] = {}
        self._exact: dict[str, tuple[str, ...]] = {}
        self._weak: set[tuple[str, str]] = set()
        for a in self._actors.values():
            self._add(a)
        for name, order in builtin.declared().items():
            for held, form in ((self._folded, key(name)), (self._exact, name)):
                if form in held:
                    rest = tuple(i for i in held[form] if i not in order)
                    held[form] = rest + tuple(i for i in order if i in held[form])
        self._longest: dict[str, int] = {}
        for name in (*self._folded, *self._exact):
            first, n = key(name.partition(" ")[0]), name.count(" ") + 1
            self._longest[first] = max(n, self._longest.get(first, 0))
        self._begun = lru_cache(maxsize=_REMEMBERED)(lambda word: self._longest.get(key(word), 0))
        self._named = lru_cache(maxsize=_REMEMBERED)(
            lambda name: tuple(a for i in self.candidates(name) if (a := self.get(i)))
        )
        self._states = builtin.states()
        self._demonyms = {key(w): s.id for s in reversed(self._states) for w in (*s.adjectives, *s.people)}
        self._capitals = {key(c): builtin.organ_id(s.id, "gov") for s in reversed(self._states) for c in s.capitals}

    def _add(self, a: Actor) -> None:
        names = a.aliases if a.name in a.exact or a.name in a.context else (a.name, *a.aliases)
        for name in (*names, *a.context):
            k = key(name)
            held = self._folded.get(k)
            if held is None:
                self._folded[k] = (a.id,)
            elif a.id not in held:
                self._folded[k] = (*held, a.id)
        for name in a.exact:
            held = self._exact.get(plain(name), ())
            self._exact[plain(name)] = (*held, a.id)
        self._weak.update((key(name), a.id) for name in a.context)

    def get(self, actor_id: str) -> Actor | None:
        """The actor of that id, or None."""
        return self._actors.get(actor_id)

    def candidates(self, name: str) -> tuple[str, ...]:
        """Ids of all actors of that name, preferred one first; names that ask for their own case come first."""
        exact = self._exact.get(plain(name), ())
        folded = self._folded.get(key(name), ())
        return exact + tuple(i for i in folded if i not in exact) if exact else folded

    def named(self, name: str) -> tuple[Actor, ...]:
        """All actors of that name, in the order of `candidates`."""
        return self._named(name)

    def longest(self, word: str) -> int:
        """How many words the longest name has that begins with a word; 0 if none does."""
        return self._begun(word)

    def needs_context(self, name: str, actor_id: str) -> bool:
        """Whether the name means this actor only in a report that also says who or where it is."""
        return (key(name), actor_id) in self._weak

    def aliases(self) -> dict[str, str]:
        """Case-folded name → id of the preferred actor. Holds demonyms and short exact names ("us", "is"), which a
        finder must ask capitals of; leaves out capitals of states, which are places first.
        """
        short = {k.casefold(): ids[0] for k, ids in self._exact.items() if len(k) <= _SHORT}
        return {**short, **{k: ids[0] for k, ids in self._folded.items()}}

    def exact(self) -> dict[str, str]:
        """Names that count only in their own case → id of the preferred actor."""
        return {k: ids[0] for k, ids in self._exact.items()}

    def demonyms(self) -> Mapping[str, str]:
        """Case-folded adjective or noun for nationals → id of the state."""
        return MappingProxyType(self._demonyms)

    def capitals(self) -> Mapping[str, str]:
        """Case-folded seat of government → id of the government it can stand for."""
        return MappingProxyType(self._capitals)

    def organ(self, state_id: str, organ: str) -> Actor | None:
        """An organ of a state: ("state:SYR", "mil") → the actor "mil:SYR"."""
        return self._actors.get(builtin.organ_id(state_id, organ))

    def __iter__(self) -> Iterator[Actor]:
        return iter(self._actors.values())

    def __len__(self) -> int:
        return len(self._actors)

    def __contains__(self, actor_id: object) -> bool:
        return actor_id in self._actors


def load_register(paths: tuple[Path, ...] = ()) -> Register:
    """The built-in register with the user's files laid over it, later files over earlier ones.

    Rows that cannot be used are skipped and stand in `issues`. Raises ConfigError naming file, rows and reasons if
    a file cannot be used at all; problems of all files are raised together.
    """
    known = dict(builtin.builtin())
    issues: list[Issue] = []
    parts = [package_digest(builtin.PACKAGE)]
    first: dict[str, Actor] = {}
    for path in paths:
        made, found, hashed = user.read(path, known)
        issues += found
        parts.append(hashed)
        known |= {a.id: a for a in made}
        first |= {a.id: a for a in made}
    return Register({**first, **{i: a for i, a in known.items() if i not in first}}, issues, digest(parts))
