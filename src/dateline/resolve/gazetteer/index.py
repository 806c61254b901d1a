"""The gazetteer that comes with Dateline: a read-only SQLite file of names and entries."""

from __future__ import annotations

import os
import re
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from dateline.errors import ConfigError
from dateline.resolve.gazetteer.base import Candidate
from dateline.resolve.gazetteer.normal import ARTICLES, loose, normal
from dateline.resolve.gazetteer.source import ROMANISED

DATA = Path(__file__).with_name("data")
PACKAGED = DATA / "gazetteer.sqlite"
MOST = 64
"""Most candidates of one name that are looked at: the most populous."""

_CAPITAL = "P.PPLC"

REMEMBERED = 40_000
"""Candidates of answers kept in memory, about 20 MB; then all are forgotten."""

_PLACE = """SELECT e.ref, e.name, e.kind, e.iso2, e.admin1, e.admin2, e.lat, e.lon, e.population, e.feature, e.radius,
  e.countries, """
_SELECT = (
    _PLACE
    + "n.level FROM name n JOIN entry e ON e.id = n.entry WHERE n.key = ? "
    + ("ORDER BY n.late, n.less, n.entry LIMIT ?")
)
_COUNTRY = _PLACE + "0 FROM country c JOIN entry e ON e.id = c.entry WHERE c.iso3 = ?"


_BETWEEN = re.compile(r"(?<=[aeiou])([b-df-hj-np-tv-z])(\1?)(?=[aeiou])")


def _redoubled(key: str) -> Iterator[str]:
    """The key with one consonant between vowels written once for twice or twice for once."""
    for m in _BETWEEN.finditer(key):
        yield key[: m.start()] + m[1] * (1 if m[2] else 2) + key[m.end() :]


def built_in_path() -> Path:
    """The compiled built-in gazetteer: the packaged file, or one compiled once into the user's cache.

    In a source checkout the packaged file may be missing or older than its sources; then a file is compiled
    under $XDG_CACHE_HOME/dateline (default ~/.cache/dateline), once, in about 20 seconds. Raises ConfigError
    if that is not possible.
    """
    if not (DATA / "places.tsv.xz").exists():
        if PACKAGED.exists():
            return PACKAGED
        raise ConfigError(f"the built-in gazetteer is missing ({PACKAGED}): reinstall dateline")
    from dateline.resolve.gazetteer.compile import compile_built_in
    from dateline.resolve.gazetteer.source import digest_of

    digest = digest_of()
    if PACKAGED.exists() and stored_digest(PACKAGED) == digest:
        return PACKAGED
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "dateline"
    target = cache / f"gazetteer-{digest}.sqlite"
    if not target.exists():
        try:
            compile_built_in(target)
        except (OSError, sqlite3.Error) as e:
            raise ConfigError(
                f"the built-in gazetteer is not compiled and cannot be compiled into {cache}: {e}; "
                "make that folder writable, or set XDG_CACHE_HOME to one that is"
            ) from e
    return target


def _connect(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    db.execute("PRAGMA cache_size=-16000")
    return db


def stored_digest(path: Path) -> str:
    """The digest a compiled file holds; empty if it cannot be read."""
    try:
        db = _connect(path)
        try:
            return str(db.execute("SELECT value FROM meta WHERE key = 'digest'").fetchone()[0])
        finally:
            db.close()
    except (sqlite3.Error, TypeError):
        return ""


class SqliteGazetteer:
    """A compiled gazetteer file; without a path, the built-in one.

    One connection per thread and process, opened on first use, so that an instance survives fork and
    pickling. Raises ConfigError if the file is not there or is not a gazetteer.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or built_in_path()
        if not self.path.is_file():
            raise ConfigError(f"no gazetteer at {self.path}; make one with 'dateline gazetteer import'")
        self._local = threading.local()
        try:
            self._meta = dict(self._db().execute("SELECT key, value FROM meta"))
            rows = self._db().execute("SELECT iso2, iso3, capital, neighbours FROM country").fetchall()
            regions = self._db().execute("SELECT iso2, code, name FROM admin1").fetchall()
            self._db().execute(_SELECT, ("", 1))
        except sqlite3.Error as e:
            raise ConfigError(
                f"{self.path} is not a gazetteer of this version of Dateline: {e}; "
                "make one with 'dateline gazetteer import'"
            ) from e
        self._iso3: dict[str, str] = {iso2: iso3 for iso2, iso3, _, _ in rows}
        self._seats: dict[str, str] = {iso3: seat for _, iso3, seat, _ in rows}
        self._borders = {
            iso3: tuple(sorted(self._iso3[n] for n in near.split(",") if n in self._iso3)) for _, iso3, _, near in rows
        }
        self._regions = {(iso2, code): name for iso2, code, name in regions}
        self._answers: dict[str, tuple[Candidate, ...]] = {}
        self._held = 0
        self._longest_from = lru_cache(maxsize=65536)(self._head)
        self._is_key = lru_cache(maxsize=65536)(self._has)
        self._country = lru_cache(maxsize=512)(self._country_of)

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self.path,))

    def _db(self) -> sqlite3.Connection:
        held: tuple[int, sqlite3.Connection] | None = getattr(self._local, "held", None)
        if held is None or held[0] != os.getpid():
            held = self._local.held = (os.getpid(), _connect(self.path))
        return held[1]

    @property
    def name(self) -> str:
        """What it is, for people."""
        return str(self._meta["name"])

    @property
    def digest(self) -> str:
        """Hash of the sources it was compiled from."""
        return str(self._meta["digest"])

    @property
    def meta(self) -> dict[str, str]:
        """What the file says of itself: name, digest, entries, and for an import its source and filters."""
        return dict(self._meta)

    def lookup(self, name: str) -> tuple[Candidate, ...]:
        """Entries of that name, any case: exact names first (levels 0, 1), most populous first, then by id."""
        key = normal(name)
        found = self._answers.get(key)
        if found is None:
            found = self._find(key)
            self._held += 1 + len(found)
            if self._held > REMEMBERED:
                self._answers, self._held = {}, 1 + len(found)
            self._answers[key] = found
        return found

    def is_place(self, name: str) -> bool:
        """Whether an entry has that name (loose romanisation aside)."""
        return self._is_key(normal(name))

    def longest(self, words: Sequence[str]) -> int:
        """How many of the first words together are the longest place name; 0 if none."""
        if not words or not (head := normal(words[0])):
            return 0
        most = min(len(words), self._longest_from(head.split()[0]))
        keys = [head, *map(normal, words[1:most])]
        for n in range(most, 0, -1):
            if self._is_key(" ".join(filter(None, keys[:n]))):
                return n
        return 0

    def country(self, iso3: str) -> Candidate | None:
        """The entry of a country, or None for an unknown code."""
        return self._country(iso3)

    def _country_of(self, iso3: str) -> Candidate | None:
        row = self._db().execute(_COUNTRY, (iso3,)).fetchone()
        return self._candidate(row) if row else None

    def capital(self, iso3: str) -> Candidate | None:
        """The entry of a country's capital, or None if it has none or none is known."""
        seats = (c for c in self.lookup(self._seats.get(iso3, "")) if c.feature == _CAPITAL)
        return next((c for c in seats if c.country == iso3), None)

    def neighbours(self, iso3: str) -> tuple[str, ...]:
        """ISO 3166-1 alpha-3 codes of the countries it borders, sorted."""
        return self._borders.get(iso3, ())

    def close(self) -> None:
        """Close this thread's connection; a later look-up opens it again."""
        held = getattr(self._local, "held", None)
        if held and held[0] == os.getpid():
            held[1].close()
        self._local = threading.local()

    def _find(self, key: str) -> tuple[Candidate, ...]:
        db = self._db()
        rows = db.execute(_SELECT, (key, MOST)).fetchall() if key else []
        if not rows and (folded := loose(key)):
            rows = db.execute(_SELECT, ("~" + folded, MOST)).fetchall()
        elif not rows and " " not in key:
            # Too short for a loose key: only its doubled letters are forgiven ("raqa", "raqqa").
            other = (db.execute(_SELECT, (k, MOST)).fetchall() for k in _redoubled(key))
            rows = [(*row[:-1], 3) for row in next(filter(None, other), [])]
        if not rows and key.partition(" ")[0] in ARTICLES:  # "al-Raqqa", where the gazetteer has Raqqa and Ar Raqqah
            bare = db.execute(_SELECT, (key.partition(" ")[2], MOST)).fetchall()
            rows = [(*row[:-1], 3) for row in bare if row[3] in ROMANISED]
        rows.sort(key=lambda row: (row[-1] > 1, -row[8], row[0]))  # equally many people: by id
        return tuple([self._candidate(r) for r in rows])

    def _candidate(self, row: tuple[Any, ...]) -> Candidate:
        ref, name, kind, iso2, admin1, admin2, lat, lon, population, feature, radius, countries, level = row
        shared = tuple(sorted(self._iso3[c] for c in countries.split() if c in self._iso3)) if countries else ()
        where = (self._iso3.get(iso2, ""), iso2, self._regions.get((iso2, admin1), ""), admin1, admin2, lat, lon)
        return Candidate(ref, name, kind, *where, population, feature, radius, shared, level)

    def _head(self, word: str) -> int:
        row = self._db().execute("SELECT longest FROM head WHERE word = ?", (word,)).fetchone()
        return int(row[0]) if row else 0

    def _has(self, key: str) -> bool:
        return self._db().execute("SELECT 1 FROM name WHERE key = ? LIMIT 1", (key,)).fetchone() is not None
