"""Cutting a report into the windows the model reads: whole sentences, with some of what stands before them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Chunk:
    """A sentence, or a part of one too long for a window: tokens [first, last) of a sentence of the report."""

    sentence: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Window:
    """Chunks [start, end) in one pass; those before `core` are context, read but not scored again."""

    start: int
    core: int
    end: int


def chunks(sentences: Sequence[tuple[int, int]], sizes: Sequence[int], limit: int) -> list[Chunk]:
    """Sentences as chunks of at most `limit` pieces. `sizes` holds the pieces of each token, none above `limit`.

    A longer sentence is cut at the token where the next would not fit: nothing of it is lost.
    """
    out: list[Chunk] = []
    for n, (first, last) in enumerate(sentences):
        start, held = first, 0
        for i in range(first, last):
            if held + sizes[i] > limit:
                out.append(Chunk(n, start, i))
                start, held = i, 0
            held += sizes[i]
        if start < last:
            out.append(Chunk(n, start, last))
    return out


def windows(sizes: Sequence[int], limit: int, context: int) -> list[Window]:
    """Windows over chunks of the given sizes (pieces): each chunk is core once, in order.

    A window holds at most `limit` pieces; of the chunks before its core it repeats as many as fit in `context`
    pieces, so that who speaks and where is still in sight.
    """
    out: list[Window] = []
    core = 0
    while core < len(sizes):
        start, before = core, 0
        while start > 0 and before + sizes[start - 1] <= context:
            start -= 1
            before += sizes[start]
        while start < core and before + sizes[core] > limit:
            before -= sizes[start]
            start += 1
        end, held = core, before
        while end < len(sizes) and (end == core or held + sizes[end] <= limit):
            held += sizes[end]
            end += 1
        out.append(Window(start, core, end))
        core = end
    return out
