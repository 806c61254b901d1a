"""Pieces of a text replaced by others, and the spans of an annotated row moved along."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

_SPANS = frozenset({"spans", "trigger", "certainty_spans"})
_NAMES = frozenset({"name", "group"})


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """`text[start:end]` is to read `new`."""

    start: int
    end: int
    new: str


class Edited:
    """A text after its edits, which must not overlap. Raises ValueError if they do."""

    def __init__(self, text: str, edits: Iterable[Edit]) -> None:
        self.edits: Sequence[Edit] = sorted(edits)
        parts: list[str] = []
        self._shifts: list[int] = []
        at = shift = 0
        for e in self.edits:
            if e.start < at:
                raise ValueError(f"{text[e.start : e.end]!r} at {e.start} is replaced twice")
            parts += [text[at : e.start], e.new]
            self._shifts.append(shift)
            at, shift = e.end, shift + len(e.new) - (e.end - e.start)
        self.text = "".join([*parts, text[at:]])
        self._starts = [e.start for e in self.edits]

    def _moved(self, offset: int, last: bool) -> int:
        """A boundary's new offset. Inside a replaced piece it goes to the piece's edge, so that the span holds it."""
        k = bisect_right(self._starts, offset) - 1
        if k < 0:
            return offset
        e, shift = self.edits[k], self._shifts[k]
        if offset >= e.end:
            return offset + shift + len(e.new) - (e.end - e.start)
        if offset == e.start:
            return offset + shift
        return e.start + shift + (len(e.new) if last else 0)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A span of the old text in the new one; it covers every replaced piece that it touched."""
        return self._moved(start, last=False), self._moved(end, last=True)


def moved(value: Any, text: Edited, named: Callable[[str], str]) -> Any:
    """Statements of an annotated row with their spans in the new text; `named` rewrites names and groups."""
    if isinstance(value, list):
        return [moved(x, text, named) for x in value]
    if not isinstance(value, dict):
        return value
    out: dict[str, Any] = {}
    for key, held in value.items():
        if key in _SPANS:
            out[key] = [list(text.span(*s)) for s in held]
        elif key == "sentence" and held:
            out[key] = list(text.span(*held))
        elif key in _NAMES and isinstance(held, str):
            out[key] = named(held)
        else:
            out[key] = moved(held, text, named)
    return out
