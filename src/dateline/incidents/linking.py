"""Linking statements into incidents: block, score, cluster."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf

from dateline.config import LinkConfig
from dateline.incidents.block import pairs
from dateline.incidents.cluster import Pair, cluster
from dateline.incidents.codes import code, incident_id, unique
from dateline.incidents.features import features, words
from dateline.incidents.items import Linkable
from dateline.incidents.score import explain, strength
from dateline.incidents.weights import weights
from dateline.records import Incident, Link

BEST_LINKS = 3
"""How many of its strongest links (and of its near misses) a statement keeps, beside the links that hold its
incident together."""


@dataclass(frozen=True, slots=True)
class Linking:
    """The result: every statement in exactly one incident; the links that explain them; and near misses,
    pairs almost or otherwise linked that stand in different incidents, for people to look at."""

    incidents: tuple[Incident, ...]
    links: tuple[Link, ...]
    near_misses: tuple[Link, ...]

    @property
    def incident_of(self) -> dict[str, str]:
        """Statement id → incident code."""
        return {s: i.code for i in self.incidents for s in i.statements}


def link(items: Iterable[Linkable], config: LinkConfig) -> Linking:
    """Group statements by happening. Depends on the set of statements only, not on their order.

    A statement that comes twice counts once. Incidents are sorted by their anchor (earliest publication),
    statements within one by publication, report and place in the text; links by their ids.
    """
    w, vocabulary = weights(), words()
    ordered = sorted({i.id: i for i in items}.values(), key=lambda i: i.order)
    found = [features(i, w.family(i.statement.event.code), vocabulary) for i in ordered]

    def scored(i: int, j: int) -> float:
        if found[i].vague or found[j].vague:
            return -inf
        return strength(found[i], found[j], config, w)

    bar = config.threshold - w.near_miss
    known = {(i, j): s for i, j in pairs(found, config.max_days, w.toll_worth) if (s := scored(i, j)) >= bar}
    groups = cluster(len(found), known, scored, config.threshold, config.threshold - w.slack)
    members = [[ordered[i] for i in group] for group in groups]
    codes = unique(code(m) for m in members)

    def explained(chosen: Iterable[Pair], same: bool) -> tuple[Link, ...]:
        made = (replace(explain(found[i], found[j], config, w), same=same) for i, j in chosen)
        return tuple(sorted(made, key=lambda x: (x.left, x.right)))

    return Linking(
        incidents=tuple(
            Incident(id=incident_id(m), code=c, statements=tuple(i.id for i in m))
            for m, c in zip(members, codes, strict=True)
        ),
        links=explained(_kept({p: s for p, s in known.items() if s >= config.threshold}, groups), same=True),
        near_misses=explained(_missed(known, groups), same=False),
    )


def _groups_of(groups: Sequence[Sequence[int]]) -> dict[int, int]:
    return {i: g for g, group in enumerate(groups) for i in group}


def _kept(known: Mapping[Pair, float], groups: Sequence[Sequence[int]]) -> list[Pair]:
    """The links inside incidents: a strongest spanning tree, and each statement's few best."""
    group = _groups_of(groups)
    inside = sorted(((-s, p) for p, s in known.items() if group[p[0]] == group[p[1]]))
    tree: dict[int, int] = {}
    count: Counter[int] = Counter()

    def root(i: int) -> int:
        while (up := tree.get(i, i)) != i:
            tree[i] = tree.get(up, up)
            i = up
        return i

    kept: list[Pair] = []
    for _, (i, j) in inside:
        a, b = root(i), root(j)
        if a != b or (count[i] < BEST_LINKS and count[j] < BEST_LINKS):
            kept.append((i, j))
            count.update((i, j))
        tree[max(a, b)] = min(a, b)
    return kept


def _missed(known: Mapping[Pair, float], groups: Sequence[Sequence[int]]) -> list[Pair]:
    """Pairs of different incidents whose score comes near the threshold or passes it; a few of each statement,
    best first."""
    group = _groups_of(groups)
    kept: list[Pair] = []
    count: Counter[int] = Counter()
    for _, (i, j) in sorted((-s, p) for p, s in known.items() if group[p[0]] != group[p[1]]):
        if count[i] < BEST_LINKS and count[j] < BEST_LINKS:
            kept.append((i, j))
            count.update((i, j))
    return kept
