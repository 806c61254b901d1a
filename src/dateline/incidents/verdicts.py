"""What people say of links: which statements are one happening, and which are not. It goes before all that is scored.

Verdicts speak of statements, whose ids outlive models and runs, not of incidents, which are made anew each time. Of
verdicts that contradict each other the later holds; so the later are gone through first, and what contradicts
them is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, combinations

from dateline.records import Reason

SAME, APART = "review.same", "review.apart"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person says: all statements of all sides are one happening (`same`), or none of one side is one with any
    of another."""

    sides: tuple[tuple[str, ...], ...]
    same: bool
    person: str = ""
    at: str = ""
    reason: str | None = None

    def as_reason(self, weight: float) -> Reason:
        """How a link shows it."""
        said = f"{self.person or 'a person'} says that {'they are one' if self.same else 'they are not one'}"
        when = f", {self.at}" if self.at else ""
        text = said + when + (f": {self.reason}" if self.reason else "")
        return Reason(name=SAME if self.same else APART, text=text, weight=weight)


class Verdicts:
    """Verdicts in the order they were given, made consistent."""

    def __init__(self, given: Iterable[Verdict] = ()) -> None:
        self.given = tuple(given)
        self._parent: dict[str, str] = {}
        self._apart: dict[str, dict[str, Verdict]] = defaultdict(dict)
        self._same: dict[str, Verdict] = {}
        self.apart_pairs: list[tuple[str, str, Verdict]] = []
        for verdict in reversed(self.given):
            if verdict.same:
                self._join(verdict)
            else:
                self._separate(verdict)

    @property
    def spoken(self) -> frozenset[str]:
        """All statements that somebody spoke of."""
        return frozenset(s for v in self.given for side in v.sides for s in side)

    def root(self, statement: str) -> str | None:
        """What stands for all statements that people say are one with this; None if nobody spoke of it."""
        if statement not in self._parent:
            return None
        while (up := self._parent[statement]) != statement:
            statement = up
        return statement

    def roots(self, statements: Iterable[str]) -> frozenset[str]:
        """The roots of those that somebody spoke of."""
        if not self._parent:
            return frozenset()
        return frozenset(r for s in statements if (r := self.root(s)) is not None)

    def apart(self, a: frozenset[str], b: frozenset[str]) -> bool:
        """Whether people say that what stands behind these roots is not one."""
        return any(y in self._apart[x] for x in a if x in self._apart for y in b)

    def same(self, root: str) -> Verdict | None:
        """The latest verdict that made statements one under this root."""
        return self._same.get(root)

    def _known(self, statements: Iterable[str]) -> Sequence[str]:
        found = []
        for s in statements:
            self._parent.setdefault(s, s)
            found.append(self.root(s) or s)
        return list(dict.fromkeys(found))

    def _join(self, verdict: Verdict) -> None:
        """All of a verdict, but for those that a later one set apart: each goes to the first it may be with."""
        leads: list[str] = []
        for statement in self._known(sorted(set(chain(*verdict.sides)))):
            own = self.root(statement) or statement
            roots = (self.root(lead) or lead for lead in leads)
            found = next((r for r in roots if own not in self._apart[r]), None)
            if found is None:
                leads.append(own)
            elif found != own:
                self._merge(*sorted((found, own)))
            self._same.setdefault(self.root(own) or own, verdict)

    def _merge(self, kept: str, gone: str) -> None:
        self._parent[gone] = kept
        if gone in self._same:
            self._same.setdefault(kept, self._same[gone])
        for other, verdict in self._apart.pop(gone, {}).items():
            self._apart[kept].setdefault(other, verdict)
            del self._apart[other][gone]
            self._apart[other].setdefault(kept, verdict)

    def _separate(self, verdict: Verdict) -> None:
        for ours, theirs in combinations(verdict.sides, 2):
            held = False
            for x in self._known(sorted(ours)):
                for y in self._known(sorted(theirs)):
                    if x != y:  # a later verdict made them one
                        self._apart[x].setdefault(y, verdict)
                        self._apart[y].setdefault(x, verdict)
                        held = True
            if held and ours and theirs:
                self.apart_pairs.append((ours[0], theirs[0], verdict))


def joined(roots: Iterable[frozenset[str]]) -> list[list[int]]:
    """Indices of sets that share a root, directly or through others; in order of the first of each."""
    group_of: dict[str, list[int]] = {}
    groups: dict[int, list[int]] = {}
    for i, held in enumerate(roots):
        groups[i] = group = [i]
        for root in sorted(held):
            other = group_of.setdefault(root, group)
            if other is not group:
                small, large = sorted((other, group), key=len)
                large.extend(small)
                for member in small:
                    groups[member] = large
                group_of |= {r: large for r, g in group_of.items() if g is small}
                group = large
    return sorted(sorted(g) for g in {id(g): g for g in groups.values()}.values())


NO_VERDICTS = Verdicts()
