"""A report's predicted statements beside its gold ones: which are pairs, which are missed, which nobody asked for.

A check says whether one field of a pair is right; `WHOLE` names those that a wholly right statement must pass. An
optional gold statement, and whatever matches it, is in none of the three lists.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dateline.evaluate.gold import Filler, Judged, JudgedReport
from dateline.evaluate.match import exact, match, same_figure, same_filler, same_origin, same_place


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold statement and the prediction that matches it, with their places in the report."""

    predicted: Judged
    gold: Judged
    at_predicted: int
    at_gold: int

    @property
    def wrong(self) -> tuple[str, ...]:
        """The fields that differ, in the order of CHECKS."""
        return tuple(name for name, right in CHECKS.items() if not right(self.predicted, self.gold))

    @property
    def whole(self) -> bool:
        """Whether event, sides, event places, totals, original source and certainty are all right."""
        return WHOLE.isdisjoint(self.wrong)


@dataclass(frozen=True, slots=True)
class Compared:
    """One report: its pairs, closest first, the missed gold statements and the spurious predictions in text order."""

    report_id: str
    pairs: tuple[Pair, ...]
    missed: tuple[Judged, ...]
    spurious: tuple[Judged, ...]


def compare(report_id: str, golds: Sequence[Judged], preds: Sequence[Judged]) -> Compared:
    """Match the statements of one report. Predictions without a trigger are left out."""
    preds = [p for p in preds if p.trigger]
    pairs = match(preds, golds)
    found_p, found_g = {i for i, _ in pairs}, {j for _, j in pairs}
    return Compared(
        report_id,
        tuple(Pair(preds[i], golds[j], i, j) for i, j in pairs if not golds[j].optional),
        tuple(g for j, g in enumerate(golds) if j not in found_g and not g.optional),
        tuple(p for i, p in enumerate(preds) if i not in found_p),
    )


def compare_all(gold: Mapping[str, JudgedReport], predicted: Mapping[str, JudgedReport]) -> Iterator[Compared]:
    """Each gold report in its order. Reports without prediction count as empty; others' are ignored."""
    for report_id, report in gold.items():
        held = predicted.get(report_id)
        yield compare(report_id, report.statements, held.statements if held else ())


def typed(p: Judged, g: Judged) -> bool:
    """Whether the first predicted category is acceptable."""
    return bool(set(p.events[:1]) & set(g.events))


def sub_typed(p: Judged, g: Judged) -> bool:
    """Whether the first predicted sub-event is acceptable."""
    return bool(set(p.sub_events[:1]) & set(g.sub_events))


def sides(p: Judged, g: Judged, role: str) -> tuple[Filler, ...]:
    """The predicted fillers that may match a gold role: of both sides where the event is mutual."""
    own, other = (p.actors, p.targets) if role == "actors" else (p.targets, p.actors)
    return own + other if g.mutual else own


def _party(role: str) -> Callable[[Judged, Judged], bool]:
    def right(p: Judged, g: Judged) -> bool:
        if g.mutual:
            return exact(p.actors + p.targets, g.actors + g.targets, same_filler)
        return exact(getattr(p, role), getattr(g, role), same_filler)

    return right


CHECKS: Mapping[str, Callable[[Judged, Judged], bool]] = {
    "event": typed,
    "sub_event": lambda p, g: not g.sub_events or sub_typed(p, g),
    "actors": _party("actors"),
    "targets": _party("targets"),
    "weapons": lambda p, g: exact(p.weapons, g.weapons, same_filler),
    "places": lambda p, g: exact(p.event_places, g.event_places, same_place),
    "date": lambda p, g: not any(g.days) or p.days == g.days,
    "figures": lambda p, g: exact(p.totals, g.totals, same_figure),
    "sources": same_origin,
    "certainty": lambda p, g: p.certainty == g.certainty,
}
"""Field → whether it is right: the right values, no more and no fewer. What the gold leaves open (no sub-event, no day)
is not held against a prediction."""
WHOLE = frozenset({"event", "actors", "targets", "places", "figures", "sources", "certainty"})
