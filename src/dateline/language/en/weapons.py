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
_CARRIED = "ied"
"""The class of a vehicle that is the bomb."""


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


@cache
def _borne(name: str) -> frozenset[str]:
    return frozenset(load_yaml("dateline.language.en.data", "borne.yaml")[name])


def find(report: Report, tokens: tuple[Token, ...], sentences: Iterable[Sentence]) -> Iterator[Mention]:
    """WEAPON mentions: label is the class, norm the lexicon's name."""
    for s in sentences:
        known: set[int] = set()
        for i, stop, (kind, name) in _phrases().find(tokens, s.first, s.last):
            start, end = tokens[i].start, tokens[stop - 1].end
            known.update(range(i, stop))
            yield Mention(MentionKind.WEAPON, start, end, s.index, kind, name, PRODUCER)
        for i in range(s.first, s.last):
            if i not in known:
                yield from _in_compound(tokens, i, s)


def _in_compound(tokens: tuple[Token, ...], i: int, s: Sentence) -> Iterator[Mention]:
    """The weapon that is part of a word ("knife-wielding") or that only the next word makes one ("car bomber")."""
    token = tokens[i]
    following = tokens[i + 1].lower if i + 1 < s.last else ""
    if token.lower in _borne("carriers") and following in _borne("bombs"):
        yield Mention(MentionKind.WEAPON, token.start, token.end, s.index, _CARRIED, token.lower, PRODUCER)
    word, hyphen, bearing = token.lower.rpartition("-")
    found = _phrases().named(word) if hyphen and bearing in _borne("bearing") else None
    if found:
        yield Mention(MentionKind.WEAPON, token.start, token.start + len(word), s.index, *found, PRODUCER)
