from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dateline.incidents.buckets import MAX_BLOCK, NEIGHBOURS, Buckets, at, best, number

entries = st.lists(
    st.dictionaries(st.integers(0, 4), st.tuples(st.sampled_from([1, 2]), st.booleans(), st.booleans()), max_size=4),
    max_size=12,
)


def filled(held: list[dict[int, tuple[int, bool, bool]]]) -> Buckets:
    made = Buckets()
    for member, keys in enumerate(held):
        for key, (_, full, first) in keys.items():
            made.add(key, member, 1 + key % 2, full, first)
    return made


@given(entries)
def test_pairs_are_those_that_share_a_key_each_with_what_its_keys_are_worth(
    held: list[dict[int, tuple[int, bool, bool]]],
) -> None:
    n = len(held)
    expected = {}
    for i, j in combinations(range(n), 2):
        shared = [
            key
            for key in held[i].keys() & held[j].keys()
            if (held[i][key][1] or held[j][key][1]) and (held[i][key][2] or held[j][key][2])
        ]
        if shared:
            expected[i, j] = sum(1 + key % 2 for key in shared)
    codes, worth = filled(held).pairs(n, ())
    assert {divmod(c, n): w for c, w in zip(codes.tolist(), worth.tolist(), strict=True)} == expected
    assert codes.tolist() == sorted(codes.tolist())


def test_a_large_bucket_is_cut_by_finer_keys() -> None:
    made = Buckets()
    for i in range(2 * MAX_BLOCK):
        made.add(7, i, 1)
    codes, _ = made.pairs(2 * MAX_BLOCK, [lambda i: i % 2])
    left, right = np.divmod(codes, 2 * MAX_BLOCK)
    assert len(codes) == 2 * (MAX_BLOCK * (MAX_BLOCK - 1) // 2)
    assert ((right - left) % 2 == 0).all()


def test_what_no_key_cuts_is_compared_with_its_next_few() -> None:
    made, n = Buckets(), 3 * MAX_BLOCK
    for i in range(n):
        made.add(7, i, 1)
    codes, _ = made.pairs(n, [lambda i: 0])
    left, right = np.divmod(codes, n)
    assert (right - left).max() == NEIGHBOURS
    assert len(codes) < n * NEIGHBOURS


@given(st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda p: p[0] < p[1])), st.integers(1, 3))
def test_the_best_pairs_of_each_are_kept(pairs: set[tuple[int, int]], most: int) -> None:
    ordered = sorted(pairs)
    worth = [(i * 5 + j * 3) % 7 for i, j in ordered]
    ranked = sorted(zip(ordered, worth, strict=True), key=lambda x: (-x[1], x[0]))
    expected = {
        p for member in range(8) for p in [p for p, _ in ranked if member in p][:most]
    }  # those that one of the two ranks among its best
    codes = np.array([i * 8 + j for i, j in ordered], dtype=np.int64)
    assert {divmod(c, 8) for c in best(codes, np.array(worth, dtype=np.int64), 8, most).tolist()} == expected


def test_numbers_of_keys_do_not_change() -> None:
    assert number("force", "name", "halam") == number("force", "name", "halam") != number("force", "name", "tarif")
    assert len({at(number("x"), week) for week in range(100)}) == 100
