"""Who shares a bucket, by the million: keys are numbers, members indices, and pairs are found by sorting.

A pair is worth the sum of the keys it shares. What is held is a few arrays: 13 bytes for each entry and 8 for each
pair found, and as much again while they are sorted.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Finer = Sequence[Callable[[int], Hashable]]
"""How a bucket that is too large is cut, key after key."""

MAX_BLOCK = 80
NEIGHBOURS = 25
FULL, FIRST = 1, 2
_BOTH = FULL | FIRST
_WORTH = 2
"""Bits below the worth of an entry."""
_ROOM = 4
"""Bits for the worth of a key in a pair."""
_AT_ONCE = 1 << 21
"""How many pairs are laid out at a time."""
_MASK = (1 << 64) - 1
_STEP = 0x9E3779B97F4A7C15
"""An odd number of 64 bits: multiples of it, modulo 2 to the 64, are all different (Fibonacci hashing)."""


def number(*parts: object) -> int:
    """A number of 64 bits for a key, the same in every run. That two of a hundred million keys share one is a chance
    of one in four thousand, and costs a comparison that finds nothing."""
    key = "\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass")  # a report may hold half a character
    return int.from_bytes(blake2b(key, digest_size=8).digest(), "little")


def at(key: int, week: int) -> int:
    """The number of a key in a week."""
    return (key + week * _STEP) & _MASK


class Buckets:
    """Members by keys. Members are added in ascending order, each once to a key."""

    def __init__(self) -> None:
        self._keys, self._members, self._flags = array("Q"), array("I"), array("B")

    def add(self, key: int, member: int, worth: int, full: bool = True, first: bool = True) -> None:
        """Put a member under a key. Two of a bucket are a pair if one of them is `full`, and one is there for the
        `first` time: they may share the same thing for several weeks, and are paired in the first of them."""
        self._keys.append(key)
        self._members.append(member)
        self._flags.append(worth << _WORTH | FULL * full | FIRST * first)

    def pairs(self, members: int, finer: Finer) -> tuple[Numbers, Numbers]:
        """Pairs as `left * members + right`, ascending, each once, left before right; and what each is worth."""
        found = [np.zeros(0, np.int64), *self._found(members, finer)]
        packed = np.concatenate(found)
        packed.sort()
        codes = packed >> _ROOM
        starts = np.flatnonzero(np.diff(codes, prepend=-1))
        if not len(starts):
            return codes, codes
        return codes[starts], np.add.reduceat(packed & ((1 << _ROOM) - 1), starts)

    def _found(self, n: int, finer: Finer) -> Iterator[Numbers]:
        keys = np.frombuffer(self._keys, np.uint64)
        order = np.argsort(keys, kind="stable")
        starts = np.flatnonzero(np.diff(keys[order], prepend=~keys[order][:1]))
        sizes = np.diff(starts, append=len(keys))
        members = np.frombuffer(self._members, np.uint32)[order].astype(np.int64)
        flags = np.frombuffer(self._flags, np.uint8)[order]
        del keys, order
        for size in np.unique(sizes[(sizes > 1) & (sizes <= MAX_BLOCK)]).tolist():
            i, j = np.triu_indices(size, 1)
            held = starts[sizes == size]
            for part in np.array_split(held, -(-len(held) * len(i) // _AT_ONCE)):
                rows = part[:, None]
                yield _packed(members, flags, rows + i, rows + j, n)
        for start, size in zip(starts[sizes > MAX_BLOCK].tolist(), sizes[sizes > MAX_BLOCK].tolist(), strict=True):
            whole = members[start : start + size].tolist()
            i, j = np.array(list(_cut(list(range(size)), whole, finer))).reshape(-1, 2).T
            yield _packed(members, flags, start + i, start + j, n)


def _packed(members: Numbers, flags: NDArray[np.uint8], i: Numbers, j: Numbers, n: int) -> Numbers:
    """Entries `i` and `j` as pairs with their worth in the lowest bits."""
    both = flags[i] | flags[j]
    kept = both & _BOTH == _BOTH
    worth: NDArray[Any] = both[kept] >> _WORTH
    packed: Numbers = (members[i[kept]] * n + members[j[kept]]) << _ROOM | worth.astype(np.int64)
    return packed


def _cut(places: list[int], members: Sequence[int], finer: Finer) -> Iterator[tuple[int, int]]:
    """Pairs of places in a bucket, by finer keys while it is too large; then each with its next few."""
    if len(places) > MAX_BLOCK and finer:
        parts: dict[Hashable, list[int]] = defaultdict(list)
        for p in places:
            parts[finer[0](members[p])].append(p)
        for part in parts.values():
            yield from _cut(part, members, finer[1:])
        return
    reach = len(places) if len(places) <= MAX_BLOCK else NEIGHBOURS
    for k, p in enumerate(places):
        yield from ((p, q) for q in places[k + 1 : k + 1 + reach])


def best(codes: Numbers, worth: Numbers, members: int, most: int) -> Numbers:
    """The pairs that are among the `most` of greatest worth for one of their two; of equals the earlier."""
    ends = np.concatenate(np.divmod(codes, members))
    if not len(codes) or np.bincount(ends).max() <= most:
        return codes
    twice = np.concatenate([worth, worth])
    order = np.lexsort((np.tile(np.arange(len(codes)), 2), -twice, ends))
    starts = np.flatnonzero(np.diff(ends[order], prepend=-1))
    rank = np.empty(len(ends), np.int64)
    rank[order] = np.arange(len(ends)) - np.repeat(starts, np.diff(starts, append=len(ends)))
    kept: Numbers = codes[rank.reshape(2, -1).min(axis=0) < most]
    return kept
