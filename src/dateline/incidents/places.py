"""How two places lie to each other: the same, one within the other, near, or apart."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache
from math import asin, cos, radians, sin, sqrt

from dateline.incidents.vocabulary import WORD, words
from dateline.language.en.placecontext import names_none
from dateline.records import Place

EARTH_KM = 6371.0
POINT = 9


class Relation(StrEnum):
    """How two places lie to each other. ALIKE: not resolved, but their names share a word; UNKNOWN: nothing known."""

    SAME = "same"
    WITHIN = "within"
    NEAR = "near"
    ALIKE = "alike"
    APART = "apart"
    FAR = "far"
    UNKNOWN = "unknown"


TOGETHER = frozenset({Relation.SAME, Relation.NEAR, Relation.WITHIN, Relation.ALIKE})
"""How two places lie that may be one."""


def distance_km(a: Place, b: Place) -> float | None:
    """Great-circle distance (haversine, sphere of 6371 km), None without coordinates."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    x1, x2 = radians(a.lat), radians(b.lat)
    h = sin((x2 - x1) / 2) ** 2 + cos(x1) * cos(x2) * sin(radians(b.lon - a.lon) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(h)))


def level(p: Place) -> int | None:
    """0 a country, 1–4 an administrative area of that order, 5 another area (a sea, a region), 9 a point in one
    (a town, a camp, a street).

    None where the gazetteer did not resolve the place. Feature codes are those of GeoNames.
    """
    if p.feature is None:
        return None
    if not p.feature.startswith("A."):
        return POINT if p.feature[0] in "PS" else 5
    tail = p.feature[2:]
    if tail.startswith("PCL"):
        return 0
    return int(tail[3]) if tail.startswith("ADM") and tail[3:4].isdigit() else 4


def contains(a: Place, b: Place) -> bool:
    """Whether `a` is a country or area that `b` lies in."""
    la, lb = level(a), level(b)
    if la is None or la > 4 or a.country is None or a.country != b.country:
        return False
    if la == 0:
        return lb != 0
    if lb is not None and lb <= la:
        return False
    depth = la + 1
    return len(a.admin) >= depth and a.admin[:depth] == b.admin[:depth]


@lru_cache(maxsize=1 << 14)  # a place is compared with many
def proper(name: str) -> frozenset[str]:
    """The words of a name that are capitalised and not short: "Atme border crossing" → {"atme"}."""
    return frozenset(w.casefold() for w in re.findall(r"[^\W\d_]+", name) if len(w) > 3 and not w.islower())


def by_name(places: Iterable[Place]) -> tuple[Place, ...]:
    """The places that their own words name: "the city" is none that two reports both name."""
    return tuple(p for p in places if not p.spans or not names_none(p.spans[0].quote))


def _by_name(a: str, b: str) -> Relation:
    if a.casefold() == b.casefold():
        return Relation.SAME
    return Relation.ALIKE if proper(a) & proper(b) else Relation.UNKNOWN


def _one_name(a: str, b: str) -> bool:
    """Whether all proper words of one name stand in the other, as with "Roxbury" and "the Roxbury district"."""
    x, y = proper(a), proper(b)
    return bool(x and y) and (x <= y or y <= x)


def spots(name: str) -> bool:
    """Whether a name is that of a street or a building: what the gazetteer knows of it is a town that is called so."""
    return not words().spots.isdisjoint(WORD.findall(name.casefold()))


def is_town(name: str) -> bool:
    """Whether a name reads as that of a town or area: proper words and no others ("al-" is part of a name), not a
    street nor a building."""
    return bool(proper(name)) and all(x[0].isupper() or len(x) < 3 for x in WORD.findall(name)) and not spots(name)


def relation(a: Place, b: Place, near_km: float, far_km: float) -> Relation:
    """How the two lie to each other. `near_km`: one place for all we know; beyond `far_km`: two for sure."""
    if a.place_id is not None and a.place_id == b.place_id:
        return Relation.SAME
    if contains(a, b) or contains(b, a):
        return Relation.WITHIN
    if a.place_id is None or b.place_id is None:
        return _by_name(a.name, b.name)
    la, lb = level(a), level(b)
    if a.country and b.country and a.country != b.country and 0 in (la, lb):
        return Relation.FAR
    km = distance_km(a, b)
    if km is None:
        return Relation.UNKNOWN
    if 5 in (la, lb):  # nobody knows where a region ends
        return Relation.UNKNOWN
    if la != POINT or lb != POINT:  # an area's coordinates are its middle, not its edge
        return Relation.APART if km > near_km else Relation.NEAR
    if km <= near_km:
        return Relation.NEAR
    if _one_name(a.name, b.name):  # there are many towns of one name, and one of the two was taken for another
        return Relation.ALIKE
    return Relation.FAR if km > far_km and not spots(a.name) and not spots(b.name) else Relation.APART
