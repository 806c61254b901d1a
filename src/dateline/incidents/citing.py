"""Who cites whom among the outlets of an incident, and where citing runs in a circle."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import pairwise

from dateline.incidents.items import Linkable
from dateline.labels import SourceType
from dateline.records import Source

Circle = tuple[str, ...]


def circles(
    items: Iterable[Linkable], outlet_key: Callable[[str], str], source_key: Callable[[Source], str]
) -> tuple[Circle, ...]:
    """The groups in which everyone rests, through citing, on everyone else: names, sorted, one tuple a circle.

    "A cites B" is an arrow from A to B; a source chain is a path of arrows. A circle is a strongly connected component
    of two or more (each can be reached from each).
    """
    arrows: dict[str, set[str]] = defaultdict(set)
    items = list(items)
    names = {outlet_key(i.outlet): i.outlet for i in reversed(items) if i.outlet}
    for item in items:
        path = [(outlet_key(item.outlet), item.outlet)] if item.outlet else []
        path += [(source_key(s), s.name) for s in item.statement.sources if s.type is not SourceType.IMPERSONAL]
        for key, name in path:
            names.setdefault(key, name)
        for (a, _), (b, _) in pairwise(path):
            if a != b:
                arrows[a].add(b)
    reached = {start: _reach(start, arrows) for start in arrows}
    found = {frozenset(b for b in reached[a] if b in reached and a in reached[b]) for a in reached if a in reached[a]}
    return tuple(sorted(tuple(sorted(names[k] for k in group)) for group in found))


def _reach(start: str, arrows: dict[str, set[str]]) -> set[str]:
    """All that can be reached from a node by one arrow or more."""
    seen: set[str] = set()
    waiting = list(arrows.get(start, ()))
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            waiting.extend(arrows.get(node, ()))
    return seen
