"""Maps drawn as SVG on the server: country outlines from world-atlas, places with honest precision.

The projection is equirectangular, with longitudes shrunk by the cosine of the middle latitude so that
distances near the middle are alike in both directions. TopoJSON: https://github.com/topojson/topojson-specification
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import cos, radians
from typing import Any

from dateline.labels import PlaceRole
from dateline.records import Place
from dateline.web.labels import precision
from dateline.web.vendor import vendored

Point = tuple[float, float]
KM_PER_DEGREE = 111.2
WIDTH = 1000.0


@dataclass(frozen=True, slots=True)
class Spot:
    """A place to draw: `km` is the radius of the area it stands for, 0 for a place known as a point."""

    lat: float
    lon: float
    km: int
    label: str
    precision: str
    role: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """A country's ring in degrees, with the box it lies in."""

    country: str
    ring: tuple[Point, ...]
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of the world a map shows, in degrees, and its scale: picture units for a degree of latitude."""

    west: float
    south: float
    east: float
    north: float

    @property
    def squeeze(self) -> float:
        """How much shorter a degree of longitude is than one of latitude, in the middle."""
        return cos(radians((self.south + self.north) / 2))

    @property
    def scale(self) -> float:
        """Picture units for a degree of latitude."""
        return WIDTH / ((self.east - self.west) * self.squeeze)

    @property
    def height(self) -> float:
        """Height of the picture; its width is `WIDTH`."""
        return (self.north - self.south) * self.scale

    def at(self, lon: float, lat: float) -> Point:
        """Where a point falls in the picture."""
        return (lon - self.west) * self.squeeze * self.scale, (self.north - lat) * self.scale


@dataclass(frozen=True, slots=True)
class Shape:
    """A spot in the picture: centre and radius in picture units; `exact` spots are drawn as a dot."""

    spot: Spot
    x: float
    y: float
    radius: float

    @property
    def exact(self) -> bool:
        """Whether the place is known as a point."""
        return self.spot.km == 0


@dataclass(frozen=True, slots=True)
class Picture:
    """An SVG map: one path for the land, names of countries, and the spots."""

    width: float
    height: float
    land: str
    names: tuple[tuple[float, float, str], ...]
    shapes: tuple[Shape, ...]

    @property
    def data(self) -> list[dict[str, Any]]:
        """The spots for the zoomable map."""
        kept = ("lat", "lon", "km", "label", "precision", "role", "href")
        return [{k: getattr(s.spot, k) for k in kept} for s in self.shapes]


def spot(place: Place, label: str | None = None, href: str | None = None) -> Spot | None:
    """A resolved place as a spot, None without coordinates."""
    if place.lat is None or place.lon is None:
        return None
    text, km = precision(place)
    return Spot(place.lat, place.lon, km, label or place.name, text, PlaceRole(place.role).value, href)


def picture(spots: Iterable[Spot], *, least: float = 8.0) -> Picture:
    """A map of the spots, at least `least` degrees high; of the whole world if there are none."""
    held = sorted(set(spots), key=lambda s: (-s.km, s.lat, s.lon, s.label, s.href or ""))
    frame = _frame(held, least)
    outlines = _outlines("countries-110m.json" if frame.east - frame.west > 100 else "countries-50m.json")
    clipped = [(o.country, _clip(o.ring, frame)) for held in outlines for o in _shifted(held, frame)]
    rings = [(name, [frame.at(*p) for p in ring]) for name, ring in clipped if len(ring) > 2]
    shapes = tuple(Shape(s, *frame.at(s.lon, s.lat), s.km / KM_PER_DEGREE * frame.scale) for s in held)
    world = frame.east - frame.west > 180
    return Picture(WIDTH, frame.height, _path(rings), () if world else _names(rings, frame), shapes)


def _frame(spots: Sequence[Spot], least: float) -> Frame:
    """Around the spots and their areas, half as high as wide, inside the world."""
    if not spots:
        return Frame(-180, -58, 180, 80)
    reach = [s.km / KM_PER_DEGREE for s in spots]
    south = min(s.lat - r for s, r in zip(spots, reach, strict=True))
    north = max(s.lat + r for s, r in zip(spots, reach, strict=True))
    squeeze = max(0.2, cos(radians((south + north) / 2)))
    west = min(s.lon - r / squeeze for s, r in zip(spots, reach, strict=True))
    east = max(s.lon + r / squeeze for s, r in zip(spots, reach, strict=True))
    high = max(least, (north - south) * 1.3, (east - west) * 1.3 * squeeze / 2)
    if high > 80:
        return Frame(-180, -58, 180, 80)
    middle = min(max((south + north) / 2, -85 + high / 2), 85 - high / 2)
    wide = max(high * 2 / max(0.2, cos(radians(middle))), (east - west) * 1.1)
    centre = (west + east) / 2
    return Frame(centre - wide / 2, middle - high / 2, centre + wide / 2, middle + high / 2)


@cache
def _outlines(name: str) -> tuple[Outline, ...]:
    """All rings of a vendored world-atlas file, decoded from its quantised arcs."""
    folder = files("dateline.web") / "static" / "vendor" / vendored("world-atlas")
    topology = json.loads((folder / name).read_text(encoding="utf-8"))
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for a, b in arc:
            x, y = x + a, y + b
            points.append((x * kx + dx, y * ky + dy))
        arcs.append(points)
    found = []
    for shape in topology["objects"]["countries"]["geometries"]:
        polygons = {"Polygon": [shape.get("arcs")], "MultiPolygon": shape.get("arcs")}.get(shape["type"], [])
        for numbers in (ring for polygon in polygons for ring in polygon):
            ring = _unwrapped([p for n in numbers for p in (arcs[n] if n >= 0 else reversed(arcs[~n]))])
            xs, ys = [p[0] for p in ring], [p[1] for p in ring]
            found.append(Outline(shape["properties"]["name"], tuple(ring), (min(xs), min(ys), max(xs), max(ys))))
    return tuple(found)


def _unwrapped(ring: Sequence[Point]) -> list[Point]:
    """The ring with longitudes that go on past 180 degrees where it crosses that meridian, not back to -180.

    A ring around a pole does not close; it is closed by way of the pole.
    """
    made, turn = [ring[0]], 0.0
    for (x0, _), (x1, y1) in pairwise(ring):
        turn += 360 if x1 - x0 < -180 else -360 if x1 - x0 > 180 else 0
        made.append((x1 + turn, y1))
    if turn:
        pole = 90.0 if made[0][1] > 0 else -90.0
        made += [(made[-1][0], pole), (made[0][0], pole)]
    return made


def _shifted(o: Outline, f: Frame) -> Iterator[Outline]:
    """The outline where it meets the frame, once around the world either way included."""
    west, south, east, north = o.box
    for turn in (-360, 0, 360):
        box = (west + turn, south, east + turn, north)
        if _meets(box, f):
            yield Outline(o.country, tuple((x + turn, y) for x, y in o.ring) if turn else o.ring, box)


def _meets(box: tuple[float, float, float, float], f: Frame) -> bool:
    return box[0] < f.east and box[2] > f.west and box[1] < f.north and box[3] > f.south


def _clip(ring: Sequence[Point], f: Frame) -> list[Point]:
    """The ring inside the frame, a little beyond its edges (Sutherland–Hodgman)."""
    margin = (f.north - f.south) / 50
    held = list(ring)
    edges = ((0, f.west - margin, 1), (0, f.east + margin, -1), (1, f.south - margin, 1), (1, f.north + margin, -1))
    for axis, limit, sign in edges:
        made: list[Point] = []
        for a, b in zip(held, held[1:] + held[:1], strict=True):
            inside_a, inside_b = sign * (a[axis] - limit) >= 0, sign * (b[axis] - limit) >= 0
            if inside_a:
                made.append(a)
            if inside_a != inside_b:
                t = (limit - a[axis]) / (b[axis] - a[axis])
                made.append((a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])))
        held = made
    return held


def _path(rings: Iterable[tuple[str, Sequence[Point]]]) -> str:
    """SVG path data in whole units: first point absolute, the rest relative, points that fall together left out."""
    parts = []
    for _, ring in rings:
        x, y = round(ring[0][0]), round(ring[0][1])
        steps = []
        begun = f"M{x} {y}l"
        for px, py in ring[1:]:
            dx, dy = round(px) - x, round(py) - y
            if dx or dy:
                steps.append(f"{dx} {dy}")
                x, y = x + dx, y + dy
        if len(steps) > 1:
            parts.append(begun + " ".join(steps) + "z")
    return "".join(parts)


def _names(rings: Iterable[tuple[str, Sequence[Point]]], f: Frame) -> tuple[tuple[float, float, str], ...]:
    """Country names at the middle of their largest visible part, where there is room."""
    best: dict[str, tuple[float, Point]] = {}
    for name, ring in rings:
        area = centre_x = centre_y = 0.0
        for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True):
            cross = x0 * y1 - x1 * y0
            area, centre_x, centre_y = area + cross, centre_x + (x0 + x1) * cross, centre_y + (y0 + y1) * cross
        if area and abs(area) / 2 > best.get(name, (0.0, (0, 0)))[0]:
            best[name] = (abs(area) / 2, (centre_x / (3 * area), centre_y / (3 * area)))
    room = [(x, y, name) for name, (area, (x, y)) in best.items() if area > 2500 * len(name)]
    return tuple(sorted((x, y, n) for x, y, n in room if 60 < x < WIDTH - 60 and 20 < y < f.height - 10))
