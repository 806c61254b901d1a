"""Words that may name a happening, from hints.yaml: HINT mentions, which say nothing without a model's reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from dateline.data import load_yaml
from dateline.language.base import Mention, MentionKind, Sentence, Token
from dateline.language.en.inflect import phrase_forms, plural
from dateline.language.en.matcher import Phrases
from dateline.records import Report

PRODUCER = "triggers.hints.v1"
MAYBE, PLAIN = "maybe", "plain"
"""Norms of a hint: a word of many meanings, and one of a single category."""


def _forms(lists: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for verb in lists["verbs"]:
        yield from (form for form, _ in phrase_forms(verb))
    for noun in lists["nouns"]:
        yield from (noun, plural(noun))


@cache
def _phrases() -> Phrases[tuple[tuple[str, str], ...]]:
    """(kind of happening, norm) of every form, those of one category first."""
    data: dict[str, Any] = load_yaml("dateline.language.en.data", "hints.yaml")
    grown: dict[str, list[tuple[str, str]]] = {}
    for norm in (PLAIN, MAYBE):
        for kind, lists in data[norm].items():
            for form in sorted(set(_forms(lists))):
                grown.setdefault(form, []).append((kind, norm))
    return Phrases((form, tuple(kinds)) for form, kinds in grown.items())


def find(report: Report, tokens: Sequence[Token], sentences: Iterable[Sentence]) -> Iterator[Mention]:
    """HINT mentions: label is a kind of happening, norm MAYBE or PLAIN. A word of several kinds has several."""
    for s in sentences:
        for i, stop, kinds in _phrases().find(tokens, s.first, s.last):
            for kind, norm in kinds:
                start, end = tokens[i].start, tokens[stop - 1].end
                yield Mention(MentionKind.HINT, start, end, s.index, kind, norm, PRODUCER)
