"""Weapons, munitions and platforms, from weapons.yaml."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from dateline.data import load_yaml
from dateline.language.base import Mention, MentionKind, Sentence, Token
from dateline.language.en.inflect import plural
from dateline.language.en.matcher import Phrases
from dateline.records import Report

PRODUCER = "weapons.lexicon.v1"


def _entries() -> Iterator[tuple[str, tuple[str, str]]]:
    for kind, words in load_yaml("dateline.language.en.data", "weapons.yaml").items():
        for name in words["named"]:
            yield str(name), (kind, str(name))
        for name in words["common"]:
            yield name, (kind, name)
            yield plural(name), (kind, name)


@cache
def _phrases() -> Phrases[tuple[str, str]]:
    return Phrases(_entries())


def find(report: Report, tokens: tuple[Token, ...], sentences: Iterable[Sentence]) -> Iterator[Mention]:
    """WEAPON mentions: label is the class, norm the lexicon's name."""
    for s in sentences:
        for i, stop, (kind, name) in _phrases().find(tokens, s.first, s.last):
            start, end = tokens[i].start, tokens[stop - 1].end
            yield Mention(MentionKind.WEAPON, start, end, s.index, kind, name, PRODUCER)
