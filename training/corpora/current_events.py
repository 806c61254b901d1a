"""Wikipedia's portal of current events: items on armed conflict, text alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from dateline.language.en.tokens import tokenize
from training.corpora._files import read_jsonl
from training.examples import Example

FILE = "wikipedia_current_events/items_armed_conflict.jsonl.gz"


def read(root: Path) -> Iterator[Example]:
    """Each item as one passage without annotation; `doc` is its text, by which it can be told from others."""
    for row in read_jsonl(root / FILE):
        words = tuple(t.text for t in tokenize(row["text"]))
        if words:
            yield Example("current_events", row["text"], words, (0,) * len(words), None, None, None, None, frozenset())
