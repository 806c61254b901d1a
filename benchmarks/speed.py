"""Speed and memory: start-up, each stage on one core, the whole path from file to database, linking.

    python -m benchmarks.speed [PATHS…] [--workers N] [--limit N] [--json]
    python -m benchmarks.speed whole [PATHS…] [--reports N] [--words N] [--profile N] [--json]

PATHS default to the bundled sample reports, for `whole` to the annotated ones of training/texts. Times are wall clock
of this machine; memory is the peak resident size of the process that did the work, its workers apart.

`whole` is the aim's measure: reports of 400 words, file to database, default settings, one core. Beside the wall clock
it says the processor's time, which a busy machine does not lengthen as much. With --profile it runs the reports once
more under a profiler and lists the functions that cost most outside the network.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import os
import platform
import pstats
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from typing import Any, TypeVar

from training.own import TEXTS

from benchmarks.model import cut, texts_of
from dateline.config import Config
from dateline.data import load_text
from dateline.incidents import link, linkables
from dateline.ingest.parse import parse_all
from dateline.ingest.read import read_items
from dateline.pipeline import Resolver, load_resources, process_one
from dateline.records import Report, ReportResult, Statement
from dateline.samples import folder

T = TypeVar("T")
AIM_SPEED, AIM_MEMORY = 9, 700
"""Reports of 400 words a second on one core, and megabytes, for the whole path."""
PROFILED = 60
"""Reports that are profiled."""


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


_SENTENCE_END = re.compile(r"(?<=[a-z][.!?]) (?=[A-Z])")
_LONG = 1000
"""Characters of a line on average beyond which a text counts as one without paragraphs, and is cut at its sentences."""


def own_texts() -> Iterator[str]:
    """The texts of training/texts, each file opened when it is needed."""
    for path in sorted(TEXTS.glob("*.yaml")):
        yield from (r["text"] for r in load_text(path.read_text(encoding="utf-8"), path.name))


def texts(paths: list[str], reports: int, words: int) -> list[str]:
    """So many reports of so many words, cut from the files; the texts begin again where they are fewer."""
    whole: list[str] = []
    enough = reports * words
    for text in texts_of(paths, 20 * reports) if paths else own_texts():
        whole.append(_SENTENCE_END.sub("\n", text) if len(text) > _LONG * (text.count("\n") + 1) else text)
        enough -= len(text.split())
        if enough < -words:
            break
    return list(islice(cycle(cut(whole, words)), reports))


def one_core(held: list[str]) -> dict[str, Any]:
    """File to database through the command line, held to one core where the system can do that."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "reports.jsonl"
        file.write_text("".join(json.dumps({"id": f"r{n}", "text": t}) + "\n" for n, t in enumerate(held)))
        command = [sys.executable, "-m", "dateline", "run", str(file), "-p", str(Path(folder) / "p"), "--workers", "1"]
        with (Path(folder) / "said").open("w+") as said:
            started = time.perf_counter()
            child = subprocess.Popen(command, stdout=said, stderr=said)
            if hasattr(os, "sched_setaffinity"):
                os.sched_setaffinity(child.pid, {min(os.sched_getaffinity(0))})
            _, status, used = os.wait4(child.pid, 0)
            seconds = time.perf_counter() - started
            child.returncode = os.waitstatus_to_exitcode(status)
            said.seek(0)
            if child.returncode:
                raise SystemExit(said.read())
    busy = used.ru_utime + used.ru_stime
    return {
        "reports": len(held),
        "words per report": round(sum(len(t.split()) for t in held) / len(held)),
        "seconds": round(seconds, 1),
        "processor seconds": round(busy, 1),
        "reports/s": round(len(held) / seconds, 2),
        "reports/s of processor time": round(len(held) / busy, 2),
        "aim reports/s": AIM_SPEED,
        "peak MB": round(used.ru_maxrss / 1024),
        "aim peak MB": AIM_MEMORY,
    }


def costliest(held: list[str], most: int) -> dict[str, Any]:
    """The functions that cost most outside the network: their own time and that of the C functions they call."""
    resources = load_resources(Config())
    process_one(Report(text=held[0]), resources)
    profile = cProfile.Profile(time.process_time)
    profile.enable()
    for text in held:
        process_one(Report(text=text), resources)
    profile.disable()
    stats: dict[Any, tuple[int, int, float, float, dict[Any, Any]]] = vars(pstats.Stats(profile))["stats"]
    spent: dict[Any, float] = defaultdict(float)
    network = 0.0
    for name, (_, _, own, _, callers) in stats.items():
        if "onnxruntime" in name[2]:
            network += own
        elif name[0] == "~":
            for caller, (_, _, of_caller, _) in callers.items():
                spent[caller] += of_caller
        else:
            spent[name] += own
    rest = sum(spent.values())
    first = sorted(spent.items(), key=lambda x: -x[1])[:most]
    found = {f"{Path(file).name}:{line} {name}": f"{100 * s / rest:.1f} %" for (file, line, name), s in first}
    return {"network": f"{100 * network / (network + rest):.0f} % of a profiled run", **found}


def whole_path(argv: list[str]) -> None:
    """The command `whole`."""
    ap = argparse.ArgumentParser(prog="python -m benchmarks.speed whole")
    ap.add_argument("paths", nargs="*")
    ap.add_argument("--reports", type=int, default=120)
    ap.add_argument("--words", type=int, default=400)
    ap.add_argument("--profile", type=int, default=0, metavar="N", help="also list the N costliest functions")
    ap.add_argument("--json", action="store_true")
    args = ap.parse_args(argv)
    held = texts(args.paths, args.reports, args.words)
    result: dict[str, Any] = {"whole": one_core(held)}
    if args.profile:
        result["profile"] = costliest(held[:PROFILED], args.profile)
    show(result, args.json)


def show(result: dict[str, Any], as_json: bool) -> None:
    """Print the parts of a result."""
    if as_json:
        print(json.dumps(result, indent=1))
        return
    for part, held in result.items():
        print(part)
        for name, value in held.items() if isinstance(held, dict) else [("", held)]:
            print(f"  {name:<28} {value}")


def main() -> None:
    """Measure and print."""
    if sys.argv[1:2] == ["whole"]:
        whole_path(sys.argv[2:])
        return
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
    show(result, args.json)


if __name__ == "__main__":
    main()
