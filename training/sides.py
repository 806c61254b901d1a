"""Annotated reports → the weights of who did it and to whom, `src/dateline/language/en/data/sides.yaml`.

    python -m training.sides --data ../shared

Logistic regression over the reasons of statements/candidates.py, one set of weights for actors and one for targets. A
span is a side if the annotators marked one that overlaps it; of spans that overlap one and the same, the likeliest is
it; an event that they do not have has no sides. Clashes, talks and agreements have two sides whose order says nothing.
A tenth of gold/train.jsonl is never learnt from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import click
import numpy as np
import numpy.typing as npt

from dateline.config import Config
from dateline.language.base import Annotation, Reading
from dateline.pipeline import load_resources
from dateline.statements.candidates import SIDES, Clause, reasons
from dateline.statements.doubt import agreed
from dateline.statements.sides import clauses
from training.gold import as_report, read_jsonl
from training.linking import held_out
from training.measure import scorer

OUT = Path("src/dateline/language/en/data/sides.yaml")
RIDGE = 10.0
"""How strongly weights are drawn to 0."""
LEAST = 40
"""Spans that must show a reason before it gets a weight."""
FOLDS = 5
STEPS = 40
_NOTHING: dict[str, Any] = {"event": [], "actors": [], "targets": []}
"""What the annotators have where they have no event: no sides."""
THRESHOLD = 0.5
"""A span is taken if it is likelier than not."""
HEADER = """\
# What each reason of statements/candidates.py weighs for a span being the actor or the target of an event, in log odds.
# Made by `python -m training.sides`; do not edit.
"""
_STILL = 1e-4
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


def spans(row: dict[str, Any], annotation: Annotation, score: ModuleType) -> Iterator[Span]:
    """All candidates of one annotated report, but for those of events that need not be found."""
    for c in clauses(as_report(row), annotation, agreed):
        found = told(row["statements"], c.reading, score)
        if found is None or not found.get("optional"):
            yield from _judged(row["report_id"], c, found or _NOTHING, score)


def told(statements: Iterable[dict[str, Any]], r: Reading, score: ModuleType) -> dict[str, Any] | None:
    """The annotators' statement at a trigger, of the same category if there are two."""
    held = [s for s in statements if score.overlap([[r.start, r.end]], s["trigger"])]
    return max(held, key=lambda s: r.event[0] in s["event"], default=None)


def _judged(report: str, c: Clause, told: dict[str, Any], score: ModuleType) -> Iterator[Span]:
    mutual = bool(told["event"]) and score.mutual(told)
    for role in SIDES:
        true = [x["spans"] for k in SIDES if mutual or k == role for x in told[f"{k}s"] if x["spans"]]
        for a in sorted((a for a in c.reading.arguments if a.role == role), key=lambda a: (-a.score, a.start)):
            hit = next((x for x in true if score.overlap([[a.start, a.end]], x)), None)
            if hit is not None and not mutual:
                true.remove(hit)
            yield Span(report, role, reasons(c, a), hit is not None)


def table(held: list[Span], names: list[str]) -> Array:
    """One row a span, one column a reason."""
    at = {name: i for i, name in enumerate(names)}
    x = np.zeros((len(held), len(names)))
    for row, s in zip(x, held, strict=True):
        for name, size in s.reasons.items():
            if name in at:
                row[at[name]] = size
    return x


def fit(x: Array, truth: Array) -> Array:
    """Weights of least log loss, drawn to 0: Newton's method."""
    at = np.zeros(x.shape[1])
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-np.clip(x @ at, -30, 30)))
        slope = x.T @ (p - truth) + RIDGE * at
        curve = (x * (p * (1 - p))[:, None]).T @ x + RIDGE * np.eye(len(at))
        step = np.linalg.solve(curve, slope)
        at = at - step
        if float(np.abs(step).max()) < _STILL:
            break
    return at


def f1(held: list[Span], p: Array) -> float:
    """F1 of the spans taken, among those that are candidates at all."""
    truth = np.array([s.truth for s in held])
    taken = p >= THRESHOLD
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


def written(learned: dict[str, Learned]) -> str:
    """The file of the weights."""
    lines = [f"{HEADER}threshold: {THRESHOLD}", "weights:"]
    for role, found in learned.items():
        lines.append(f"  {role}:")
        lines += [f"    {name}: {weight}" for name, weight in found.weights.items()]
    return "\n".join(lines) + "\n"


@click.command(help=(__doc__ or "").split("\n\n")[0])
@click.option("--data", required=True, type=click.Path(path_type=Path, exists=True), help="Folder with gold/.")
@click.option("--out", default=OUT, type=click.Path(path_type=Path, dir_okay=False), show_default=True)
def main(data: Path, out: Path) -> None:
    """Read, learn, write."""
    score = scorer(data / "gold" / "score.py")
    language = load_resources(Config()).language
    rows = [row for row in read_jsonl(data / "gold" / "train.jsonl") if not held_out(row["report_id"])]
    held = [s for row in rows for report in [as_report(row)] for s in spans(row, language.annotate(report), score)]
    learned = {role: learn([s for s in held if s.role == role]) for role in SIDES}
    for role, found in learned.items():
        click.echo(f"{role}: {len(found.weights)} reasons, F1 {found.f1:.3f} on reports not learnt from")
    out.write_text(written(learned), encoding="utf-8")


if __name__ == "__main__":
    main()
