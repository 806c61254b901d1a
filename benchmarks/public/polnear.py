"""PolNeAR: all attributions of political news (source, cue, content), by the words of the product's annotation.

The product keeps sources on statements of events; PolNeAR asks for every saying, opinion and wish. `_attribution`
finds them over the same annotation. PolNeAR has no attribution inside another's content, so nested ones are left out;
and what it gives without a source is passive or impersonal, so a verb or noun whose speaker was not found is too.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from benchmarks.public._annotated import read_annotated
from benchmarks.public._attribution.find import Attribution, attributions
from benchmarks.public._run import Options, run_options, score, show
from dateline.language.base import Annotation
from dateline.records import Report

AIMS = {
    "source overlap.f1": 0.78,
    "cue overlap.f1": 0.70,
    "content overlap.f1": 0.80,
    "linked source+content.f1": 0.62,
    "source exact.f1": None,
    "cue exact.f1": None,
    "content exact.f1": None,
    "linked source+cue+content.f1": None,
}
GOLD = "data/polnear/data/dev"
_SPOKEN = frozenset({"verb", "noun"})
"""Kinds of attribution that somebody makes."""


def answer(report: Report, annotation: Annotation) -> dict[str, Any]:
    """The prediction of one article: its attributions that stand in no other, with offsets into the text."""
    return {
        "doc_id": report.external_id,
        "attributions": [_row(a) for a in attributions(report, annotation) if _asked(a)],
    }


def _asked(a: Attribution) -> bool:
    return not a.nested and (bool(a.source) or a.kind not in _SPOKEN)


def _row(a: Attribution) -> dict[str, list[tuple[int, int]]]:
    return {"source": list(a.source), "cue": [a.cue], "content": list(a.content)}


def articles(folder: Path) -> list[Report]:
    """The articles of a compartment, as they stand (line ends kept), by name."""
    files = sorted((folder / "text").glob("*.txt"))
    return [Report(text=f.read_bytes().decode("utf-8"), external_id=f.stem) for f in files]


def said(report: Report, row: dict[str, Any]) -> str:
    """An article's answer in words, for reading errors."""

    def words(spans: Sequence[tuple[int, int]]) -> str:
        return " … ".join(report.text[a:b] for a, b in spans)

    lines = (f"  {words(x['source'])} | {words(x['cue'])} | {words(x['content'])}" for x in row["attributions"])
    return "\n".join((f"{report.external_id}", *lines))


@click.command("polnear")
@run_options
def command(options: Options) -> None:
    """Who says, thinks or wants what in political news (PolNeAR)."""
    gold = options.shared(GOLD)
    reports = options.first(articles(gold))
    rows = [answer(r.report, r.annotation) for r in read_annotated("polnear", reports, options)]
    if options.limit:
        click.echo("The scorer counts the articles that were not read as answered with nothing.", err=True)
    figures = score("polnear.py", gold, rows, options)
    show(figures, AIMS, options, [said(r, row) for r, row in zip(reports, rows, strict=True)])
