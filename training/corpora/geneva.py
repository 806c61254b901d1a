"""GENEVA: event triggers with FrameNet's types and roles, a sentence at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from training.corpora._build import Piece, Source, examples
from training.corpora._files import read_jsonl
from training.examples import Example, Frame, Tagged

FILE = "geneva/geneva.jsonl.gz"
_QUOTES = frozenset({"`", "'"})


def read(root: Path) -> Iterator[Example]:
    """One example per distinct sentence; where a sentence comes twice, the events of both are kept."""
    seen: dict[tuple[str, ...], tuple[str, set[Frame]]] = {}
    for row in read_jsonl(root / FILE):
        words, place = joined_quotes(row["tokens"])
        seen.setdefault(words, (row["doc_id"], set()))[1].update(_frames(row, place))
    for words, (doc, frames) in seen.items():
        kept = tuple(sorted(frames, key=lambda f: (f.head, f.label, [(a.first, a.last, a.label) for a in f.args])))
        yield from examples(Source("geneva", doc), [Piece(words, frames=kept)])


def joined_quotes(tokens: Sequence[str]) -> tuple[tuple[str, ...], list[int]]:
    """Words with quotation marks written as two tokens made one, and the new place of each token."""
    words: list[str] = []
    place: list[int] = []
    open_ = False
    for i, token in enumerate(tokens):
        open_ = not open_ and i > 0 and token in _QUOTES and token == tokens[i - 1]
        if open_:
            words[-1] = '"'
        else:
            words.append(token)
        place.append(len(words) - 1)
    return tuple(words), place


def _frames(row: Any, place: Sequence[int]) -> Iterator[Frame]:
    """Ends are exclusive in the file. A trigger of several words has its head in the first."""
    spans = {e["id"]: (place[e["start"]], place[e["end"] - 1]) for e in row["entity_mentions"]}
    for event in row["event_mentions"]:
        args = sorted({(*spans[a["entity_id"]], a["role"]) for a in event["arguments"]})
        yield Frame("event", place[event["trigger"]["start"]], event["event_type"], tuple(Tagged(*a) for a in args))
