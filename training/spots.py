"""Annotated reports → the weights of where it took place, `src/dateline/language/en/data/spots.yaml`.

    python -m training.spots --data ../shared

As training.sides: logistic regression over the reasons of statements/spots.py. A span is the place if the annotators
marked one that overlaps it; of spans that overlap one and the same, the likeliest is it. A tenth of gold/train.jsonl
is never learnt from.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import click

from dateline.config import Config
from dateline.language.base import Annotation
from dateline.pipeline import load_resources
from dateline.statements.candidates import Clause
from dateline.statements.doubt import agreed
from dateline.statements.sides import settled
from dateline.statements.spots import clauses, reasons, spots
from training.gold import as_report, read_jsonl
from training.linking import held_out
from training.measure import scorer
from training.sides import Learned, Span, learn, told

OUT = Path("src/dateline/language/en/data/spots.yaml")
THRESHOLD = 0.33
"""A span is taken from here on. F1 is highest where the threshold is half of it, and that is two thirds."""
HEADER = """\
# What each reason of statements/spots.py weighs for a span being the place of an event, in log odds.
# Made by `python -m training.spots`; do not edit.
"""


def judged(row: dict[str, Any], annotation: Annotation, score: ModuleType) -> Iterator[Span]:
    """All candidates of one annotated report, but for those of events that need not be found."""
    report = as_report(row)
    for c in clauses(report, settled(report, annotation, agreed)):
        found = told(row["statements"], c.reading, score)
        if found is None or not found.get("optional"):
            yield from _spans(row["report_id"], c, score.event_places(found) if found else [], score)


def _spans(report: str, c: Clause, places: list[dict[str, Any]], score: ModuleType) -> Iterator[Span]:
    true = [p["spans"] for p in places if p["spans"]]
    for a in sorted(spots(c), key=lambda a: (-a.score, a.start)):
        hit = next((x for x in true if score.overlap([[a.start, a.end]], x)), None)
        if hit is not None:
            true.remove(hit)
        yield Span(report, "place", reasons(c, a), hit is not None)


def written(found: Learned) -> str:
    """The file of the weights."""
    lines = [f"{HEADER}threshold: {THRESHOLD}", "weights:", "  place:"]
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
    held = [s for row in rows for s in judged(row, language.annotate(as_report(row)), score)]
    found = learn(held)
    click.echo(f"{len(found.weights)} reasons, F1 {found.f1:.3f} on reports not learnt from")
    out.write_text(written(found), encoding="utf-8")


if __name__ == "__main__":
    main()
