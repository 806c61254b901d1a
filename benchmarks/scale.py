"""Linking at scale: statements made of real ones by perturbation, linked as a collection, in one process.

    python -m benchmarks.scale 10000 100000 1000000 [--json]

The reports of training/texts are read by the product once. Each copy of them lies in other days, bears other names,
lies in other places, counts others and is told in other words; each of its reports is told once to three times, by
different outlets, twice in the same words and once in somewhat different ones. `--likeness` compares how alike two
copies of a report are with how alike different reports are. Seconds are those of linking alone; memory is the peak
resident size of the process, which makes the statements one report at a time.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import re
import resource
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from datetime import timedelta
from functools import cache, lru_cache
from random import Random
from statistics import median
from typing import Any
from zlib import crc32

from training.gold import as_report
from training.own import load as own_reports

from dateline.config import Config
from dateline.incidents.items import linkables
from dateline.incidents.linking import Linker
from dateline.incidents.story import LEAST, Story, story
from dateline.incidents.vocabulary import RARE, rarity, words
from dateline.pipeline import load_resources, process_one
from dateline.records import Figure, Party, Place, Report, ReportResult, Statement, Value, When

AIM_SECONDS, AIM_MB = 900, 6000
_NAME = re.compile(r"\b[A-Z][a-z]{3,}\b")
_PLAIN = re.compile(r"\b[a-z]{3,}\b")
_OWN_WORDS = 0.3
"""The share of words that an outlet puts otherwise, where it does not reprint."""
_LETTERS = ("aeiou", "bcdfghjklmnpqrstvwxyz")
_YEARS = 3650


@cache
def real() -> tuple[ReportResult, ...]:
    """What the product reads in the reports of training/texts."""
    resources = load_resources(Config())
    found = (process_one(as_report(row), resources) for row in own_reports())
    return tuple(r for r in found if r.statements)


def renamed(text: str, copy: int) -> str:
    """The text with other names of the same length: made-up ones for rare ones, and for others some as rare; the same
    name becomes the same."""

    def other(m: re.Match[str]) -> str:
        word = m[0]
        if rarity(word.casefold(), words()) <= RARE:
            return _other_word(word, copy)
        shift = crc32(f"{copy} {word}".encode())
        made = "".join(_turned(c, shift + n) for n, c in enumerate(word.lower()))
        return made.capitalize()

    return _NAME.sub(other, text)


def _turned(letter: str, shift: int) -> str:
    row = _LETTERS[letter not in _LETTERS[0]]
    return row[(row.index(letter) + shift) % len(row)]


def _likely(word: str) -> tuple[int, int, bool] | None:
    """Length, rarity and case of a word that says what a report is about, None of any other."""
    level = rarity(word.casefold(), words())
    return (len(word), level, word.islower()) if level >= LEAST and word not in words().stopwords else None


@cache
def _pool() -> Mapping[tuple[int, int, bool], Sequence[str]]:
    """The words of the reports by kind."""
    held: dict[tuple[int, int, bool], set[str]] = defaultdict(set)
    for word in {w for r in real() for w in (*_PLAIN.findall(r.report.text), *_NAME.findall(r.report.text))}:
        if kind := _likely(word):
            held[kind].add(word)
    return {kind: sorted(found) for kind, found in held.items()}


@lru_cache(maxsize=1 << 16)
def _other_word(word: str, copy: int) -> str:
    kind = _likely(word)
    pool = _pool().get(kind, ()) if kind else ()
    return pool[crc32(f"{copy} {word}".encode()) % len(pool)] if word in pool else word


def reworded(text: str, kept: Set[str], copy: int, version: int) -> str:
    """The text in other words of the same length and as rare, but for those that are `kept`; the same word becomes the
    same in all of a copy, but for some that the last of three versions puts in its own way."""

    def other(m: re.Match[str]) -> str:
        if m[0] in kept:
            return m[0]
        found = _other_word(m[0], copy)
        own = version == 2 and crc32(f"{copy} {found}".encode()) % 100 < 100 * _OWN_WORDS
        return _other_word(found, -1 - copy) if own else found

    return _PLAIN.sub(other, text)


def perturbed(held: ReportResult, copy: int, version: int) -> ReportResult:
    """One telling of a report in a copy of the collection."""
    of_copy, of_version = Random(copy), Random(f"{copy} {version} {held.report.key}")
    days = timedelta(of_copy.randrange(_YEARS))
    north, east = of_copy.uniform(-2, 2), of_copy.uniform(-2, 2)
    old = held.report
    triggers = {w for s in held.statements for t in s.trigger for w in _PLAIN.findall(t.quote)}
    report = Report(
        text=reworded(renamed(old.text, copy), triggers, copy, version),
        title=old.title,
        external_id=f"{old.key}-{copy}-{version}",
        outlet=f"outlet {of_version.randrange(50)}",
        published=old.published + days + timedelta(min(version, 1)) if old.published else None,
    )

    def value(v: Any) -> Any:
        if not isinstance(v, Value):
            return v
        at = tuple(report.span(s.start, s.end) for s in v.spans)
        if isinstance(v, Place) and v.lat is not None and v.lon is not None:
            lat, lon = max(-89.0, min(89.0, v.lat + north)), v.lon + east
            return replace(v, spans=at, place_id=f"{v.place_id}-{copy}", lat=lat, lon=lon, name=renamed(v.name, copy))
        if isinstance(v, When):
            first, last = (d + days if d else None for d in (v.earliest, v.latest))
            return replace(v, spans=at, earliest=first, latest=last, anchor=None)
        if isinstance(v, Figure) and v.min is not None and v.min == v.max:
            number = v.min + of_copy.randrange(9) + (version == 2 and v.min > 3)
            return replace(v, spans=at, min=number, max=number)
        return replace(v, spans=at, name=renamed(v.name, copy)) if isinstance(v, Party) else replace(v, spans=at)

    def telling(s: Statement) -> Statement:
        lists = ("actors", "targets", "weapons", "places", "figures", "sources", "codes")
        changed: dict[str, Any] = {name: tuple(map(value, getattr(s, name))) for name in lists}
        changed |= {name: value(getattr(s, name)) for name in ("event", "sub_event", "certainty", "date")}
        return replace(
            s,
            id="",
            report_id=report.id,
            sentence=report.span(s.sentence.start, s.sentence.end),
            trigger=tuple(report.span(t.start, t.end) for t in s.trigger),
            **changed,
        )

    return ReportResult(report=report, statements=tuple(map(telling, held.statements)))


def made(statements: int) -> Iterator[ReportResult]:
    """So many statements, or a few more, copy after copy."""
    copy = 0
    while statements > 0:
        for held in real():
            for version in range(1 + crc32(f"{copy} {held.report.key}".encode()) % 3):
                yield perturbed(held, copy, version)
                statements -= len(held.statements)
                if statements <= 0:
                    return
        copy += 1


class Clocked:
    """Reports one by one, and the seconds it took to make them."""

    def __init__(self, statements: int) -> None:
        self.seconds, self.reports, self.statements = 0.0, 0, 0
        self._source = made(statements)

    def __iter__(self) -> Clocked:
        return self

    def __next__(self) -> ReportResult:
        started = time.process_time()
        try:
            found = next(self._source)
        finally:
            self.seconds += time.process_time() - started
        self.reports += 1
        self.statements += len(found.statements)
        return found


def measure(statements: int) -> dict[str, Any]:
    """Link so many, in a process of its own."""
    real()
    source = Clocked(statements)
    wall, busy = time.perf_counter(), time.process_time()
    found = Linker(Config().link, keep=False).link_reports(source)
    wall, busy = time.perf_counter() - wall, time.process_time() - busy
    linking = busy - source.seconds
    return {
        "reports": source.reports,
        "statements": source.statements,
        "incidents": len(found.incidents),
        "links": len(found.links),
        "processor seconds": round(linking, 1),
        "wall seconds, making included": round(wall, 1),
        "ms per statement": round(1000 * linking / source.statements, 3),
        "peak MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def likeness() -> dict[str, Any]:
    """How alike a report is to the most alike other report, and to itself in another copy: medians."""

    def of(r: ReportResult) -> Story:
        return story(tuple(linkables((r,))), words())

    asked = real()[:: max(1, len(real()) // 100)]
    others = {r.report.key: of(r) for r in real()}
    nearest = [max(others[r.report.key].likeness(s) for k, s in others.items() if k != r.report.key) for r in asked]
    again = [of(perturbed(r, 1, 0)).likeness(of(perturbed(r, 2, 0))) for r in asked]
    return {"to the nearest other report": median(nearest), "to itself in another copy": median(again)}


def main() -> None:
    """Measure and print."""
    ap = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    ap.add_argument("statements", nargs="*", type=int)
    ap.add_argument("--likeness", action="store_true", help="how alike the made reports are")
    ap.add_argument("--json", action="store_true")
    args = ap.parse_args()
    if args.likeness:
        print(json.dumps(likeness()))
    for n in args.statements:
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            found = pool.apply(measure, (n,))
        said = found | {"aim seconds": AIM_SECONDS, "aim MB": AIM_MB}
        print(json.dumps(said) if args.json else "\n".join(f"{k:<32} {v}" for k, v in said.items()) + "\n", flush=True)


if __name__ == "__main__":
    main()
