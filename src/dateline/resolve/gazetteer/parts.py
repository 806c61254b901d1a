"""A block of a dump → a part: its entries, its bad rows, and for every row its id and what became of it."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
import threading
from array import array
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from multiprocessing.connection import wait
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dateline.resolve.gazetteer.blocks import Block
from dateline.resolve.gazetteer.compile import PART_TABLES, fresh, write_part
from dateline.resolve.gazetteer.rows import BadRow, Fate, Filter, RowReader, cells, lines
from dateline.resolve.gazetteer.source import Entry

_TABLES = (
    PART_TABLES
    + """
CREATE TABLE bad (line INTEGER PRIMARY KEY, reason TEXT NOT NULL);
CREATE TABLE block (names INTEGER NOT NULL, ids BLOB NOT NULL, fates BLOB NOT NULL);
"""
)
_NO_ID = -1

BadLine = tuple[int, str]
"""A row that is left out: its line, and why."""


@dataclass(frozen=True, slots=True)
class Task:
    """A block to be read into a part, and how."""

    block: Block
    part: Path
    keep: Filter
    second: dict[str, str]


@dataclass(frozen=True, slots=True)
class Done:
    """A block that has been read: its rows, and the bytes of the file read for it."""

    rows: int
    read: int


def read_block(task: Task) -> Done:
    """Write the part of a block; it appears whole or not at all."""
    _end_with_parent()
    rows = _Rows(task)
    with fresh(task.part, _TABLES) as db:
        names = write_part(db, rows.entries())
        db.execute("BEGIN")
        db.executemany("INSERT INTO bad VALUES (?,?)", rows.bad)
        db.execute("INSERT INTO block VALUES (?,?,?)", (names, rows.ids.tobytes(), bytes(rows.fates)))
        db.execute("COMMIT")
    return Done(task.block.rows, task.block.read)


class _Rows:
    """The rows of a block, one after the other."""

    def __init__(self, task: Task) -> None:
        self.ids = array("q")
        self.fates = bytearray()
        self.bad: list[BadLine] = []
        self._block = task.block
        self._reader = RowReader(task.keep, task.second)

    def entries(self) -> Iterator[tuple[int, Entry]]:
        """Line number and entry of the rows that are kept."""
        for number, line in enumerate(lines(self._block.data), self._block.first):
            ident, fate = _NO_ID, Fate.KEPT
            try:
                ident, found = self._reader.read(cells(line))
                if isinstance(found, Entry):
                    yield number, found
                else:
                    fate = found
            except BadRow as e:
                fate = e.fate
                self.bad.append((number, e.reason))
            self.ids.append(ident)
            self.fates.append(fate)


def _end_with_parent() -> None:
    """In a worker process: end when the parent is killed, which could not say goodbye."""
    parent = multiprocessing.parent_process()
    if parent is None or any(t.name == _end_with_parent.__name__ for t in threading.enumerate()):
        return

    def watch() -> None:
        wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, name=_end_with_parent.__name__, daemon=True).start()


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of all rows: how many of each fate, names of the kept ones, and the ids that stand again.

    `later` are the lines of those, rising, `first` where each of them stood first.
    """

    fates: dict[Fate, int]
    names: int
    ids: array[int]
    later: NDArray[np.int64]
    first: NDArray[np.int64]

    def repeated(self) -> Iterator[BadLine]:
        """The lines whose id stood before."""
        for later, first in zip(self.later.tolist(), self.first.tolist(), strict=True):
            yield later, f"id {self.ids[later - 1]} stands already in line {first}"


def count(parts: Iterable[Path]) -> Counts:
    """Add up parts, in order. Of rows with the same id the first is good and the others are bad."""
    ids, fates, names = array("q"), bytearray(), 0
    for path in parts:
        with closing(sqlite3.connect(path)) as db:
            some, held, codes = db.execute("SELECT names, ids, fates FROM block").fetchone()
        names += some
        ids.frombytes(held)
        fates += codes
    later, first = _repeated(np.frombuffer(ids, dtype=np.int64))
    became = np.frombuffer(fates, dtype=np.uint8)
    became[later] = Fate.DUPLICATE
    found = np.bincount(became, minlength=len(Fate))
    return Counts({fate: int(found[fate]) for fate in Fate}, names, ids, later + 1, first + 1)


def _repeated(ids: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where an id stands again, rising, and where each of them stood first."""
    order = np.argsort(ids, kind="stable")
    held = ids[order]
    again = np.zeros(len(ids), dtype=bool)
    again[1:] = (held[1:] == held[:-1]) & (held[1:] != _NO_ID)
    start = np.maximum.accumulate(np.where(again, 0, np.arange(len(ids))))
    later, first = order[again], order[start[again]]
    rising = np.argsort(later)
    return later[rising], first[rising]


def bad_rows(parts: Iterable[Path]) -> Iterator[BadLine]:
    """The rows with something wrong of their own, in order."""
    for path in parts:
        with closing(sqlite3.connect(path)) as db:
            yield from db.execute("SELECT line, reason FROM bad ORDER BY line")
