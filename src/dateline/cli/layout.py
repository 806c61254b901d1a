"""How text and tables are laid out on a terminal. Pure: the width is given, lines come back."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from rich.cells import cell_len, set_cell_size

UNKNOWN = "–"
"""Shown where nothing is known or said."""
SHORT = 20
"""Columns up to this wide are never wrapped."""
LEAST = 24
"""Cells that the wide columns must have each; with less, rows are shown as blocks."""
GAP = "  "
_HANG = re.compile(r"\s*(?:\S+ {2,})?")
_MOST_HANG = 22


def clean(text: str) -> str:
    """The text without control characters: a news text must not steer the reader's terminal."""
    return "".join(
        c if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs") else f"\\x{ord(c):02x}" for c in text
    )


def wrapped(line: str, width: int) -> list[str]:
    """A line broken between words; what follows is indented to where its value begins."""
    match = _HANG.match(line)
    hang = match.end() if match else 0
    indent = " " * (hang if hang <= min(_MOST_HANG, width // 2) else 0)
    return textwrap.wrap(
        line, width, subsequent_indent=indent, break_on_hyphens=False, drop_whitespace=True, expand_tabs=False
    ) or [""]


def table(columns: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """Rows below a header if they fit the width, else a block of lines for each row."""
    rows = [[" ".join(clean(c).split()) or UNKNOWN for c in row] for row in rows]
    widths = [max(map(cell_len, column)) for column in zip(columns, *rows, strict=True)]
    long = [i for i, w in enumerate(widths) if w > SHORT]
    spare = width - len(GAP) * (len(columns) - 1) - sum(w for w in widths if w <= SHORT)
    wide = {i: widths[i] for i in long}
    if sum(wide.values()) > spare:
        if spare < LEAST * len(long):
            return list(_blocks(columns, rows, width))
        wide = _shared(wide, spare)
    widths = [wide.get(i, w) for i, w in enumerate(widths)]
    return [x for row in (columns, *rows) for x in _row(row, widths)]


def _shared(wanted: dict[int, int], spare: int) -> dict[int, int]:
    """Give narrow columns what they want and share the rest among the wider ones."""
    given: dict[int, int] = {}
    for i in sorted(wanted, key=lambda i: wanted[i]):
        given[i] = min(wanted[i], spare // (len(wanted) - len(given)))
        spare -= given[i]
    return given


def _row(row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    cells = [_broken(cell, w) for cell, w in zip(row, widths, strict=True)]
    for n in range(max(map(len, cells))):
        parts = (set_cell_size(c[n] if n < len(c) else "", w) for c, w in zip(cells, widths, strict=True))
        yield GAP.join(parts).rstrip()


def _broken(cell: str, width: int) -> list[str]:
    """A cell's lines, by the width that letters take on the screen (two for Chinese or an emoji)."""
    lines, line = [], ""
    for word in cell.split(" "):
        joined = f"{line} {word}" if line else word
        if cell_len(joined) <= width:
            line = joined
            continue
        if line:
            lines.append(line)
        while cell_len(word) > width:
            head = word[:width]
            while cell_len(head) > width:
                head = head[:-1]
            lines.append(head)
            word = word[len(head) :]
        line = word
    return [*lines, line]


def _blocks(columns: Sequence[str], rows: Iterable[Sequence[str]], width: int) -> Iterator[str]:
    """Each row as its first value and a line for each of the others."""
    name_width = max(map(len, columns))
    for n, row in enumerate(rows):
        if n:
            yield ""
        yield row[0]
        for name, cell in zip(columns[1:], row[1:], strict=True):
            yield from wrapped(f"  {name:<{name_width}}  {cell}", width)
