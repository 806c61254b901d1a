"""A GeoNames dump (allCountries.zip, SY.txt, …) → a compiled gazetteer with Dateline's own regions and waters.

The dump is read in blocks, each into a part of its own (side by side if there are workers), then the parts are
merged. Parts lie in a folder beside the target until it is done: an import that was interrupted finds them there.
"""

from __future__ import annotations

import heapq
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from dateline.errors import InputError, IssueCode, StoreError
from dateline.records import Issue
from dateline.resolve.gazetteer.blocks import BLOCK, Beside, blocks, digest_of_import
from dateline.resolve.gazetteer.compile import add, finish, fresh, merge
from dateline.resolve.gazetteer.gaps import missing_areas, missing_spots
from dateline.resolve.gazetteer.parts import Counts, Done, Task, bad_rows, count, read_block
from dateline.resolve.gazetteer.rows import EVERYTHING, Fate, Filter
from dateline.resolve.gazetteer.source import area_entries, outline

LISTED = 1000
"""Bad rows listed as issues of a summary; all are counted, and all stand in the file of bad rows."""
BAD_ROWS = ".bad-rows.tsv"
"""Ending of that file's name, beside the target: file, line, reason."""


@dataclass(frozen=True, slots=True)
class Step:
    """How far an import has come: "reading" (bytes of the file; `count` rows) or "merging" (names, as `count`)."""

    doing: str
    done: int
    total: int
    count: int


Progress = Callable[[Step], None]
Run = Callable[[Callable[[Any], Any], Iterable[Any]], Iterator[Any]]
"""Like `map`: how blocks are read. The `map` of an executor with workers reads several side by side."""


@dataclass(slots=True)
class Summary:
    """What an import did. Every row has one fate, so the counts add up to `rows`.

    `issues` lists the first bad rows, `bad_rows` is the file of all of them, if there are any. `found` of the `blocks`
    were there from an import that had been interrupted. `names` counts the keys entries are found by.
    """

    fates: dict[Fate, int] = field(default_factory=dict)
    entries: int = 0
    names: int = 0
    blocks: int = 0
    found: int = 0
    bad: int = 0
    issues: list[Issue] = field(default_factory=list)
    bad_rows: Path | None = None

    @property
    def rows(self) -> int:
        """Rows of the dump."""
        return sum(self.fates.values())

    @property
    def kept(self) -> int:
        """Rows that became entries."""
        return self.fates.get(Fate.KEPT, 0)


def import_dump(
    source: Path,
    target: Path,
    keep: Filter = EVERYTHING,
    progress: Progress = lambda step: None,
    run: Run = map,
) -> Summary:
    """Compile `source` into `target`. The file appears whole or not at all, and has the same bytes however often the
    import was interrupted and however many blocks were read side by side.

    admin1CodesASCII.txt, admin2Codes.txt and countryInfo.txt are used where they lie beside the dump. Raises
    InputError if the dump cannot be read or holds no usable row, StoreError if `target` cannot be written or another
    import is writing it.
    """
    digest = digest_of_import(source, keep)
    try:
        with _alone(target):
            made = _Import(source, target, keep, progress)
            made.take_up(f"{digest} {BLOCK}")
            try:
                made.read(run)
                made.write(digest)
            except InputError:
                made.clear()
                raise
            made.clear()
    except (OSError, sqlite3.Error) as e:
        hint = "once that is mended, run the same command again: it goes on where it stopped"
        raise StoreError(f"{target}: cannot be written: {e}; {hint}") from e
    return made.summary


@contextmanager
def _alone(target: Path) -> Iterator[None]:
    """Hold the lock of a target; the system lets go of it when the process is killed."""
    target.parent.mkdir(parents=True, exist_ok=True)
    path = target.parent / f".{target.name}.lock"
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout as e:
        raise StoreError(f"{target}: another import is writing it; wait for it, or write another file") from e
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        lock.release()


class _Import:
    """One import. Its folder holds `plan`, the parts, and in the end the whole."""

    def __init__(self, source: Path, target: Path, keep: Filter, progress: Progress) -> None:
        self.summary = Summary()
        self._source, self._target, self._keep, self._progress = source, target, keep, progress
        self._work = target.parent / f".{target.name}.import"
        self._beside = Beside.of(source)
        self._parts: list[Path] = []
        self._size = source.stat().st_size
        self._read = self._rows = 0

    def take_up(self, plan: str) -> None:
        """Begin where an import of the very same files stopped, else with an empty folder."""
        note = self._work / "plan"
        with suppress(FileNotFoundError, NotADirectoryError):
            if note.read_text(encoding="utf-8") == plan:
                return
        self.clear()
        self._work.mkdir()
        note.write_text(plan, encoding="utf-8")

    def clear(self) -> None:
        """Remove the folder."""
        if self._work.exists():
            shutil.rmtree(self._work)

    def read(self, run: Run) -> None:
        """Make the parts that are not there."""
        for done in run(read_block, self._missing()):
            if not isinstance(done, Done):
                raise StoreError(
                    f"{self._target}: a worker was killed, perhaps for want of memory; run the same command again "
                    "(it goes on where it stopped), with --workers 1"
                )
            self._tell_read(done.rows, done.read)
        self.summary.blocks = len(self._parts)

    def _missing(self) -> Iterator[Task]:
        for block in blocks(self._source, BLOCK):
            part = self._work / f"{block.first:012}.part"
            self._parts.append(part)
            if part.exists():
                self.summary.found += 1
                self._tell_read(block.rows, block.read)
            else:
                yield Task(block, part, self._keep, self._beside.second)

    def _tell_read(self, rows: int, read: int) -> None:
        self._rows += rows
        self._read += read
        self._progress(Step("reading", self._read, self._size, self._rows))

    def write(self, digest: str) -> None:
        """Merge the parts into the target, and list the bad rows."""
        counts = count(self._parts)
        self.summary.fates, self.summary.names = counts.fates, counts.names
        if not self.summary.kept:
            raise InputError(IssueCode.MALFORMED, f"{self._source}: no usable row; is it a GeoNames dump (19 columns)?")
        whole = self._work / "whole"
        self._merge(whole, frozenset(counts.later.tolist()), digest)
        self._list_bad(counts)
        whole.replace(self._target)

    def _merge(self, whole: Path, left_out: frozenset[int], digest: str) -> None:
        names = self.summary.names
        meta = {
            "name": f"GeoNames {self._source.name}",
            "source": self._source.name,
            "countries": ",".join(sorted(self._keep.countries)),
            "min_population": str(self._keep.min_population),
            "digest": digest,
        }
        built, nations = outline()
        with fresh(whole) as db:
            merge(db, self._parts, left_out, lambda done: self._progress(Step("merging", done, names, done)))
            add(db, (*missing_areas(db, built, self._beside.regions), *area_entries()))
            add(db, tuple(missing_spots(db)))
            known = {n.iso2: n for n in nations} | self._beside.nations
            self.summary.entries = finish(db, known.values(), meta)
        self._progress(Step("merging", names, names, names))

    def _list_bad(self, counts: Counts) -> None:
        """All bad rows into a file, which is gone if there are none; the first ones into the summary."""
        path, note = self._target.with_name(self._target.name + BAD_ROWS), self._work / "bad"
        lines = heapq.merge(bad_rows(self._parts), counts.repeated())
        with note.open("w", encoding="utf-8") as f:
            for file, line, reason in chain(self._beside.bad, ((self._source.name, *bad) for bad in lines)):
                f.write(f"{file}\t{line}\t{reason}\n")
                self.summary.bad += 1
                if self.summary.bad <= LISTED:
                    self.summary.issues.append(_issue(file, line, reason))
        if self.summary.bad:
            self.summary.bad_rows = note.replace(path)
        else:
            path.unlink(missing_ok=True)


def _issue(file: str, line: int, reason: str) -> Issue:
    message = f"{file}, line {line}: {reason}; the row is left out"
    return Issue(code=IssueCode.BAD_GAZETTEER_ROW, message=message, stage="gazetteer", origin=f"{file}:{line}")
