from __future__ import annotations

from itertools import accumulate, pairwise

from hypothesis import given
from hypothesis import strategies as st

from dateline.language.model.windows import Chunk, Window, chunks, windows

LIMITS = st.integers(10, 60)
SENTENCES = st.lists(st.lists(st.integers(1, 10), max_size=30), max_size=12)
"""Pieces of each token of each sentence."""


def ranges(sentences: list[list[int]]) -> list[tuple[int, int]]:
    return list(pairwise(accumulate(map(len, sentences), initial=0)))


@given(SENTENCES, LIMITS)
def test_chunks_lose_no_token_and_fit(sentences: list[list[int]], limit: int) -> None:
    sizes = [n for s in sentences for n in s]
    made = chunks(ranges(sentences), sizes, limit)
    assert [i for c in made for i in range(c.first, c.last)] == list(range(len(sizes)))
    assert all(c.first < c.last and sum(sizes[c.first : c.last]) <= limit for c in made)
    for n, (first, last) in enumerate(ranges(sentences)):
        own = [c for c in made if c.sentence == n]
        assert all(first <= c.first and c.last <= last for c in own)
        assert len(own) <= 1 or sum(sizes[first:last]) > limit


def test_a_long_sentence_is_cut_where_the_next_token_would_not_fit() -> None:
    assert chunks([(0, 2), (2, 7)], [3, 3, 4, 4, 4, 2, 8], 10) == [
        Chunk(0, 0, 2),
        Chunk(1, 2, 4),
        Chunk(1, 4, 6),
        Chunk(1, 6, 7),
    ]


@given(st.lists(st.integers(1, 80), max_size=40), LIMITS, st.integers(0, 40))
def test_every_chunk_is_core_once_and_in_order(sizes: list[int], limit: int, context: int) -> None:
    made = windows(sizes, limit, context)
    assert [i for w in made for i in range(w.core, w.end)] == list(range(len(sizes)))
    for w in made:
        assert 0 <= w.start <= w.core < w.end
        assert sum(sizes[w.start : w.end]) <= limit or (w.start, w.end) == (w.core, w.core + 1)
        assert sum(sizes[w.start : w.core]) <= context


def test_context_gives_way_to_a_long_sentence() -> None:
    assert windows([4, 4, 4, 9], 10, 6) == [Window(0, 0, 2), Window(1, 2, 3), Window(3, 3, 4)]
    assert windows([], 10, 6) == []
