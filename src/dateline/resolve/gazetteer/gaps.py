"""What a dump lacks and Dateline has: other countries and regions, and places written by hand."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from dateline.resolve.gazetteer.normal import normal
from dateline.resolve.gazetteer.source import SAME_KM, Entry, distance, spot_entries

_SEEN = (
    "SELECT DISTINCT kind, iso2, CASE kind WHEN 'admin1' THEN admin1 END FROM entry WHERE kind IN ('country', 'admin1')"
)
_PLACES = """SELECT e.lat, e.lon FROM name n JOIN entry e ON e.id = n.entry
WHERE n.key = ? AND e.iso2 = ? AND e.kind = 'place'"""


def missing_areas(
    db: sqlite3.Connection, built: Iterable[Entry], named: Mapping[tuple[str, str], tuple[str, str]]
) -> Iterator[Entry]:
    """Built-in countries and regions that the dump lacks, so that a dump of one country still knows the others.

    `named` gives names and geonameids of regions by ISO2 and code.
    """
    seen = set(db.execute(_SEEN))
    for e in built:
        if e.kind == "country" and (e.kind, e.iso2, None) not in seen:
            yield e
        elif e.kind == "admin1" and (e.kind, e.iso2, e.admin1) not in seen:
            name, number = named.get((e.iso2, e.admin1), ("", ""))
            yield replace(e, ref=f"geonames:{number}", names=(*e.names, name)) if number.isdigit() else e


def missing_spots(db: sqlite3.Connection) -> Iterator[Entry]:
    """Hand-written places of which the dump has no entry of that name near by."""
    for s in spot_entries():
        near = (row for name in (s.name, *s.names) for row in db.execute(_PLACES, (normal(name), s.iso2)))
        if not any(distance(s.lat, s.lon, lat, lon) <= SAME_KM for lat, lon in near):
            yield s
