"""The embedded model alone: how fast it reads, and how well, by any folder of weights. Needs no torch.

    python -m benchmarks.model speed --weights DIR [PATHS…] [--reports N] [--json]
    python -m benchmarks.model quality --weights DIR … --gold FILE --score FILE [--upper] [--bare] [--json]

`speed` is the model stage only: tokens and sentences in, readings out, on one core. `benchmarks.speed` measures
everything else. `quality` runs the product's whole pipeline with these weights over annotated reports and prints every
field of gold/score.py, a column for each folder of weights and for each way the texts are made worse
(`training/rough.py` says what is lost).
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import click
from training.gold import as_report, read_jsonl
from training.measure import with_reader
from training.rough import moved_back, row_made_rough

from dateline.config import Config
from dateline.errors import DatelineError
from dateline.export.interchange import report_line
from dateline.ingest.parse import parse_all
from dateline.ingest.read import read_items
from dateline.language.en.passages import passages
from dateline.language.en.tokens import tokenize
from dateline.language.model.graphs import OnnxGraphs
from dateline.language.model.package import load
from dateline.language.model.reader import Reader
from dateline.pipeline import Resources, process_one
from dateline.records import Report
from dateline.samples import folder

ROOT = Path(__file__).resolve().parent.parent


def reader_of(weights: Path) -> Reader:
    """The weights of a folder, ready to read."""
    package = load(weights)
    return Reader(OnnxGraphs(package), package.manifest, package.vocabulary)


# speed


def cut(texts: Sequence[str], words: int) -> list[str]:
    """Reports of about so many words: whole lines of the texts in order, of all texts as of one stream."""
    lines = [line for text in texts for line in text.split("\n") if line.strip()]
    out: list[str] = []
    held: list[str] = []
    count = 0
    for line in lines:
        held.append(line)
        count += len(line.split())
        if count >= words:
            out.append("\n\n".join(held))
            held, count = [], 0
    return out or ["\n\n".join(held)]


def texts_of(paths: Sequence[str], most: int) -> list[str]:
    """The first reports of some files."""
    found = parse_all(read_items(list(paths)), Config().ingest)
    return list(islice((r.text for r in found if isinstance(r, Report)), most))


def measured(weights: Path, texts: Sequence[str]) -> dict[str, Any]:
    """Load the weights and read each text; to be called in a process that did nothing else before."""
    begun = time.perf_counter()
    reader = reader_of(weights)
    loaded = time.perf_counter() - begun
    prepared = []
    for text in texts:
        tokens = tokenize(text)
        prepared.append((tokens, passages(Report(text=text), tokens)))
    reader.read(*prepared[0])
    spent: list[float] = []
    readings, wall, busy = 0, time.perf_counter(), time.process_time()
    for tokens, sentences in prepared:
        started = time.perf_counter()
        readings += len(reader.read(tokens, sentences).readings)
        spent.append(time.perf_counter() - started)
    busy, wall = time.process_time() - busy, time.perf_counter() - wall
    words = sum(len(t.split()) for t in texts)
    return {
        "weights": reader.manifest.digest,
        "weights MB": round(sum(f.stat().st_size for f in weights.iterdir() if f.is_file()) / 1e6, 1),
        "reports": len(texts),
        "words per report": round(words / len(texts)),
        "readings": readings,
        "reports/s (process time)": round(len(texts) / busy, 2),
        "reports/s (wall)": round(len(texts) / wall, 2),
        "words/s (process time)": round(words / busy),
        "slowest report s": round(max(spent), 3),
        "load s": round(loaded, 2),
        "peak MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def apart(weights: Path, texts: Sequence[str]) -> dict[str, Any]:
    """`measured` in a process of its own, so that loading and memory are those of the model."""
    command = [sys.executable, "-m", "benchmarks.model", "once", "--weights", str(weights.resolve())]
    run = subprocess.run(command, input=json.dumps(list(texts)), capture_output=True, text=True, cwd=ROOT)
    if run.returncode:
        raise click.ClickException(run.stderr.strip() or f"the measuring process ended with {run.returncode}")
    made: dict[str, Any] = json.loads(run.stdout)
    return made


# quality


def predicted(rows: Sequence[dict[str, Any]], held: Resources, ways: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Lines of the interchange with the offsets of the rows' own texts. Stops at a report that fails."""
    for row in rows:
        changed, rough = row_made_rough(row, ways)
        result = process_one(as_report(changed), held)
        if failed := [i for i in result.issues if i.stage == "process"]:
            raise click.ClickException(f"{row['report_id']}: {failed[0].message}")
        line = moved_back(report_line(result, {}), rough)
        yield {**line, "report_id": row["report_id"]}


def scored(gold: Sequence[dict[str, Any]], lines: Sequence[dict[str, Any]], score: Path) -> dict[str, Any]:
    """What gold/score.py says of the lines."""
    with tempfile.TemporaryDirectory() as tmp:
        files = [Path(tmp) / "gold.jsonl", Path(tmp) / "predicted.jsonl"]
        for path, rows in zip(files, (gold, lines), strict=True):
            path.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
        command = [sys.executable, str(score), *map(str, files), "--json"]
        run = subprocess.run(command, capture_output=True, text=True)
    if run.returncode:
        raise click.ClickException(f"{score}: {run.stderr.strip()}")
    made: dict[str, Any] = json.loads(run.stdout)
    return made


def flat(result: dict[str, Any], prefix: str = "") -> dict[str, float]:
    """A score's figures one below the other: "actors p", "actors f1", "sub_event accuracy" …"""
    out: dict[str, float] = {}
    for key, value in result.items():
        name = f"{prefix} {key}".strip()
        out |= flat(value, name) if isinstance(value, dict) else {name: value}
    return out


def table(columns: dict[str, dict[str, Any]]) -> str:
    """All figures as rows; with more than one column, what the others gain or lose by the first."""
    names = list(columns)
    rows = [flat(r) for r in columns.values()]
    width = max(len(k) for k in rows[0])
    lines = [" " * width + "".join(f"{n:>22}" for n in names)]
    for key, first in rows[0].items():
        cells = [f"{first:>22}"]
        for other in rows[1:]:
            gap = "" if first == other[key] else f" ({other[key] - first:+.4f})"
            cells.append(f"{other[key]}{gap}".rjust(22))
        lines.append(key.ljust(width) + "".join(cells))
    return "\n".join(lines)


def there(path: Path, what: str) -> Path:
    """The path; a plain message if nothing is there."""
    if not path.exists():
        raise click.ClickException(
            f"{path}: {what} is not there. Annotated reports and their scorer are in the shared folder, which is not "
            "part of this repository: give their paths with --gold and --score."
        )
    return path


# commands

_WEIGHTS = click.Path(path_type=Path, exists=True, file_okay=False)


@click.group(help=__doc__.split("\n\n")[0])
def main() -> None:
    """Measure the embedded model."""


@main.command()
@click.argument("paths", nargs=-1)
@click.option("--weights", type=_WEIGHTS, required=True, help="Folder with manifest.json.")
@click.option("--reports", default=50, help="Reports to read; the texts begin again where they are fewer.")
@click.option("--words", default=400, help="Words of a report.")
@click.option("--json", "as_json", is_flag=True)
def speed(paths: tuple[str, ...], weights: Path, reports: int, words: int, as_json: bool) -> None:
    """Reports per second of the model stage on one core. PATHS default to the bundled samples."""
    texts = cut(texts_of(paths or (str(folder()),), 20 * reports), words)
    found = apart(weights, list(islice(cycle(texts), reports)))
    click.echo(json.dumps(found, indent=1) if as_json else "\n".join(f"{k:<26}{v}" for k, v in found.items()))


@main.command(hidden=True)
@click.option("--weights", type=_WEIGHTS, required=True)
def once(weights: Path) -> None:
    """Read a JSON list of texts from standard input and print the measurements."""
    try:
        click.echo(json.dumps(measured(weights, json.load(sys.stdin))))
    except DatelineError as e:
        raise click.ClickException(str(e)) from e


@main.command()
@click.option("--weights", "folders", type=_WEIGHTS, required=True, multiple=True, help="May be given several times.")
@click.option("--gold", type=click.Path(path_type=Path), default=Path("../shared/gold/dev.jsonl"), show_default=True)
@click.option("--score", type=click.Path(path_type=Path), default=Path("../shared/gold/score.py"), show_default=True)
@click.option("--upper", is_flag=True, help="Also with the texts in capitals.")
@click.option("--bare", is_flag=True, help="Also without punctuation (not the marks that end a sentence).")
@click.option("--limit", default=0, help="Only the first so many reports.")
@click.option("--json", "as_json", is_flag=True)
def quality(
    folders: tuple[Path, ...], gold: Path, score: Path, upper: bool, bare: bool, limit: int, as_json: bool
) -> None:
    """Every field of gold/score.py for the product's pipeline with these weights."""
    rows = read_jsonl(there(gold, "the file of annotated reports"))
    rows = rows[:limit] if limit else rows
    there(score, "the scorer")
    ways: list[tuple[str, ...]] = [(), *([("upper",)] if upper else []), *([("bare",)] if bare else [])]
    columns: dict[str, dict[str, Any]] = {}
    for weights in folders:
        try:
            held = with_reader(reader_of(weights))
        except DatelineError as e:
            raise click.ClickException(str(e)) from e
        for way in ways:
            name = " ".join((weights.resolve().name, *way))
            columns[name] = scored(rows, list(predicted(rows, held, way)), score)
    click.echo(json.dumps(columns, indent=1) if as_json else table(columns))


if __name__ == "__main__":
    main()
