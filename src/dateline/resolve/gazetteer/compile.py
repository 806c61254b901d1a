"""Entries → a read-only SQLite file. Used by the build hook, by the first run of a source checkout, by imports.

Entries are first written to parts, each with its names sorted; the parts are then merged. So every table is filled
in the order of its key, memory stays small whatever the size, and parts can be made side by side.
"""

from __future__ import annotations

import heapq
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from dateline.resolve.gazetteer.normal import ARTICLES, loose, normal
from dateline.resolve.gazetteer.source import ROMANISED, Entry, Nation, built_in, digest_of

COMPILED = "gazetteer.sqlite"
LOOSE = 3
"""The level of loose keys; see `TABLES`."""
_BATCH = 100_000
_CACHE = "PRAGMA cache_size=-512"
"""KiB of page cache of a part: parts are read and written from end to end."""
PART_TABLES = """
CREATE TABLE entry (id INTEGER PRIMARY KEY, ref TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL,
  iso2 TEXT NOT NULL, admin1 TEXT NOT NULL, admin2 TEXT NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL,
  population INTEGER NOT NULL, feature TEXT NOT NULL, radius REAL NOT NULL, countries TEXT NOT NULL);
CREATE TABLE name (key TEXT NOT NULL, late INTEGER NOT NULL, less INTEGER NOT NULL, entry INTEGER NOT NULL,
  level INTEGER NOT NULL, PRIMARY KEY (key, late, less, entry)) WITHOUT ROWID;
"""
TABLES = (
    PART_TABLES
    + """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE country (iso2 TEXT PRIMARY KEY, iso3 TEXT NOT NULL, capital TEXT NOT NULL, neighbours TEXT NOT NULL,
  entry INTEGER) WITHOUT ROWID;
CREATE TABLE admin1 (iso2 TEXT, code TEXT, name TEXT NOT NULL, PRIMARY KEY (iso2, code)) WITHOUT ROWID;
CREATE TABLE head (word TEXT PRIMARY KEY, longest INTEGER NOT NULL) WITHOUT ROWID;
"""
)
"""name.level: 0 the entry's own name, 1 another name, 2 a name without its article, 3 a loose key (after "~").
name.late is 1 from level 2 on, name.less the population taken from 0: entries of one key stand in the order in which
they are answered, so that a look-up reads the first ones only. head: how many words the longest name (loose keys
apart) has that begins with a word.
"""

Name = tuple[str, int, int, int, int]
"""A row of the table of names."""


def keys(entry: Entry) -> dict[str, int]:
    """Every key an entry is filed under, with its level (lowest wins)."""
    made = {normal(entry.name): 0}
    for name in entry.names:
        made.setdefault(normal(name), 1)
    if entry.iso2 in ROMANISED:
        for key in list(made):
            words = key.split()
            if len(words) > 1 and words[0] in ARTICLES:
                made.setdefault(" ".join(words[1:]), 2)
        for key in list(made):
            if folded := loose(key):
                made.setdefault("~" + folded, LOOSE)
    made.pop("", None)
    return made


@contextmanager
def fresh(path: Path, tables: str = TABLES) -> Iterator[sqlite3.Connection]:
    """A new database that takes its final name only when the block ends without error; else nothing is left.

    The connection commits every statement by itself; BEGIN a transaction where that is too slow.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    try:
        with closing(sqlite3.connect(part, isolation_level=None)) as db:
            db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA page_size=4096;")
            db.executescript(tables)
            yield db
        os.fsync(handle)  # under its name it is whole, even after a power cut
        Path(part).chmod(0o644)
        Path(part).replace(path)
    finally:
        os.close(handle)
        Path(part).unlink(missing_ok=True)


def _names(number: int, e: Entry) -> Iterator[Name]:
    for key, level in keys(e).items():
        yield key, int(level > 1), -e.population, number, level


def _place(number: int, e: Entry) -> tuple[object, ...]:
    place = (number, e.ref, e.kind, e.name, e.iso2, e.admin1, e.admin2, e.lat, e.lon)
    return (*place, e.population, e.feature, e.radius, e.countries)


_INTO_ENTRY = "INSERT INTO entry VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)"
_INTO_NAME = "INSERT INTO name VALUES (?,?,?,?,?)"


def write_part(db: sqlite3.Connection, entries: Iterable[tuple[int, Entry]]) -> int:
    """Fill the tables of a part with entries and their ids, which rise; returns the number of names."""
    names: list[Name] = []

    def placed() -> Iterator[tuple[object, ...]]:
        for number, e in entries:
            names.extend(_names(number, e))
            yield _place(number, e)

    db.execute(_CACHE)
    db.execute("BEGIN")
    db.executemany(_INTO_ENTRY, placed())
    names.sort()
    db.executemany(_INTO_NAME, names)
    db.execute("COMMIT")
    return len(names)


def merge(
    db: sqlite3.Connection,
    parts: Sequence[Path],
    left_out: frozenset[int] = frozenset(),
    told: Callable[[int], None] = lambda names: None,
) -> None:
    """Fill entry, name and head from parts whose ids rise from part to part, but for the ids in `left_out`.

    `told` is called now and then with the number of names written. Same parts, same bytes.
    """
    for path in parts:
        db.execute("ATTACH ? AS part", (str(path),))
        db.execute("INSERT INTO entry SELECT * FROM part.entry")
        db.execute("DETACH part")
    for number in sorted(left_out):
        db.execute("DELETE FROM entry WHERE id = ?", (number,))
    longest: dict[str, int] = {}
    with ExitStack() as stack:
        opened = [stack.enter_context(closing(_reading(p))) for p in parts]
        rows = heapq.merge(*(c.execute("SELECT key, late, less, entry, level FROM name") for c in opened))
        db.execute("BEGIN")
        db.executemany(_INTO_NAME, _kept(rows, left_out, longest, told))
        db.executemany("INSERT INTO head VALUES (?,?)", sorted(longest.items()))
        db.execute("COMMIT")


def _reading(part: Path) -> sqlite3.Connection:
    db = sqlite3.connect(part)
    db.execute(_CACHE)
    return db


def _kept(
    rows: Iterable[Name], left_out: frozenset[int], longest: dict[str, int], told: Callable[[int], None]
) -> Iterator[Name]:
    """The rows to write; notes the longest name of each first word."""
    last = ""
    for count, row in enumerate(rows, 1):
        if row[3] in left_out:
            continue
        if row[0] != last:
            last = row[0]
            if row[4] < LOOSE:
                note_head(longest, last)
        if not count % _BATCH:
            told(count)
        yield row


def note_head(longest: dict[str, int], key: str) -> None:
    """Count a key among the names that begin with its first word."""
    word, words = key.partition(" ")[0], key.count(" ") + 1
    if words > longest.get(word, 0):
        longest[word] = words


def add(db: sqlite3.Connection, entries: Iterable[Entry]) -> None:
    """Add some entries to merged ones; their ids follow the last one."""
    first = db.execute("SELECT coalesce(max(id), 0) + 1 FROM entry").fetchone()[0]
    longest: dict[str, int] = {}
    db.execute("BEGIN")
    for number, e in enumerate(entries, first):
        names = sorted(_names(number, e))
        db.execute(_INTO_ENTRY, _place(number, e))
        db.executemany(_INTO_NAME, names)
        for key, *_, level in names:
            if level < LOOSE:
                note_head(longest, key)
    more = "INSERT INTO head VALUES (?,?) ON CONFLICT DO UPDATE SET longest = max(longest, excluded.longest)"
    db.executemany(more, sorted(longest.items()))
    db.execute("COMMIT")


def finish(db: sqlite3.Connection, nations: Iterable[Nation], meta: dict[str, str]) -> int:
    """Write the tables of countries and regions and what the file says of itself; returns the number of entries."""
    of_country: dict[str, int] = {}
    admin1: dict[tuple[str, str], str] = {}
    held = "SELECT id, kind, iso2, admin1, name FROM entry WHERE kind IN ('country', 'admin1') ORDER BY id"
    for number, kind, iso2, code, name in db.execute(held):
        if kind == "country":
            of_country.setdefault(iso2, number)
        else:
            admin1.setdefault((iso2, code), name)
    (count,) = db.execute("SELECT count(*) FROM entry").fetchone()
    rows = sorted((n.iso2, n.iso3, n.capital, n.neighbours, of_country.get(n.iso2)) for n in nations)
    db.execute("BEGIN")
    db.executemany("INSERT INTO admin1 VALUES (?,?,?)", ((*k, n) for k, n in sorted(admin1.items())))
    db.executemany("INSERT INTO country VALUES (?,?,?,?,?)", rows)
    db.executemany("INSERT INTO meta VALUES (?,?)", sorted({**meta, "entries": str(count)}.items()))
    db.execute("COMMIT")
    return int(count)


def compile_built_in(target: Path) -> None:
    """Compile the built-in sources into `target` (atomic)."""
    entries, nations = built_in()
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as work:
        part = Path(work) / "part"
        with fresh(part, PART_TABLES) as db:
            write_part(db, enumerate(entries, 1))
        with fresh(target) as db:
            merge(db, [part])
            finish(db, nations, {"name": "dateline built-in (GeoNames cities500)", "digest": digest_of()})
