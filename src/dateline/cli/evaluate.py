"""`dateline evaluate`: statements against gold ones, field by field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path

import click

from dateline.cli.options import echo_json, echo_table, json_option
from dateline.config import Config
from dateline.errors import InputError, IssueCode
from dateline.evaluate.gold import JudgedReport, read, reports
from dateline.evaluate.score import Prf, Scores, Share, Wrong, score
from dateline.export.base import ExportSource, LinkedResults
from dateline.export.statements import StatementsExporter
from dateline.pipeline import load_resources, process
from dateline.project import Project, ProjectSource
from dateline.records import Report

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("evaluate")
@click.argument("gold", type=FILE)
@click.option("--predictions", type=FILE, help="Score this file of the statements interchange.")
@click.option(
    "--project", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Score what a project holds."
)
@click.option("--errors", type=click.IntRange(0), default=0, metavar="N", help="Show N statements not wholly right.")
@click.option("--no-published", is_flag=True, help="Read the texts without their publication dates.")
@json_option
def command(
    gold: Path, predictions: Path | None, project: Path | None, errors: int, no_published: bool, as_json: bool
) -> None:
    """Score statements against those of GOLD, a JSON Lines file of the statements interchange.

    Without --predictions or --project, the texts of GOLD are read by Dateline here and now.
    """
    if sum((predictions is not None, project is not None, no_published)) > 1:
        raise click.UsageError("give one of --predictions, --project and --no-published")
    wanted = read(gold)
    if predictions is not None:
        predicted = read(predictions)
    elif project is not None:
        with Project(project) as opened:
            predicted = _judged(ProjectSource(opened))
    else:
        predicted = _judged(_processed(_texts(wanted, gold, dated=not no_published)))
    scores = score(wanted, predicted, errors)
    if as_json:
        shown = scores.as_dict()
        echo_json({**shown, "errors": [_error(w) for w in scores.wrong]} if errors else shown)
    else:
        echo_table(("measure", "precision", "recall", "f1", "accuracy", "gold"), list(_rows(scores)))
        for w in scores.wrong:
            click.echo()
            _show(w, wanted[w.report_id])


def _texts(wanted: Mapping[str, JudgedReport], path: Path, dated: bool) -> Iterator[Report]:
    """The gold texts as reports."""
    for r in wanted.values():
        if not r.text:
            message = f"{path}: report {r.report_id} has no text to read; give --predictions"
            raise InputError(IssueCode.NO_TEXT, message)
        yield Report(
            text=r.text,
            title=r.title,
            outlet=r.outlet,
            published=r.published if dated else None,
            external_id=r.report_id,
        )


def _processed(texts: Iterable[Report]) -> LinkedResults:
    """The texts read and linked with the default settings. Reports that fail are named and count as empty."""
    config = Config()
    results = list(process(texts, load_resources(config)))
    for issue in (i for r in results for i in r.issues):
        click.echo(f"{issue.report_id}: {issue.message}", err=True)
    return LinkedResults(results, config.link)


def _judged(source: ExportSource) -> dict[str, JudgedReport]:
    """What a source exports, as the scorer sees it."""
    out = BytesIO()
    StatementsExporter().write(source, out)
    lines = out.getvalue().decode("utf-8").split("\n")
    return {r.report_id: r for r in reports(lines, "export")}


def _row(name: str, measured: Prf | Share) -> tuple[object, ...]:
    if isinstance(measured, Prf):
        return (name, f"{measured.p:.4f}", f"{measured.r:.4f}", f"{measured.f1:.4f}", None, measured.gold)
    return (name, None, None, None, f"{measured.accuracy:.4f}", measured.gold)


def _rows(s: Scores) -> Iterator[tuple[object, ...]]:
    yield ("reports", None, None, None, None, s.reports)
    yield _row("statements", s.statements)
    yield _row("typed", s.typed)
    yield _row("sub_event", s.sub_event)
    for name, prf in s.fields.items():
        yield _row(name, prf)
    yield _row("date", s.date)
    yield _row("original_source", s.original_source)
    yield _row("original_source_if_attributed", s.original_source_if_attributed)
    yield _row("certainty", s.certainty)
    yield ("certainty_macro", None, None, f"{s.certainty_macro_f1:.4f}", None, s.certainty.gold)
    yield _row("incidents_pairwise", s.incidents_pairwise)
    if s.incidents_b3 is not None:
        yield ("incidents_b3", None, None, f"{s.incidents_b3:.4f}", None, None)
    yield _row("whole", s.whole)


def _error(w: Wrong) -> dict[str, object]:
    return {"report_id": w.report_id, "gold": w.gold.raw, "predicted": w.predicted.raw if w.predicted else None}


def _show(w: Wrong, report: JudgedReport) -> None:
    """One error: the sentence first, then both readings."""
    start, end = w.gold.sentence
    click.echo(f"{w.report_id} {w.gold.sid}: {' '.join((report.text or '')[start:end].split())}")
    for name, judged in (("gold", w.gold), ("found", w.predicted)):
        if judged is None:
            click.echo(f"  {name:5}  nothing")
            continue
        names = {f: [x.name or "?" for x in getattr(judged, f)] for f in ("actors", "targets", "places", "sources")}
        figures = [f"{f.measure} {f.min}..{f.max}" for f in judged.figures]
        parts = [f"{k}={', '.join(v)}" for k, v in {**names, "figures": figures}.items() if v]
        click.echo(f"  {name:5}  {'/'.join(judged.events)} {judged.certainty}  {'; '.join(parts)}")
