"""The middle of countries, regions and continents by their area: every cell of land belongs to the nearest town.

Land is that of NOAA's GLOBE model (public domain), as global-land-mask 1.0.0 of PyPI packs it. A coder who knows only
the province puts the event in its middle, so this is the middle of the land, not of its towns.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Region = tuple[str, str]
"""ISO2 and admin1 code."""
Town = tuple[float, float, Region]
"""Latitude, longitude and the region it lies in."""
Middle = tuple[float, float, int]
"""Latitude, longitude and the radius in km that holds nine tenths of the area."""
Floats = NDArray[np.float64]
_EVERY = 12
"""Of the mask's cells (120 to a degree), one in so many is looked at, each way."""
_TILE = 5.0
"""Degrees of land that are asked together."""
_FINE = 120 / _EVERY
"""Cells to a degree."""
_LIVED = 0.2
"""Degrees to the nearest town within which a cell is one where people live."""
_SETTLED = 0.05
_SOUTH = -60.0
"""Beyond lies Antarctica, which has no towns."""
_REACH = (2.0, 8.0, 30.0, 180.0)
"""Degrees around a tile in which its nearest towns are looked for, until there are any."""


def land(mask: Path) -> Floats:
    """(n, 2) latitudes and longitudes of the cells of land."""
    with np.load(mask) as held:
        sea, lat, lon = (held[k] for k in ("mask", "lat", "lon"))
        half = _EVERY // 2
        rows, columns = np.nonzero(~sea[half::_EVERY, half::_EVERY])
        cells = np.stack([lat[half::_EVERY][rows], lon[half::_EVERY][columns]], axis=1).astype(np.float64)
    return cells[cells[:, 0] > _SOUTH]


def unit(points: Floats) -> Floats:
    """Points on the unit sphere."""
    a, b = np.radians(points[:, 0]), np.radians(points[:, 1])
    return np.stack([np.cos(a) * np.cos(b), np.cos(a) * np.sin(b), np.sin(a)], axis=1)


def nearest(cells: Floats, towns: Floats) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """(cells, their nearest towns) tile by tile, as indexes."""
    at, spots = unit(cells), unit(towns)
    tiles = np.floor(cells / _TILE).astype(np.int64)
    for tile in np.unique(tiles, axis=0):
        inside = np.nonzero((tiles == tile).all(axis=1))[0]
        low = tile * _TILE
        for reach in _REACH:
            wide = reach / max(0.05, math.cos(math.radians(min(89.0, float(np.abs(low[0] + _TILE / 2))))))
            across = np.abs((towns[:, 1] - low[1] - _TILE / 2 + 180.0) % 360.0 - 180.0) <= _TILE / 2 + wide
            near = np.nonzero(across & (np.abs(towns[:, 0] - low[0] - _TILE / 2) <= _TILE / 2 + reach))[0]
            if len(near):
                break
        yield inside, near[(at[inside] @ spots[near].T).argmax(axis=1)]


def thinned(towns: Iterable[Town]) -> list[Town]:
    """One town for each region in a cell of a twentieth of a degree: enough to tell whose the land is."""
    kept: dict[tuple[int, int, Region], Town] = {}
    for lat, lon, region in towns:
        kept.setdefault((math.floor(20 * lat), math.floor(20 * lon), region), (lat, lon, region))
    return list(kept.values())


def shares(cells: Floats, towns: Sequence[Town]) -> dict[Region, Floats]:
    """The cells of each region that has any, without land apart from its towns: Greenland's south lies nearest to
    Iceland's, and a few towns bear the code of a province far away."""
    held = thinned(towns)
    spots = np.array([(lat, lon) for lat, lon, _ in held])
    found: dict[Region, list[int]] = defaultdict(list)
    lived: set[int] = set()
    for inside, near in nearest(cells, spots):
        close = np.abs(cells[inside] - spots[near]).max(axis=1) <= _LIVED
        lived.update(inside[close].tolist())
        for cell, town in zip(inside.tolist(), near.tolist(), strict=True):
            found[held[town][2]].append(cell)
    return {region: cells[np.array(sorted(settled(cells, own, lived)))] for region, own in sorted(found.items())}


def settled(cells: Floats, own: Sequence[int], lived: Set[int]) -> list[int]:
    """Those of a region's cells that hang together with some of those where its towns are: with a twentieth of them at
    least. All, where none holds a town."""
    parts = pieces(cells, own)
    counts = [len(lived.intersection(part)) for part in parts]
    kept = [part for part, n in zip(parts, counts, strict=True) if n and n >= _SETTLED * sum(counts)]
    return [cell for part in kept for cell in part] or list(own)


def pieces(cells: Floats, own: Sequence[int]) -> list[list[int]]:
    """The cells in groups that hang together, each with its neighbours to all eight sides."""
    around = round(360 * _FINE)
    held = np.floor(cells[np.array(own)] * _FINE + 0.25).astype(np.int64)  # cells lie at halves
    at = {(y, x % around): n for n, (y, x) in zip(own, held.tolist(), strict=True)}
    out = []
    while at:
        place, first = at.popitem()
        part, edge = [first], [place]
        while edge:
            y, x = edge.pop()
            for beside in product((y - 1, y, y + 1), ((x - 1) % around, x, (x + 1) % around)):
                if beside in at:
                    part.append(at.pop(beside))
                    edge.append(beside)
        out.append(part)
    return out


def middle(cells: Floats) -> Middle:
    """The mean latitude and longitude of cells, weighed by their area, and how far nine tenths of it reach."""
    weight = np.cos(np.radians(cells[:, 0]))
    x, y, _ = (unit(cells) * weight[:, None]).sum(axis=0).tolist()
    side = math.degrees(math.atan2(y, x))
    apart = (cells[:, 1] - side + 180.0) % 360.0 - 180.0
    lat, off = (float((v * weight).sum() / weight.sum()) for v in (cells[:, 0], apart))
    away = 111.2 * np.hypot(cells[:, 0] - lat, (apart - off) * math.cos(math.radians(lat)))
    order = np.argsort(away)
    reached = np.cumsum(weight[order]) / weight.sum()
    nine = float(away[order][np.searchsorted(reached, 0.9)])
    return lat, (side + off + 180.0) % 360.0 - 180.0, max(5, round(nine))


def joined(parts: Iterable[Floats]) -> Floats:
    """The cells of several regions together."""
    return np.concatenate(list(parts))
