"""The words of one human language that linking looks at, and how rare they are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from dateline.data import load_yaml

WORD = re.compile(r"[^\W_]+")
RARE = 6
"""A word this rare (see `Words.rarity`) is seldom shared by chance: less than one text of four hundred has it."""
UNSEEN = 9
"""The rarity of a word that the table of common words does not hold."""


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words of one human language that linking looks at. `common`: the rarity of stems that are no surprise."""

    ordinals: dict[str, int]
    another: frozenset[str]
    beside: frozenset[str]
    several: frozenset[str]
    definite: frozenset[str]
    indefinite: frozenset[str]
    after: frozenset[str]
    habits: frozenset[str]
    efforts: frozenset[str]
    lasting: frozenset[str]
    perfect: frozenset[str]
    since: frozenset[str]
    outcomes: frozenset[str]
    leads: frozenset[str]
    modal: frozenset[str]
    appeals: frozenset[str]
    speaking: frozenset[str]
    wars: frozenset[str]
    spans: frozenset[str]
    joining: frozenset[str]
    spots: frozenset[str]
    endings: tuple[str, ...]
    stopwords: frozenset[str]
    name_endings: frozenset[str]
    common: Mapping[str, int]

    def rarity(self, stem: str) -> int:
        """How surprising a stem is: the natural logarithm of how many texts there are for one that has it, rounded
        down; UNSEEN for one that hardly any text has."""
        return self.common.get(stem, UNSEEN)


@cache
def words(language: str = "dateline.language.en") -> Words:
    """The linking words of a language's package."""
    data: dict[str, Any] = load_yaml(f"{language}.data", "linking.yaml")
    endings: list[str] = load_yaml(f"{language}.linking", "names.yaml")["endings"]
    levels: dict[int, str] = load_yaml(f"{language}.linking", "commonness.yaml")["stems"]
    return Words(
        ordinals=dict(data["ordinals"]),
        another=frozenset(data["another"]),
        beside=frozenset(data["beside"]),
        several=frozenset(data["several"]),
        definite=frozenset(data["definite"]),
        indefinite=frozenset(data["indefinite"]),
        after=frozenset(data["after"]),
        habits=frozenset(data["habits"]),
        efforts=frozenset(data["efforts"]),
        lasting=frozenset(data["lasting"]),
        perfect=frozenset(data["perfect"]),
        since=frozenset(data["since"]),
        outcomes=frozenset(data["outcomes"]),
        leads=frozenset(data["leads"]),
        modal=frozenset(data["modal"]),
        appeals=frozenset(data["appeals"]),
        speaking=frozenset(data["speaking"]),
        wars=frozenset(data["wars"]),
        spans=frozenset(data["spans"]),
        joining=frozenset(data["joining"]),
        spots=frozenset(data["spots"]),
        endings=tuple(data["endings"]),
        stopwords=frozenset(data["stopwords"]),
        name_endings=frozenset(endings),
        common=dict.fromkeys(data["stopwords"], 0)
        | {stem: level for level, stems in levels.items() for stem in stems.split()},
    )


@lru_cache(maxsize=1 << 16)
def stem(word: str, w: Words) -> str:
    """A word without its ending, at least three letters long."""
    for ending in w.endings:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def stemmed(text: str, w: Words) -> str:
    """A case-folded text as the stems of its words."""
    return " ".join(stem(t, w) for t in WORD.findall(text))


def stems(text: str, w: Words) -> frozenset[str]:
    """The stems of the words of a text, without those that are in every text."""
    return frozenset(stem(t, w) for t in set(WORD.findall(text.casefold())) if t not in w.stopwords)


def rarity(word: str, w: Words) -> int:
    """The rarity of a word: its own or that of its stem, whichever is less."""
    return min(w.rarity(word), w.rarity(stem(word, w)))
