"""re3d: entities in press releases, statements and encyclopedia articles on the war in Syria and Iraq.

Entities are character spans over the document's text, often inside one another; the flat layer keeps the outermost
people, organisations, places and nationalities, and dates, weapons, quantities and money beside them. BBC Online
is never read: its licence excludes commercial use.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from dateline.language.base import Token
from dateline.language.en.sentences import paragraphs, split
from dateline.language.en.tokens import tokenize
from training.corpora._build import Piece, Source, examples
from training.corpora._files import CorpusError, read_jsonl
from training.examples import Example, Span, Tagged, flat

GREEN = ("Australian Department of Foreign Affairs", "CENTCOM", "UK Government", "US State Department")
WIKIPEDIA = ("Wikipedia",)
EUROPEAN_UNION = ("Delegation of the European Union to Syria",)
_FREE = frozenset(GREEN + WIKIPEDIA + EUROPEAN_UNION)

TYPES: Mapping[str, str] = {
    "Person": "PER",
    "Organisation": "ORG",
    "Location": "LOC",
    "Nationality": "NORP",
    "Temporal": "DATE",
    "Weapon": "WEAPON",
    "MilitaryPlatform": "WEAPON",
    "Quantity": "NUM",
    "Money": "MONEY",
}
_ORDER = {"DATE": 1, "WEAPON": 1, "NUM": 1, "MONEY": 1}
_SURE = 0.5
"""Confidence of the crowd from which an entity counts. Below it most are slips of the automatic first pass."""


def read(root: Path, folders: Sequence[str] = GREEN + WIKIPEDIA) -> Iterator[Example]:
    """Windows of up to 120 words, with character offsets. Raises CorpusError for a folder that is not free."""
    for folder in folders:
        if folder not in _FREE:
            raise CorpusError(f"re3d: {folder!r} is not one of the free parts: {', '.join(sorted(_FREE))}")
    rows = {f: list(read_jsonl(root / "re3d" / f / "entities.json")) for f in folders}
    confirmed = _confirmed(row for folder in folders for row in rows[folder])
    for folder in folders:
        by_doc: dict[str, list[tuple[Span, str]]] = defaultdict(list)
        for row in rows[folder]:
            if row["type"] in TYPES and (row["confidence"] >= _SURE or _likely(row, confirmed)):
                by_doc[row["documentId"]].append(((row["begin"], row["end"]), TYPES[row["type"]]))
        for document in read_jsonl(root / "re3d" / folder / "documents.json"):
            source = Source("re3d", document["_id"], frozenset(TYPES.values()))
            yield from examples(source, _pieces(document["text"], by_doc[document["_id"]]))


def _confirmed(rows: Iterable[Any]) -> Mapping[str, str]:
    """Words → the type that the crowd confirmed most often for them."""
    sure = Counter((r["value"], r["type"]) for r in rows if r["confidence"] >= _SURE)
    return {value: kind for (value, kind), _ in sorted(sure.items(), key=lambda item: (item[1], item[0]))}


def _likely(row: Any, confirmed: Mapping[str, str]) -> bool:
    """Whether an entity that the crowd did not confirm is one: its words are, elsewhere, or it is a place's name."""
    usual = confirmed.get(row["value"], "Location" if row["value"][:1].isupper() else "")
    return bool(row["type"] == usual)


def _pieces(text: str, spans: Sequence[tuple[Span, str]]) -> list[Piece]:
    tokens = tokenize(text)
    at = [Tagged(*place, kind) for span, kind in spans if (place := aligned(tokens, span))]
    pieces = []
    for start, end in paragraphs(text, tokens):
        for first, last in split(tokens, start, end):
            inside = [
                Tagged(s.first - first, s.last - first, s.label) for s in at if first <= s.first and s.last < last
            ]
            pieces.append(
                Piece(
                    tuple(t.text for t in tokens[first:last]),
                    entities=flat(inside, _ORDER),
                    offsets=tuple((t.start, t.end) for t in tokens[first:last]),
                )
            )
    return pieces


def aligned(tokens: Sequence[Token], span: Span) -> Span | None:
    """First and last token of a character span; None if an end of it lies inside a word."""
    first = bisect_left(tokens, span[0], key=lambda t: t.start)
    last = bisect_right(tokens, span[1], key=lambda t: t.end) - 1
    if first > last:
        return None
    # An end inside a token that is split otherwise ("Front-led") leaves a gap of more than white space.
    cut_before = first > 0 and tokens[first - 1].end > span[0]
    cut_after = last + 1 < len(tokens) and tokens[last + 1].start < span[1]
    return None if cut_before or cut_after else (first, last)
