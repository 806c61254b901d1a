"""Where the event of a given verb happened (Halterman's event_location, the rows that are not RELABEL).

The answer is the event places of the statement made at the verb, as bare names: the corpus marks "Diyala" of "Diyala
province". Of several verbs for one happening the product makes one statement; so a verb that has none is answered with
the statement nearest to it in its sentence.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from benchmarks.public._annotated import Read, read_annotated
from benchmarks.public._run import Options, run_options, score_rows, show
from dateline.config import Config
from dateline.language.en.placewords import Longest, parse
from dateline.pipeline import load_resources
from dateline.records import Basis, Place, Report, Span, Statement
from dateline.resolve.gazetteer.index import SqliteGazetteer
from dateline.resolve.places import PlaceResolver

AIMS: dict[str, float | None] = {
    "exact.f1": 0.75,
    "exact.p": None,
    "exact.r": None,
    "overlap.f1": None,
    "record_exact": None,
    "no_location_accuracy": None,
    "with_location_found": None,
}
GOLD = "data/event_location/labeled_text.jsonl.gz"
Offsets = tuple[int, int]
_OWNS = ("'s", "’s")


def spans(row: dict[str, Any], label: str) -> list[Offsets]:
    """Spans of a label by their tokens: the character offsets of some rows count tokens."""
    tokens = row["tokens"]
    held = [s for s in row.get("spans") or [] if s["label"] == label]
    return sorted(
        (tokens[s["token_start"]]["start"], tokens[min(s["token_end"], len(tokens) - 1)]["end"]) for s in held
    )


def identity(text: str, verb: Offsets) -> str:
    """The scorer's id of a row."""
    return f"{hashlib.md5(text.encode()).hexdigest()[:16]}-{verb[0]}-{verb[1]}"


def bare(span: Span, names: Sequence[Offsets], text: str, known: Longest) -> Offsets | None:
    """Where the name of a place stands, without the words around it and without what it belongs to.

    A name that nothing else shows to be one must have a capital.
    """
    held = [n for n in names if n[0] < span.end and span.start < n[1]]
    while len(held) > 1 and text.startswith(_OWNS, held[0][1]):
        held = held[1:]
    if held:
        return held[0]
    head = parse(span.quote, known).head
    at = span.quote.find(head.name) if head else -1
    if head is None or at < 0 or not head.name[0].isupper():
        return None
    return span.start + at, span.start + at + len(head.name)


def told_at(verb: Offsets, read: Read) -> list[Statement]:
    """The statements made at a verb, else the one nearest to it in its sentence."""
    here = [s for s in read.statements if any(t.start < verb[1] and verb[0] < t.end for t in s.trigger)]
    if here:
        return here
    around = [s for s in read.statements if s.sentence.start <= verb[0] < s.sentence.end]
    return sorted(around, key=lambda s: (abs(s.trigger[0].start - verb[0]), s.trigger[0].start))[:1]


def answer(verb: Offsets, read: Read, names: Sequence[Offsets], known: Longest) -> list[Offsets]:
    """The names of the places where the event of a verb happened."""
    places: list[Place] = [p for s in told_at(verb, read) for p in s.event_places if p.basis is Basis.TEXT and p.spans]
    return sorted({found for p in places if (found := bare(p.spans[0], names, read.report.text, known))})


def _rows(path: Path) -> Iterator[tuple[dict[str, Any], Offsets]]:
    """The development rows with their verbs."""
    with gzip.open(path, "rt", encoding="utf-8") as f:
        for line in f:
            row = json.loads(line)
            verbs = spans(row, "VERB")
            if verbs and row.get("source") != "RELABEL":
                yield row, verbs[0]


def _names() -> Callable[[Read], list[Offsets]]:
    """Finds the place names of a text."""
    resolver = next(r for r in load_resources(Config()).resolvers if isinstance(r, PlaceResolver))
    return lambda read: [(t.start, t.end) for t in resolver.toponyms(read.report, read.annotation) if not t.national]


@click.command("event_location", help=(__doc__ or "").split("\n\n")[0])
@run_options
def command(options: Options) -> None:
    """Read, answer, score."""
    rows = options.first(_rows(options.shared(GOLD)))
    texts = list(dict.fromkeys(row["text"] for row, _ in rows))
    reads = {r.report.text: r for r in read_annotated("event_location", [Report(text=t) for t in texts], options)}
    find, known = _names(), SqliteGazetteer().longest
    names = {text: find(read) for text, read in reads.items()}
    found: dict[str, dict[str, Any]] = {}
    errors: list[str] = []
    for row, verb in rows:
        text, key = row["text"], identity(row["text"], verb)
        given = answer(verb, reads[text], names[text], known)
        found[key] = {"id": key, "locations": given}
        if given != (gold := spans(row, "LOCATION")):
            told = [[text[a:b] for a, b in x] for x in (gold, given)]
            errors.append(f"{text.strip()}\n  “{text[slice(*verb)]}”: {told[0]}, here {told[1]}")
    show(score_rows("event_location.py", [row for row, _ in rows], found.values(), options), AIMS, options, errors)
