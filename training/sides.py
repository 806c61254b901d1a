"""Annotated reports → the weights of who did it and to whom, `src/dateline/language/en/data/sides.yaml`.

    python -m training.sides --data ../shared --halves RUN/onnx-int8 RUN/onnx-int8

Logistic regression over the reasons of statements/candidates.py, one set of weights for actors and one for targets. A
span is a side if the annotators marked one that overlaps it; of spans that overlap one and the same, the likeliest is
it; an event that they do not have has no sides. Clashes, talks and agreements have two sides whose order says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import click

from dateline.language.base import Annotation
from dateline.statements.candidates import SIDES, Clause
from dateline.statements.doubt import agreed
from dateline.statements.sides import clauses
from dateline.statements.wording import reasons
from training.gold import as_report
from training.weigh import HALVES, Span, annotated, learn, told, written

OUT = Path("src/dateline/language/en/data/sides.yaml")
_NOTHING: dict[str, Any] = {"event": [], "actors": [], "targets": []}
"""What the annotators have where they have no event: no sides."""
THRESHOLD = 0.45
"""A span is taken from here on: between half of the F1 that this gives, where F1 is highest, and a half."""
HEADER = """\
# What each reason of statements/candidates.py weighs for a span being the actor or the target of an event, in log odds.
# Made by `python -m training.sides`; do not edit.
"""


def spans(row: dict[str, Any], annotation: Annotation, score: ModuleType) -> Iterator[Span]:
    """All candidates of one annotated report, but for those of events that need not be found."""
    for c in clauses(as_report(row), annotation, agreed):
        found = told(row["statements"], c.reading, score)
        if found is None or not found.get("optional"):
            yield from _judged(row["report_id"], c, found or _NOTHING, score)


def _judged(report: str, c: Clause, told: dict[str, Any], score: ModuleType) -> Iterator[Span]:
    mutual = bool(told["event"]) and score.mutual(told)
    for role in SIDES:
        true = [x["spans"] for k in SIDES if mutual or k == role for x in told[f"{k}s"] if x["spans"]]
        for a in sorted((a for a in c.reading.arguments if a.role == role), key=lambda a: (-a.score, a.start)):
            hit = next((x for x in true if score.overlap([[a.start, a.end]], x)), None)
            if hit is not None and not mutual:
                true.remove(hit)
            yield Span(report, role, reasons(c, a), hit is not None)


@click.command(help=(__doc__ or "").split("\n\n")[0])
@click.option("--data", required=True, type=click.Path(path_type=Path, exists=True), help="Folder with gold/.")
@HALVES
@click.option("--out", default=OUT, type=click.Path(path_type=Path, dir_okay=False), show_default=True)
def main(data: Path, halves: tuple[Path, Path], out: Path) -> None:
    """Read, learn, write."""
    held = [s for row, annotation, score in annotated(data, halves) for s in spans(row, annotation, score)]
    learned = {role: learn([s for s in held if s.role == role]) for role in SIDES}
    for role, found in learned.items():
        click.echo(f"{role}: {len(found.weights)} reasons, F1 {found.f1:.3f} on reports not learnt from")
    out.write_text(written(HEADER, THRESHOLD, learned), encoding="utf-8")


if __name__ == "__main__":
    main()
