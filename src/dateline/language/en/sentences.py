"""Paragraphs and sentences: token ranges, before their kind is known."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from dateline.data import load_yaml
from dateline.language.base import Token

_STOPS = frozenset(".?!…۔؟")
_CLOSERS = frozenset("\"'”’»)]")
_OPENERS = frozenset("\"'“‘«([")
_MARKS = frozenset(";,:–—")
_DASHES = frozenset("-–—")
_SIGNED = 3
"""Words of a signature."""
_MOST = 200
"""Tokens a sentence has at most: text that goes on longer is a list or no prose, and is cut at a mark of its own, so
that rules which look at all of a sentence stay quick."""


@cache
def _starters() -> frozenset[str]:
    return frozenset(load_yaml("dateline.language.en.data", "passages.yaml")["starters"])


def paragraphs(text: str, tokens: tuple[Token, ...]) -> Iterator[tuple[int, int]]:
    """Token ranges [first, last) of the paragraphs: runs of tokens without a line break between them."""
    first = 0
    for i in range(1, len(tokens)):
        gap = text[tokens[i - 1].end : tokens[i].start]
        if "\n" in gap or "\r" in gap or "\u2029" in gap:
            yield first, i
            first = i
    if tokens:
        yield first, len(tokens)


def starts_sentence(token: Token) -> bool:
    """Whether a sentence may begin with a token: a capital, a number, an opening quote, or letters without capitals."""
    head = token.text[0]
    return head.isupper() or head.isdigit() or head in _OPENERS or not head.isascii()


def _ends(tokens: tuple[Token, ...], i: int, last: int) -> int | None:
    """The token after the sentence end that token i makes, or None if it makes none."""
    t = tokens[i]
    dotted = len(t.text) > 1 and t.text.endswith(".")
    if t.text not in _STOPS and not dotted:
        return None
    j = i + 1
    while j < last and (
        tokens[j].text in _STOPS or (tokens[j].text in _CLOSERS and tokens[j].start == tokens[j - 1].end)
    ):
        j += 1
    if j >= last:
        return last
    if dotted:
        return j if tokens[j].text[0].isupper() and tokens[j].lower in _starters() else None
    initial = t.text == "." and i > 0 and len(tokens[i - 1].text) == 1 and tokens[i - 1].text.isupper()
    joined = tokens[j].start == t.end and not tokens[j].text[0].isupper()
    if initial or joined or not (starts_sentence(tokens[j]) or _is_signed(tokens, j, last)):
        return None
    return j


def _is_signed(tokens: tuple[Token, ...], i: int, last: int) -> bool:
    """Whether all that follows is a dash and a name: an agency's signature."""
    at = next((k for k in range(i, last) if tokens[k].text not in _DASHES), last)
    return i < at < last <= at + _SIGNED and all(t.text[0].isupper() for t in tokens[at:last])


def split(tokens: tuple[Token, ...], first: int, last: int) -> Iterator[tuple[int, int]]:
    """Token ranges of the sentences of one paragraph."""
    i = first
    while i < last:
        limit = min(last, first + _MOST)
        after = _ends(tokens, i, limit)
        if after is None and i + 1 < limit:
            i += 1
            continue
        if after in (None, limit) and limit < last:
            after = _cut(tokens, first, limit)
        yield first, after or last
        first = i = after or last


def _cut(tokens: tuple[Token, ...], first: int, limit: int) -> int:
    """Where a sentence that goes on too long is cut: behind its last mark in the second half, else at the limit."""
    return next((i + 1 for i in range(limit - 1, first + _MOST // 2, -1) if tokens[i].text in _MARKS), limit)
