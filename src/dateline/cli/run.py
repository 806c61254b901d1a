"""`dateline run`: reports in, statements and incidents out."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars

from dateline.cli.options import day, project_option
from dateline.errors import IssueCode
from dateline.ingest.items import Hints
from dateline.project import Project
from dateline.run.engine import RunRequest, RunSummary
from dateline.samples import folder

SHOWN_ISSUES = 20


class BarProgress:
    """A progress bar on standard error; plain lines where that is not a terminal."""

    def __init__(self, console: Console) -> None:
        self.console = console
        columns = (
            TextColumn("{task.description:<10}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("reports · {task.fields[statements]} statements"),
            TimeElapsedColumn(),
        )
        self.bars = Bars(*columns, console=console, transient=False, disable=not console.is_terminal)
        self.task = self.bars.add_task("reading", total=None, statements=0)
        self.statements = 0

    def total(self, reports: int) -> None:
        """See run.engine.Progress."""
        self.bars.update(self.task, total=reports)

    def advance(self, reports: int, statements: int) -> None:
        """See run.engine.Progress."""
        self.statements += statements
        self.bars.update(self.task, advance=reports, statements=self.statements)

    def stage(self, name: str) -> None:
        """See run.engine.Progress."""
        self.bars.update(self.task, description=name)
        if not self.console.is_terminal:
            self.console.print(f"{name} …", highlight=False)


def _columns(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    """`--column text=body` as {"text": "body"}."""
    bad = [v for v in values if "=" not in v]
    if bad:
        raise click.BadParameter(f"{bad[0]!r} must look like text=body", ctx, param)
    return dict(v.split("=", 1) for v in values)


@click.command("run")
@click.argument("paths", nargs=-1)
@project_option
@click.option("--samples", is_flag=True, help="Read the sample reports that come with Dateline.")
@click.option("--published", type=day, help="Publication date, overriding what files say.")
@click.option("--outlet", help="Who published it, overriding what files say.")
@click.option("--title", help="Title, overriding what files say.")
@click.option("--url", help="Address, overriding what files say.")
@click.option("--author", help="Author line, overriding what files say.")
@click.option("--format", "format_", help="Reader to use whatever files look like (see `dateline plugins`).")
@click.option("--column", multiple=True, callback=_columns, help="FIELD=COLUMN of a CSV file or JSON lines.")
@click.option(
    "--triage/--no-triage", default=None, help="Read only reports that look like news of conflict or politics."
)
@click.option("--workers", type=click.IntRange(1), help=f"Processes to use (this machine has {os.cpu_count()}).")
@click.option("--serve/--no-serve", default=False, show_default=True, help="Open the review desk afterwards.")
@click.option("--port", type=int, default=8765, show_default=True, help="Port of the review desk.")
def command(paths: tuple[str, ...], project: Path, samples: bool, column: dict[str, str], **o: Any) -> None:
    """Read PATHS (files, folders, globs, - for standard input) into a project.

    Plain text, Markdown, HTML, JSON Lines, CSV, RSS/Atom, WARC, WACZ, e-mail, PDF and DOCX, gzipped or not.
    What is done already is skipped; without PATHS the project is only brought up to date.
    """
    held = Project(project, create=True)
    if column:
        held.config = held.config.with_("ingest", columns={**held.config.ingest.columns, **column})
    held.config = held.config.with_("run", workers=o["workers"])
    held.config = held.config.with_("extract", triage={True: "on", False: "off"}.get(o["triage"]))
    overrides = Hints(
        title=o["title"],
        outlet=o["outlet"],
        author=o["author"],
        url=o["url"],
        published=o["published"].isoformat() if o["published"] else None,
    )
    given = (*paths, str(folder())) if samples else paths
    progress = BarProgress(Console(stderr=True))
    with held, progress.bars:
        summary = held.run(RunRequest(given, overrides, o["format_"]), progress)
    _report(summary, project)
    if o["serve"]:
        from dateline.cli.serve import announce
        from dateline.web.app import serve

        with Project(project) as opened:
            serve(opened, port=o["port"], open_browser=True, ready=announce)
    sys.exit(1 if summary.faults else 0)


def _report(s: RunSummary, project: Path) -> None:
    for i in s.faults[:SHOWN_ISSUES]:
        where = i.origin or i.report_id or ""
        click.echo(f"{i.code} {i.message if i.message.startswith(where) else f'{where}: {i.message}'}", err=True)
    if len(s.faults) > SHOWN_ISSUES:
        click.echo(f"… and {len(s.faults) - SHOWN_ISSUES} more: dateline list issues -p {project}", err=True)
    c = s.counts
    done = f"{s.processed} new, {s.reprocessed} again, {s.skipped} known already"
    click.echo(f"reports     {c['reports']:>8}   ({done})")
    click.echo(f"statements  {c['statements']:>8}")
    click.echo(f"incidents   {c['incidents']:>8}")
    if s.passed_over:
        listed = f"dateline list issues --code {IssueCode.NOT_RELEVANT} -p {project}"
        click.echo(f"passed over {s.passed_over:>8}   by triage, not read ({listed})")
    click.echo(f"issues      {len(s.faults):>8}   in this run")
    click.echo(f"time        {s.seconds:>8.1f} s ({s.reports_per_second:.1f} reports/s)")
