"""Annotated reports → the weights of linking, `src/dateline/incidents/weights.yaml`.

    python -m training.linking --data ../shared [--cache FOLDER] [--remarks | --within] [--words]

Logistic regression over the named reasons of incidents/reasons.yaml: one set of weights for pairs within a report, one
for what two reports say, one for what two reports of a crime mainly tell. A pair is one happening if the annotators
gave both statements one key. Each weight keeps the side that reasons.yaml gives it and is drawn towards the weight that
stands there, the more so the fewer pairs show it. Learnt from: annotated reports (gold/train.jsonl but a tenth, and our
own; within a report the former as the product reads them) and, across reports, half the development half of the Gun
Violence Archive. The held-out tenth is measured.
`--words` also counts anew how rare words are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import numpy as np
from benchmarks.public._run import Options, read_reports

from dateline.export.interchange import report_line
from dateline.incidents import link
from dateline.incidents.items import linkables
from dateline.incidents.weights import Weights, weights
from training.gold import as_report, held_out, read_jsonl
from training.linking_pairs import CONFIG, FOLDS, Array, Pairs, across, joined, mains, shootings, shot, within
from training.linking_remarks import fit_remarks, seen
from training.linking_words import write_words
from training.measure import scorer
from training.own import load as own_reports
from training.stated import Row, Told, told

OUT = Path("src/dateline/incidents/weights.yaml")
RIDGES = (1.0, 10.0)
"""How many pairs' worth of evidence it takes to move a weight, tried in this order."""
WAR = 4
"""How often a pair of annotated reports counts for one of the many pairs of reports of shootings."""
STEPS = 30
HEADER = """\
# What each reason of reasons.yaml weighs, in log odds: within one report, across two, and between what two reports
# mainly tell (incidents/mains.py). A reason that is not here keeps its start. Made by `python -m training.linking`; do
# not edit.
"""


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


def learned_side(name: str, pairs: Pairs, w: Weights) -> tuple[dict[str, float], str]:
    """One set of weights, and what is to be said of how it was found."""
    ridge, lost = best_ridge(pairs, w)
    found = fit(pairs, ridge, w)
    start = np.array([r.start for r in w.reasons.values()])
    note = (
        f"{name}: {len(pairs.truth)} pairs, {int(pairs.truth.sum())} of one happening; ridge {ridge:g}; log loss "
        f"{lost:.4f} on pairs not learnt from ({loss(pairs, start, w):.4f} with the starts); "
        f"calibration error {calibration(pairs, found, w):.3f}"
    )
    return {k: round(float(v), 2) for k, v in zip(w.reasons, found, strict=True)}, note


def learned(inside: Pairs, outside: Pairs, main: Pairs, w: Weights) -> tuple[Weights, list[str]]:
    """The weights, and what is to be said of how they were found."""
    inner, said = learned_side("within", inside, w)
    outer, also = learned_side("across", outside, w)
    first, too = learned_side("mains", main, w)
    return replace(w, within=inner, across=outer, mains=first), [said, also, too]


def written(w: Weights, learned_from: Sequence[Pairs], notes: Iterable[str]) -> str:
    """The weights file: reasons that some pair shows, in the order of reasons.yaml. `learned_from`: the pairs within
    reports, across, and of what reports mainly tell."""
    parts = (("within", w.within), ("across", w.across), ("mains", w.mains))
    made = [_section(name, held, pairs) for (name, held), pairs in zip(parts, learned_from, strict=True)]
    return HEADER + "".join(f"# {n}\n" for n in notes) + "".join(made) + _mapped("remark", w.remark)


def rewritten(before: str, inner: Mapping[str, float], inside: Pairs, note: str) -> str:
    """The weights file with other weights within a report; all else that it says stays."""
    at, rest = before.index("within:\n"), before.index("across:\n")
    head = "".join(f"# {note}\n" if x.startswith("# within") else f"{x}\n" for x in before[:at].splitlines())
    return head + _section("within", inner, inside) + before[rest:]


def _section(name: str, held: Mapping[str, float], pairs: Pairs) -> str:
    shown = [bool(v) for v in np.any(pairs.x != 0, axis=0).tolist()]
    return _mapped(name, {k: v for (k, v), there in zip(held.items(), shown, strict=True) if there})


def _mapped(name: str, held: Mapping[str, float]) -> str:
    return f"{name}:\n" + "".join(f"  {k}: {v}\n" for k, v in held.items())


def _collections(data: Path) -> Iterator[list[Told]]:
    yield list(told(read_jsonl(data / "gold" / "train.jsonl"), "gold"))
    yield list(told(own_reports(), "own"))


def as_read(rows: Sequence[Row], score: Any, options: Options) -> Iterator[Told]:
    """Annotated reports as the product reads them: what it lends from sentence to sentence is not what annotators do.
    Each statement that answers to an annotated one has its happening; the others are in none of the pairs."""
    results = read_reports("gold", [as_report(dict(row)) for row in rows], options)
    for row, result in zip(rows, results, strict=True):
        made = report_line(result, {})["statements"]
        keys = {
            result.statements[i].id: f"gold:{key}" if (key := row["statements"][j].get("incident")) else None
            for i, j in score.match(made, row["statements"])
        }
        yield Told(result, keys)


@click.command(help=(__doc__ or "").split("\n\n")[0])
@click.option(
    "--data", required=True, type=click.Path(path_type=Path, exists=True), help="Folder with gold/ and data/."
)
@click.option("--remarks", is_flag=True, help="Learn first, in a run of its own, what cues of a general remark weigh.")
@click.option("--within", "only_within", is_flag=True, help="Learn the weights within a report, keep the others.")
@click.option("--words", is_flag=True, help="First count how rare words are.")
@click.option("--cache", type=click.Path(path_type=Path, file_okay=False), help="As of the benchmark gva.")
@click.option("--out", default=OUT, type=click.Path(path_type=Path, dir_okay=False), show_default=True)
def command(data: Path, words: bool, remarks: bool, only_within: bool, cache: Path | None, out: Path) -> None:
    """Learn, measure, write."""
    if words:
        write_words(data)
    score = scorer(data / "gold" / "score.py")
    gold, own = _collections(data)
    kept = [t for t in gold if not held_out(t.result.report.key)]
    tenth = [t for t in gold if held_out(t.result.report.key)]
    w = weights()
    rows = [r for r in read_jsonl(data / "gold" / "train.jsonl") if not held_out(r["report_id"])]
    read = list(as_read(rows, score, Options(data=data, cache=cache)))
    if remarks:
        text = out.read_text(encoding="utf-8")
        out.write_text(
            text[: text.index("remark:\n")] + _mapped("remark", fit_remarks(seen((read, own)))), encoding="utf-8"
        )
        return
    inside = within((read, own))
    if only_within:
        inner, note = learned_side("within", inside, w)
        click.echo(note)
        out.write_text(rewritten(out.read_text(encoding="utf-8"), inner, inside, note), encoding="utf-8")
        return
    found, pairs, notes = _all(inside, across((kept, own)), Options(data=data, cache=cache))
    before = replace(w, within=_starts(w), across=_starts(w), mains=_starts(w))
    for note in notes:
        click.echo(note)
    for name, reports in (("held-out tenth", tenth), ("learnt from", kept)):
        click.echo(f"{name}, starts:  {measured(reports, before, score)}")
        click.echo(f"{name}, learned: {measured(reports, found, score)}")
    out.write_text(written(found, pairs, notes), encoding="utf-8")


def _all(inside: Pairs, war: Pairs, options: Options) -> tuple[Weights, tuple[Pairs, Pairs, Pairs], list[str]]:
    """All weights, the pairs they were learnt from, and what is to be said of them."""
    w = weights()
    inner, _ = learned_side("within", inside, w)
    told_of = shot(options, replace(w, within=inner))
    crime, main = shootings(told_of, w), mains(told_of, w)
    pairs = (inside, joined([crime, *[war] * WAR]), main)
    found, notes = learned(*pairs, w)
    at = np.array(list(found.across.values()))
    for part, some in (("of war", war), ("of shootings", crime)):
        said = f"log loss {loss(some, at, w):.4f}, calibration error {calibration(some, at, w):.3f}"
        notes.append(f"across, {part}: {len(some.truth)} pairs, {int(some.truth.sum())} of one happening; {said}")
    return found, pairs, notes


def _starts(w: Weights) -> dict[str, float]:
    return {k: r.start for k, r in w.reasons.items()}


if __name__ == "__main__":
    command()
