"""Finding many phrases in a token sequence at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, TypeVar

from dateline.language.base import Token
from dateline.language.en.tokens import tokenize

T = TypeVar("T")


def _words(phrase: str) -> tuple[str, ...]:
    """The case-folded tokens of a phrase; one of plain letters, as most are, needs no tokenizer."""
    if phrase.isascii() and phrase.replace(" ", "").isalpha():
        return tuple(phrase.lower().split())
    return tuple(t.lower for t in tokenize(phrase))


class Phrases(Generic[T]):
    """Phrases by their first word. Words are compared case-folded; the first value given for a phrase is kept."""

    def __init__(self, items: Iterable[tuple[str, T]]) -> None:
        self._by_first: dict[str, dict[tuple[str, ...], T]] = {}
        for phrase, value in items:
            words = _words(phrase)
            if words:
                self._by_first.setdefault(words[0], {}).setdefault(words[1:], value)
        self._lengths = {
            first: tuple(sorted({len(rest) for rest in held}, reverse=True)) for first, held in self._by_first.items()
        }

    def all_at(self, tokens: Sequence[Token], i: int, end: int) -> Iterator[tuple[int, T]]:
        """All phrases that start at token i and end by `end`, longest first: (token after it, value)."""
        first = tokens[i].lower
        held = self._by_first.get(first)
        if held is None:
            return
        for n in self._lengths[first]:
            stop = i + 1 + n
            if stop <= end and (rest := tuple([t.lower for t in tokens[i + 1 : stop]])) in held:
                yield stop, held[rest]

    def at(self, tokens: Sequence[Token], i: int, end: int) -> tuple[int, T] | None:
        """The longest phrase that starts at token i."""
        if tokens[i].lower not in self._by_first:
            return None
        return next(self.all_at(tokens, i, end), None)

    def named(self, word: str) -> T | None:
        """The value of a phrase of one word, given in lower case."""
        return self._by_first.get(word, {}).get(())

    def find(self, tokens: Sequence[Token], first: int, last: int) -> Iterator[tuple[int, int, T]]:
        """All phrases in [first, last) from left to right, none overlapping another: (start, stop, value)."""
        i, known = first, self._by_first
        while i < last:
            if tokens[i].lower in known and (found := next(self.all_at(tokens, i, last), None)):
                yield i, found[0], found[1]
                i = found[0]
            else:
                i += 1
