"""Where the event of a given verb happened (Halterman's event_location, the rows that are not RELABEL).

The product is asked about the verb: its model reads it as an event, whether or not it would have found one there, and
its rules decide on the places. They are given as bare names: the corpus marks "Diyala" of "Diyala province", but all of
a name written with capitals, "Diyala Governorate".
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from benchmarks.public._annotated import Read, read_annotated
from benchmarks.public._run import Options, run_options, score_rows, show
from dateline.config import Config
from dateline.labels import Basis
from dateline.language.en.modelled import ModelledEnglish
from dateline.language.en.placewords import Phrase, words
from dateline.pipeline import load_resources
from dateline.records import Report, Span, Statement
from dateline.resolve.gazetteer.index import SqliteGazetteer
from dateline.resolve.place_reading import PlaceReader
from dateline.resolve.places import PlaceResolver, Toponym
from dateline.statements.rulebook.base import is_participle

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
_CAPITAL = re.compile(rf"[ -](?:(?:{'|'.join(sorted(words().particles))})[ -])?[‘ʿ]?[A-Z0-9][\w’'‘`-]*")
_LETTERS = frozenset("‘ʿ")
_NO_PLACES = frozenset({"PER", "NORP"})
"""Names of these kinds are none of places."""


@dataclass(frozen=True, slots=True)
class Names:
    """The place names of a text, what takes other expressions apart, and where the names of people stand."""

    found: tuple[Toponym, ...]
    parse: Callable[[str], Phrase]
    others: tuple[Offsets, ...] = ()


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


def bare(span: Span, names: Names, text: str) -> Offsets | None:
    """Where the name of a place stands, without the words around it and without what it belongs to.

    A name that nothing else shows to be one must have a capital; a word for nationals or a person is none.
    """
    phrase = names.parse(span.quote)
    parts = [found for part in (phrase.head, *phrase.holders) if part and (found := _written(part.name, span))]
    places = [(n.start, n.end) for n in names.found if not n.national and n.start < span.end and span.start < n.end]
    others = (*names.others, *((n.start, n.end) for n in names.found if n.national))
    for found in (*parts, *places):
        over = [x for x in places if _share(found, x)]
        if over or not any(_share(found, x) for x in others):
            longer = [x for x in over if x[0] <= found[0] and found[1] <= x[1] and _is_name(text[slice(*x)].split())]
            return _whole(min(longer, default=found), span, text)
    return None


def _share(a: Offsets, b: Offsets) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _written(name: str, span: Span) -> Offsets | None:
    """Where a name stands in an expression, whatever space is between its words."""
    held = name.split()
    while held and not _is_name(held):
        held = held[:-1] if _is_capital(held[0]) else held[1:]
    found = re.search(r"\s+".join(map(re.escape, held)), span.quote) if held else None
    return (span.start + found.start(), span.start + found.end()) if found else None


def _is_name(held: Sequence[str]) -> bool:
    """Whether the first and the last word are written as those of a name."""
    return _is_capital(held[0]) and _is_capital(held[-1])


def _is_capital(word: str) -> bool:
    """Whether a word of a name is written as one: "Orla", "al-Orla", but not "Kurto-led"."""
    return any(c.isupper() for c in word) and word.lower() not in words().articles and not is_participle(word.lower())


def _whole(name: Offsets, span: Span, text: str) -> Offsets:
    """A name with the capitalised words that follow it in its expression, and a sign for a letter that begins it."""
    start, end = name
    while more := _CAPITAL.match(text, end, span.end):
        end = more.end()
    for own in _OWNS:
        end -= len(own) * text.endswith(own, start, end)
    return (start - 1 if text[start - 1 : start] in _LETTERS else start), end


def answer(verb: Offsets, statements: Sequence[Statement], text: str, names: Names) -> list[Offsets]:
    """The names of the places where the event of a verb happened; a name told twice counts where it is nearer."""
    told = [s for s in statements if any(t.start < verb[1] and verb[0] < t.end for t in s.trigger)]
    places = (p for s in told for p in s.event_places if p.basis is Basis.TEXT and p.spans)
    spans = {found for p in places if (found := bare(p.spans[0], names, text))}
    nearest: dict[str, Offsets] = {}
    for a, b in sorted(spans, key=lambda x: (abs(x[0] - verb[0]), x)):
        nearest.setdefault(text[a:b], (a, b))
    return sorted(nearest.values())


def _rows(path: Path) -> Iterator[tuple[dict[str, Any], Offsets]]:
    """The development rows with their verbs."""
    with gzip.open(path, "rt", encoding="utf-8") as f:
        for line in f:
            row = json.loads(line)
            verbs = spans(row, "VERB")
            if verbs and row.get("source") != "RELABEL":
                yield row, verbs[0]


class Asker:
    """The product, asked about verbs."""

    def __init__(self) -> None:
        resources = load_resources(Config())
        if not isinstance(resources.language, ModelledEnglish):
            raise click.ClickException("the default language has no model to ask")
        self._language, self._extractor = resources.language, resources.extractor
        self._resolver = next(r for r in resources.resolvers if isinstance(r, PlaceResolver))
        self._parse = PlaceReader(SqliteGazetteer(), {}).parse

    def told(self, read: Read, verbs: Sequence[Offsets]) -> tuple[Statement, ...]:
        """The statements made at verbs."""
        words = read.annotation.tokens
        starts = {w.start for a, b in verbs for w in words if w.start < b and a < w.end}
        return self._extractor.extract(read.report, self._language.asked(read.annotation, starts))

    def names(self, read: Read) -> Names:
        """The place names of a text."""
        others = tuple((n.start, n.end) for n in read.annotation.named if n.label in _NO_PLACES)
        return Names(tuple(self._resolver.toponyms(read.report, read.annotation)), self._parse, others)


@click.command("event_location", help=(__doc__ or "").split("\n\n")[0])
@run_options
def command(options: Options) -> None:
    """Read, ask, answer, score."""
    rows = options.first(_rows(options.shared(GOLD)))
    verbs: dict[str, list[Offsets]] = {}
    for row, verb in rows:
        verbs.setdefault(row["text"], []).append(verb)
    asker = Asker()
    given: dict[tuple[str, Offsets], list[Offsets]] = {}
    for read in read_annotated("event_location", [Report(text=t) for t in verbs], options):
        text = read.report.text
        statements, names = asker.told(read, verbs[text]), asker.names(read)
        given |= {(text, verb): answer(verb, statements, text, names) for verb in verbs[text]}
    found: dict[str, dict[str, Any]] = {}
    errors: list[str] = []
    for row, verb in rows:
        text, key = row["text"], identity(row["text"], verb)
        here, gold = given[text, verb], spans(row, "LOCATION")
        found[key] = {"id": key, "locations": here}
        if here != gold:
            told = [[text[a:b] for a, b in x] for x in (gold, here)]
            errors.append(f"{text.strip()}\n  “{text[slice(*verb)]}”: {told[0]}, here {told[1]}")
    show(score_rows("event_location.py", [row for row, _ in rows], found.values(), options), AIMS, options, errors)
