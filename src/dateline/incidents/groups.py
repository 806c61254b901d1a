"""What one report says of one happening: its statements, and all as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from dateline.incidents.course import ALONE
from dateline.incidents.features import Features
from dateline.incidents.items import slim
from dateline.incidents.places import by_name
from dateline.records import Link

MAX_CHECKED = 12
"""How many statements of what one report says of a happening are held against another report's, so that a report
that says the same thing a thousand times is linked in a bounded time."""


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """What one report says of one happening: each statement, and all as one. Two are equal if they are the same object,
    so that what is remembered of one is never taken for another."""

    whole: Features
    parts: tuple[Features, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """What a report says of each happening, and the links within it."""

    groups: tuple[Group, ...]
    links: tuple[Link, ...]


def vague(a: Features, b: Features) -> bool:
    """Whether one of two statements is too vague to link: a bare statement is, unless it points back, and so is one of
    a practice or a campaign, unless both are."""
    return a.habit != b.habit or any(f.bare and not f.definite for f in (a, b))


def some(group: Sequence[Features]) -> Sequence[Features]:
    """All of a group, or of a very large one a fixed number spread evenly over it."""
    return group if len(group) <= MAX_CHECKED else group[:: -(-len(group) // MAX_CHECKED)]


def slimmed(group: Group) -> Group:
    """A group whose features hold no more than is needed across reports."""
    items = {f.id: slim(f.item) for f in group.parts}

    def made(f: Features) -> Features:
        return replace(
            f,
            item=items[f.id],
            places=by_name(items[f.id].statement.places) if f.size == 1 else f.places,
            actors=_one_of(f.actors),
            targets=_one_of(f.targets),
            known=_one_of(f.known),
            people=_one_of(f.people),
            weapons=_one_of(f.weapons),
            triggers=_one_of(f.triggers),
            where=_one_of(f.where),
            course=ALONE,
        )

    if len(group.parts) == 1:
        whole = made(group.whole)
        return Group(whole, (whole,))
    parts = tuple(replace(made(f), bag={}, sentences=frozenset()) for f in group.parts)
    places = {(p.place_id or p.name.casefold(), p.basis): p for f in parts for p in f.places}
    return Group(replace(made(group.whole), places=tuple(places.values())), parts)


@lru_cache(maxsize=1 << 16)
def _one_of(names: frozenset[str]) -> frozenset[str]:
    """Of equal sets one: most are empty or hold a common word, and there are seven to a statement."""
    return names
