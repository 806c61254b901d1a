"""The import of a gazetteer at the scale of the world: time, memory, resuming, bad rows, look-ups.

    python -m benchmarks.gazetteer [--rows 13000000] [--kill] [--folder DIR] [--json]

Writes a made-up dump of GeoNames's form (seeded; nothing of it is GeoNames data), some rows of it bad, and imports it
with the product. With --kill a second import is killed with signal 9 halfway and started again; its file must have the
same bytes. Seconds of processor time count all processes of the import; memory is the highest sum of their shares
(PSS, Linux), taken twice a second. What became of the rows must be what the dump was made with.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import numpy as np
import yaml
from numpy.random import Generator

TABLES = Path(__file__).with_suffix(".yaml")
BATCH = 100_000
BAD_EVERY = 997
"""Every so many rows one is bad, in turn in each of the ways of `spoil`."""
COMMON = 20_000
"""Names that many places share."""
AIMS = {"wall s": 600, "peak MB": 2048, "open ms": 300, "resident MB": 150, "look-up µs": 200}


@dataclass(frozen=True, slots=True)
class Import:
    """One run of the command. `wall` and `cpu` in seconds, `peak` in MB; `exit` -9 if it was killed."""

    exit: int
    wall: float
    cpu: float
    peak: float
    out: str


def spoil(way: int, row: list[bytes], before: int) -> str:
    """Make a row bad in one of ten ways; returns the word the import counts it under. `before`: an id that is taken."""
    if way == 0:
        del row[9:]
    elif way == 1:
        row.append(b"one too many")
    elif way in (2, 3, 4):
        row[4 if way == 2 else 5] = (b"91.5", b"-180.01", b"nan")[way - 2]
    elif way == 5:
        row[1] += b"\xe9\xff"
    elif way == 6:
        row[0] = str(before).encode()
    elif way == 7:
        row[0] = b"n/a"
    elif way == 8:
        row[1] = b" "
    else:
        row[14] = b"many"
    return ("columns", "columns", *["coordinates"] * 3, "encoding", "duplicate", "id", "name", "population")[way]


class Maker:
    """Makes rows."""

    def __init__(self, seed: int) -> None:
        self.random: Generator = np.random.default_rng(seed)
        self.held: dict[str, Any] = yaml.safe_load(TABLES.read_text(encoding="utf-8"))
        self.common: list[str] = []
        self.words = [[str(w) for w in self.held[k]] for k in ("starts", "middles", "ends", "before", "after")]
        self.common = self.names(COMMON)

    def pick(self, among: dict[str, float] | Sequence[float], count: int) -> list[int]:
        """Indexes drawn by weight."""
        weights = np.asarray(list(among.values()) if isinstance(among, dict) else among, dtype=float)
        drawn: list[int] = self.random.choice(len(weights), size=count, p=weights / weights.sum()).tolist()
        return drawn

    def early(self, among: Sequence[str], count: int) -> list[str]:
        """Words, the first of the list more often."""
        at = (self.random.random(count) ** 1.6 * len(among)).astype(int).tolist()
        return [among[i] for i in at]

    def names(self, count: int) -> list[str]:
        """Names of one to three words. A quarter are common ones, the most common of them thousands of times."""
        starts, middles, ends, before, after = self.words
        parts = [self.early(w, count) for w in (starts, middles, middles, ends)]
        short = self.random.random(count) < 0.35
        made = [a + (b if s else b + c) + d for a, b, c, d, s in zip(*parts, short.tolist(), strict=True)]
        form = self.random.random(count).tolist()
        pre, post = self.early(before, count), self.early(after, count)
        usual = (self.random.random(count) ** 3 * COMMON).astype(int).tolist()
        return [
            self.common[u]
            if f > 0.75 and self.common
            else f"{p} {m}"
            if f < 0.25
            else f"{m} {q}"
            if f < 0.45
            else f"{p} {m} {q}"
            if f < 0.5
            else m
            for m, p, q, f, u in zip(made, pre, post, form, usual, strict=True)
        ]

    def alternates(self, names: list[str]) -> list[str]:
        """For each name its alternate names, joined: other spellings and other names, a third in other scripts."""
        counts = self.pick(self.held["alternates"], len(names))
        total = sum(counts)
        others, sort = iter(self.names(total)), iter(self.random.random(total).tolist())
        scripts: list[str] = self.held["scripts"]
        foreign = iter(self.random.integers(0, 1 << 30, total).tolist())
        made = []
        for name, n in zip(names, counts, strict=True):
            row = []
            for _ in range(n):
                other, how, seed = next(others), next(sort), next(foreign)
                letters = scripts[seed % len(scripts)]
                if how < 0.33:
                    other = "".join(letters[(seed >> s) % len(letters)] for s in range(3, 21, 3))
                elif how < 0.6:
                    other = name.replace("a", "e", 1).replace(" ", "-", 1)
                row.append(other)
            made.append(",".join(row))
        return made

    def rows(self, first: int, count: int) -> Iterator[list[bytes]]:
        """Good rows whose ids count up from `first`."""
        r = self.random
        names = self.names(count)
        others = self.alternates(names)
        countries, features = list(self.held["countries"]), [f.split(".") for f in self.held["features"]]
        of, what = self.pick(self.held["countries"], count), self.pick(self.held["features"], count)
        lat, lon = (r.random(count) * 150 - 65).tolist(), (r.random(count) * 360 - 180).tolist()
        people = np.where(r.random(count) < 0.12, r.lognormal(7, 1.8, count), 0).astype(int).tolist()
        region, second = r.integers(1, 30, count).tolist(), r.integers(1, 400, count).tolist()
        for i, name in enumerate(names):
            cls, code = features[what[i]]
            text = (
                f"{first + i}\t{name}\t{name}\t{others[i]}\t{lat[i]:.5f}\t{lon[i]:.5f}\t{cls}\t{code}\t"
                f"{countries[of[i]]}\t\t{region[i]:02}\t{second[i]}\t\t\t{people[i] if cls == 'P' else 0}\t\t"
                f"{second[i] * 3}\tEtc/UTC\t2020-0{1 + i % 9}-11"
            )
            yield text.encode().split(b"\t")


def write_dump(path: Path, rows: int, seed: int = 5) -> Counter[str]:
    """Write a dump; returns how many rows are bad, and why. Same rows and seed, same bytes."""
    maker, bad = Maker(seed), Counter[str]()
    with path.open("wb") as f:
        for start in range(0, rows, BATCH):
            made = list(maker.rows(start + 1, min(BATCH, rows - start)))
            for at in range(BAD_EVERY - 1 - start % BAD_EVERY, len(made), BAD_EVERY):
                number = start + at
                bad[spoil(number // BAD_EVERY % 10, made[at], number)] += 1
            f.write(b"\n".join(map(b"\t".join, made)) + b"\n")
    return bad


def dump_of(path: Path, rows: int, seed: int) -> Counter[str]:
    """`write_dump`, unless that very dump is there."""
    note = path.with_suffix(".json")
    made = {"rows": rows, "seed": seed}
    if note.is_file() and path.is_file():
        held = json.loads(note.read_text())
        if held["made"] == made:
            return Counter(held["bad"])
    bad = write_dump(path, rows, seed)
    note.write_text(json.dumps({"made": made, "bad": bad}))
    return bad


def _tree(pid: int) -> Iterator[int]:
    yield pid
    with suppress(OSError):
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            yield from _tree(int(child))


def _memory(pid: int) -> float:
    """MB of a process and those under it, pages they share counted once."""
    total = 0
    for p in _tree(pid):
        with suppress(OSError):
            found = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{p}/smaps_rollup").read_text(), re.M)
            total += int(found[1]) if found else 0
    return total / 1024


def run_import(dump: Path, target: Path, workers: int, kill_after: float | None = None) -> Import:
    """Import a dump with the command, or kill it with all its memory after so many seconds."""
    command = [sys.executable, "-m", "dateline", "gazetteer", "import", str(dump), "--to", str(target)]
    log = target.with_suffix(".log")
    started, peak, status = time.perf_counter(), 0.0, None
    with log.open("w") as out:
        child = subprocess.Popen([*command, "--workers", str(workers)], stdout=out, stderr=out)
        while True:
            pid, code, usage = os.wait4(child.pid, os.WNOHANG)
            if pid:
                status = child.returncode = os.waitstatus_to_exitcode(code)
                break
            if kill_after is not None and time.perf_counter() - started > kill_after:
                child.send_signal(signal.SIGKILL)
            peak = max(peak, _memory(child.pid))
            time.sleep(0.5)
    cpu = usage.ru_utime + usage.ru_stime
    return Import(status, time.perf_counter() - started, cpu, peak, log.read_text())


LOOK_UPS = """
import json, resource, sqlite3, sys, time
from pathlib import Path
def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 1e6
from dateline.resolve.gazetteer.index import SqliteGazetteer
path = Path(sys.argv[1])
started, used = time.perf_counter(), time.process_time()
gazetteer = SqliteGazetteer(path)
gazetteer.lookup("Damascus")
opened, cpu, small = time.perf_counter() - started, time.process_time() - used, resident()
with sqlite3.connect(path) as db:
    last = db.execute("SELECT max(id) FROM entry").fetchone()[0]
    find = "SELECT name FROM entry WHERE id >= ? LIMIT 1"
    names = [db.execute(find, (i * 7919 * 1009 % last,)).fetchone()[0] for i in range(20000)]
names += [n + "q" for n in names[::4]]
took, spent, found = [], [], 0
for name in names:
    started, used = time.perf_counter(), time.process_time()
    found += len(gazetteer.lookup(name))
    spent.append(time.process_time() - used)
    took.append(time.perf_counter() - started)
def told(all, what):
    all.sort()
    at = lambda share: round(1e6 * all[int(share * (len(all) - 1))])
    return {what + " µs": round(1e6 * sum(all) / len(all)), what + " median, 99 %, most": [at(0.5), at(0.99), at(1)]}
print(json.dumps({"open ms": round(1000 * opened), "open cpu ms": round(1000 * cpu), "look-ups": len(names),
    "candidates": found, **told(took, "look-up"), **told(spent, "look-up cpu"),
    "resident MB opened": round(small), "resident MB": round(resident())}))
"""


def look_ups(target: Path) -> dict[str, Any]:
    """Opening and looking up in a process of its own: names of entries drawn evenly, and names nothing has."""
    ran = subprocess.run([sys.executable, "-c", LOOK_UPS, str(target)], capture_output=True, text=True, check=True)
    measured: dict[str, Any] = json.loads(ran.stdout)
    return measured


def _hash(path: Path) -> str:
    with path.open("rb") as f:
        return hashlib.file_digest(f, "sha256").hexdigest()


def faults(out: str) -> Counter[str]:
    """What the command says of bad rows: why → how many."""
    return Counter({why: int(n.replace(",", "")) for n, why in re.findall(r"^ +([\d,]+) bad: (\w+)$", out, re.M)})


def measure(folder: Path, rows: int, seed: int, workers: int, kill: bool) -> dict[str, Any]:
    """Make a dump in `folder`, import it, ask it; all figures."""
    dump, target = folder / "dump.txt", folder / "whole.sqlite"
    started = time.perf_counter()
    bad = dump_of(dump, rows, seed)
    figures: dict[str, Any] = {"rows": rows, "dump MB": round(dump.stat().st_size / 1e6)}
    figures["making it s"] = round(time.perf_counter() - started)
    ran = run_import(dump, target, workers)
    if ran.exit not in (0, 1):
        raise SystemExit(ran.out)
    figures |= {"wall s": round(ran.wall, 1), "cpu s": round(ran.cpu, 1), "peak MB": round(ran.peak)}
    figures |= {"file MB": round(target.stat().st_size / 1e6), "bad rows": bad.total()}
    figures["bad rows as made"] = faults(ran.out) == bad
    figures |= look_ups(target)
    if kill:
        again = folder / "again.sqlite"
        killed = run_import(dump, again, workers, ran.wall / 2)
        rest = run_import(dump, again, workers)
        figures |= {"killed after s": round(killed.wall, 1), "exit": killed.exit, "rest s": round(rest.wall, 1)}
        figures |= {"rest cpu s": round(rest.cpu, 1), "same bytes": _hash(again) == _hash(target)}
    return figures


@click.command()
@click.option("--rows", type=click.IntRange(1), default=13_000_000, show_default=True)
@click.option("--seed", default=5, show_default=True)
@click.option("--workers", type=click.IntRange(1), default=2, show_default=True)
@click.option("--kill/--no-kill", default=False, show_default=True, help="Kill a second import halfway and resume it.")
@click.option("--folder", type=click.Path(path_type=Path, file_okay=False), help="Keep dump and gazetteer here.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def main(rows: int, seed: int, workers: int, kill: bool, folder: Path | None, as_json: bool) -> None:
    """Import a made-up dump of the world and measure."""
    with tempfile.TemporaryDirectory() as made:
        into = folder or Path(made)
        into.mkdir(parents=True, exist_ok=True)
        figures = measure(into, rows, seed, workers, kill)
    if as_json:
        click.echo(json.dumps(figures, ensure_ascii=False, indent=1))
        return
    for name, value in figures.items():
        aim = f"   (aim: under {AIMS[name]})" if name in AIMS else ""
        click.echo(f"{name:<20} {value}{aim}")


if __name__ == "__main__":
    main()
