"""Finding many phrases in a token sequence at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, TypeVar

from dateline.language.base import Token
from dateline.language.en.tokens import tokenize

T = TypeVar("T")


class Phrases(Generic[T]):
    """Phrases by their first word, longest first. Words are compared case-folded."""

    def __init__(self, items: Iterable[tuple[str, T]]) -> None:
        grown: dict[str, dict[tuple[str, ...], T]] = {}
        for phrase, value in items:
            words = tuple(t.lower for t in tokenize(phrase))
            if words:
                grown.setdefault(words[0], {}).setdefault(words[1:], value)
        self._by_first: dict[str, tuple[tuple[tuple[str, ...], T], ...]] = {
            first: tuple(sorted(rest.items(), key=lambda kv: (-len(kv[0]), kv[0]))) for first, rest in grown.items()
        }

    def all_at(self, tokens: Sequence[Token], i: int, end: int) -> Iterator[tuple[int, T]]:
        """All phrases that start at token i and end by `end`, longest first: (token after it, value)."""
        for rest, value in self._by_first.get(tokens[i].lower, ()):
            stop = i + 1 + len(rest)
            if stop <= end and all(tokens[i + 1 + k].lower == w for k, w in enumerate(rest)):
                yield stop, value

    def at(self, tokens: Sequence[Token], i: int, end: int) -> tuple[int, T] | None:
        """The longest phrase that starts at token i."""
        return next(self.all_at(tokens, i, end), None)

    def find(self, tokens: Sequence[Token], first: int, last: int) -> Iterator[tuple[int, int, T]]:
        """All phrases in [first, last) from left to right, none overlapping another: (start, stop, value)."""
        i = first
        while i < last:
            if found := self.at(tokens, i, last):
                yield i, found[0], found[1]
                i = found[0]
            else:
                i += 1
