"""Linking statements into incidents: block, score, cluster."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import inf

from dateline.config import LinkConfig
from dateline.incidents.block import pairs_across, pairs_within
from dateline.incidents.cluster import Pair, cluster
from dateline.incidents.codes import code, incident_id, unique
from dateline.incidents.features import Features, features, merged, words
from dateline.incidents.items import Linkable
from dateline.incidents.score import explain, strength
from dateline.incidents.weights import weights
from dateline.records import Incident, Link

BEST_LINKS = 3
"""How many of its strongest links (and of its near misses) a statement keeps, beside the links that hold its
incident together."""


MAX_CHECKED = 12
"""How many statements of what one report says of a happening are held against another report's, so that a report
that says the same thing a thousand times is linked in a bounded time."""


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

    First within each report; then across reports, comparing all that one report says of a happening with all
    that another says: "the blast" borrows its place and day from its own report. No two statements that
    something forbids to be one ever share an incident.

    A statement that comes twice counts once. Incidents are sorted by their anchor (earliest publication),
    statements within one by publication, report and place in the text; links by their ids.
    """
    w, vocabulary = weights(), words()
    ordered = sorted({i.id: i for i in items}.values(), key=lambda i: i.order)
    found = [features(i, w.family(i.statement.event.code), vocabulary) for i in ordered]
    inner = _Stage(found, config)
    local, inner_links = inner.run(pairs_within(found))
    joint = _Stage([merged([found[i] for i in group], w.general) for group in local], config, inner, local)
    across, outer_links = joint.run(pairs_across(joint.found, config.max_days, w.toll_worth))
    groups = sorted(sorted(i for g in chosen for i in local[g]) for chosen in across)
    members = [[ordered[i] for i in group] for group in groups]
    codes = unique(code(m) for m in members)
    incidents = tuple(
        Incident(id=incident_id(m), code=c, statements=tuple(i.id for i in m))
        for m, c in zip(members, codes, strict=True)
    )
    of = {s: incident.id for incident in incidents for s in incident.statements}
    return Linking(
        incidents=incidents,
        links=_sorted(x for x in (*inner_links, *outer_links) if x.same),
        near_misses=_sorted(x for x in (*inner_links, *outer_links) if not x.same and of[x.left] != of[x.right]),
    )


def _some(group: Sequence[int]) -> Sequence[int]:
    """All of a group, or of a very large one a fixed number spread evenly over it."""
    return group if len(group) <= MAX_CHECKED else group[:: -(-len(group) // MAX_CHECKED)]


def _sorted(links: Iterable[Link]) -> tuple[Link, ...]:
    """By ids; of two links of one pair the first."""
    once: dict[tuple[str, str], Link] = {}
    for x in links:
        once.setdefault((x.left, x.right), x)
    return tuple(once[key] for key in sorted(once))


class _Stage:
    """One round of scoring and clustering. In the second, `local` holds the statements behind each feature, and
    `inner` the first round, which knows what is forbidden between them."""

    def __init__(
        self,
        found: Sequence[Features],
        config: LinkConfig,
        inner: _Stage | None = None,
        local: Sequence[Sequence[int]] = (),
    ) -> None:
        self.found, self.config, self.weights = found, config, weights()
        self.inner, self.local = inner, local

    def score(self, i: int, j: int) -> float:
        """The strength of a pair, -inf where it is forbidden or one of them is too vague to link.

        A bare statement is, unless it points back; no report's bare words are linked with another report.
        """
        a, b = self.found[i], self.found[j]
        if any(f.bare and (self.inner or not f.definite) for f in (a, b)):
            return -inf
        strong = strength(a, b, self.config, self.weights)
        if self.inner and strong > -inf and len(self.local[i]) * len(self.local[j]) > 1:
            inner = self.inner
            if any(inner.forbidden(x, y) for x, y in product(_some(self.local[i]), _some(self.local[j]))):
                return -inf
        return strong

    def forbidden(self, i: int, j: int) -> bool:
        """Whether two statements must not be one."""
        return self.score(i, j) == -inf

    def run(self, candidates: Iterable[Pair]) -> tuple[list[list[int]], list[Link]]:
        """Groups of the features, and the links and near misses worth keeping."""
        threshold, w = self.config.threshold, self.weights
        bar = threshold - w.near_miss
        known = {p: s for p in candidates if (s := self.score(*p)) >= bar}
        groups = cluster(len(self.found), known, self.score, threshold, threshold - w.slack)
        group = {i: g for g, held in enumerate(groups) for i in held}
        inside = [(-s, p) for p, s in known.items() if s >= threshold and group[p[0]] == group[p[1]]]
        apart = [(-s, p) for p, s in known.items() if group[p[0]] != group[p[1]]]
        return groups, [*self._links(_strongest(inside, tree=True), True), *self._links(_strongest(apart), False)]

    def _links(self, chosen: Iterable[Pair], same: bool) -> Iterator[Link]:
        for i, j in chosen:
            yield replace(explain(self.found[i], self.found[j], self.config, self.weights), same=same)


def _strongest(scored: Iterable[tuple[float, Pair]], tree: bool = False) -> Iterator[Pair]:
    """Each one's few best pairs; with `tree`, also all that a strongest spanning tree needs."""
    parent: dict[int, int] = {}
    count: Counter[int] = Counter()

    def root(i: int) -> int:
        while (up := parent.get(i, i)) != i:
            parent[i] = parent.get(up, up)
            i = up
        return i

    for _, (i, j) in sorted(scored):
        a, b = root(i), root(j)
        if (tree and a != b) or (count[i] < BEST_LINKS and count[j] < BEST_LINKS):
            yield i, j
            count.update((i, j))
        parent[max(a, b)] = min(a, b)
