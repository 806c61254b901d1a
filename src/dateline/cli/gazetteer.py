"""`dateline gazetteer`: import places, look them up, say what is in use."""

from __future__ import annotations

import json
import os
import tomllib
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from dateline.config import load
from dateline.errors import ConfigError
from dateline.resolve.gazetteer.base import Candidate
from dateline.resolve.gazetteer.dump import Step, Summary, import_dump
from dateline.resolve.gazetteer.index import SqliteGazetteer
from dateline.resolve.gazetteer.rows import Fate, Filter
from dateline.run.executors import LocalExecutor

SETTING = 'gazetteer_path = "gazetteer.sqlite"'
SHOWN = 20
SMALL = 4 << 20
"""Bytes of a dump that one process reads before another one has started."""
_FATES = {
    Fate.KEPT: "kept",
    Fate.OTHER_KIND: "not kept: of a kind that is not used, such as wells and schools",
    Fate.FEW_PEOPLE: "not kept: towns of fewer people",
    Fate.OTHER_COUNTRY: "not kept: in other countries",
}


@click.group("gazetteer")
def command() -> None:
    """Import and look up places."""


class _Shown:
    """Progress of an import: a bar on a terminal, else a line for every tenth."""

    def __init__(self, source: Path) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

        console = Console(stderr=True)
        said = TextColumn(source.name), TextColumn("{task.description:<8}"), BarColumn(), TaskProgressColumn()
        columns = (*said, TextColumn("{task.fields[told]}"), TimeElapsedColumn())
        self.bar = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
        self._plain = not console.is_terminal
        self._task = self.bar.add_task("checking", total=None, told="")
        self._last = ("", 0)

    def __call__(self, step: Step) -> None:
        told = f"{step.count:,} {'rows' if step.doing == 'reading' else 'names'}"
        self.bar.update(self._task, description=step.doing, total=step.total, completed=step.done, told=told)
        tenth = 10 * step.done // max(step.total, 1)
        if self._plain and (step.doing, tenth) != self._last:
            click.echo(f"{step.doing} {10 * tenth} %, {told}", err=True)
        self._last = (step.doing, tenth)


@command.command("import")
@click.argument("source", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--project", "-p", type=click.Path(path_type=Path, file_okay=False), help="Use it in this project.")
@click.option("--to", "target", type=click.Path(path_type=Path, dir_okay=False), help="Write this file instead.")
@click.option("--countries", default="", help="Keep only these, by ISO codes of two letters: SY,IQ.")
@click.option("--min-population", type=click.IntRange(0), default=0, show_default=True, help="Of towns.")
@click.option("--workers", type=click.IntRange(1), default=min(2, os.cpu_count() or 1), help="Processes that read.")
@click.pass_context
def import_(ctx: click.Context, /, source: Path, project: Path | None, target: Path | None, **o: Any) -> None:
    """Compile a GeoNames dump (allCountries.zip, SY.txt, …) into a gazetteer.

    An import that was interrupted goes on where it stopped when the same command is run again.

    Get dumps from https://download.geonames.org/export/dump/ (CC BY 4.0). Put admin1CodesASCII.txt,
    admin2Codes.txt and countryInfo.txt beside the dump if you have them.
    """
    if (project is None) == (target is None):
        raise click.UsageError("say where it goes: either --project DIR or --to FILE")
    codes = frozenset(c.strip().upper() for c in o["countries"].split(",") if c.strip())
    if bad := sorted(c for c in codes if len(c) != 2 or not c.isalpha()):
        raise click.UsageError(f"--countries takes ISO codes of two letters, not {', '.join(bad)}")
    if project is not None and not project.is_dir():
        raise click.UsageError(f"no project at {project}; make one with 'dateline init --project {project}'")
    into = target or (project or Path()) / "gazetteer.sqlite"
    shown = _Shown(source)
    with shown.bar:
        run = LocalExecutor(_workers(source, o["workers"])).map
        summary = import_dump(source, into, Filter(codes, o["min_population"]), shown, run)
    _report(summary, into)
    if project is not None:
        _set(project / "dateline.toml")
    ctx.exit(1 if summary.bad else 0)


def _workers(source: Path, asked: int) -> int:
    """One for a file too small to share."""
    return asked if source.stat().st_size > SMALL else 1


def _report(summary: Summary, into: Path) -> None:
    """What became of every row, and the first bad ones."""
    if summary.found:
        click.echo(f"went on with an import that was interrupted: {summary.found} of {summary.blocks} blocks were read")
    click.echo(f"{into}: {summary.entries:,} entries under {summary.names:,} names")
    click.echo(f"{summary.rows:,} rows")
    for fate, count in summary.fates.items():
        if count:
            click.echo(f"  {count:,} {_FATES.get(fate) or f'bad: {fate.name.lower()}'}")
    for issue in summary.issues[:SHOWN]:
        click.echo(f"{issue.code} {issue.message}", err=True)
    if summary.bad > SHOWN:
        click.echo(f"… and {summary.bad - SHOWN:,} more bad rows", err=True)
    if summary.bad_rows:
        click.echo(f"all {summary.bad:,} bad rows with file, line and reason: {summary.bad_rows}", err=True)


def _set(path: Path) -> None:
    """Name the file in dateline.toml, or say what to write where the file already says something else."""
    try:
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        held = tomllib.loads(text).get("resolve", {})
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as e:
        raise ConfigError(f"{path}: cannot be read: {e}; put {SETTING} under [resolve] in it") from e
    if held.get("gazetteer_path") == "gazetteer.sqlite":
        return
    if "gazetteer_path" in held:
        click.echo(f"{path} names another gazetteer. To use this one, put under [resolve]:\n{SETTING}")
        return
    lines = text.splitlines()
    head = next((i for i, line in enumerate(lines) if line.strip() == "[resolve]"), None)
    if head is None:
        lines += ["", "[resolve]"]
        head = len(lines) - 1
    lines.insert(head + 1, SETTING)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    click.echo(f"{path}: set [resolve] {SETTING}")


def _in_use(project: Path | None) -> SqliteGazetteer:
    """A project's gazetteer, or the built-in one."""
    named = load(project / "dateline.toml").resolve.gazetteer_path if project else ""
    return SqliteGazetteer((project or Path()) / named if named else None)


@command.command("lookup")
@click.argument("name")
@click.option(
    "--project", "-p", type=click.Path(path_type=Path, file_okay=False), help="With this project's gazetteer."
)
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def lookup(ctx: click.Context, name: str, project: Path | None, limit: int, as_json: bool) -> None:
    """List the places of a NAME, best match first."""
    found = _in_use(project).lookup(name)
    if as_json:
        click.echo(json.dumps([asdict(c) for c in found[:limit]], ensure_ascii=False, indent=1))
    for c in () if as_json else found[:limit]:
        click.echo("\t".join(_cells(c)))
    if not found:
        click.echo(f"no place called {name!r}", err=True)
        ctx.exit(1)


def _cells(c: Candidate) -> list[str]:
    where = c.country or " ".join(c.countries)
    people = str(c.population) if c.population else ""
    return [c.name, c.kind, where, c.admin1, f"{c.lat:.4f}", f"{c.lon:.4f}", people, c.feature, c.id]


@command.command("info")
@click.option("--project", "-p", type=click.Path(path_type=Path, file_okay=False), help="Of this project.")
def info(project: Path | None) -> None:
    """Say which gazetteer is used, from where, and how large it is."""
    gazetteer = _in_use(project)
    click.echo(f"path\t{gazetteer.path}")
    for key, value in sorted(gazetteer.meta.items()):
        if value:
            click.echo(f"{key}\t{value}")
