"""A GeoNames dump (allCountries.zip, SY.txt, …) → a compiled gazetteer with Dateline's own regions and waters.

Format: https://download.geonames.org/export/dump/readme.txt, 19 tab-separated columns, UTF-8.
"""

from __future__ import annotations

import gzip
import hashlib
import sqlite3
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from dateline.data import load_yaml
from dateline.errors import InputError, IssueCode, StoreError
from dateline.records import Issue, digest
from dateline.resolve.gazetteer.compile import fresh, write
from dateline.resolve.gazetteer.normal import normal
from dateline.resolve.gazetteer.source import (
    DATA,
    SAME_KM,
    SPELT_PLAIN,
    Affixes,
    Entry,
    Nation,
    alternates,
    area_entries,
    built_in,
    digest_of,
    distance,
    plain,
    region_entry,
    spot_entries,
)

COLUMNS = 19
LISTED = 1000
"""Bad rows listed one by one; all are counted."""
Progress = Callable[[int, int], None]
"""Called now and then with bytes read (of the unpacked file) and rows read."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which rows to keep: ISO2 country codes (empty: all) and the least population of a town."""

    countries: frozenset[str] = frozenset()
    min_population: int = 0


@dataclass(slots=True)
class Summary:
    """What an import did. `issues` lists the first bad rows, `bad` counts all."""

    rows: int = 0
    kept: int = 0
    bad: int = 0
    entries: int = 0
    issues: list[Issue] = field(default_factory=list)


@dataclass(slots=True)
class _Seen:
    """What the dump has, so that the built-in entries only fill gaps."""

    countries: set[str] = field(default_factory=set)
    regions: set[tuple[str, str]] = field(default_factory=set)


def import_dump(source: Path, target: Path, keep: Filter = Filter(), progress: Progress | None = None) -> Summary:
    """Compile `source` into `target`; the file appears whole or, after an error or interrupt, not at all.

    admin1CodesASCII.txt, admin2Codes.txt and countryInfo.txt are used where they lie beside the dump.
    Raises InputError if the dump cannot be read or holds no usable row, StoreError if `target` cannot be
    written.
    """
    beside = source.parent
    summary, seen = Summary(), _Seen()
    meta = {
        "name": f"GeoNames {source.name}",
        "source": source.name,
        "countries": ",".join(sorted(keep.countries)),
        "min_population": str(keep.min_population),
        "digest": _digest(source, beside, keep),
    }
    entries, nations = built_in()
    nations = _nations(beside / "countryInfo.txt", nations)
    reader = _Rows(source, keep, summary, seen, _second_names(beside / "admin2Codes.txt"))

    def everything() -> Iterator[Entry]:
        yield from reader.entries(progress)
        if not summary.kept:
            raise InputError(IssueCode.MALFORMED, f"{source}: no usable row; is it a GeoNames dump (19 columns)?")
        yield from _missing(entries, seen, _region_names(beside / "admin1CodesASCII.txt"))
        yield from area_entries()

    try:
        with fresh(target) as db:
            summary.entries = write(db, everything(), nations, meta, extra=lambda: _new_spots(db))
    except (OSError, sqlite3.Error) as e:
        raise StoreError(f"{target}: cannot be written: {e}") from e
    return summary


def _digest(source: Path, beside: Path, keep: Filter) -> str:
    parts = []
    for path in (source, *(beside / n for n in ("admin1CodesASCII.txt", "admin2Codes.txt", "countryInfo.txt"))):
        try:
            with path.open("rb") as f:
                parts.append(hashlib.file_digest(f, "sha256").hexdigest())
        except FileNotFoundError as e:
            if path == source:
                raise InputError(IssueCode.MISSING_FILE, f"{source}: no such file") from e
        except OSError as e:
            raise InputError(IssueCode.UNREADABLE, f"{path}: cannot be read: {e}") from e
    return digest(parts, sorted(keep.countries), keep.min_population, digest_of())


@contextmanager
def _opened(source: Path) -> Iterator[Iterable[bytes]]:
    """The dump's text as bytes, unpacked on the way."""
    try:
        if zipfile.is_zipfile(source):
            with zipfile.ZipFile(source) as z:
                names = [n for n in z.namelist() if n.endswith(".txt") and not n.lower().startswith("readme")]
                if len(names) != 1:
                    raise InputError(IssueCode.MALFORMED, f"{source}: expected one table in it, found {names}")
                with z.open(names[0]) as f:
                    yield f
        elif source.suffix == ".gz":
            with gzip.open(source, "rb") as f:
                yield f
        else:
            with source.open("rb") as f:
                yield f
    except (EOFError, zipfile.BadZipFile, zlib.error, gzip.BadGzipFile) as e:
        raise InputError(IssueCode.TRUNCATED, f"{source}: damaged or cut off: {e}; download it again") from e


def _lines(path: Path) -> Iterator[list[str]]:
    if path.is_file():
        with path.open(encoding="utf-8", errors="replace") as f:
            for line in f:
                if line.strip() and not line.startswith("#"):
                    yield line.rstrip("\r\n").split("\t")


def _second_names(path: Path) -> dict[str, str]:
    return {r[0]: r[1] for r in _lines(path) if len(r) >= 2}


def _region_names(path: Path) -> dict[tuple[str, str], tuple[str, str]]:
    """(ISO2, code) → name and geonameid."""
    rows = (r for r in _lines(path) if len(r) >= 4 and "." in r[0])
    return {(r[0].split(".")[0], r[0].split(".", 1)[1]): (r[1], r[3]) for r in rows}


def _nations(path: Path, known: list[Nation]) -> list[Nation]:
    """Countries of countryInfo.txt, else the built-in ones."""
    rows = {r[0]: Nation(r[0], r[1], r[5], r[17]) for r in _lines(path) if len(r) >= 18 and len(r[0]) == 2}
    return list(({n.iso2: n for n in known} | rows).values())


def _missing(built: Iterable[Entry], seen: _Seen, named: dict[tuple[str, str], tuple[str, str]]) -> Iterator[Entry]:
    """Built-in countries and regions that the dump lacks, so that a dump of one country still knows the others."""
    for e in built:
        if e.kind == "country" and e.iso2 not in seen.countries:
            yield e
        elif e.kind == "admin1" and (key := (e.iso2, e.admin1)) not in seen.regions:
            name, number = named.get(key, ("", ""))
            yield replace(e, ref=f"geonames:{number}", names=(*e.names, name)) if number.isdigit() else e


def _new_spots(db: sqlite3.Connection) -> Iterator[Entry]:
    """Hand-written places of which the dump has no entry of that name near by."""
    for s in spot_entries():
        found = False
        for name in (s.name, *s.names):
            rows = db.execute(
                "SELECT e.lat, e.lon FROM name n JOIN entry e ON e.id = n.entry WHERE n.key = ? AND e.iso2 = ? "
                "AND e.kind = 'place'",
                (normal(name), s.iso2),
            )
            found = found or any(distance(s.lat, s.lon, lat, lon) <= SAME_KM for lat, lon in rows)
        if not found:
            yield s


class _Rows:
    """Reads the dump row by row."""

    def __init__(self, source: Path, keep: Filter, summary: Summary, seen: _Seen, seconds: dict[str, str]) -> None:
        self._source, self._keep, self._summary, self._seen, self._seconds = source, keep, summary, seen, seconds
        kinds = load_yaml("dateline.resolve.gazetteer.data", "features.yaml")
        self._kinds = {code: kind for kind, codes in kinds.items() for code in codes}
        self._english = load_yaml("dateline.resolve.gazetteer.data", "regions.yaml")
        self._common = load_yaml("dateline.resolve.gazetteer.data", "countries.yaml")
        self._affixes = Affixes(DATA)

    def entries(self, progress: Progress | None) -> Iterator[Entry]:
        """Kept entries in file order; bad rows are counted and listed in the summary."""
        done = 0
        with _opened(self._source) as f:
            for number, raw in enumerate(f, start=1):
                done += len(raw)
                if progress and number % 20_000 == 0:
                    progress(done, number)
                self._summary.rows = number
                try:
                    entry = self._entry(raw.decode("utf-8").rstrip("\r\n").split("\t"))
                except ValueError as e:
                    self._bad(number, str(e))
                    continue
                if entry:
                    self._summary.kept += 1
                    yield entry
        if progress:
            progress(done, self._summary.rows)

    def _bad(self, number: int, reason: str) -> None:
        self._summary.bad += 1
        if len(self._summary.issues) < LISTED:
            origin = f"{self._source.name}:{number}"
            message = f"line {number}: {reason}; the row is left out"
            issue = Issue(code=IssueCode.BAD_GAZETTEER_ROW, message=message, stage="gazetteer", origin=origin)
            self._summary.issues.append(issue)

    def _entry(self, row: list[str]) -> Entry | None:
        """The entry of a row, None if filtered out. Raises ValueError naming what is wrong."""
        if len(row) != COLUMNS:
            raise ValueError(f"{len(row)} columns instead of {COLUMNS}")
        number, name, _, others, lat, lon, cls, code, iso2 = row[:9]
        kind = "place" if cls == "P" else self._kinds.get(code)
        if not number.isdigit():
            raise ValueError(f"geonameid {number!r} is not a number")
        if not name.strip():
            raise ValueError("the name is empty")
        y, x, people = _number(lat, 90, "latitude"), _number(lon, 180, "longitude"), _count(row[14])
        small = cls == "P" and code != "PPLC" and people < self._keep.min_population
        if kind is None or small or (self._keep.countries and iso2 not in self._keep.countries):
            return None
        second = self._seconds.get(f"{iso2}.{row[10]}.{row[11]}", "")
        shown = plain(name) if iso2 in SPELT_PLAIN else name
        names = tuple(n for n in (*alternates(shown, others.split(",")), name) if n != shown)
        where = (iso2, row[10] if kind != "country" else "", second)
        entry = Entry(f"geonames:{number}", kind, shown, *where, y, x, people, f"{cls}.{code}", 0.0, names)
        return self._known(entry)

    def _known(self, entry: Entry) -> Entry | None:
        """The entry with its English names, noted as seen."""
        if entry.kind == "country":
            self._seen.countries.add(entry.iso2)
            return replace(entry, names=(*entry.names, *self._common.get(entry.iso2, ())))
        if entry.kind == "admin1":
            self._seen.regions.add((entry.iso2, entry.admin1))
            return region_entry(entry, self._english.get(f"{entry.iso2}.{entry.admin1}", []), self._affixes)
        if entry.kind == "admin2":
            return replace(entry, admin2=entry.name, names=(*entry.names, self._affixes.bare(entry.name)))
        return entry


def _number(text: str, limit: int, what: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise ValueError(f"{what} {text!r} is not a number") from None
    if not -limit <= value <= limit:
        raise ValueError(f"{what} {text} is out of range")
    return value


def _count(text: str) -> int:
    if text and not text.isdigit():
        raise ValueError(f"population {text!r} is not a whole number")
    return int(text or 0)
