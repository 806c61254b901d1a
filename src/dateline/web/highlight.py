"""Marking spans in a text: cut it where spans begin and end, so that overlapping spans need no nesting.

Browsers count UTF-16 units and we count code points, so the server cuts and the page only shows the pieces.
Joining the pieces gives the text again, whatever the spans.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dateline.records import Span, Statement

_BREAK = re.compile(r"(?:\r\n?|\n|\u2029)(?:[ \t\u00a0]*(?:\r\n?|\n|\u2029))+")


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A span to show. `field` is "sentence", "trigger" or a field of a statement; `value` names the value it is
    evidence of ("3-actors-0": the first actor of statement 3; "3-trigger-0": the head of its trigger)."""

    start: int
    end: int
    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text under the same marks throughout. `start` is its offset in the whole text."""

    start: int
    text: str
    marks: tuple[Mark, ...]

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields it is evidence of, each once, without the sentence."""
        return tuple(dict.fromkeys(m.field for m in self.marks if m.field != "sentence"))

    @property
    def values(self) -> str:
        """The values it is evidence of, as a space-separated attribute."""
        return " ".join(dict.fromkeys(m.value for m in self.marks))

    @property
    def triggers(self) -> tuple[int, ...]:
        """The numbers of the statements of whose trigger it is part."""
        return _numbers(m for m in self.marks if m.field == "trigger")

    @property
    def heads(self) -> tuple[int, ...]:
        """The numbers of the statements whose trigger's head begins here: where a number is put."""
        return _numbers(m for m in self.marks if m.start == self.start and m.value.endswith("-trigger-0"))

    def fields_of(self, number: int) -> tuple[str, ...]:
        """Like `fields`, for one statement."""
        held = (m.field for m in self.marks if m.value.startswith(f"{number}-") and m.field != "sentence")
        return tuple(dict.fromkeys(held))


def _numbers(marks: Iterable[Mark]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(int(m.value.partition("-")[0]) for m in marks))


def pieces(text: str, marks: Iterable[Mark], start: int = 0, end: int | None = None) -> tuple[Piece, ...]:
    """`text[start:end]` cut at every edge of a mark. Marks that reach beyond are shown as far as they go."""
    stop = len(text) if end is None else min(end, len(text))
    inside = sorted({m for m in marks if m.start < stop and m.end > start and m.start < m.end})
    edges = {start, stop} | {e for m in inside for e in (m.start, m.end) if start < e < stop}
    cuts = sorted(edges)
    made: list[Piece] = []
    held: list[Mark] = []
    waiting = list(reversed(inside))
    for a, b in pairwise(cuts):
        while waiting and waiting[-1].start <= a:
            held.append(waiting.pop())
        held = [m for m in held if m.end > a]
        made.append(Piece(a, text[a:b], tuple(sorted(held))))
    return tuple(made)


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Where the paragraphs lie: stretches between blank lines. Single line breaks stay inside."""
    start = 0
    for found in _BREAK.finditer(text):
        if found.start() > start:
            yield start, found.start()
        start = found.end()
    if start < len(text):
        yield start, len(text)


def marked_paragraphs(text: str, marks: Sequence[Mark]) -> tuple[tuple[Piece, ...], ...]:
    """The text as paragraphs of pieces."""
    ordered, first = sorted(marks), 0
    made = []
    for start, end in paragraphs(text):
        while first < len(ordered) and ordered[first].end <= start:
            first += 1
        made.append(pieces(text, (m for m in ordered[first:] if m.start < end), start, end))
    return tuple(made)


def marks_of(statement: Statement, number: int = 1) -> tuple[Mark, ...]:
    """All evidence of a statement as marks; `number` tells statements of one page apart."""
    made = [_mark(statement.sentence, "sentence", f"{number}-sentence")]
    made += [_mark(s, "trigger", f"{number}-trigger-{i}") for i, s in enumerate(statement.trigger)]
    position: dict[str, int] = {}
    for name, value in statement.values():
        i = position[name] = position.get(name, -1) + 1
        made += [_mark(s, name, f"{number}-{name}-{i}") for s in value.spans]
    return tuple(made)


def _mark(span: Span, field: str, value: str) -> Mark:
    return Mark(span.start, span.end, field, value)


def quoted(statement: Statement, number: int = 1) -> tuple[Piece, ...]:
    """The statement's own sentence, marked; offsets count from the sentence's first character."""
    begin = statement.sentence.start
    marks = [Mark(m.start - begin, m.end - begin, m.field, m.value) for m in marks_of(statement, number)]
    return pieces(statement.sentence.quote, marks)
