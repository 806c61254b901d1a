"""Annotated reports → the weights of where it took place, `src/dateline/language/en/data/spots.yaml`.

    python -m training.spots --data ../shared --halves RUN/onnx-int8 RUN/onnx-int8

As training.sides: logistic regression over the reasons of statements/spots.py. A span is the place if the annotators
marked one that overlaps it; of spans that overlap one and the same, the likeliest is it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import click

from dateline.language.base import Annotation
from dateline.statements.candidates import Clause
from dateline.statements.doubt import agreed
from dateline.statements.sides import settled
from dateline.statements.spots import clauses, reasons, spots
from training.gold import as_report
from training.weigh import HALVES, Span, annotated, learn, told, written

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


@click.command(help=(__doc__ or "").split("\n\n")[0])
@click.option("--data", required=True, type=click.Path(path_type=Path, exists=True), help="Folder with gold/.")
@HALVES
@click.option("--out", default=OUT, type=click.Path(path_type=Path, dir_okay=False), show_default=True)
def main(data: Path, halves: tuple[Path, Path], out: Path) -> None:
    """Read, learn, write."""
    found = learn([s for row, annotation, score in annotated(data, halves) for s in judged(row, annotation, score)])
    click.echo(f"{len(found.weights)} reasons, F1 {found.f1:.3f} on reports not learnt from")
    out.write_text(written(HEADER, THRESHOLD, {"place": found}), encoding="utf-8")


if __name__ == "__main__":
    main()
