"""Passages of a report: headline, dateline, caption, credit, sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from dateline.data import load_yaml
from dateline.labels import PassageKind
from dateline.language.base import Sentence, Token
from dateline.language.en.furniture import Page, before_story, heads, inside_story, is_foot, is_link
from dateline.language.en.sentences import paragraphs, split
from dateline.records import Report

_HEADLINE_TOKENS = 28
_FILED_WITHIN = 4
"""A dateline stands in one of the first paragraphs."""
_SHORT = 400
_DATELINE = 160
"""Characters a credit or caption, and a dateline, may have at most: longer ones are prose."""


@dataclass(frozen=True, slots=True)
class _Patterns:
    credit: re.Pattern[str]
    caption: re.Pattern[str]
    dateline: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    data = load_yaml("dateline.language.en.data", "passages.yaml")

    def any_of(kind: str) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{p})" for p in data[kind]), re.IGNORECASE | re.DOTALL)

    return _Patterns(any_of("credit"), any_of("caption"), re.compile(data["dateline"]))


def _kind(text: str) -> PassageKind:
    if len(text) > _SHORT:
        return PassageKind.SENTENCE
    if _patterns().credit.fullmatch(text):
        return PassageKind.CREDIT
    if _patterns().caption.fullmatch(text):
        return PassageKind.CAPTION
    return PassageKind.SENTENCE


def _headline(report: Report, text: str, n_tokens: int) -> bool:
    """Whether the first paragraph is the title repeated, or looks like one: short, without a full stop."""
    if report.title and text.strip().casefold() == report.title.strip().casefold():
        return True
    return n_tokens <= _HEADLINE_TOKENS and text.rstrip()[-1:] not in {".", "!", "?", ":", '"', "”", ")"}


def _filed(report: Report, tokens: tuple[Token, ...], first: int, last: int) -> int:
    """The first token after a dateline at the start of the paragraph, or `first` if there is none."""
    found = _patterns().dateline.match(report.text[tokens[first].start : tokens[last - 1].end][:_DATELINE])
    if not found:
        return first
    head = found.group()
    shout = head.split(",")[0].split("(")[0].split()[0].isupper()
    if not shout and "(" not in head:
        return first
    end = tokens[first].start + found.end()
    after = next((i for i in range(first, last) if tokens[i].start >= end), last)
    return after if after < last else first


def passages(report: Report, tokens: tuple[Token, ...]) -> tuple[Sentence, ...]:
    """All passages in text order. A paragraph that is a credit, a caption or a link is one passage."""
    ranges = list(paragraphs(report.text, tokens))
    made: list[tuple[int, int, PassageKind, int]] = []
    title, listed = report.title, False
    for n, (first, last) in enumerate(ranges):
        text = report.text[tokens[first].start : tokens[last - 1].end]
        listed = heads(text) or (listed and is_link(tokens, first, last))
        if listed:
            made.append((first, last, PassageKind.CREDIT, n))
            continue
        found = list(_paragraph(report, tokens, (n, len(ranges), title), (first, last)))
        if title is None and found[0][2] is PassageKind.HEADLINE:
            title = text
        made.extend((a, b, k, n) for a, b, k in found)
    return tuple(
        Sentence(i, tokens[a].start, tokens[b - 1].end, kind, n, a, b) for i, (a, b, kind, n) in enumerate(made)
    )


def _paragraph(
    report: Report, tokens: tuple[Token, ...], where: tuple[int, int, str | None], bounds: tuple[int, int]
) -> Iterator[tuple[int, int, PassageKind]]:
    """Passages of one paragraph; `where` = (number of the paragraph, how many there are, the title)."""
    (n, count, title), (first, last) = where, bounds
    text = report.text[tokens[first].start : tokens[last - 1].end]
    kind = _kind(text)
    if kind is not PassageKind.SENTENCE:
        yield first, last, kind
        return
    if n == 0 and count > 1 and _headline(report, text, last - first):
        yield first, last, PassageKind.HEADLINE
        return
    if n < _FILED_WITHIN:
        for a, b, kind in before_story(Page(report.text, tokens, title, report.published), first, last):
            yield a, b, kind
            first = b
    start = _filed(report, tokens, first, last) if first < last and n < _FILED_WITHIN else first
    if start > first:
        yield first, start, PassageKind.DATELINE
    for a, b in split(tokens, start, last):
        yield from _sentence(report, tokens, a, b)


def _sentence(
    report: Report, tokens: tuple[Token, ...], first: int, last: int
) -> Iterator[tuple[int, int, PassageKind]]:
    """The parts of one sentence."""
    late = first > len(tokens) // 2
    for a, b, part in inside_story(report.text, tokens, first, last):
        text = report.text[tokens[a].start : tokens[b - 1].end]
        yield a, b, part or (PassageKind.CREDIT if is_foot(text, tokens[a:b], late=late) else _kind(text))
