"""Corpora in columns that annotate names only: WikiGold, WNUT-17, CrossNER politics, UNER English-EWT."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from training.corpora._build import Piece, Source, examples, mapped
from training.corpora._files import CorpusError, read_lines
from training.corpora._names import with_norp
from training.examples import Example, Tagged, flat

_NEW_DOCUMENT = "-DOCSTART-"


@dataclass(frozen=True, slots=True)
class Columns:
    """How to read one corpus. `word` and `tag` are column numbers; `None` as separator means any white space.

    `documents` says whether sentences follow each other in documents. `peoples`: MISC has the names of peoples,
    which become NORP.
    """

    name: str
    files: tuple[str, ...]
    types: Mapping[str, str]
    separator: str | None = "\t"
    word: int = 0
    tag: int = 1
    documents: bool = False
    peoples: bool = False

    def read(self, root: Path) -> Iterator[Example]:
        """Sentences, or windows of up to 120 words where the corpus has documents."""
        annotated = frozenset(self.types.values()) | ({"NORP"} if self.peoples else frozenset())
        for path in self.files:
            for doc, group in groupby(self._sentences(root / path), key=lambda s: s[0]):
                pieces = [self._piece(rows) for _, rows in group]
                if self.documents:
                    yield from examples(Source(self.name, doc, annotated), pieces)
                else:
                    for p in pieces:
                        yield from examples(Source(self.name, doc, annotated), [p])

    def _sentences(self, path: Path) -> Iterator[tuple[str, list[tuple[str, str]]]]:
        doc = stem = path.name.split(".")[0]
        documents = 0
        rows: list[tuple[str, str]] = []
        for number, line in enumerate([*read_lines(path), ""], 1):
            if not line.strip() or line.startswith(_NEW_DOCUMENT):
                if rows:
                    yield doc, rows
                    rows = []
                if line.startswith(_NEW_DOCUMENT):
                    documents += 1
                    doc = f"{stem}-{documents}"
            elif line.startswith("# ") and self.word:
                doc = line.partition("=")[2].strip() if line.startswith("# newdoc id") else doc
            else:
                cells = line.split(self.separator)
                if len(cells) <= max(self.word, self.tag):
                    raise CorpusError(f"{path}:{number}: {len(cells)} columns, expected {max(self.word, self.tag) + 1}")
                rows.append((cells[self.word], cells[self.tag].strip()))

    def _piece(self, rows: Sequence[tuple[str, str]]) -> Piece:
        words = tuple(w for w, _ in rows)
        spans = mapped(iob([t for _, t in rows]), self.types)
        return Piece(words, entities=flat(with_norp(words, spans) if self.peoples else spans))


def iob(tags: Sequence[str]) -> list[Tagged]:
    """Spans of B-, I- and O tags; an I- that continues nothing of its type begins a span (IOB1)."""
    spans: list[Tagged] = []
    first, label = 0, ""
    for i, tag in enumerate([*tags, "O"]):
        kind = tag[2:] if tag[:2] in ("B-", "I-") else ""
        if label and (kind != label or tag[0] == "B"):
            spans.append(Tagged(first, i - 1, label))
            label = ""
        if kind and not label:
            first, label = i, kind
    return spans


_CONLL = {"PER": "PER", "ORG": "ORG", "LOC": "LOC"}

WIKIGOLD = Columns(
    "wikigold",
    ("ner_misc/wikigold/CONLL-format/data/wikigold.conll.txt",),
    {**_CONLL, "MISC": "MISC"},
    separator=None,
    documents=True,
    peoples=True,
)
WNUT17 = Columns(
    "wnut17",
    tuple(
        f"ner_misc/WNUT17/CONLL-format/data/{f}"
        for f in ("train/wnut17train.conll", "dev/emerging.dev.conll", "test/emerging.test.annotated")
    ),
    {
        "person": "PER",
        "corporation": "ORG",
        "group": "ORG",
        "location": "LOC",
        "creative-work": "MISC",
        "product": "MISC",
    },
)
CROSSNER = Columns(
    "crossner_politics",
    tuple(f"crossner/politics_{split}.txt" for split in ("train", "dev", "test")),
    {
        "politician": "PER",
        "person": "PER",
        "politicalparty": "ORG",
        "organisation": "ORG",
        "country": "LOC",
        "location": "LOC",
        "election": "MISC",
        "event": "MISC",
        "misc": "MISC",
    },
    peoples=True,
)
UNER = Columns(
    "uner_ewt",
    tuple(f"uner_ewt/en_ewt-ud-{split}.iob2" for split in ("dev", "test")),
    _CONLL,
    word=1,
    tag=2,
    documents=True,
)
