"""Entries → a read-only SQLite file. Used by the build hook, by the first run of a source checkout, by imports."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from itertools import chain
from pathlib import Path

from dateline.resolve.gazetteer.normal import ARTICLES, loose, normal
from dateline.resolve.gazetteer.source import ROMANISED, Entry, Nation, built_in, digest_of

COMPILED = "gazetteer.sqlite"
TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE country (iso2 TEXT PRIMARY KEY, iso3 TEXT NOT NULL, capital TEXT NOT NULL, neighbours TEXT NOT NULL,
  entry INTEGER) WITHOUT ROWID;
CREATE TABLE admin1 (iso2 TEXT, code TEXT, name TEXT NOT NULL, PRIMARY KEY (iso2, code)) WITHOUT ROWID;
CREATE TABLE entry (id INTEGER PRIMARY KEY, ref TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL,
  iso2 TEXT NOT NULL, admin1 TEXT NOT NULL, admin2 TEXT NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL,
  population INTEGER NOT NULL, feature TEXT NOT NULL, radius REAL NOT NULL, countries TEXT NOT NULL);
CREATE TABLE name (key TEXT NOT NULL, entry INTEGER NOT NULL, level INTEGER NOT NULL, PRIMARY KEY (key, entry))
  WITHOUT ROWID;
CREATE TABLE head (word TEXT PRIMARY KEY, longest INTEGER NOT NULL) WITHOUT ROWID;
"""
"""name.level: 0 the entry's own name, 1 another name, 2 a name without its article, 3 a loose key (after "~")."""


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
                made.setdefault("~" + folded, 3)
    made.pop("", None)
    return made


@contextmanager
def fresh(path: Path) -> Iterator[sqlite3.Connection]:
    """A new database that takes its final name only when the block ends without error; else nothing is left."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    os.close(handle)
    try:
        with closing(sqlite3.connect(part)) as db:
            db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA page_size=4096;")
            db.executescript(TABLES)
            yield db
            db.commit()
        Path(part).chmod(0o644)
        Path(part).replace(path)
    finally:
        Path(part).unlink(missing_ok=True)


def write(
    db: sqlite3.Connection,
    entries: Iterable[Entry],
    nations: Iterable[Nation],
    meta: dict[str, str],
    extra: Callable[[], Iterable[Entry]] = tuple,
) -> int:
    """Fill the tables; returns the number of entries. Same input, same rows in the same order.

    `extra` is called once `entries` are in and may look at the database.
    """
    of_country: dict[str, int] = {}
    admin1: dict[tuple[str, str], str] = {}
    count = 0

    def late() -> Iterator[Entry]:
        yield from tuple(extra())

    for count, e in enumerate(chain(entries, late()), start=1):
        _add(db, count, e)
        if e.kind == "country":
            of_country.setdefault(e.iso2, count)
        elif e.kind == "admin1":
            admin1.setdefault((e.iso2, e.admin1), e.name)
    db.executemany("INSERT INTO admin1 VALUES (?,?,?)", ((*k, n) for k, n in sorted(admin1.items())))
    rows = sorted((n.iso2, n.iso3, n.capital, n.neighbours, of_country.get(n.iso2)) for n in nations)
    db.executemany("INSERT INTO country VALUES (?,?,?,?,?)", rows)
    _heads(db)
    db.executemany("INSERT INTO meta VALUES (?,?)", sorted({**meta, "entries": str(count)}.items()))
    db.commit()
    db.execute("VACUUM")
    return count


def _add(db: sqlite3.Connection, number: int, e: Entry) -> None:
    place = (number, e.ref, e.kind, e.name, e.iso2, e.admin1, e.admin2, e.lat, e.lon)
    rest = (e.population, e.feature, e.radius, e.countries)
    db.execute("INSERT INTO entry VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)", (*place, *rest))
    db.executemany("INSERT INTO name VALUES (?,?,?)", ((k, number, level) for k, level in keys(e).items()))


def _heads(db: sqlite3.Connection) -> None:
    """For each first word of a name, how many words the longest name beginning with it has."""
    longest: dict[str, int] = {}
    for (key,) in db.execute("SELECT DISTINCT key FROM name WHERE level < 3"):
        words = key.split()
        longest[words[0]] = max(longest.get(words[0], 0), len(words))
    db.executemany("INSERT INTO head VALUES (?,?)", sorted(longest.items()))


def compile_built_in(target: Path) -> None:
    """Compile the built-in sources into `target` (atomic)."""
    entries, nations = built_in()
    with fresh(target) as db:
        write(db, entries, nations, {"name": "dateline built-in (GeoNames cities500)", "digest": digest_of()})
