"""Linking a project again: processor seconds for the whole, for a few reports more, and for what a person says.

    python -m benchmarks.again 10000 [--more 100]

The statements are those of `benchmarks.scale`. Seconds hold reading from the database and writing to it.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine

from benchmarks.scale import made
from dateline.config import Config
from dateline.incidents.verdicts import Verdict
from dateline.project import DATABASE_NAME
from dateline.records import ReportResult
from dateline.run.linking import LinkMemory, link_project
from dateline.store.database import open_database, writing
from dateline.store.load import Loadable, load_results
from dateline.store.reviews import append_verdict


def loaded(engine: Engine, path: Path, results: Iterable[ReportResult]) -> None:
    """Put results into the database."""
    held = [Loadable(f"k{r.report.id}", f"o{r.report.id}", r.report.key, "0" * 64, r) for r in results]
    with writing(engine, path) as c:
        load_results(c, held, "again")


def linked(engine: Engine, path: Path, said: Verdict | None = None, memory: LinkMemory | None = None) -> float:
    """Link, after what a person says if given; the processor seconds."""
    started = time.process_time()
    with writing(engine, path) as c:
        if said:
            append_verdict(c, said, "merge")
        link_project(c, Config(), memory)
    return round(time.process_time() - started, 2)


def measure(statements: int, more: int) -> dict[str, float | list[float]]:
    """All the times, in a database that is thrown away."""
    first = list(made(statements))
    rest = list(made(statements + more))[len(first) :]
    ids = [s.id for s in chain.from_iterable(r.statements for r in first)]
    with TemporaryDirectory() as folder:
        path = Path(folder) / DATABASE_NAME
        engine = open_database(path, write=True)
        loaded(engine, path, first)
        whole = linked(engine, path)
        loaded(engine, path, rest)
        again = linked(engine, path)
        desk = LinkMemory(Config())
        verdicts = [Verdict(((ids[n],), (ids[-1 - n],)), True, "Ada", "2024-01-01") for n in range(3)]
        said = [linked(engine, path, v, desk) for v in verdicts]
        engine.dispose()
    return {
        "statements": len(ids),
        "seconds": whole,
        "more statements": sum(len(r.statements) for r in rest),
        "seconds for these": again,
        "seconds for three verdicts": said,
    }


def main() -> None:
    """Measure and print."""
    ap = argparse.ArgumentParser(prog="python -m benchmarks.again", description=__doc__)
    ap.add_argument("statements", type=int)
    ap.add_argument("--more", type=int, default=100)
    args = ap.parse_args()
    print(json.dumps(measure(args.statements, args.more)))


if __name__ == "__main__":
    main()
