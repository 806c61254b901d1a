"""Event factuality (UDS-IH2 and UW): happened, did not happen, or uncertain, for predicates that are given.

Gold are means of people's judgements from -3 (surely not) to 3 (surely). From 1 upwards is taken as happened, from -1
downwards as not, the rest as uncertain (the three ways of the scale's thirds). The product says how surely a statement
is made; of predicates it makes no statement of, its own rules of certainty are asked. Nothing of this is tuned: the
figures are reported, not aimed at.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from benchmarks.public._annotated import Read, read_annotated
from benchmarks.public._run import Options, run_options, show
from dateline.labels import Certainty
from dateline.language.base import Mention, MentionKind
from dateline.records import Report
from dateline.statements.certainty import certainty_of
from dateline.statements.context import Context

PARTS = ("UDS_IH2", "UW")
GOLD = "data/factuality_reexamining/{}/dev.jsonl"
WAYS = ("happened", "not", "uncertain")
WAY = {
    Certainty.STATED: "happened",
    Certainty.CONFIRMED: "happened",
    Certainty.CLAIMED: "happened",
    Certainty.DENIED: "not",
    Certainty.ALLEGED: "uncertain",
    Certainty.UNVERIFIED: "uncertain",
    Certainty.PLANNED: "uncertain",
    Certainty.HYPOTHETICAL: "uncertain",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A predicate of a sentence: its offsets, and which way people judge it."""

    start: int
    end: int
    way: str


def way_of(label: float) -> str:
    """Which of the three ways a judgement is."""
    return "happened" if label >= 1 else "not" if label <= -1 else "uncertain"


def asked(row: dict[str, Any]) -> list[Asked]:
    """The predicates of a line; their places are given in words parted by spaces."""
    starts, at = [], 0
    words = row["text"].split(" ")
    for word in words:
        starts.append(at)
        at += len(word) + 1
    out = []
    for target in row["targets"]:
        first, last = target["span1"]
        out.append(Asked(starts[first], starts[last - 1] + len(words[last - 1]), way_of(target["label"])))
    return out


def answer(read: Read, a: Asked) -> tuple[str, bool]:
    """Which way the product has a predicate, and whether it makes a statement of it."""
    for statement in read.statements:
        if any(t.start < a.end and a.start < t.end for t in statement.trigger):
            return WAY[statement.certainty.label], True
    for sentence in read.annotation.sentences:
        if sentence.start <= a.start < sentence.end:
            ctx = Context(read.report, read.annotation, sentence)
            word = Mention(MentionKind.TRIGGER, a.start, a.end, sentence.index, "", "", "asked")
            return WAY[certainty_of(ctx, word, ()).label], False
    return "happened", False


def scores(pairs: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """F1 of each way, their mean, and accuracy, of (gold, predicted) pairs."""
    both = Counter(g for g, p in pairs if g == p)
    gold, made = Counter(g for g, _ in pairs), Counter(p for _, p in pairs)
    f1 = {w: 2 * both[w] / (gold[w] + made[w]) if gold[w] + made[w] else 0.0 for w in WAYS}
    right = sum(both.values()) / len(pairs) if pairs else 0.0
    return {**f1, "macro_f1": sum(f1.values()) / len(WAYS), "accuracy": right, "predicates": len(pairs)}


def _sentences(path: Path, part: str) -> Iterator[tuple[Report, list[Asked]]]:
    for n, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        row = json.loads(line)
        yield Report(text=row["text"], external_id=f"{part}-{n}"), asked(row)


@click.command("factuality")
@run_options
def command(options: Options) -> None:
    """Whether given predicates happened (UDS-IH2, UW)."""
    figures: dict[str, Any] = {}
    errors: list[str] = []
    for part in PARTS:
        rows = options.first(_sentences(options.shared(GOLD.format(part)), part))
        reads = read_annotated(f"factuality-{part}", [r for r, _ in rows], options)
        every: list[tuple[str, str]] = []
        stated: list[tuple[str, str]] = []
        for read, (report, predicates) in zip(reads, rows, strict=True):
            for a in predicates:
                way, held = answer(read, a)
                every.append((a.way, way))
                if held:
                    stated.append((a.way, way))
                if way != a.way:
                    errors.append(f"{report.text}\n  “{report.text[a.start : a.end]}” is {a.way}, here {way}")
        figures[part] = scores(every)
        figures[f"{part} of statements"] = scores(stated)
    show(figures, {f"{part}.{key}": None for part in figures for key in figures[part]}, options, errors)
