"""The gazetteer that comes with Dateline: a read-only SQLite file of names and entries."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from dateline.errors import ConfigError
from dateline.resolve.gazetteer.base import Candidate
from dateline.resolve.gazetteer.normal import loose, normal

DATA = Path(__file__).with_name("data")
PACKAGED = DATA / "gazetteer.sqlite"
MOST = 200
"""Most candidates of one name and level that are looked at: the most populous."""

_SELECT = """SELECT e.ref, e.name, e.kind, coalesce(c.iso3, ''), e.iso2, coalesce(a.name, ''), e.admin1, e.admin2,
  e.lat, e.lon, e.population, e.feature, e.radius, e.countries, n.level
FROM name n JOIN entry e ON e.id = n.entry LEFT JOIN country c ON c.iso2 = e.iso2
LEFT JOIN admin1 a ON a.iso2 = e.iso2 AND a.code = e.admin1
WHERE n.key = ? ORDER BY n.level > 1, e.population DESC, e.ref LIMIT ?"""


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
            rows = self._db().execute("SELECT iso2, iso3, neighbours FROM country").fetchall()
        except sqlite3.Error as e:
            raise ConfigError(f"{self.path} is not a gazetteer made by 'dateline gazetteer import': {e}") from e
        self._iso3: dict[str, str] = {iso2: iso3 for iso2, iso3, _ in rows}
        self._borders = {
            iso3: tuple(sorted(self._iso3[n] for n in near.split(",") if n in self._iso3)) for _, iso3, near in rows
        }
        self._found = lru_cache(maxsize=8192)(self._find)
        self._longest_from = lru_cache(maxsize=65536)(self._head)
        self._is_key = lru_cache(maxsize=65536)(self._has)

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
        return self._found(normal(name))

    def is_place(self, name: str) -> bool:
        """Whether an entry has that name (loose romanisation aside)."""
        return self._is_key(normal(name))

    def longest(self, words: Sequence[str]) -> int:
        """How many of the first words together are the longest place name; 0 if none."""
        if not words or not (head := normal(words[0])):
            return 0
        most = self._longest_from(head.split()[0])
        if not most:
            return 0
        for n in range(min(len(words), most), 0, -1):
            if self._is_key(normal(" ".join(words[:n]))):
                return n
        return 0

    def country(self, iso3: str) -> Candidate | None:
        """The entry of a country, or None for an unknown code."""
        row = (
            self._db()
            .execute("SELECT e.name FROM country c JOIN entry e ON e.id = c.entry WHERE c.iso3 = ?", (iso3,))
            .fetchone()
        )
        if row is None:
            return None
        return next((c for c in self.lookup(row[0]) if c.kind == "country" and c.country == iso3), None)

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
        return tuple(self._candidate(r) for r in rows)

    def _candidate(self, row: tuple[Any, ...]) -> Candidate:
        shared = tuple(sorted(self._iso3[c] for c in row[13].split() if c in self._iso3))
        return Candidate(*(*row[:13], shared, row[14]))

    def _head(self, word: str) -> int:
        row = self._db().execute("SELECT longest FROM head WHERE word = ?", (word,)).fetchone()
        return int(row[0]) if row else 0

    def _has(self, key: str) -> bool:
        return self._db().execute("SELECT 1 FROM name WHERE key = ? LIMIT 1", (key,)).fetchone() is not None
