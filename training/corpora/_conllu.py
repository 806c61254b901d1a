"""The parts of CoNLL-U that the readers use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from training.corpora._files import read_lines


@dataclass(frozen=True, slots=True)
class Word:
    """A syntactic word; `head` counts from 0 and is -1 for the root."""

    form: str
    upos: str
    xpos: str
    head: int
    relation: str
    misc: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sentence:
    """`doc` is the id of the last `# newdoc` line, "" before the first."""

    id: str
    doc: str
    words: tuple[Word, ...]


def read_conllu(path: Path) -> Iterator[Sentence]:
    """Sentences in file order; ranges (1-2) and empty nodes (1.1) are passed over."""
    doc = name = ""
    words: list[Word] = []
    for line in read_lines(path):
        if line.startswith("# newdoc id"):
            doc = line.partition("=")[2].strip()
        elif line.startswith("# sent_id"):
            name = line.partition("=")[2].strip()
        elif line and line[0] != "#":
            cells = line.split("\t")
            if cells[0].isdigit():
                words.append(_word(cells))
        elif not line and words:
            yield Sentence(name, doc, tuple(words))
            words = []
    if words:
        yield Sentence(name, doc, tuple(words))


def _word(cells: list[str]) -> Word:
    misc = {} if cells[9] == "_" else dict(part.split("=", 1) for part in cells[9].split("|") if "=" in part)
    return Word(cells[1], cells[3], cells[4], int(cells[6]) - 1, cells[7].split(":")[0], misc)
