"""Linking statements into incidents: block, score, cluster."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import inf

from dateline.config import LinkConfig
from dateline.incidents.block import pairs
from dateline.incidents.cluster import Pair, cluster
from dateline.incidents.codes import code, incident_id, unique
from dateline.incidents.features import Features, features, words
from dateline.incidents.items import Linkable
from dateline.incidents.score import cannot, compare
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
    scored = _scored(found, config)
    strength = {p: -inf if cannot(x) else x.score for p, x in scored.items()}

    def missing(i: int, j: int) -> float:
        made = compare(found[i], found[j], config, w)
        return -inf if cannot(made) else made.score

    groups = cluster(len(found), strength, missing, config.threshold, config.threshold - w.slack)
    members = [[ordered[i] for i in group] for group in groups]
    codes = unique(code(m) for m in members)
    return Linking(
        incidents=tuple(
            Incident(id=incident_id(m), code=c, statements=tuple(i.id for i in m))
            for m, c in zip(members, codes, strict=True)
        ),
        links=_kept(scored, groups),
        near_misses=_missed(scored, groups, config.threshold - w.near_miss),
    )


def _scored(found: Sequence[Features], config: LinkConfig) -> dict[Pair, Link]:
    """The link of every pair worth comparing that comes near the threshold or is forbidden. Vague statements
    are compared with none."""
    w = weights()
    out: dict[Pair, Link] = {}
    for i, j in pairs(found, config.max_days, w.toll_worth):
        if not (found[i].vague or found[j].vague):
            out[i, j] = compare(found[i], found[j], config, w)
    return out


def _groups_of(groups: Sequence[Sequence[int]]) -> dict[int, int]:
    return {i: g for g, group in enumerate(groups) for i in group}


def _kept(scored: dict[Pair, Link], groups: Sequence[Sequence[int]]) -> tuple[Link, ...]:
    """The links inside incidents: a strongest spanning tree, and each statement's few best."""
    group = _groups_of(groups)
    inside = [(p, x) for p, x in scored.items() if x.same and group[p[0]] == group[p[1]]]
    inside.sort(key=lambda e: (-e[1].score, e[0]))
    tree: dict[int, int] = {}
    count: Counter[int] = Counter()

    def root(i: int) -> int:
        while tree.get(i, i) != i:
            i = tree[i]
        return i

    kept: list[Link] = []
    for (i, j), x in inside:
        a, b = root(i), root(j)
        if a != b or (count[i] < BEST_LINKS and count[j] < BEST_LINKS):
            kept.append(x)
            count.update((i, j))
        tree[max(a, b)] = min(a, b)
    return tuple(sorted(kept, key=lambda x: (x.left, x.right)))


def _missed(scored: dict[Pair, Link], groups: Sequence[Sequence[int]], bar: float) -> tuple[Link, ...]:
    """Pairs of different incidents whose score comes near the threshold, a few of each statement, best first:
    said to be `same=False`."""
    group = _groups_of(groups)
    near = [(p, x) for p, x in scored.items() if x.score >= bar and group[p[0]] != group[p[1]]]
    kept: list[Link] = []
    count: Counter[int] = Counter()
    for (i, j), x in sorted(near, key=lambda e: (-e[1].score, e[0])):
        if count[i] < BEST_LINKS and count[j] < BEST_LINKS:
            kept.append(replace(x, same=False))
            count.update((i, j))
    return tuple(sorted(kept, key=lambda x: (x.left, x.right)))
