"""Resolving alone: reports a second on one core, opening the gazetteer, memory.

    python -m benchmarks.resolving [PATHS…] [--reports N] [--words N] [--json]

Reports are read with the default settings; then a process of its own, which holds no model, opens gazetteer and
register and resolves their statements' actors, places and dates, each report once. Times are of the processor, which a
busy machine lengthens little; opening is told in both. PATHS default to the annotated texts of training/texts.
"""

from __future__ import annotations

import argparse
import json
import pickle
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from benchmarks.speed import show, texts
from dateline.config import Config
from dateline.language.en.dategrammar import DateGrammar
from dateline.pipeline import Resolver, load_resources
from dateline.records import Report
from dateline.resolve.actors import ActorResolver
from dateline.resolve.dates import DateResolver
from dateline.resolve.gazetteer.index import SqliteGazetteer
from dateline.resolve.names import nationals
from dateline.resolve.places import PlaceResolver
from dateline.resolve.register import load_register
from dateline.run.garbage import collecting_seldom

AIM_SPEED, AIM_OPEN_S, AIM_MEMORY = 400, 0.3, 150
"""Reports a second on one core, seconds to open the gazetteer, and megabytes resident."""


def write_read(held: list[str], file: Path) -> None:
    """Read the texts and keep what the resolvers are given, one report after another."""
    resources = load_resources(Config())
    with file.open("wb") as f:
        for text in held:
            report = Report(text=text)
            annotation = resources.language.annotate(report)
            pickle.dump((report, annotation, resources.extractor.extract(report, annotation)), f)


def resident() -> float:
    """Megabytes of this process that lie in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 1e6


@collecting_seldom()  # as a run does
def resolved(file: Path) -> dict[str, Any]:
    """Resolve what a file holds; the figures of this process."""
    before = resident()
    started, used = time.perf_counter(), time.process_time()
    gazetteer = SqliteGazetteer()
    gazetteer.lookup("Damascus")
    opened, cpu = time.perf_counter() - started, time.process_time() - used
    register = load_register()
    resolvers: list[Resolver] = [
        ActorResolver(register),
        PlaceResolver(gazetteer, nationals(register)),
        DateResolver(DateGrammar()),
    ]
    spent: dict[str, float] = defaultdict(float)
    reports = found = 0
    with file.open("rb") as f:
        while True:
            try:
                report, annotation, statements = pickle.load(f)
            except EOFError:
                break
            reports, found = reports + 1, found + len(statements)
            for r in resolvers:
                began = time.process_time()
                statements = r.resolve(report, annotation, statements)
                spent[type(r).__name__] += time.process_time() - began
    return {
        "reports": reports,
        "statements": found,
        "reports/s": round(reports / sum(spent.values())),
        "aim reports/s": AIM_SPEED,
        "reports/s of each": {name: round(reports / s) for name, s in spent.items()},
        "gazetteer opens, s": round(opened, 3),
        "gazetteer opens, processor s": round(cpu, 3),
        "aim opens, s": AIM_OPEN_S,
        "resident MB": round(resident()),
        "of which Python and modules": round(before),
        "aim resident MB": AIM_MEMORY,
    }


def main() -> None:
    """Measure and print."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("paths", nargs="*")
    ap.add_argument("--reports", type=int, default=400)
    ap.add_argument("--words", type=int, default=400)
    ap.add_argument("--json", action="store_true")
    ap.add_argument("--of", type=Path, help=argparse.SUPPRESS)
    args = ap.parse_args()
    if args.of:
        print(json.dumps(resolved(args.of)))
        return
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "read.pickle"
        write_read(texts(args.paths, args.reports, args.words), file)
        command = [sys.executable, "-m", "benchmarks.resolving", "--of", str(file)]
        ran = subprocess.run(command, capture_output=True, text=True, check=True)
    show({"resolving": json.loads(ran.stdout)}, args.json)


if __name__ == "__main__":
    main()
