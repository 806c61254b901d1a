"""What the public benchmarks share: options, reading with the product, calling the scorer, printing beside the aims.

A benchmark module holds a pure function that makes a prediction of a report's statements, and a command:

    @click.command("name")
    @run_options
    def command(options: Options) -> None:
        gold = options.shared("data/name/dev.jsonl")
        results = read_reports("name", reports, options)
        figures = score("name.py", gold, predictions, options)
        show(figures, AIMS, options, errors)
"""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import click

from dateline.config import Config
from dateline.errors import DatelineError
from dateline.pipeline import Resources, load_resources, process_one
from dateline.records import Report, ReportResult

T = TypeVar("T")
_SAVE_EVERY = 200


class Missing(click.ClickException):
    """Something of the shared folder is not there. The command ends with 2."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Options:
    """What every benchmark command takes. `data` is the shared folder, `limit` 0 stands for all documents."""

    data: Path
    limit: int = 0
    as_json: bool = False
    errors: int = 0
    cache: Path | None = None
    reread: bool = False
    out: Path | None = None

    def shared(self, path: str) -> Path:
        """A file or folder of the shared folder. Raises Missing."""
        found = self.data / path
        if not found.exists():
            raise Missing(
                f"{found} is not there. Benchmark data and scorers are in the shared folder, which is not part of this "
                "repository: give its path with --data."
            )
        return found

    def first(self, rows: Iterable[T]) -> list[T]:
        """The rows that are to be read."""
        return list(islice(rows, self.limit or None))


def run_options(command: Callable[[Options], None]) -> Callable[..., None]:
    """The options of a benchmark command, given to it as one `Options`."""
    folder = click.Path(path_type=Path, file_okay=False)

    @click.option("--data", type=folder, default=Path("../shared"), show_default=True, help="The shared folder.")
    @click.option("--limit", default=0, help="Only the first so many documents.")
    @click.option("--json", "as_json", is_flag=True, help="The scorer's whole result.")
    @click.option("--errors", default=0, help="Also print so many documents that are wrong.")
    @click.option("--cache", type=folder, help="Keep what the product read here and take it from here.")
    @click.option("--reread", is_flag=True, help="Read again what the cache holds.")
    @click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write the predictions here.")
    @wraps(command)
    def taking(**given: Any) -> None:
        command(Options(**given))

    return taking


# reading


def read_reports(name: str, reports: Sequence[Report], options: Options) -> list[ReportResult]:
    """The product's results in the order of the reports, in this one process.

    A cache is told apart by the fingerprint of the settings, word lists and weights, not of the code: give --reread
    when the code has changed.
    """
    try:
        resources = load_resources(Config())
    except DatelineError as e:
        raise click.ClickException(str(e)) from e
    file = options.cache / f"{name}-{resources.fingerprint}.pickle" if options.cache else None
    held: dict[str, ReportResult] = {}
    if file and file.exists() and not options.reread:
        held = pickle.loads(file.read_bytes())
    missing = [r for r in reports if r.id not in held]
    if file and missing and held:
        click.echo(f"{len(reports) - len(missing)} results taken from {file}", err=True)
    for at in range(0, len(missing), _SAVE_EVERY):
        held |= _read(missing[at : at + _SAVE_EVERY], resources)
        if file:
            _save(file, held)
        if len(missing) > _SAVE_EVERY:
            click.echo(f"{name}: {min(at + _SAVE_EVERY, len(missing))} of {len(missing)} read", err=True)
    return [held[r.id] for r in reports]


def _read(reports: Iterable[Report], resources: Resources) -> dict[str, ReportResult]:
    """Results by report. Raises ClickException at a report that fails; says what is not read on purpose."""
    made: dict[str, ReportResult] = {}
    for report in reports:
        result = made[report.id] = process_one(report, resources)
        for issue in result.issues:
            if issue.stage == "process":
                raise click.ClickException(f"{report.key}: {issue.message}")
            click.echo(issue.message, err=True)
    return made


def _save(file: Path, held: Mapping[str, ReportResult]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(".part")
    part.write_bytes(pickle.dumps(held))
    part.replace(file)


# scoring


def score(
    scorer: str, gold: Path, predictions: Iterable[Mapping[str, Any]], options: Options, more: Sequence[str] = ()
) -> dict[str, Any]:
    """What a scorer of the shared folder's bench/ says of the predictions, with `more` arguments."""
    program = options.shared(f"bench/{scorer}")
    lines = "".join(json.dumps(p, ensure_ascii=False) + "\n" for p in predictions)
    with tempfile.TemporaryDirectory() as tmp:
        file = options.out or Path(tmp) / "predictions.jsonl"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(lines, encoding="utf-8")
        command = [sys.executable, str(program), str(gold), str(file), "--json", *more]
        run = subprocess.run(command, capture_output=True, text=True)
    if run.returncode:
        raise click.ClickException(f"{program}: {run.stderr.strip()}")
    made: dict[str, Any] = json.loads(run.stdout)
    return made


def score_rows(
    scorer: str, rows: Sequence[Mapping[str, Any]], predictions: Iterable[Mapping[str, Any]], options: Options
) -> dict[str, Any]:
    """`score` against these rows of a JSON-lines gold file only."""
    with tempfile.TemporaryDirectory() as tmp:
        gold = Path(tmp) / "gold.jsonl"
        gold.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), encoding="utf-8")
        return score(scorer, gold, predictions, options)


# printing


def figure(result: Mapping[str, Any], path: str) -> float:
    """The figure at a path of keys, as in "pairwise.f1"."""
    value: Any = result
    for key in path.split("."):
        value = value[key]
    return float(value)


def show(
    result: Mapping[str, Any], aims: Mapping[str, float | None], options: Options, errors: Sequence[str] = ()
) -> None:
    """The figures named in `aims`, each beside what is aimed at (None: nothing); then the first errors."""
    if options.as_json:
        click.echo(json.dumps(result, indent=1))
    else:
        width = max(map(len, aims), default=0)
        for path, aim in aims.items():
            value = figure(result, path)
            beside = "" if aim is None else f"   aim {aim:.3f}   {'met' if value >= aim else f'{value - aim:+.3f}'}"
            click.echo(f"{path:<{width}}   {value:.3f}{beside}")
    for line in errors[: options.errors]:
        click.echo(f"\n{line}", err=options.as_json)
