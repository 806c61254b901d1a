"""How sure the network may say it is: a temperature for each head, a threshold for each role, on held-out reports.

    python -m training.calibrate RUN --data ../shared --base FOLDER [--out FILE]

RUN is a folder of `training.train`, or a folder of packed weights, so that int8 weights are set by their own logits.
The reports are the annotated ones that `training.train` holds out; names are looked at in the re3d documents among
them. Nothing is taught here, and none of these reports was.

Temperatures (Guo et al. 2017, "On Calibration of Modern Neural Networks"): one number per head that divides its logits,
found by golden section where the held-out negative log-likelihood is least. The expected calibration error (15 bins of
equal width) is that of what the product shows: for heads that say yes or no, of what gets a probability of .5 or more;
for heads that choose, of the choice (for names: of every word that is put inside one).

Thresholds are those with the best F1 on the same reports, by spans as the reader cuts them (one shared word is a hit,
one to one), given the annotated triggers. That is cheaper than the whole pipeline and independent of its rules; what
follows the model (numbers that cannot be read, names that are joined) is not seen. Thresholds whose F1 is within .01
of the best count as equal: the curve is flat, and a hundred reports leave a standard error of about that. Of them the
one nearest to half the best F1 is taken, which is where calibrated probabilities are best cut (Lipton et al. 2014,
"Optimal Thresholding of Classifiers to Maximize F1 Measure"). With fewer than 100 cases it
stays at .5, and so does that of two words for one statement: one dropped wrongly costs what one kept wrongly does.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click
import numpy as np

from dateline.language.model.graphs import Graphs, OnnxGraphs
from dateline.language.model.package import load as load_package
from dateline.language.model.reader import runs_of
from dateline.language.model.wordpiece import WordPiece
from training.evidence import Array, Evidence, collect
from training.examples import Example
from training.gold import Range, held_out, read_jsonl, taught
from training.items import CONTEXT, LIMIT, of_example, of_gold

if TYPE_CHECKING:
    from training.model import Network

CHOICES = ("trigger", "event", "sub_event", "certainty", "measure", "speaker", "entity")
"""Heads that choose one of several classes; the others say yes or no."""
YES_OR_NO = ("roles", "carried", "same")
GRID = tuple(round(0.2 + 0.02 * n, 2) for n in range(31))
_EVEN = 0.01
_HALF = 0.5
_FEW = 100
"""Cases below which a threshold stays at .5."""


# the mathematics: plain numpy


def softmax(logits: Array, heat: float) -> Array:
    """Probabilities [N, K] of logits [N, K] at a temperature."""
    y = np.exp((logits - logits.max(-1, keepdims=True)) / heat)
    return np.asarray(y / y.sum(-1, keepdims=True))


def sigmoid(logits: Array, heat: float) -> Array:
    """Probabilities of logits at a temperature, any shape."""
    return np.asarray(1 / (1 + np.exp(-np.clip(logits / heat, -30, 30))))


def surprise(logits: Array, wanted: Array, heat: float) -> float:
    """Mean negative log-likelihood in nats. `wanted` [N, K]: the allowed classes together; [N]: yes or no."""
    if logits.ndim == 1:
        p = sigmoid(logits, heat)
        right = np.where(wanted > _HALF, p, 1 - p)
    else:
        right = (softmax(logits, heat) * wanted).sum(-1)
    return float(-np.log(np.maximum(right, 1e-12)).mean())


def best_heat(of: Callable[[float], float], low: float = 0.25, high: float = 6.0, steps: int = 40) -> float:
    """The temperature with the least `of`, by golden section over its logarithm; three digits."""
    ratio = (5**0.5 - 1) / 2
    a, b = float(np.log(low)), float(np.log(high))
    x, y = b - ratio * (b - a), a + ratio * (b - a)
    at_x, at_y = of(float(np.exp(x))), of(float(np.exp(y)))
    for _ in range(steps):
        if at_x <= at_y:
            b, y, at_y = y, x, at_x
            x = b - ratio * (b - a)
            at_x = of(float(np.exp(x)))
        else:
            a, x, at_x = x, y, at_y
            y = a + ratio * (b - a)
            at_y = of(float(np.exp(y)))
    return round(float(np.exp((a + b) / 2)), 3)


def ece(confidence: Array, right: Array, bins: int = 15) -> float:
    """Expected calibration error: the mean gap between how sure and how often right, over bins of equal width."""
    if not len(confidence):
        return 0.0
    which = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = [abs(float((confidence[which == n] - right[which == n]).sum())) for n in range(bins)]
    return sum(gaps) / len(confidence)


def shown(head: str, logits: Array, wanted: Array, heat: float) -> tuple[Array, Array]:
    """(confidence, right) of what the product would show of a head."""
    if logits.ndim == 1:
        p = sigmoid(logits, heat)
        return p[p >= _HALF], wanted[p >= _HALF]
    p = softmax(logits, heat)
    if head == "trigger":
        sure = 1 - p[:, 0]
        return sure[sure >= _HALF], 1.0 - wanted[sure >= _HALF, 0]
    best = p.argmax(1)
    kept = best > 0 if head == "entity" else np.ones(len(best), bool)
    return p[kept].max(1, initial=0.0), wanted[kept, best[kept]].astype(float)


@dataclass(frozen=True, slots=True)
class Case:
    """Words with the probability of being inside a span and of beginning one, the spans wanted, and words of which
    nothing is known."""

    inside: Array
    begins: Array
    gold: tuple[Range, ...]
    free: Array


def span_counts(cases: Iterable[Case], threshold: float) -> tuple[int, int, int]:
    """(hits, spurious, missed) of the runs that the reader would cut; a run on free words only is not counted."""
    hits = spurious = missed = 0
    for c in cases:
        left = list(c.gold)
        for a, b in runs_of(c.inside.tolist(), c.begins.tolist(), threshold):
            found = next((g for g in left if g[0] <= b and a <= g[1]), None)
            if found:
                left.remove(found)
                hits += 1
            elif not c.free[a : b + 1].all():
                spurious += 1
        missed += len(left)
    return hits, spurious, missed


def f1(counts: tuple[int, int, int]) -> float:
    """F1 of (hits, spurious, missed)."""
    hits, spurious, missed = counts
    return 2 * hits / (2 * hits + spurious + missed) if hits else 0.0


def best_threshold(of: Callable[[float], float], grid: Sequence[float] = GRID) -> tuple[float, float]:
    """(threshold, F1): of those within .01 of the best, the one nearest to half the best F1."""
    scores = {t: of(t) for t in grid}
    best = max(scores.values())
    chosen = min((t for t in grid if scores[t] >= best - _EVEN), key=lambda t: (abs(t - best / 2), t))
    return chosen, scores[chosen]


# what is set by it


def temperatures(held: Evidence) -> dict[str, dict[str, float]]:
    """By head: rows, temperature, and likelihood and calibration error before and after."""
    out: dict[str, dict[str, float]] = {}
    for head in (*CHOICES, *YES_OR_NO):
        if head not in held.heads:
            continue
        logits, wanted = held.head(head)
        heat = best_heat(lambda t, x=logits, y=wanted: surprise(x, y, t))  # type: ignore[misc]
        row: dict[str, float] = {"rows": len(logits), "temperature": heat}
        for when, t in (("before", 1.0), ("after", heat)):
            sure, right = shown(head, logits, wanted, t)
            row |= {f"nll_{when}": round(surprise(logits, wanted, t), 4), f"ece_{when}": round(ece(sure, right), 4)}
        out[head] = row | {"shown": len(sure)}
    return out


def thresholds(held: Evidence, heats: dict[str, float]) -> dict[str, dict[str, float]]:
    """By threshold of the manifest: its value, F1 with it and with .5, and how many there are to find."""
    out: dict[str, dict[str, float]] = {}

    def settle(name: str, of: Callable[[float], float], wanted: int) -> None:
        if wanted:
            at, score = best_threshold(of) if wanted >= _FEW else (_HALF, of(_HALF))
            out[name] = {"threshold": at, "f1": round(score, 4), "f1_at_half": round(of(_HALF), 4), "gold": wanted}

    heat = heats.get("trigger", 1.0)
    cases = [_trigger_case(*row, heat) for row in held.triggers]
    settle("trigger", lambda t: f1(span_counts(cases, t)), sum(len(c.gold) for c in cases))
    heat = heats.get("roles", 1.0)
    for role, rows in held.roles.items():
        made = [Case(sigmoid(x[:, 1], heat), sigmoid(x[:, 0], heat), gold, free) for x, gold, free in rows]
        settle(role, lambda t, c=made: f1(span_counts(c, t)), sum(len(c.gold) for c in made))  # type: ignore[misc]
    heat = heats.get("carried", 1.0)
    for role, lent in held.carried.items():
        wanted = sum(bool(y.any()) for _, y, _ in lent)
        settle(f"carried_{role}", lambda t, c=lent: f1(lent_counts(c, heat, t)), wanted)  # type: ignore[misc]
    heat = heats.get("same", 1.0)
    for kind, pairs in ((k, v) for k, v in held.same.items() if k != "statement"):
        x, y = (np.concatenate(side) for side in zip(*pairs, strict=True))
        p = sigmoid(x, heat)
        settle(f"same_{kind}", lambda t, p=p, y=y: f1(pair_counts(p, y, t)), int(y.sum()))  # type: ignore[misc]
    return out


def _trigger_case(logits: Array, gold: tuple[Range, ...], free: Array, heat: float) -> Case:
    """Words that follow one of another category begin a trigger of their own."""
    p = softmax(logits, heat)
    event = p[:, 1:].argmax(1)
    return Case(1 - p[:, 0], np.append(0.0, (event[1:] != event[:-1]).astype(float)), gold, free)


def lent_counts(rows: Iterable[tuple[Array, Array, Array]], heat: float, threshold: float) -> tuple[int, int, int]:
    """(hits, spurious, missed) of the best earlier word for a role; words not known count for nothing."""
    hits = spurious = missed = 0
    for logits, wanted, known in rows:
        best = len(logits) - 1 - int(logits[::-1].argmax())
        said = bool(sigmoid(logits[best], heat) >= threshold)
        right = said and bool(wanted[best])
        hits += right
        spurious += said and not right and bool(known[best])
        missed += bool(wanted.any()) and not right
    return hits, spurious, missed


def pair_counts(p: Array, wanted: Array, threshold: float) -> tuple[int, int, int]:
    """(hits, spurious, missed) of pairs."""
    said, is_so = p >= threshold, wanted > _HALF
    return int((said & is_so).sum()), int((said & ~is_so).sum()), int((~said & is_so).sum())


def calibrate(
    net: Network | Graphs,
    rows: Iterable[dict[str, Any]],
    words: Sequence[str],
    *,
    limit: int = LIMIT,
    context: int = CONTEXT,
    names: Iterable[Example] = (),
) -> dict[str, Any]:
    """`temperatures` and `thresholds` as the manifest takes them, with what they are based on (`heads`, `fields`).

    `rows` are annotated reports and `names` passages with entities that the network has not been taught; without
    `names` the head of names keeps its temperature. `words` is the vocabulary.
    """
    graphs, pieces, rows = _graphs(net), WordPiece(words), list(rows)
    items = (*of_gold(taught(rows), pieces, limit, context), *(of_example(x) for x in names))
    held = collect(graphs, pieces, items)
    heads = temperatures(held)
    heats = {h: row["temperature"] for h, row in heads.items()}
    fields = thresholds(held, heats)
    cuts = {k: v["threshold"] for k, v in fields.items()}
    return {"reports": len(rows), "temperatures": heats, "thresholds": cuts, "heads": heads, "fields": fields}


def _graphs(net: Network | Graphs) -> Graphs:
    """A network is wrapped; graphs are graphs. torch is loaded only for a network."""
    if not hasattr(net, "state_dict"):
        return cast("Graphs", net)
    from training.torchgraphs import TorchGraphs

    return TorchGraphs(cast("Network", net))


def held_names(data: Path, reports: Iterable[str]) -> list[Example]:
    """Passages of the re3d documents among some annotated reports (by their ids)."""
    from training.corpora import load as load_corpora

    ids = frozenset(reports)
    found = load_corpora(data / "data", ["re3d", "re3d_wikipedia"])
    return [x for x in found if x.words and f"re3d-{x.doc}" in ids]


def graphs_of(run: Path, base: Path) -> tuple[Graphs, Sequence[str], int, int]:
    """Graphs, vocabulary, window and context of a run or of packed weights."""
    if (run / "manifest.json").is_file():
        package = load_package(run)
        sizes = package.manifest.sizes
        return OnnxGraphs(package), package.vocabulary, sizes["limit"], sizes["context"]
    from training.runs import network, options
    from training.train import vocabulary

    held = options(run)
    return _graphs(network(run)), vocabulary(base), int(held["limit"]), int(held["context"])


@click.command(help=__doc__.split("\n\n")[0])
@click.argument("run", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--data", type=click.Path(path_type=Path, exists=True), required=True, help="Folder with gold/ and data/."
)
@click.option("--base", type=click.Path(path_type=Path, exists=True), required=True, help="Folder of the base model.")
@click.option("--out", type=click.Path(path_type=Path), help="Default: calibration.json in RUN.")
@click.option("--limit", default=0, help="Only the first so many held-out reports.")
def main(run: Path, data: Path, base: Path, out: Path | None, limit: int) -> None:
    """Set temperatures and thresholds."""

    graphs, words, size, context = graphs_of(run, base)
    rows = [r for r in read_jsonl(data / "gold" / "train.jsonl") if held_out(r["report_id"])]
    rows = rows[:limit] if limit else rows
    names = held_names(data, (r["report_id"] for r in rows))
    found = calibrate(graphs, rows, words, limit=size, context=context, names=names)
    (out or run / "calibration.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    for head, row in found["heads"].items():
        click.echo(f"{head:<16}" + "  ".join(f"{k} {v}" for k, v in row.items()))
    for name, row in found["fields"].items():
        click.echo(f"{name:<16}" + "  ".join(f"{k} {v}" for k, v in row.items()))


if __name__ == "__main__":
    main()
