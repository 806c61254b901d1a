"""Named reasons → what each weighs for a span being what it may be, by logistic regression over annotated reports.

A tenth of gold/train.jsonl is never learnt from. What a network reads in a report that it was taught is surer and
righter than what it reads in others, so each half of the reports is read by a network that was taught the other one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import click
import numpy as np
import numpy.typing as npt

from dateline.language.base import Annotation, Reading
from dateline.language.model.graphs import OnnxGraphs
from dateline.language.model.package import load
from dateline.language.model.reader import Reader
from training.gold import as_report, half_of, held_out, read_jsonl
from training.measure import scorer, with_reader

RIDGE = 10.0
"""How strongly weights are drawn to 0."""
LEAST = 40
"""Spans that must show a reason before it gets a weight."""
FOLDS = 5
STEPS = 40
_EVEN = 0.5
"""A span is more likely than not."""
_STILL = 1e-4
HALVES = click.option(
    "--halves",
    nargs=2,
    required=True,
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Weights not taught the first half of the annotated reports, and weights not taught the second.",
)
Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Span:
    """A span that may be a side: its report, its reasons, and whether the annotators have it."""

    report: str
    role: str
    reasons: dict[str, float]
    truth: bool


@dataclass(frozen=True, slots=True)
class Learned:
    """Weights of one role, with their F1 on reports not learnt from."""

    weights: dict[str, float]
    f1: float


def annotated(data: Path, halves: Sequence[Path]) -> Iterator[tuple[dict[str, Any], Annotation, ModuleType]]:
    """Each report that may be learnt from, with what Dateline reads in it, and the scorer of the annotations.

    `halves` are two folders of weights, the first not taught the first half (`training.train --fold 0`), the second
    not the second. Raises ModelError if one is missing or damaged.
    """
    score = scorer(data / "gold" / "score.py")
    packages = [load(folder) for folder in halves]
    languages = [with_reader(Reader(OnnxGraphs(p), p.manifest, p.vocabulary)).language for p in packages]
    for row in read_jsonl(data / "gold" / "train.jsonl"):
        if not held_out(row["report_id"]):
            yield row, languages[half_of(row["report_id"])].annotate(as_report(row)), score


def told(statements: Iterable[dict[str, Any]], r: Reading, score: ModuleType) -> dict[str, Any] | None:
    """The annotators' statement at a trigger, of the same category if there are two."""
    held = [s for s in statements if score.overlap([[r.start, r.end]], s["trigger"])]
    return max(held, key=lambda s: r.event[0] in s["event"], default=None)


def table(held: list[Span], names: list[str]) -> Array:
    """One row a span, one column a reason."""
    at = {name: i for i, name in enumerate(names)}
    x = np.zeros((len(held), len(names)))
    for row, s in zip(x, held, strict=True):
        for name, size in s.reasons.items():
            if name in at:
                row[at[name]] = size
    return x


def fit(x: Array, truth: Array, ridge: float = RIDGE) -> Array:
    """Weights of least log loss, drawn to 0 by `ridge`: Newton's method."""
    at = np.zeros(x.shape[1])
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-np.clip(x @ at, -30, 30)))
        slope = x.T @ (p - truth) + ridge * at
        curve = (x * (p * (1 - p))[:, None]).T @ x + ridge * np.eye(len(at))
        step = np.linalg.solve(curve, slope)
        at = at - step
        if float(np.abs(step).max()) < _STILL:
            break
    return at


def f1(held: list[Span], p: Array) -> float:
    """F1 of the spans taken, among those that are candidates at all."""
    truth = np.array([s.truth for s in held])
    taken = p >= _EVEN
    return float(2 * (taken & truth).sum() / max(1, int(taken.sum()) + int(truth.sum())))


def learn(held: list[Span]) -> Learned:
    """The weights of one role."""
    shown = Counter(name for s in held for name, size in s.reasons.items() if size)
    names = sorted(name for name, n in shown.items() if n >= LEAST)
    x, truth = table(held, names), np.array([s.truth for s in held], float)
    reports = sorted({s.report for s in held})
    fold = np.array([reports.index(s.report) % FOLDS for s in held])
    p = np.zeros(len(held))
    for k in range(FOLDS):
        p[fold == k] = 1 / (1 + np.exp(-x[fold == k] @ fit(x[fold != k], truth[fold != k])))
    found = {name: round(float(v), 2) for name, v in zip(names, fit(x, truth), strict=True)}
    return Learned({k: v for k, v in found.items() if v}, f1(held, p))


def written(header: str, threshold: float, learned: Mapping[str, Learned]) -> str:
    """The file of the weights, by role."""
    lines = [f"{header}threshold: {threshold}", "weights:"]
    for role, found in learned.items():
        lines.append(f"  {role}:")
        lines += [f"    {name}: {weight}" for name, weight in found.weights.items()]
    return "\n".join(lines) + "\n"
