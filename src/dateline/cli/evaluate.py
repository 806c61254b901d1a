"""`dateline evaluate`: statements against gold ones, field by field."""

from __future__ import annotations

import hashlib
import shlex
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dateline import __version__
from dateline.cli.commit import source_commit
from dateline.cli.init import toml
from dateline.cli.options import echo_json, echo_table, json_option
from dateline.config import Config
from dateline.errors import InputError, IssueCode, StoreError
from dateline.evaluate.gold import JudgedReport, judged_report, read
from dateline.evaluate.quality import Quality, quality
from dateline.evaluate.score import Prf, Scores, Share, Wrong
from dateline.export.base import ExportSource, LinkedResults
from dateline.export.interchange import report_line
from dateline.pipeline import Resources, load_resources, process
from dateline.project import Project, ProjectSource
from dateline.records import Report

if TYPE_CHECKING:
    from dateline.web.quality import Made

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("evaluate")
@click.argument("gold", type=FILE)
@click.option("--predictions", type=FILE, help="Score this file of the statements interchange.")
@click.option(
    "--project", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Score what a project holds."
)
@click.option("--errors", type=click.IntRange(0), default=0, metavar="N", help="Show N statements not wholly right.")
@click.option("--no-published", is_flag=True, help="Read the texts without their publication dates.")
@click.option(
    "--page",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Write a quality page, DIR/index.html: scores, confusions, examples, and how to get them.",
)
@click.option(
    "--examples",
    type=click.IntRange(0),
    default=40,
    show_default=True,
    metavar="N",
    help="Examples of each kind on the page.",
)
@json_option
def command(gold: Path, errors: int, page: Path | None, examples: int, as_json: bool, **given: Any) -> None:
    """Score statements against those of GOLD, a JSON Lines file of the statements interchange.

    Without --predictions or --project, the texts of GOLD are read by Dateline here and now.
    """
    origin = Origin(**given)
    wanted = read(gold)
    predicted, system, config = _predicted(wanted, gold, origin)
    found = quality(wanted, predicted, errors, examples if page else 0)
    if page:
        _write_page(page, found, wanted, _made(gold, page, examples, origin, system, config))
    scores = found.scores
    if as_json:
        shown = found.as_dict()
        echo_json({**shown, "errors": [_error(w) for w in scores.wrong]} if errors else shown)
    else:
        echo_table(("measure", "precision", "recall", "f1", "accuracy", "gold"), list(_rows(scores)))
        for w in scores.wrong:
            click.echo()
            _show(w, wanted[w.report_id])


@dataclass(frozen=True, slots=True)
class Origin:
    """Where predictions come from: a file, a project, or the texts themselves. Raises UsageError for two of them."""

    predictions: Path | None
    project: Path | None
    no_published: bool

    def __post_init__(self) -> None:
        if sum((self.predictions is not None, self.project is not None, self.no_published)) > 1:
            raise click.UsageError("give one of --predictions, --project and --no-published")

    @property
    def arguments(self) -> list[str]:
        """The options that say so."""
        if self.predictions:
            return ["--predictions", str(self.predictions)]
        if self.project:
            return ["--project", str(self.project)]
        return ["--no-published"] if self.no_published else []


Facts = tuple[tuple[str, str], ...]
"""What is known of the system that made the predictions, as (name, text) pairs."""


def _predicted(
    wanted: Mapping[str, JudgedReport], gold: Path, origin: Origin
) -> tuple[Mapping[str, JudgedReport], Facts, Config | None]:
    """The predictions, what is known of what made them, and its settings."""
    if origin.predictions:
        facts = (("Predictions", f"{origin.predictions.name}, SHA-256 {_sha256(origin.predictions)}"),)
        return read(origin.predictions), facts, None
    if origin.project:
        with Project(origin.project) as opened:
            prints = (("Fingerprint", p) for p in opened.fingerprints())
            return _judged(ProjectSource(opened)), (("Project", str(origin.project)), *prints), opened.config
    config = Config()
    resources = load_resources(config)
    found = _judged(_processed(_texts(wanted, gold, dated=not origin.no_published), resources, config))
    return found, tuple(_running(resources)), config


def _running(resources: Resources) -> Iterator[tuple[str, str]]:
    """What reads here and now."""
    yield "Reader", f"{resources.language.name} with {resources.extractor.name}"
    weights: str | None = getattr(resources.language, "weights", None)
    if weights:
        yield "Weights", weights
    yield "Fingerprint", resources.fingerprint
    commit = source_commit()
    yield "Code", f"Dateline {__version__}" + (f", commit {commit}" if commit else "")


def _made(gold: Path, page: Path, examples: int, origin: Origin, system: Facts, config: Config | None) -> Made:
    """How the numbers came to be, for the page."""
    from dateline.web.quality import Made

    asked = ["dateline", "evaluate", str(gold), *origin.arguments]
    return Made(
        gold=gold.name,
        gold_sha256=_sha256(gold),
        system=system,
        settings=_settings(config) if config else "",
        command=shlex.join([*asked, "--page", str(page), "--examples", str(examples)]),
        as_json=shlex.join([*asked, "--json"]),
    )


def _settings(config: Config) -> str:
    """The settings on which results depend, as they are written in a dateline.toml."""
    parts = []
    for name in ("ingest", "extract", "resolve", "link"):
        held = getattr(config, name)
        parts.append("\n".join([f"[{name}]", *(f"{f.name} = {toml(getattr(held, f.name))}" for f in fields(held))]))
    return "\n\n".join(parts)


def _write_page(folder: Path, found: Quality, wanted: Mapping[str, JudgedReport], made: Made) -> None:
    from dateline.web.quality import draw

    path = folder / "index.html"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # a lone surrogate of a text cannot be UTF-8
        path.write_text(draw(found, wanted, made), encoding="utf-8", errors="replace", newline="\n")
    except OSError as e:
        raise StoreError(f"{path}: cannot be written: {e.strerror}") from e
    click.echo(f"page written to {path}", err=True)


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


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


def _processed(texts: Iterable[Report], resources: Resources, config: Config) -> LinkedResults:
    """The texts read and linked. Reports that fail are named and count as empty."""
    results = list(process(texts, resources))
    for issue in (i for r in results for i in r.issues):
        click.echo(f"{issue.report_id}: {issue.message}", err=True)
    return LinkedResults(results, config.link)


def _judged(source: ExportSource) -> dict[str, JudgedReport]:
    """What a source exports, as the scorer sees it; beside it, what made each certainty."""
    made = {}
    for result in source.reports():
        line = report_line(result, source.incident_of)
        for held, s in zip(line["statements"], result.statements, strict=True):
            held["certainty_made"] = {"rule": s.certainty.rule, "confidence": s.certainty.confidence}
        made[line["report_id"]] = judged_report(line)
    return made


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
