"""Scores of predicted statements against gold ones, field by field.

Values are scored end to end: those of missed or spurious statements count as missed or spurious too. Matching
an optional gold statement costs and earns nothing. All rates are rounded to four decimals.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from itertools import combinations
from math import fsum
from typing import Any

from dateline.evaluate.compare import Compared, Pair, compare_all, sides, sub_typed, typed
from dateline.evaluate.gold import Judged, JudgedReport
from dateline.evaluate.match import paired, same_figure, same_filler, same_origin, same_place

FIELDS = ("actors", "targets", "weapons", "places", "figures", "sources")
Where = tuple[str, int]
"""A statement: report id, index in the report."""


@dataclass(frozen=True, slots=True)
class Prf:
    """Precision, recall, their harmonic mean, and the number of gold items."""

    p: float
    r: float
    f1: float
    gold: int


@dataclass(frozen=True, slots=True)
class Share:
    """Accuracy over a number of gold items."""

    accuracy: float
    gold: int


@dataclass(frozen=True, slots=True)
class Wrong:
    """A gold statement that was missed (`predicted` None) or not wholly right."""

    report_id: str
    gold: Judged
    predicted: Judged | None


@dataclass(frozen=True, slots=True)
class Scores:
    """Everything measured. `incidents_b3` is None where no matched statement has a gold incident."""

    reports: int
    statements: Prf
    typed: Prf
    sub_event: Share
    fields: Mapping[str, Prf]
    date: Share
    original_source: Share
    original_source_if_attributed: Share
    certainty: Share
    certainty_macro_f1: float
    incidents_pairwise: Prf
    incidents_b3: float | None
    whole: Prf
    wrong: tuple[Wrong, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The scores as nested plain values, one entry a measure."""
        incidents: dict[str, Any] = {"pairwise": asdict(self.incidents_pairwise)}
        if self.incidents_b3 is not None:
            incidents["b3_f1"] = self.incidents_b3
        return {
            "reports": self.reports,
            "statements": asdict(self.statements),
            "typed": asdict(self.typed),
            "sub_event": asdict(self.sub_event),
            **{name: asdict(prf) for name, prf in self.fields.items()},
            "date": asdict(self.date),
            "original_source": asdict(self.original_source),
            "original_source_if_attributed": asdict(self.original_source_if_attributed),
            "certainty": {**asdict(self.certainty), "macro_f1": self.certainty_macro_f1},
            "incidents": incidents,
            "whole": asdict(self.whole),
        }


def prf(hits: int, predicted: int, gold: int) -> Prf:
    """Rates from counts; 0 where nothing was predicted or nothing was there."""
    p = hits / predicted if predicted else 0.0
    r = hits / gold if gold else 0.0
    return Prf(round(p, 4), round(r, 4), round(2 * p * r / (p + r), 4) if p + r else 0.0, gold)


def _share(hits: int, gold: int) -> Share:
    return Share(round(hits / gold, 4) if gold else 0.0, gold)


def _hits(p: Judged, g: Judged, field: str) -> int:
    match field:
        case "actors" | "targets":
            return paired(sides(p, g, field), getattr(g, field), same_filler)
        case "places":
            return paired(p.places, g.places, same_place)
        case "figures":
            return paired(p.figures, g.figures, same_figure)
        case _:
            return paired(getattr(p, field), getattr(g, field), same_filler)


class _Tally:
    """Counts over reports. `n` holds them by name; (field, "hit" | "pred" | "gold") for fields."""

    def __init__(self, errors: int) -> None:
        self.n: Counter[object] = Counter()
        self.certainty: Counter[tuple[str | None, str | None]] = Counter()
        self.gold_incident: dict[Where, str] = {}
        self.pred_incident: dict[Where, object] = {}
        self.wrong: list[Wrong] = []
        self.errors = errors

    def note(self, report_id: str, gold: Judged, predicted: Judged | None) -> None:
        """Keep an error for people, up to the number wanted."""
        if len(self.wrong) < self.errors:
            self.wrong.append(Wrong(report_id, gold, predicted))

    def report(self, c: Compared) -> None:
        """Count one report."""
        self.n["reports"] += 1
        golds = (*(x.gold for x in c.pairs), *c.missed)
        preds = (*(x.predicted for x in c.pairs), *c.spurious)
        self.n["pred"] += len(preds)
        self.n["gold"] += len(golds)
        for field in FIELDS:
            self.n[field, "pred"] += sum(len(getattr(p, field)) for p in preds)
            self.n[field, "gold"] += sum(len(getattr(g, field)) for g in golds)
        for x in c.pairs:
            self.pair(c.report_id, x)
        for g in c.missed:
            self.note(c.report_id, g, None)

    def pair(self, report_id: str, x: Pair) -> None:
        """Count one matched pair."""
        n, p, g = self.n, x.predicted, x.gold
        n["matched"] += 1
        n["typed"] += typed(p, g)
        if g.sub_events:
            n["sub", "gold"] += 1
            n["sub", "hit"] += sub_typed(p, g)
        for field in FIELDS:
            n[field, "hit"] += _hits(p, g, field)
        if any(g.days):
            n["date", "gold"] += 1
            n["date", "hit"] += p.days == g.days
        n["origin"] += same_origin(p, g)
        if g.sources:
            n["attributed", "gold"] += 1
            n["attributed", "hit"] += same_origin(p, g)
        self.certainty[g.certainty, p.certainty] += 1
        n["whole"] += x.whole
        if not x.whole:
            self.note(report_id, g, p)
        if g.incident:
            at = report_id, x.at_gold
            self.gold_incident[at] = g.incident
            self.pred_incident[at] = p.incident or (report_id, x.at_predicted)


def _macro_f1(certainty: Counter[tuple[str | None, str | None]]) -> float:
    """Mean F1 over the labels that occur in the gold of matched statements."""
    labels = sorted({g for g, _ in certainty}, key=str)
    each = [
        prf(
            certainty[label, label],
            sum(v for (_, p), v in certainty.items() if p == label),
            sum(v for (g, _), v in certainty.items() if g == label),
        ).f1
        for label in labels
    ]
    # fsum: the mean does not hang on the order of the labels
    return round(fsum(each) / len(each), 4) if each else 0.0


def _together(groups: Mapping[Where, object]) -> set[tuple[Where, Where]]:
    """All pairs of statements that share a group."""
    members: dict[object, list[Where]] = defaultdict(list)
    for where, group in groups.items():
        members[group].append(where)
    return {pair for held in members.values() for pair in combinations(sorted(held), 2)}


def linking(gold: Mapping[Where, object], predicted: Mapping[Where, object]) -> tuple[Prf, float | None]:
    """Pairwise rates and B-cubed F1 (Bagga & Baldwin 1998) of a grouping against another of the same statements."""
    g, p = _together(gold), _together(predicted)
    pairwise = prf(len(g & p), len(p), len(g))
    if not gold:
        return pairwise, None
    in_gold: dict[object, set[Where]] = defaultdict(set)
    in_pred: dict[object, set[Where]] = defaultdict(set)
    for where in gold:
        in_gold[gold[where]].add(where)
        in_pred[predicted[where]].add(where)
    both = {where: len(in_gold[gold[where]] & in_pred[predicted[where]]) for where in gold}
    precision = sum(both[w] / len(in_pred[predicted[w]]) for w in gold) / len(gold)
    recall = sum(both[w] / len(in_gold[gold[w]]) for w in gold) / len(gold)
    return pairwise, round(2 * precision * recall / (precision + recall), 4)


def score(gold: Mapping[str, JudgedReport], predicted: Mapping[str, JudgedReport], errors: int = 0) -> Scores:
    """Score predictions by report id. Reports without prediction count as empty; others' are ignored.

    `errors`: how many statements that are missed or not wholly right to keep for people.
    """
    return score_compared(compare_all(gold, predicted), errors)


def score_compared(reports: Iterable[Compared], errors: int = 0) -> Scores:
    """Score reports whose statements are matched already."""
    t = _Tally(errors)
    for compared in reports:
        t.report(compared)
    n = t.n
    pairwise, b3 = linking(t.gold_incident, t.pred_incident)
    return Scores(
        reports=n["reports"],
        statements=prf(n["matched"], n["pred"], n["gold"]),
        typed=prf(n["typed"], n["pred"], n["gold"]),
        sub_event=_share(n["sub", "hit"], n["sub", "gold"]),
        fields={f: prf(n[f, "hit"], n[f, "pred"], n[f, "gold"]) for f in FIELDS},
        date=_share(n["date", "hit"], n["date", "gold"]),
        original_source=_share(n["origin"], n["matched"]),
        original_source_if_attributed=_share(n["attributed", "hit"], n["attributed", "gold"]),
        certainty=_share(sum(v for (g, p), v in t.certainty.items() if g == p), n["matched"]),
        certainty_macro_f1=_macro_f1(t.certainty),
        incidents_pairwise=pairwise,
        incidents_b3=b3,
        whole=prf(n["whole"], n["pred"], n["gold"]),
        wrong=tuple(t.wrong),
    )
