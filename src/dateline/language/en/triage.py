"""Triage: whether a report is worth reading, told from its words in well under a millisecond.

Words have weights, positive where news of conflict and politics has them more often than other news
(data/triage.yaml, learnt by `python -m training.triage`). The score of a text is the highest sum over any WINDOW words
in a row: one passage about an attack is enough, however long the rest is. A short text shows little and costs little
to read, so it needs less. Case, punctuation and numbers change nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, repeat
from operator import sub
from typing import Any

from dateline.data import load_yaml
from dateline.language.base import Relevance

WINDOW = 40
"""Words that are judged together: about two sentences of news."""
_WORD = re.compile(r"[^\W\d_]+")
_NO_APOSTROPHES = {ord(c): None for c in "'’‘`´"}


def words(text: str) -> list[str]:
    """The words of a text in its order, case-folded, without numbers; "don't" is "dont", "car-bomb" two words."""
    return _WORD.findall(text.casefold().translate(_NO_APOSTROPHES))


@dataclass(frozen=True, slots=True)
class Scale:
    """Weights of words, and the score that texts need: `low` up to `short` words, `high` from `long` words, between
    them in proportion. Weights and scores are tenths of log odds, so that sums are exact."""

    weights: Mapping[str, int]
    bias: int
    short: int
    long: int
    low: int
    high: int

    def score(self, found: Sequence[str]) -> int:
        """The highest sum of weights over WINDOW words in a row, or over all if there are fewer, with the bias."""
        sums = self.sums(found)
        best: int = max(map(sub, sums[WINDOW:], sums), default=sums[-1])
        return self.bias + best

    def sums(self, found: Iterable[str]) -> list[int]:
        """The sum of weights before each word, and of all."""
        return [0, *accumulate(map(self.weights.get, found, repeat(0)))]

    def needed(self, length: int) -> int:
        """The score that a text of so many words needs."""
        beyond = min(max(length, self.short), self.long) - self.short
        return self.low + (self.high - self.low) * beyond // (self.long - self.short)

    def relevance(self, text: str) -> Relevance:
        """Score of a text and the score it needs."""
        found = words(text)
        return Relevance(self.score(found) / 10, self.needed(len(found)) / 10)


def scale(data: Mapping[str, Any]) -> Scale:
    """A scale from the contents of triage.yaml, where words are listed under their weight."""
    weights = {word: weight for weight, held in data["words"].items() for word in held.split()}
    return Scale(weights, **{key: data[key] for key in ("bias", "short", "long", "low", "high")})


@cache
def _scale() -> Scale:
    return scale(load_yaml("dateline.language.en.data", "triage.yaml"))


def relevance(text: str) -> Relevance:
    """How much an English text reads like news of conflict and politics."""
    return _scale().relevance(text)
