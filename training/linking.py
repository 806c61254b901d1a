"""Annotated reports → the weights of linking, `src/dateline/incidents/weights.yaml`.

    python -m training.linking --data ../shared [--words]

Logistic regression over the named reasons of incidents/reasons.yaml: one set of weights for pairs within a report, one
for what two reports say. A pair is one happening if the annotators gave both statements one key. Each weight keeps the
side that reasons.yaml gives it and is drawn towards the weight that stands there, the more so the fewer pairs show it.
A tenth of gold/train.jsonl is held out and measured. `--words` also counts anew how rare words are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click
import numpy as np
import numpy.typing as npt

from dateline.config import LinkConfig
from dateline.incidents import link
from dateline.incidents.block import pairs_across, pairs_within
from dateline.incidents.features import Features, all_features, merged, words
from dateline.incidents.items import linkables
from dateline.incidents.score import reasons
from dateline.incidents.weights import Weights, weights
from training.gold import read_jsonl
from training.linking_words import write_words
from training.measure import scorer
from training.own import load as own_reports
from training.stated import Told, told

OUT = Path("src/dateline/incidents/weights.yaml")
CONFIG = LinkConfig()
FOLDS = 5
RIDGES = (1.0, 3.0, 10.0, 30.0, 100.0)
"""How many pairs' worth of evidence it takes to move a weight, tried in this order."""
SLACKS = (0.0, 1.0, 1.5, 2.0, 3.0)
STEPS = 30
HEADER = """\
# What each reason of reasons.yaml weighs, in log odds: within one report, and across two. A reason that is not here
# keeps its start. Made by `python -m training.linking`; do not edit.
"""
Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of statements as rows of factors of the reasons, whether they are one happening, and a fold of each."""

    x: Array
    truth: Array
    fold: Array

    def only(self, keep: npt.NDArray[np.bool_]) -> Pairs:
        """Some of them."""
        return Pairs(self.x[keep], self.truth[keep], self.fold[keep])


def held_out(report_id: str) -> bool:
    """Whether a report of gold/train.jsonl is measured and never learnt from."""
    return int(hashlib.sha256(report_id.encode()).hexdigest(), 16) % 10 == 0


# pairs


def _features(reports: Sequence[Told], w: Weights) -> list[Features]:
    ordered = sorted(linkables(t.result for t in reports), key=lambda i: i.order)
    return all_features(ordered, w.families, words())


def _gathered(reports: Sequence[Told], w: Weights) -> tuple[list[Features], list[str | None]]:
    """All that each report says of a happening, as the annotators group it, with its key."""
    keys = {s: k for t in reports for s, k in t.happenings.items()}
    groups: dict[tuple[str, ...], list[Features]] = {}
    for f in _features(reports, w):
        key = keys[f.id]
        groups.setdefault((f.item.report_id, f.family, key) if key else (f.id,), []).append(f)
    found = [merged(held, w.general) for held in groups.values()]
    return found, [keys[f.id] for f in found]


def _row(a: Features, b: Features, w: Weights, names: Mapping[str, int]) -> Array | None:
    """The factors of a pair's reasons; None where something forbids it anyway."""
    row = np.zeros(len(names))
    for name, factor, _ in reasons(a, b, CONFIG, w):
        if w.reasons[name].cannot:
            return None
        row[names[name]] += factor
    return row


def _fold(f: Features) -> int:
    return int(hashlib.sha256(f.item.report_id.encode()).hexdigest(), 16) // 10 % FOLDS


def _pairs(found: Sequence[Features], keys: Sequence[str | None], chosen: Iterable[tuple[int, int]]) -> Pairs:
    w = weights()
    names = {name: i for i, name in enumerate(w.reasons)}
    made = []
    for i, j in chosen:
        row = _row(found[i], found[j], w, names)
        if row is not None:
            made.append((row, bool(keys[i]) and keys[i] == keys[j], _fold(found[i])))
    x = np.array([row for row, _, _ in made]).reshape(-1, len(names))
    return Pairs(x, np.array([t for _, t, _ in made], float), np.array([f for _, _, f in made], float))


def within(collections: Iterable[Sequence[Told]]) -> Pairs:
    """Pairs of statements of one report that linking would compare."""
    w, made = weights(), []
    for reports in collections:
        keys = {s: k for t in reports for s, k in t.happenings.items()}
        found = _features(reports, w)
        chosen = [p for p in pairs_within(found) if not any(found[i].bare and not found[i].definite for i in p)]
        made.append(_pairs(found, [keys[f.id] for f in found], chosen))
    return _joined(made)


def across(collections: Iterable[Sequence[Told]]) -> Pairs:
    """Pairs of what two reports say that linking would compare."""
    w, made = weights(), []
    for reports in collections:
        found, keys = _gathered(reports, w)
        chosen = (
            (i, j)
            for i, j in pairs_across(found, CONFIG.max_days, w.toll_worth)
            if found[i].item.report_id != found[j].item.report_id and not (found[i].bare or found[j].bare)
        )
        made.append(_pairs(found, keys, chosen))
    return _joined(made)


def _joined(parts: Sequence[Pairs]) -> Pairs:
    return Pairs(*(np.concatenate([getattr(p, name) for p in parts]) for name in ("x", "truth", "fold")))


# fitting


def fit(pairs: Pairs, ridge: float, w: Weights) -> Array:
    """The weights of least mean log loss, drawn towards the start by `ridge` pairs: Newton's method on those that are
    not held at the border of their side."""
    rules = list(w.reasons.values())
    start = np.array([r.start for r in rules])
    low = np.array([0.0 if r.start > 0 and not r.either else -np.inf for r in rules])
    high = np.array([0.0 if r.start < 0 and not r.either else np.inf for r in rules])
    pull = np.array([0.01 if r.either else ridge for r in rules]) / len(pairs.truth)

    def cost(at: Array) -> float:
        return loss(pairs, at, w) + float(pull @ (at - start) ** 2) / 2

    at, best = start, cost(start)
    for _ in range(STEPS):
        p = chance(pairs, at, w)
        slope = pairs.x.T @ (p - pairs.truth) / len(p) + pull * (at - start)
        free = ~(((at <= low) & (slope > 0)) | ((at >= high) & (slope < 0)))
        x = pairs.x[:, free]
        curve = (x * (p * (1 - p))[:, None]).T @ x / len(p) + np.diag(pull[free])
        step = np.zeros_like(at)
        step[free] = np.linalg.solve(curve, slope[free])
        tries = (np.clip(at - 0.5**k * step, low, high) for k in range(12))
        new = next((t for t in tries if cost(t) < best - 1e-9), None)
        if new is None:
            break
        at, best = new, cost(new)
    return at


def chance(pairs: Pairs, learned: Array, w: Weights) -> Array:
    """How likely each pair is one happening."""
    odds: Array = 1 / (1 + np.exp(np.clip(w.even - pairs.x @ learned, -30, 30)))
    return odds


def loss(pairs: Pairs, learned: Array, w: Weights) -> float:
    """Mean log loss."""
    p = np.clip(chance(pairs, learned, w), 1e-6, 1 - 1e-6)
    return float(-np.mean(pairs.truth * np.log(p) + (1 - pairs.truth) * np.log(1 - p)))


def best_ridge(pairs: Pairs, w: Weights) -> tuple[float, float]:
    """The ridge with the least log loss on pairs not learnt from, and that loss."""
    tried = []
    for ridge in RIDGES:
        lost = 0.0
        for fold in range(FOLDS):
            rest, part = pairs.only(pairs.fold != fold), pairs.only(pairs.fold == fold)
            if len(rest.truth) and len(part.truth):
                lost += loss(part, fit(rest, ridge, w), w) * len(part.truth)
        tried.append((lost / len(pairs.truth), ridge))
    least, ridge = min(tried)
    return ridge, least


def calibration(pairs: Pairs, learned: Array, w: Weights) -> float:
    """Expected calibration error over tenths: how far chances and shares of true pairs lie apart."""
    p = chance(pairs, learned, w)
    tenth = np.minimum((p * 10).astype(int), 9)
    gaps = [abs(float(p[tenth == t].mean() - pairs.truth[tenth == t].mean())) * int((tenth == t).sum())
            for t in range(10) if (tenth == t).any()]  # fmt: skip
    return sum(gaps) / len(p)


# measuring


def grouped(reports: Sequence[Told], w: Weights) -> tuple[dict[str, str], dict[str, str]]:
    """Statement → happening and statement → incident, of the statements that have a happening."""
    found = link(linkables(t.result for t in reports), CONFIG, w).incident_of
    keys = {s: k for t in reports for s, k in t.happenings.items() if k}
    return keys, {s: found[s] for s in keys}


def measured(reports: Sequence[Told], w: Weights, score: Any) -> str:
    """Pairwise and B-cubed F1 by gold/score.py."""
    made = score.linking(*grouped(reports, w))
    pair = made["pairwise"]
    return f"pairwise P {pair['p']:.3f} R {pair['r']:.3f} F1 {pair['f1']:.3f}, B3 {made['b3_f1']:.3f}"


# command


def learned(inside: Pairs, outside: Pairs, w: Weights) -> tuple[Weights, list[str]]:
    """The weights, and what is to be said of how they were found."""
    notes, made = [], {}
    for name, pairs in (("within", inside), ("across", outside)):
        ridge, lost = best_ridge(pairs, w)
        found = fit(pairs, ridge, w)
        start = np.array([r.start for r in w.reasons.values()])
        made[name] = {k: round(float(v), 2) for k, v in zip(w.reasons, found, strict=True)}
        notes.append(
            f"{name}: {len(pairs.truth)} pairs, {int(pairs.truth.sum())} of one happening; ridge {ridge:g}; log loss "
            f"{lost:.4f} on pairs not learnt from ({loss(pairs, start, w):.4f} with the starts); "
            f"calibration error {calibration(pairs, found, w):.3f}"
        )
    return replace(w, within=made["within"], across=made["across"]), notes


def written(w: Weights, inside: Pairs, outside: Pairs, notes: Iterable[str]) -> str:
    """The weights file: reasons that some pair shows, in the order of reasons.yaml."""
    lines = [HEADER + "".join(f"# {n}\n" for n in notes).rstrip()]
    for name, held, pairs in (("within", w.within, inside), ("across", w.across, outside)):
        shown = [bool(v) for v in np.any(pairs.x != 0, axis=0).tolist()]
        lines.append(f"{name}:")
        lines += [f"  {k}: {v}" for (k, v), there in zip(held.items(), shown, strict=True) if there]
    return "\n".join(lines) + "\n"


def _collections(data: Path) -> Iterator[list[Told]]:
    yield list(told(read_jsonl(data / "gold" / "train.jsonl"), "gold"))
    yield list(told(own_reports(), "own"))


@click.command(help=(__doc__ or "").split("\n\n")[0])
@click.option(
    "--data", required=True, type=click.Path(path_type=Path, exists=True), help="Folder with gold/ and data/."
)
@click.option("--words", is_flag=True, help="First count how rare words are.")
@click.option("--out", default=OUT, type=click.Path(path_type=Path, dir_okay=False), show_default=True)
def main(data: Path, words: bool, out: Path) -> None:
    """Learn, measure, write."""
    if words:
        write_words(data)
    score = scorer(data / "gold" / "score.py")
    gold, own = _collections(data)
    kept = [t for t in gold if not held_out(t.result.report.key)]
    tenth = [t for t in gold if held_out(t.result.report.key)]
    inside, outside = within((kept, own)), across((kept, own))
    w = weights()
    found, notes = learned(inside, outside, w)
    before = replace(w, within=_starts(w), across=_starts(w))
    for note in notes:
        click.echo(note)
    for name, reports in (("held-out tenth", tenth), ("learnt from", kept)):
        click.echo(f"{name}, starts:  {measured(reports, before, score)}")
        click.echo(f"{name}, learned: {measured(reports, found, score)}")
    for slack in SLACKS:
        click.echo(f"learnt from, slack {slack}: {measured(kept, replace(found, slack=slack), score)}")
    out.write_text(written(found, inside, outside, notes), encoding="utf-8")


def _starts(w: Weights) -> dict[str, float]:
    return {k: r.start for k, r in w.reasons.items()}


if __name__ == "__main__":
    main()
