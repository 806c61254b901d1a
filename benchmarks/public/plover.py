"""PLOVER root categories of what a source does to a target (Zero-Shot-PLOVER, PLV_train).

Each row is a sentence with two actors. The answer is the category of the statement whose actor and target lie best on
the two; `plover.yaml` says which category CAMEO gives it. A sentence in which the product finds nothing has no answer.
"""

from __future__ import annotations

import csv
import re
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from benchmarks.public._run import Options, read_reports, run_options, score, show
from dateline.data import load_yaml
from dateline.records import Report, Span, Statement, Value

AIMS = {"accuracy": 0.74, "macro_f1": 0.70}
GOLD = "data/plover_zsp/PLV_train.tsv"
Offsets = tuple[tuple[int, int], ...]

_ACTOR, _SPEAKER, _TARGET, _SWAPPED, _NAMED = 4, 2, 3, 3, 5
"""Points of a statement whose actor lies on the source, whose speaker does, whose target lies on the target, whose
actor and target lie on the other one; and what it loses if its trigger is part of an actor's name."""

_JOINED = frozenset({"and", "&", ","})


@dataclass(frozen=True, slots=True)
class Pair:
    """Where the two actors stand in the sentence."""

    source: Offsets
    target: Offsets


def places_of(words: str, text: str) -> Offsets:
    """Every place where the text has these words."""
    return tuple((m.start(), m.end()) for m in re.finditer(re.escape(words), text)) if words else ()


def on(spans: Iterable[Span], offsets: Offsets) -> bool:
    """Whether one of the spans shares a character with one of the places."""
    return any(s.start < end and start < s.end for s in spans for start, end in offsets)


def _any(values: Sequence[Value], offsets: Offsets) -> bool:
    return any(on(v.spans, offsets) for v in values)


def points(s: Statement, pair: Pair) -> int:
    """How well a statement is about what the source does to the target."""
    by, to = _any(s.actors, pair.source), _any(s.targets, pair.target)
    found = _ACTOR * by + _TARGET * to
    if not by:
        found += _SPEAKER * _any(s.sources, pair.source)
    if not by and not to:
        found += _SWAPPED * (_any(s.actors, pair.target) and _any(s.targets, pair.source))
    if not to and by:
        found += _any(s.actors, pair.target)
    return found - _NAMED * on(s.trigger, pair.source + pair.target)


def root(s: Statement, others: Sequence[Statement] = (), pair: Pair | None = None) -> str:
    """The benchmark's category of a statement; `others` are those of its sentence, `pair` who is asked about."""
    table: dict[str, Any] = load_yaml("benchmarks.public", "plover.yaml")
    acts = pair is None or _any(s.actors, pair.source)
    fits = (case["root"] for case in table["cases"] if case.get("acts", acts) == acts and _fits(case, s, others))
    return str(next(fits, table["names"].get(s.event.code, s.event.code)))


def _fits(case: Mapping[str, Any], s: Statement, others: Sequence[Statement]) -> bool:
    wanted = {k: {v} if isinstance(v, str) else set(v) for k, v in case.items() if k != "acts"}
    held = {
        "event": {s.event.code},
        "mode": {c.code for c in s.codes if c.scheme == "plover_mode"},
        "sub": {s.sub_event.code} if s.sub_event else set(),
        "certainty": {s.certainty.label.value},
        "beside": {o.event.code for o in others if o is not s and _together(s, o)},
    }
    words = {"trigger": " ".join(t.quote for t in s.trigger), "sentence": s.sentence.quote}
    return all(held[k] & v for k, v in wanted.items() if k in held) and all(
        any(w in words[k].lower() for w in v) for k, v in wanted.items() if k in words
    )


def _together(s: Statement, other: Statement) -> bool:
    """Whether an actor of one is an actor of the other."""
    return any(on(p.spans, tuple((q.start, q.end) for q in a.spans)) for a in s.actors for p in other.actors)


def chosen(statements: Sequence[Statement], pair: Pair) -> Statement | None:
    """The statement that fits the pair best; of several, the one told first after the source."""
    after = min((end for _, end in pair.source), default=0)

    def key(s: Statement) -> tuple[int, bool, int]:
        start = s.trigger[0].start
        return -points(s, pair), start < after, start

    return min(statements, key=key, default=None)


def answer(uid: str, statements: Sequence[Statement], pair: Pair) -> dict[str, Any]:
    """The prediction of one row."""
    best = chosen(statements, pair)
    return {"uid": uid, "root": root(best, statements, pair) if best else None}


def pair_of(row: Mapping[str, str]) -> Pair:
    """The actors of a row. Two that are joined ("A and B agreed") are one party: both act."""
    text = row["sentence"]
    source, target = places_of(row["source"], text), places_of(row["target"], text)
    if any(text[a[1] : b[0]].strip() in _JOINED for a in source for b in target if a[1] <= b[0]):
        source = target = source + target
    return Pair(source, target)


def _error(row: Mapping[str, str], statements: Sequence[Statement], given: str | None) -> str:
    lines = [f"{row['gold_root']} not {given}: {row['marked_sentence']}"]
    for s in statements:
        parties = " ".join(f"{f}={v.spans[0].quote!r}" for f, v in s.values() if f in ("actors", "targets") and v.spans)
        lines.append(f"    {s.event.code} {s.certainty.label.value} {s.trigger[0].quote!r} {parties}")
    return "\n".join(lines)


@click.command("plover", help=(__doc__ or "").split("\n\n")[0])
@run_options
def command(options: Options) -> None:
    """Read, answer, score."""
    gold = options.shared(GOLD)
    with gold.open(encoding="utf-8", newline="") as f:
        rows = options.first(csv.DictReader(f, delimiter="\t"))
    reports = [Report(text=r["sentence"], external_id=str(n)) for n, r in enumerate(rows)]
    results = read_reports("plover", reports, options)
    found = [answer(str(n), h.statements, pair_of(r)) for n, (r, h) in enumerate(zip(rows, results, strict=True))]
    wrong = [
        _error(r, h.statements, p["root"])
        for r, h, p in zip(rows, results, found, strict=True)
        if r["gold_root"] != p["root"]
    ]
    show(_scored(rows, found, options), AIMS, options, wrong)


def _scored(rows: Sequence[Mapping[str, str]], found: Sequence[Mapping[str, Any]], options: Options) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as tmp:
        part = Path(tmp) / "gold.tsv"
        with part.open("w", encoding="utf-8", newline="") as f:
            writer = csv.DictWriter(f, fieldnames=list(rows[0]) if rows else [], delimiter="\t")
            writer.writeheader()
            writer.writerows(rows)
        return score("plover.py", part, found, options)
