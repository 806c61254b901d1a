"""A row of a GeoNames dump → an entry, or a sentence for what is wrong with it.

Format: https://download.geonames.org/export/dump/readme.txt, 19 tab-separated columns, UTF-8.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import IntEnum

from dateline.data import load_yaml
from dateline.resolve.gazetteer.source import DATA, SPELT_PLAIN, Affixes, Entry, alternates, plain, region_entry

COLUMNS = 19
_PACKAGE = "dateline.resolve.gazetteer.data"
_DIGITS = 18
"""Longest number that surely fits a column of the database."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which rows to keep: ISO2 country codes (empty: all) and the least population of a town."""

    countries: frozenset[str] = frozenset()
    min_population: int = 0


EVERYTHING = Filter()


class Fate(IntEnum):
    """What became of a row. From `COLUMNS` on it is bad."""

    KEPT = 0
    OTHER_KIND = 1
    FEW_PEOPLE = 2
    OTHER_COUNTRY = 3
    COLUMNS = 4
    ENCODING = 5
    ID = 6
    NAME = 7
    COORDINATES = 8
    POPULATION = 9
    DUPLICATE = 10

    @property
    def bad(self) -> bool:
        """Whether there is something wrong with the row."""
        return self >= Fate.COLUMNS


class BadRow(ValueError):
    """A row that cannot be used: its fate, and the reason as a sentence."""

    def __init__(self, fate: Fate, reason: str) -> None:
        super().__init__(fate, reason)
        self.fate, self.reason = fate, reason


class RowReader:
    """Reads rows. `second` gives the names of second-order regions by code."""

    def __init__(self, keep: Filter, second: Mapping[str, str]) -> None:
        self._keep, self._second = keep, second
        kinds = load_yaml(_PACKAGE, "features.yaml")
        self._kinds = {code: kind for kind, codes in kinds.items() for code in codes}
        self._english = load_yaml(_PACKAGE, "regions.yaml")
        self._common = load_yaml(_PACKAGE, "countries.yaml")
        self._affixes = Affixes(DATA)

    def read(self, row: list[str]) -> tuple[int, Entry | Fate]:
        """The row's geonameid, and its entry or why it is not kept. Raises BadRow."""
        if len(row) != COLUMNS:
            raise BadRow(Fate.COLUMNS, f"{len(row)} columns instead of {COLUMNS}")
        number, name, _, others, lat, lon, cls, code, iso2 = row[:9]
        ident = _whole(number, Fate.ID, "geonameid")
        if not name or name.isspace():
            raise BadRow(Fate.NAME, "the name is empty")
        y, x = _degrees(lat, 90, "latitude"), _degrees(lon, 180, "longitude")
        people = _whole(row[14] or "0", Fate.POPULATION, "population")
        kind = "place" if cls == "P" else self._kinds.get(code)
        if kind is None:
            return ident, Fate.OTHER_KIND
        if people < self._keep.min_population and cls == "P" and code != "PPLC":
            return ident, Fate.FEW_PEOPLE
        if self._keep.countries and iso2 not in self._keep.countries:
            return ident, Fate.OTHER_COUNTRY
        shown = plain(name) if iso2 in SPELT_PLAIN else name
        names = alternates(shown, others.split(",")) if others else ()
        if shown != name:
            names = (*(n for n in names if n != name), name)
        second = self._second.get(f"{iso2}.{row[10]}.{row[11]}", "")
        where = (iso2, "" if kind == "country" else row[10], second, y, x, people, f"{cls}.{code}", 0.0)
        entry = Entry(f"geonames:{ident}", kind, shown, *where, names)
        return ident, entry if kind == "place" else self._area(entry)

    def _area(self, entry: Entry) -> Entry:
        """A country or region under its English names, too."""
        if entry.kind == "country":
            return replace(entry, names=(*entry.names, *self._common.get(entry.iso2, ())))
        if entry.kind == "admin1":
            english = self._english.get(f"{entry.iso2}.{entry.admin1}", [])
            return region_entry(entry, english, self._affixes) or entry
        if entry.kind == "admin2":
            return replace(entry, admin2=entry.name, names=(*entry.names, self._affixes.bare(entry.name)))
        return entry


def lines(data: bytes) -> Iterator[str | bytes]:
    """The lines of UTF-8 text; those that are not UTF-8 as bytes."""
    data = data.removesuffix(b"\n")
    try:
        yield from data.decode().split("\n")
    except UnicodeDecodeError:
        yield from (_line(raw) for raw in data.split(b"\n"))


def _line(raw: bytes) -> str | bytes:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw


def cells(line: str | bytes) -> list[str]:
    """The cells of a line. Raises BadRow if it is not UTF-8."""
    if isinstance(line, str):
        return line.rstrip("\r").split("\t")
    try:
        return line.decode().split("\t")
    except UnicodeDecodeError as e:
        column = line[: e.start].count(b"\t") + 1
        shown = line[e.start : e.end].hex(" ")
        raise BadRow(Fate.ENCODING, f"column {column} is not UTF-8 (byte {e.start + 1} is {shown})") from None


def tab_rows(data: bytes, least: int) -> Iterator[tuple[int, list[str] | BadRow]]:
    """Line number and cells of a table of at least so many columns; comments and empty lines are passed over."""
    for number, line in enumerate(lines(data.removeprefix(b"\xef\xbb\xbf")), 1):
        try:
            row = cells(line)
        except BadRow as e:
            yield number, e
            continue
        if row[0].startswith("#") or not any(row):
            continue
        short = BadRow(Fate.COLUMNS, f"{len(row)} columns instead of {least} or more") if len(row) < least else None
        yield number, short or row


def _degrees(text: str, limit: int, what: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise BadRow(Fate.COORDINATES, f"{what} {_shown(text)} is not a number") from None
    if not -limit <= value <= limit:
        raise BadRow(Fate.COORDINATES, f"{what} {_shown(text)} is out of range (-{limit} to {limit})")
    return value


def _whole(text: str, fate: Fate, what: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= _DIGITS):
        raise BadRow(fate, f"{what} {_shown(text)} is not a whole number")
    return int(text)


def _shown(text: str) -> str:
    """A cell as it may stand in a message: quoted, and not endless."""
    return repr(text if len(text) <= 40 else text[:40] + "…")
