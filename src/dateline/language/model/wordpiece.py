"""Words → word pieces, as BERT's uncased vocabulary wants them, and the case shape its lower-casing loses.

The algorithm is that of BERT's tokenizer (Devlin et al. 2019, `tokenization.py`): lower case, accents off,
punctuation split off, then the longest piece of the vocabulary first. Dateline's own tokens are the words, so that
every score is a score of a token with offsets. Kept here instead of a library because the usual one brings a
download client with it (law 8); `tests/language/model` compares the two where that library is installed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

SHAPES = 5
"""How many case shapes there are: lower, Title, UPPER, miXed, and without letters."""
_LONGEST = 64
"""Characters beyond which a word is unknown rather than spelt out."""
_PIECES = 10
"""Most pieces of one word; the middle of a longer one is left out."""
_REMEMBERED = 200_000
"""Words whose pieces are kept."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """Parallel lists: piece ids and case shapes with [CLS] first and [SEP] last; first and last piece of each word."""

    ids: list[int]
    shapes: list[int]
    first: list[int]
    last: list[int]


@dataclass(slots=True)
class WordPiece:
    """A vocabulary, one piece a line, that must hold [CLS], [SEP] and [UNK]."""

    vocabulary: Sequence[str]
    _index: dict[str, int] = field(init=False, repr=False)
    _known: dict[str, tuple[tuple[int, ...], tuple[int, ...]]] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._index = {piece: i for i, piece in enumerate(self.vocabulary)}

    def pieces(self, words: Iterable[str]) -> Pieces:
        """The pieces of some words in order."""
        out = Pieces([self._index["[CLS]"]], [SHAPES - 1], [], [])
        at = 1
        for ids, shapes in map(self._laid, words):
            out.first.append(at)
            out.ids.extend(ids)
            out.shapes.extend(shapes)
            at += len(ids)
            out.last.append(at - 1)
        out.ids.append(self._index["[SEP]"])
        out.shapes.append(SHAPES - 1)
        return out

    def word(self, word: str) -> tuple[int, ...]:
        """Piece ids of one word; at least one."""
        return self._laid(word)[0]

    def _laid(self, word: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Its pieces, and its case shape for each of them."""
        found = self._known.get(word)
        if found is None:
            if len(self._known) > _REMEMBERED:
                self._known.clear()
            ids = self._spell(word)
            found = self._known[word] = ids, (shape(word),) * len(ids)
        return found

    def _spell(self, word: str) -> tuple[int, ...]:
        ids = [i for part in _parts(word) for i in self._longest(part)] or [self._index["[UNK]"]]
        return tuple(ids if len(ids) <= _PIECES else ids[: _PIECES // 2] + ids[-_PIECES // 2 :])

    def _longest(self, part: str) -> list[int]:
        """Greedy longest match; [UNK] if a rest fits no piece."""
        ids: list[int] = []
        start = 0
        while start < len(part) <= _LONGEST:
            prefix = "##" if start else ""
            end = next((e for e in range(len(part), start, -1) if prefix + part[start:e] in self._index), start)
            if end == start:
                return [self._index["[UNK]"]]
            ids.append(self._index[prefix + part[start:end]])
            start = end
        return ids or [self._index["[UNK]"]]


def _parts(word: str) -> list[str]:
    """Lower-cased, without accents, cut before and behind each mark of punctuation."""
    parts: list[str] = [""]
    for c in unicodedata.normalize("NFD", word.lower()):
        category = unicodedata.category(c)
        if category == "Mn" or category[0] == "C":
            continue
        if category[0] in "PS" or _ideograph(c):
            parts.extend((c, ""))
        else:
            parts[-1] += c
    return [p for p in parts if p]


def _ideograph(c: str) -> bool:
    return "\u3400" <= c <= "\u9fff" or "\uf900" <= c <= "\ufaff" or c >= "\U00020000"


def shape(word: str) -> int:
    """Case shape of a word: 0 lower, 1 Title, 2 UPPER (more than one letter), 3 mixed, 4 no cased letters."""
    if word.islower():
        return 0
    if word.isupper():
        return 2 if sum(map(str.isalpha, word)) > 1 else 1
    if word[:1].isupper() and word[1:].islower():
        return 1
    return 3 if word.lower() != word.upper() else SHAPES - 1
