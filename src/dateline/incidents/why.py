"""Why statements are one incident, or are kept apart, told from their links: for terminals and pages alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from heapq import heappop, heappush

from dateline.incidents.onereport import FOLLOWS
from dateline.incidents.score import forbidding, probability
from dateline.incidents.verdicts import APART, SAME
from dateline.incidents.weights import weights
from dateline.records import Link, Reason


class Kind(StrEnum):
    """What a link says of its two statements."""

    SAME = "same"
    FOLLOWS = "follows"
    """One came after the other, as a report says."""
    MISS = "miss"
    """They are alike, and yet apart."""


def kind(x: Link) -> Kind:
    """Of which kind a link is."""
    if x.same:
        return Kind.SAME
    return Kind.FOLLOWS if any(r.name == FOLLOWS for r in x.reasons) else Kind.MISS


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a waterfall: a reason, and the sum of the weights before it and after it."""

    reason: Reason
    before: float
    after: float


def steps(reasons: Sequence[Reason]) -> tuple[Step, ...]:
    """The waterfall of a link: each step begins where the one before it ends, the first at 0."""
    made, total = [], 0.0
    for r in reasons:
        made.append(Step(r, total, total + r.weight))
        total += r.weight
    return tuple(made)


def needed(x: Link, threshold: float) -> float:
    """The score the two need to be one, by the `threshold` of `[link]`: statements of one report need more."""
    return threshold + (weights().within_more if any(r.name == "report.same" for r in x.reasons) else 0.0)


def aside(x: Link) -> tuple[Reason, ...]:
    """The reasons that decide by themselves, whatever the sum: what people said, and what forbids."""
    rules = weights().reasons
    return tuple(r for r in x.reasons if r.name in (SAME, APART) or (r.name in rules and rules[r.name].cannot))


def judged(x: Link) -> bool:
    """Whether a person spoke of the two."""
    return any(r.name in (SAME, APART) for r in x.reasons)


def chance(x: Link) -> float:
    """How likely the two are one happening by the sum of the reasons, but for those that decide by themselves."""
    decided = aside(x)
    return probability(sum(r.weight for r in x.reasons if r not in decided), weights())


def conclusion(x: Link, threshold: float) -> str:
    """Why the two are together or apart."""
    if any(r.name == SAME for r in x.reasons):
        return "a person put them together"
    likely = f"one happening with probability {chance(x):.2f}"
    if x.same:
        return likely
    return barrier(x, threshold) if aside(x) else f"{likely}; {barrier(x, threshold)}"


def barrier(x: Link, threshold: float) -> str:
    """What keeps the two apart."""
    need = needed(x, threshold)
    if any(r.name == APART for r in x.reasons):
        return "a person keeps them apart"
    if reason := forbidding(x):
        return f"forbidden, because {reason.text}"
    if x.score < need:
        return f"{need - x.score:.2f} below the {need:.2f} that is needed"
    return "the rest of the two incidents does not agree, and one bridge joins nothing"


@dataclass(frozen=True, slots=True)
class CameIn:
    """How a statement came into its incident: the link that joins it, and its other links in the incident.

    `link` is None for the statement that the others came in to, and for one that has no stored link to the rest: it
    came in because its whole group agrees.
    """

    statement: str
    link: Link | None
    others: tuple[Link, ...]


def came_in(members: Sequence[str], links: Iterable[Link]) -> tuple[CameIn, ...]:
    """For each member, in the order given, how it came in, when all begins with the first.

    The links that join are those of the strongest spanning tree: each member by the strongest link to those that are
    in before it. So every link that holds the incident together stands once, the weak bridges among them.
    """
    inside = set(members)
    ranked = [x for x in _strongest_first(links) if x.same and {x.left, x.right} <= inside]
    ranks: dict[str, list[int]] = defaultdict(list)
    for rank, x in enumerate(ranked):
        ranks[x.left].append(rank)
        ranks[x.right].append(rank)
    joining: dict[str, Link | None] = {}
    for root in members:
        if root not in joining:
            _grow(root, ranked, ranks, joining)
    own = {m: [ranked[r] for r in ranks.get(m, ())] for m in members}
    return tuple(CameIn(m, joining[m], tuple(x for x in own[m] if x is not joining[m])) for m in members)


def _grow(
    root: str, ranked: Sequence[Link], ranks: Mapping[str, Sequence[int]], joining: dict[str, Link | None]
) -> None:
    """Prim's algorithm: put everything that hangs together with the root into `joining`."""
    joining[root] = None
    heap = list(ranks.get(root, ()))
    while heap:
        x = ranked[heappop(heap)]
        for end in (x.left, x.right):
            if end not in joining:
                joining[end] = x
                for rank in ranks[end]:
                    heappush(heap, rank)


def _strongest_first(links: Iterable[Link]) -> list[Link]:
    return sorted(links, key=lambda x: (-x.score, x.left, x.right))


def other_end(x: Link, statement: str) -> str:
    """The end of a link that is not this statement."""
    return x.right if x.left == statement else x.left


def apart(members: Collection[str], links: Iterable[Link]) -> Iterator[tuple[str, Link]]:
    """The links that lead out of an incident, each with its end outside, strongest first; those by which people keep
    statements apart come last, for they have the lowest score."""
    inside = set(members)
    for x in _strongest_first(links):
        out = [end for end in (x.left, x.right) if end not in inside]
        if not x.same and len(out) == 1:
            yield out[0], x
