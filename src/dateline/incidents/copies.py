"""Which reports repeat the text of an earlier one, in whole or in one sentence.

Texts are compared by the runs of words they share (shingles; Broder 1997, "On the resemblance and containment of
documents"). MinHash estimates how many that are where millions of documents are compared. Here only the reports of
one incident are, so the shingles themselves are: exact, and containment (a wire story cut to its first half) is found
as well as resemblance.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

_WORD = re.compile(r"\w+")
TEXT_RUN = 5
"""Words of a shingle when texts are compared."""
COPIED = 0.5
"""Share of the shorter text's shingles that also stand in the other, from which one repeats the other. Among reports of
the Syrian war few pairs of texts share between two fifths and two thirds; more is reprinting, less is quoting."""
LEAST = 20
"""Fewest shared shingles: two short texts may share a formula."""
SENTENCE_RUN = 3
"""Words of a shingle when one sentence is looked for in a text."""
SENTENCE_COPIED = 0.8
REPRINT_WORDS = 5
"""Shorter sentences may be alike by chance; they are not taken for copies."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A report that repeats the text of an earlier one, and what share of the shorter of the two stands in both."""

    report_id: str
    of: str
    share: float


def words(text: str) -> tuple[str, ...]:
    """The words of a text, case-folded, without punctuation."""
    return tuple(_WORD.findall(text.casefold()))


def normal(sentence: str) -> str:
    """The words of a sentence in one line: equal for a sentence and its reprint."""
    return " ".join(words(sentence))


@lru_cache(maxsize=256)  # a report is looked at once for each of its incidents
def _shingles(text: str, run: int) -> frozenset[tuple[str, ...]]:
    held = words(text)
    return frozenset(zip(*(held[i:] for i in range(run)), strict=False))


def copies(texts: Mapping[str, str]) -> dict[str, Copy]:
    """Report id → what it repeats. `texts` holds the reports' texts, earliest first; an earlier one is the original.

    Only originals are compared with, so that a text printed a thousand times costs no more than one printed twice.
    """
    out: dict[str, Copy] = {}
    standing: dict[tuple[str, ...], list[str]] = defaultdict(list)
    sizes: dict[str, int] = {}
    for report_id, text in texts.items():
        own = _shingles(text, TEXT_RUN)
        shared = Counter(original for s in own for original in standing.get(s, ()))
        found = [
            (n / min(len(own), sizes[original]), original)
            for original, n in shared.items()
            if n >= LEAST and n >= COPIED * min(len(own), sizes[original])
        ]
        if found:
            share = max(s for s, _ in found)
            out[report_id] = Copy(report_id, next(o for o in sizes if (share, o) in found), round(share, 2))
            continue
        sizes[report_id] = len(own)
        for s in own:
            standing[s].append(report_id)
    return out


class Sentences:
    """Finds the first of several texts that holds a sentence, word for word or nearly."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._where: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for n, text in enumerate(texts):
            for shingle in _shingles(text, SENTENCE_RUN):
                self._where[shingle].append(n)

    def first(self, sentence: str, before: int) -> int | None:
        """The number of the first text before number `before` that holds the sentence, None if none does."""
        own = _shingles(sentence, SENTENCE_RUN)
        if len(own) < REPRINT_WORDS - SENTENCE_RUN + 1:
            return None
        held = Counter(n for s in own for n in self._where.get(s, ()) if n < before)
        return min((n for n, shared in held.items() if shared >= SENTENCE_COPIED * len(own)), default=None)
