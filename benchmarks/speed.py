"""Speed and memory: start-up, each stage on one core, the whole path from file to database, linking.

    python benchmarks/speed.py [PATHS…] [--workers N] [--limit N] [--json]

PATHS default to the bundled sample reports. Times are wall clock of this machine; memory is the peak
resident size of the process that did the work, its workers apart.
"""

from __future__ import annotations

import argparse
import json
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any, TypeVar

from dateline.config import Config
from dateline.incidents import link, linkables
from dateline.ingest.parse import parse_all
from dateline.ingest.read import read_items
from dateline.pipeline import Resolver, load_resources
from dateline.records import Report, ReportResult, Statement
from dateline.samples import folder

T = TypeVar("T")


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """What the work returns, and its seconds."""
    started = time.perf_counter()
    made = work()
    return made, time.perf_counter() - started


def start_up() -> dict[str, int]:
    """Median of five, in milliseconds: the interpreter alone, the package, the help page, all resources."""
    runs = {
        "python": "pass",
        "import dateline": "import dateline",
        "dateline --help": "import sys; sys.argv=['dateline','--help']; from dateline.cli.main import main; main()",
        "load resources": "from dateline.config import Config; from dateline.pipeline import load_resources; "
        "load_resources(Config())",
    }
    found: dict[str, int] = {}
    for name, code in runs.items():
        command = [sys.executable, "-c", code]
        run = partial(subprocess.run, command, check=True, capture_output=True)
        times = [timed(run)[1] for _ in range(5)]
        found[name] = round(1000 * median(times))
    return found


def resolve_all(resolver: Resolver, triples: list[Any]) -> list[tuple[Statement, ...]]:
    """One resolver over reports, annotations and statements."""
    return [resolver.resolve(*t) for t in triples]


def stages(paths: list[str], limit: int) -> dict[str, Any]:
    """Reports per second of each stage alone, one core."""
    items, read_s = timed(lambda: list(islice(read_items(paths), limit)))
    found, parse_s = timed(lambda: list(parse_all(items, Config().ingest)))
    reports = [r for r in found if isinstance(r, Report)]
    resources, load_s = timed(lambda: load_resources(Config()))
    annotations, annotate_s = timed(lambda: [resources.language.annotate(r) for r in reports])
    pairs = list(zip(reports, annotations, strict=True))
    statements, extract_s = timed(lambda: [resources.extractor.extract(r, a) for r, a in pairs])
    seconds = {"read": read_s, "parse": parse_s, "annotate": annotate_s, "extract": extract_s}
    for resolver in resources.resolvers:
        triples = list(zip(reports, annotations, statements, strict=True))
        statements, took = timed(partial(resolve_all, resolver, triples))
        seconds[type(resolver).__name__] = took
    results = [ReportResult(report=r, statements=s) for r, s in zip(reports, statements, strict=True)]
    linking, seconds["link"] = timed(lambda: link(linkables(results), Config().link))
    words = sum(len(r.text.split()) for r in reports)
    return {
        "reports": len(reports),
        "words per report": round(words / max(len(reports), 1)),
        "statements": sum(map(len, statements)),
        "incidents": len(linking.incidents),
        "load resources s": round(load_s, 2),
        "reports/s": {name: round(len(reports) / s, 1) for name, s in seconds.items()},
    }


def whole(paths: list[str], workers: int) -> dict[str, Any]:
    """File to database through the command line, with the peak memory of its processes in MB."""
    with tempfile.TemporaryDirectory() as folder:
        project = str(Path(folder) / "p")
        command = [sys.executable, "-m", "dateline", "run", *paths, "-p", project, "--workers", str(workers)]
        run, seconds = timed(lambda: subprocess.run(command, capture_output=True, text=True))
        if run.returncode not in (0, 1):
            raise SystemExit(run.stderr)
        again, again_s = timed(lambda: subprocess.run(command, capture_output=True, text=True))
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        size = sum(f.stat().st_size for f in Path(project).rglob("*") if f.is_file()) / 1e6
    lines = dict(line.split(None, 1) for line in run.stdout.splitlines())
    reports = int(lines["reports"].split()[0])
    return {
        "workers": workers,
        "reports": reports,
        "seconds": round(seconds, 1),
        "reports/s": round(reports / seconds, 1),
        "second run s": round(again_s, 2),
        "peak MB": round(peak),
        "project MB": round(size, 1),
        "exit": run.returncode,
        "exit again": again.returncode,
    }


def main() -> None:
    """Measure and print."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("paths", nargs="*")
    ap.add_argument("--workers", type=int, default=1)
    ap.add_argument("--limit", type=int, default=1000, help="reports for the stages (default 1000)")
    ap.add_argument("--json", action="store_true")
    args = ap.parse_args()
    if not args.paths:
        args.paths = [str(folder())]
    result = {
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        "start-up ms": start_up(),
        "whole": whole(args.paths, args.workers),
        "stages": stages(args.paths, args.limit),
    }
    if args.json:
        print(json.dumps(result, indent=1))
        return
    for part, held in result.items():
        print(part)
        for name, value in held.items() if isinstance(held, dict) else [("", held)]:
            print(f"  {name:<18} {value}")


if __name__ == "__main__":
    main()
