"""From scored pairs to groups: average-link clustering within connected components.

Two groups join while their closest pair reaches the threshold, the mean over all their pairs reaches `mean` (if asked
to, that over the pairs of each member too), and no pair is forbidden: one weak bridge joins nothing. Ties go to the
smaller indices, so the result does not depend on the order of the input (indices come from a fixed order of
statements).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from heapq import heapify, heappop, heappush
from itertools import combinations, pairwise
from math import inf

Pair = tuple[int, int]
Scorer = Callable[[int, int], float]
"""The score of two indices, -inf where a link is forbidden. Called for pairs no block brought together."""
Groups = Sequence[Sequence[int]]
"""Members that are together, each group in order."""
Joiner = Callable[[list[int], Scorer, float, float, Groups], list[list[int]]]
"""What makes groups of one component, given its members, the scores, the threshold, the least mean, and groups to begin
with."""
MAX_COMPONENT = 120
"""A component that is larger is cut by raising the threshold, and where that cannot cut it by order, so that
cost stays in proportion to its size."""


def _find(parent: list[int], i: int) -> int:
    while parent[i] != i:
        parent[i] = parent[parent[i]]
        i = parent[i]
    return i


def components(n: int, links: Mapping[Pair, float], threshold: float) -> list[list[int]]:
    """Connected components over links that reach the threshold, each sorted, none larger than MAX_COMPONENT."""
    return _components(list(range(n)), links, threshold)


def _components(members: list[int], links: Mapping[Pair, float], threshold: float) -> list[list[int]]:
    place = {m: k for k, m in enumerate(members)}
    strong = {p: s for p, s in links.items() if s >= threshold}
    parent = list(range(len(members)))
    for i, j in sorted(strong):
        a, b = _find(parent, place[i]), _find(parent, place[j])
        parent[max(a, b)] = min(a, b)
    groups: dict[int, list[int]] = defaultdict(list)
    for m in members:
        groups[_find(parent, place[m])].append(m)
    inside: dict[int, dict[Pair, float]] = defaultdict(dict)
    for pair, s in strong.items():
        inside[_find(parent, place[pair[0]])][pair] = s
    out: list[list[int]] = []
    for root, group in groups.items():
        held = inside[root]
        if len(group) > MAX_COMPONENT and min(held.values()) < max(held.values()):
            # raising the bar just past the weakest link always cuts something in the end
            bar = max(threshold + 0.5, min(held.values()) + 0.001)
            out += _components(group, held, bar)
        else:
            # equally strong links cannot tell where to cut; statements follow each other in order of publication
            out += [group[k : k + MAX_COMPONENT] for k in range(0, len(group), MAX_COMPONENT)]
    return out


def agglomerate(
    group: list[int], score: Scorer, threshold: float, mean: float, start: Groups = (), *, each: bool = False
) -> list[list[int]]:
    """Average-link within one component, beginning with the groups of `start` and single members; with `each`, every
    member of a group must agree with the other group.

    `best` holds the top score of two groups, `sums` those of each member with all of another group.
    """
    held = _begun(group, start)
    first = {m: i for i, members in held.items() for m in members}
    sums: dict[int, dict[int, float]] = {i: {} for i in group}
    best: dict[int, dict[int, float]] = {i: {} for i in held}
    for x, y in combinations(group, 2):
        i, j = first[x], first[y]
        if i != j:
            found = score(x, y)
            sums[x][j], sums[y][i] = sums[x].get(j, 0.0) + found, sums[y].get(i, 0.0) + found
            best[i][j] = best[j][i] = max(best[i].get(j, -inf), found)

    def entry(i: int, j: int) -> tuple[float, int, int, int, int]:
        lo, hi = min(i, j), max(i, j)
        value = sum(sums[m][hi] for m in held[lo]) / (len(held[lo]) * len(held[hi]))
        return -value, lo, hi, len(held[lo]), len(held[hi])

    def agree(i: int, j: int) -> bool:
        found = [sums[m][j] for m in held[i]]
        return (min(found) if each else sum(found) / len(found)) >= mean * len(held[j])

    def may_join(i: int, j: int) -> bool:
        return best[i][j] >= threshold and agree(i, j) and (not each or agree(j, i))

    heap = [entry(i, j) for i, j in combinations(held, 2) if may_join(i, j)]
    heapify(heap)
    while heap:
        _, i, j, size_i, size_j = heappop(heap)
        if i not in held or j not in held or (len(held[i]), len(held[j])) != (size_i, size_j):
            continue  # one of the two has grown or gone since
        held[i] = sorted(held[i] + held.pop(j))
        for m in group:
            sums[m][i] = sums[m].get(i, 0.0) + sums[m].pop(j, 0.0)
        gone = best.pop(j)
        for k in held:
            if k != i:
                best[i][k] = best[k][i] = max(best[i][k], gone[k])
                if may_join(i, k):
                    heappush(heap, entry(i, k))
    return list(held.values())


def _begun(group: Sequence[int], start: Groups) -> dict[int, list[int]]:
    """Groups by their smallest member, in its order: those of `start`, and each other member alone."""
    there = frozenset(group)
    begun = [sorted(there & frozenset(g)) for g in start]
    alone = there.difference(*begun)
    return {g[0]: g for g in sorted([*(g for g in begun if g), *([i] for i in alone)])}


def cluster(
    n: int,
    links: Mapping[Pair, float],
    score: Scorer,
    threshold: float,
    mean: float,
    *,
    join: Joiner = agglomerate,
    start: Groups = (),
) -> list[list[int]]:
    """Groups of the indices 0 … n-1, sorted by their smallest member; every index is in exactly one.

    `links` holds the scores of compared pairs (i < j), -inf where forbidden; `score` gives the others'. `join` stands
    in for `agglomerate` where its results are remembered. What is together in `start` stays so, but in a component too
    large for it.
    """
    known = dict(links)

    def pair_score(i: int, j: int) -> float:
        pair = (i, j) if i < j else (j, i)
        if pair not in known:
            known[pair] = score(*pair)
        return known[pair]

    out: list[list[int]] = []
    tied = {pair: inf for g in start for pair in pairwise(g)}
    begun = {i: g for g in start for i in g}
    for group in components(n, {**links, **tied}, threshold):
        inside = sorted({tuple(begun[i]) for i in group if i in begun})
        out += [group] if len(group) == 1 else join(group, pair_score, threshold, mean, inside)
    return sorted(out)
