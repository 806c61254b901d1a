"""The built-in gazetteer's sources as entries: the packed GeoNames rows plus the hand-written YAML files.

Only PyYAML and the standard library: the build hook imports this module before Dateline is installed.
"""

from __future__ import annotations

import hashlib
import lzma
import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import takewhile
from pathlib import Path
from typing import Any

import yaml

from dateline.resolve.gazetteer.normal import loose, normal

DATA = Path(__file__).with_name("data")
PACKED = "places.tsv.xz"
ROMANISED = frozenset(
    "SY IQ YE LB JO PS IL EG LY TN DZ MA SD SS SA AE QA KW BH OM IR AF PK TR MR SO DJ ET ER TD ML NE NG".split()
)
"""Countries whose place names reach English through many romanisations: they get loose keys and plain letters."""
SPELT_PLAIN = ROMANISED - {"TR", "ML", "NE", "TD", "NG"}
SAME_KM = 25.0
"""A hand-written town this near to a listed one of the same name is the same town."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One gazetteer entry with all its names. `admin1` is a code; `countries` are ISO2 of a shared area."""

    ref: str
    kind: str
    name: str
    iso2: str
    admin1: str
    admin2: str
    lat: float
    lon: float
    population: int
    feature: str
    radius: float
    names: tuple[str, ...] = ()
    countries: str = ""


@dataclass(frozen=True, slots=True)
class Nation:
    """What is known of a country beside its entry. `neighbours` are ISO2 codes."""

    iso2: str
    iso3: str
    capital: str
    neighbours: str


def digest_of(data: Path = DATA) -> str:
    """Hash of everything the compiled file depends on: the source files and the code that reads them."""
    h = hashlib.sha256()
    here = Path(__file__).parent
    for f in [
        data / PACKED,
        *sorted(data.glob("*.yaml")),
        *(here / f"{m}.py" for m in ("normal", "source", "compile")),
    ]:
        h.update(f.name.encode() + b"\0" + hashlib.sha256(f.read_bytes()).digest())
    return h.hexdigest()[:16]


def _yaml(data: Path, name: str) -> Any:
    return yaml.load((data / name).read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506


def _slug(name: str) -> str:
    return normal(name).replace(" ", "-")


def distance(lat: float, lon: float, lat2: float, lon2: float) -> float:
    """Kilometres between two points, by the equirectangular approximation: within 1 % up to some 500 km."""
    across = ((lon2 - lon + 180.0) % 360.0 - 180.0) * math.cos(math.radians((lat + lat2) / 2))
    return 111.2 * math.hypot(lat2 - lat, across)


def latin(name: str) -> bool:
    """Whether an alternate name helps with English text: Latin letters, written as a name, no airport code."""
    if len(name) <= 2 or (len(name) <= 4 and name.isupper()) or "|" in name or "\t" in name:
        return False
    letters = [c for c in name if c.isalpha()]
    if not letters or not (letters[0].isupper() or name[0] in "'’‘ʿ"):
        return False
    return name.isascii() or all(map(_is_latin, letters))


@lru_cache(maxsize=4096)
def _is_latin(letter: str) -> bool:
    return "LATIN" in unicodedata.name(letter, "")


def alternates(name: str, given: Iterable[str]) -> tuple[str, ...]:
    """The useful alternate names with a key of their own, in a fixed order."""
    given = sorted(given)
    if given == [""]:
        return ()
    seen, kept = {normal(name), ""}, []
    for alt in given:
        if latin(alt) and (key := normal(alt)) not in seen:
            seen.add(key)
            kept.append(alt)
    return tuple(kept)


def packed_rows(path: Path) -> Iterator[list[str]]:
    """The rows of places.tsv.xz."""
    with lzma.open(path, "rt", encoding="utf-8") as f:
        for line in f:
            yield line.rstrip("\n").split("\t")


class Affixes:
    """Takes words like "province" off region names."""

    def __init__(self, data: Path = DATA) -> None:
        words = _yaml(data, "affixes.yaml")
        before, after = (
            "|".join(sorted((normal(w) for w in words[k]), key=len, reverse=True)) for k in ("before", "after")
        )
        self._edges = re.compile(rf"^(?:{before}) (?=.)|(?<=.) (?:{after})$")

    def bare(self, name: str) -> str:
        """The normal key of a region name without its kind ("muhafazat karbala" → "karbala")."""
        return self._edges.sub("", normal(name))


def _entry(row: list[str]) -> Entry:
    kind, ref, name, iso2, admin1, admin2, lat, lon, population, feature, radius, names = row
    held = tuple(n for n in names.split("|") if n)
    place = (float(lat), float(lon), int(population), feature, float(radius or 0))
    return Entry(ref, kind, name, iso2, admin1, admin2, *place, () if kind == "country" else held)


def _nation(row: list[str]) -> Nation:
    extra = dict(part.split(":", 1) for part in row[11].split("|"))
    return Nation(row[3], extra["iso3"], extra["capital"], extra["neighbours"])


def region_entry(entry: Entry, english: list[str], affixes: Affixes) -> Entry | None:
    """A region under its English names; None if nothing says what it is called."""
    if not (entry.name or english):
        return None
    shown = english[0] if english else entry.name
    names = [entry.name, *english, *entry.names]
    bare = [affixes.bare(n) for n in names if n]
    return replace(entry, name=shown, names=tuple(dict.fromkeys(n for n in (*names, *bare) if n and n != shown)))


def area_entries(data: Path = DATA) -> list[Entry]:
    """Seas and regions of seas.yaml."""
    made = []
    for name, feature, lat, lon, radius, countries, *names in _yaml(data, "seas.yaml"):
        kind = "water" if feature.startswith("H.") else "region"
        held = countries.split()
        ref = f"dateline:{kind}:{_slug(name)}"
        own = held[0] if len(held) == 1 else ""
        entry = Entry(ref, kind, name, own, "", "", lat, lon, 0, feature, radius, tuple(names), " ".join(held))
        made.append(entry)
    return made


def spot_entries(data: Path = DATA) -> list[Entry]:
    """Places of spots.yaml."""
    made = []
    for name, feature, lat, lon, iso2, admin1, *names in _yaml(data, "spots.yaml"):
        ref = f"dateline:place:{iso2}.{_slug(name)}"
        made.append(Entry(ref, "place", name, iso2, str(admin1), "", lat, lon, 0, feature, 1.0, tuple(names)))
    return made


def merged(places: list[Entry], spots: Iterable[Entry]) -> list[Entry]:
    """Places and spots; a town written by hand that is listed lends its names to the listed entry."""
    spots = list(spots)
    wanted = {(s.iso2, normal(n)) for s in spots for n in (s.name, *s.names)}
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, p in enumerate(places):
        for n in (p.name, *p.names):
            if (key := (p.iso2, normal(n))) in wanted:
                found[key].append(i)
    out, extra = list(places), []
    for s in spots:
        hits = sorted({i for n in (s.name, *s.names) for i in found.get((s.iso2, normal(n)), ())})
        near = [i for i in hits if distance(s.lat, s.lon, out[i].lat, out[i].lon) <= SAME_KM]
        if near and s.feature.startswith("P.PPL") and s.feature != "P.PPLX":
            best = max(near, key=lambda i: (out[i].population, -i))
            old = out[best]
            names = (old.name, *old.names, *s.names)
            out[best] = replace(old, name=s.name, names=tuple(dict.fromkeys(n for n in names if n != s.name)))
        else:
            extra.append(s)
    return out + extra


def plain(name: str) -> str:
    """A romanised name without the signs English print leaves out: "Al Ḩasakah" → "Al Hasakah"."""
    if name.isascii():
        kept = name.replace("`", "")
    else:
        folded = unicodedata.normalize("NFKD", name)
        kept = "".join([c for c in folded if not unicodedata.combining(c) and c not in "‘’ʿʾʻʼ`"])
    return kept[:1].upper() + kept[1:] if kept[:1].islower() else kept


def namesakes(places: list[Entry], regions: dict[tuple[str, str], Entry]) -> list[Entry]:
    """Towns that bear their region's name take over its English spellings (Deir Ezzor, Al-Hasakah)."""
    out = list(places)
    for i, p in enumerate(places):
        region = regions.get((p.iso2, p.admin1))
        key = loose(normal(p.name))
        if region is None or not key or key != loose(normal(region.name)):
            continue
        alike = tuple(n for n in (region.name, *region.names) if loose(normal(n)) == key)
        shown = region.name if p.iso2 in SPELT_PLAIN else p.name
        names = dict.fromkeys(n for n in (p.name, *p.names, *alike) if n != shown)
        out[i] = replace(p, name=shown, names=tuple(names))
    return out


def outline(data: Path = DATA) -> tuple[list[Entry], list[Nation]]:
    """Countries and first-order regions of the built-in gazetteer in a fixed order."""
    read = _Packed(data)
    held = [e for row in takewhile(lambda row: row[0] != "place", packed_rows(data / PACKED)) if (e := read.area(row))]
    return [e for e in held if e.kind in ("country", "admin1")], read.nations


def built_in(data: Path = DATA) -> tuple[list[Entry], list[Nation]]:
    """All entries of the built-in gazetteer in a fixed order, and its countries."""
    read = _Packed(data)
    entries: list[Entry] = []
    places: list[Entry] = []
    for row in packed_rows(data / PACKED):
        if row[0] != "place":
            if area := read.area(row):
                entries.append(area)
            continue
        entry = _entry(row)
        if entry.iso2 in SPELT_PLAIN and (spelt := plain(entry.name)) != entry.name:
            entry = replace(entry, name=spelt)
        places.append(entry)
    regions = {(e.iso2, e.admin1): e for e in entries if e.kind == "admin1"}
    towns = merged(namesakes(places, regions), spot_entries(data))
    return [*entries, *area_entries(data), *towns], read.nations


class _Packed:
    """Reads the rows of countries and regions, which stand before all places; `nations` fills on the way."""

    def __init__(self, data: Path) -> None:
        self.nations: list[Nation] = []
        self._english, self._common = _yaml(data, "regions.yaml"), _yaml(data, "countries.yaml")
        self._centres, self._affixes = _yaml(data, "centres.yaml"), Affixes(data)

    def area(self, row: list[str]) -> Entry | None:
        """A country or region under its English names; None if nothing says what it is called."""
        entry = _entry(row)
        if entry.kind == "country":
            self.nations.append(_nation(row))
            lat, lon = self._centres.get(entry.iso2, (entry.lat, entry.lon))
            return replace(entry, lat=lat, lon=lon, names=tuple(self._common.get(entry.iso2, ())))
        if entry.kind == "admin1":
            return region_entry(entry, self._english.get(f"{entry.iso2}.{entry.admin1}", []), self._affixes)
        return replace(entry, names=tuple(n for n in (self._affixes.bare(entry.name),) if n != entry.name))
