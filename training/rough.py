"""Texts made worse on purpose, as wires and scraped pages are, with the way back to the offsets of the good text.

`upper` is a wire in capitals. `bare` has lost its punctuation as the Syrian-war reports of the shared data have:
commas, semicolons, colons, apostrophes, quotation marks and dashes are gone ("Saturdays", "5000"). What stays: marks
that end a sentence, full stops inside abbreviations, brackets, hyphens within words, and a colon between digits
(a time of day). A mark that stands between two words without a space leaves one behind.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

MARKS = frozenset(",;:'’‘ʼ`´\"“”„«»‹›–—―")
_CLOSED = frozenset("'’‘ʼ`´")
"""Marks within a word, which closes up where they are lost."""
WAYS = ("upper", "bare")
_SPANS = frozenset({"spans", "trigger", "certainty_spans"})


@dataclass(frozen=True, slots=True)
class Rough:
    """A changed text; `at` gives, for each of its characters, the offset in the good text it comes from."""

    text: str
    at: tuple[int, ...]

    def back(self, start: int, end: int) -> tuple[int, int]:
        """A span of this text as a span of the good one."""
        return (self.at[start], self.at[end - 1] + 1) if start < end else (self.at[start], self.at[start])


def roughened(text: str, ways: Iterable[str]) -> Rough:
    """The text after each of the ways (see WAYS). Raises ValueError for a way that is none."""
    held = Rough(text, tuple(range(len(text))))
    for way in ways:
        made = list(_WAYS[way](held.text)) if way in _WAYS else None
        if made is None:
            raise ValueError(f"{way}: no such way; there are {', '.join(WAYS)}")
        parts = [(part, at) for part, at in zip(made, held.at, strict=True) if part]
        held = Rough("".join(p for p, _ in parts), tuple(a for p, a in parts for _ in p))
    return held


def _bare(text: str) -> Iterable[str]:
    """Each character, or what is left of it."""
    for i, c in enumerate(text):
        before, after = text[i - 1 : i], text[i + 1 : i + 2]
        between = before.isalnum() and after.isalnum()
        if c not in MARKS or (c == ":" and before.isdigit() and after.isdigit()):
            yield c
        elif between and c not in _CLOSED and not (c == "," and before.isdigit() and after.isdigit()):
            yield " "
        else:
            yield ""


def _upper(text: str) -> Iterable[str]:
    return (c.upper() for c in text)


_WAYS = {"upper": _upper, "bare": _bare}


def row_made_rough(row: dict[str, Any], ways: Iterable[str]) -> tuple[dict[str, Any], Rough]:
    """An annotated report's row with title and text changed; its statements are not moved."""
    held = roughened(row["text"], ways := tuple(ways))
    title = roughened(row.get("title") or "", ways).text
    return {**row, "text": held.text, "title": title}, held


def moved_back(line: Any, held: Rough) -> Any:
    """A row of the statements interchange with every span as one of the good text."""
    if isinstance(line, list):
        return [moved_back(x, held) for x in line]
    if not isinstance(line, dict):
        return line
    out: dict[str, Any] = {}
    for key, value in line.items():
        if key in _SPANS:
            out[key] = [list(held.back(*span)) for span in value]
        elif key == "sentence":
            out[key] = list(held.back(*value))
        else:
            out[key] = moved_back(value, held)
    return out
