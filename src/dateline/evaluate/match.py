"""Which predicted statement is which gold one, and when two values count as the same.

A predicted statement matches a gold one of its report if their triggers overlap, or if both stand in one
sentence, agree on an event category and share a value. Each matches at most once; the closest pairs go first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from dateline.evaluate.gold import Count, Filler, Judged, Offsets

T = TypeVar("T")
TRIGGER, TYPED, SENTENCE = 10, 5, 1
"""Affinity of overlapping triggers, of an agreeing category beside it, and of a common sentence."""


def overlap(a: Sequence[Offsets], b: Sequence[Offsets]) -> bool:
    """Whether any span of one shares a character with any of the other."""
    return any(x[0] < y[1] and y[0] < x[1] for x in a for y in b)


def same_name(a: Filler, b: Filler) -> bool:
    """Whether both have a name and it is the same."""
    return bool(a.name) and a.name == b.name


def same_filler(a: Filler, b: Filler) -> bool:
    """By span where both have one, else by name."""
    return overlap(a.spans, b.spans) if a.spans and b.spans else same_name(a, b)


def same_place(a: Filler, b: Filler) -> bool:
    """In one role, by span or by name."""
    return a.role == b.role and (overlap(a.spans, b.spans) or same_name(a, b))


def same_figure(a: Count, b: Count) -> bool:
    """Same measure and bounds."""
    return (a.measure, a.min, a.max) == (b.measure, b.min, b.max)


def paired(preds: Sequence[T], golds: Sequence[T], same: Callable[[T, T], bool]) -> int:
    """How many can be paired one to one, each prediction taking the first gold value left that is the same."""
    left = list(golds)
    for p in preds:
        hit = next((k for k, g in enumerate(left) if same(p, g)), None)
        if hit is not None:
            del left[hit]
    return len(golds) - len(left)


def exact(preds: Sequence[T], golds: Sequence[T], same: Callable[[T, T], bool]) -> bool:
    """Whether the two hold the same values, no more and no fewer."""
    return len(preds) == len(golds) == paired(preds, golds, same)


def same_origin(p: Judged, g: Judged) -> bool:
    """Whether the original sources (the last of each chain) are the same, or both have none."""
    if not p.sources or not g.sources:
        return not p.sources and not g.sources
    a, b = p.sources[-1], g.sources[-1]
    return same_filler(a, b) or a.type == b.type == "impersonal"


def affinity(p: Judged, g: Judged) -> int:
    """0 if the two cannot be one statement, else larger the more they share."""
    typed = bool(set(p.events) & set(g.events))
    fields = ((p.actors, g.actors), (p.targets, g.targets), (p.weapons, g.weapons))
    shared = sum(paired(x, y, same_filler) for x, y in fields)
    shared += paired(p.places, g.places, same_place) + paired(p.figures, g.figures, same_figure)
    if overlap(p.trigger, g.trigger):
        return TRIGGER + TYPED * typed + shared
    if typed and shared and overlap((p.sentence,), (g.sentence,)):
        return SENTENCE + shared
    return 0


def match(preds: Sequence[Judged], golds: Sequence[Judged]) -> list[tuple[int, int]]:
    """Index pairs (prediction, gold), closest first; of equals, the earlier prediction, then the earlier gold."""
    candidates = [(-a, i, j) for i, p in enumerate(preds) for j, g in enumerate(golds) if (a := affinity(p, g))]
    taken_p: set[int] = set()
    taken_g: set[int] = set()
    out: list[tuple[int, int]] = []
    for _, i, j in sorted(candidates):
        if i not in taken_p and j not in taken_g:
            taken_p.add(i)
            taken_g.add(j)
            out.append((i, j))
    return out
