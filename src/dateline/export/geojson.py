"""GeoJSON (RFC 7946): a point for each place an incident's statements name, in its role, with its precision.

No lines are ever drawn between places: an origin is where something is said to have started, not a path.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from dateline.export.base import ExportSource, Loss, LossReport
from dateline.export.rows import COUNTED
from dateline.incidents.view import IncidentView
from dateline.records import Place

DECIMALS = {1: 4, 2: 3, 3: 2, 4: 1, 5: 1, 6: 1, 7: 1}
"""Decimals of a coordinate by UCDP where_prec, so that a point claims no more than the text does."""


def _places(v: IncidentView) -> list[tuple[Place, tuple[str, ...]]]:
    """Resolved places by (id, role) with the statements that name them, in text order."""
    held: dict[tuple[str, str], tuple[Place, list[str]]] = {}
    for item in v.items:
        for p in item.statement.places:
            if p.lat is not None and p.lon is not None:
                key = (p.place_id or p.name, p.role.value)
                held.setdefault(key, (p, []))[1].append(item.id)
    return [(p, tuple(ids)) for p, ids in held.values()]


def _feature(v: IncidentView, p: Place, ids: tuple[str, ...]) -> dict[str, Any]:
    digits = DECIMALS.get(p.where_prec or 6, 1)
    figures: dict[str, int | str | None] = {}
    for m in COUNTED:
        r = v.range_of(m)
        figures |= {f"{m}_min": r.min if r else None, f"{m}_max": r.max if r else None}
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [round(p.lon or 0.0, digits), round(p.lat or 0.0, digits)]},
        "properties": {
            "incident": v.incident.code,
            "role": p.role.value,
            "place": p.name,
            "place_id": p.place_id,
            "country": p.country,
            "admin": list(p.admin),
            "geo_precision": p.geo_precision,
            "where_prec": p.where_prec,
            "event": v.event,
            "sub_event_type": v.sub_event,
            "occurred": v.occurred,
            "certainties": {c.value: n for c, n in v.certainties},
            "date_earliest": str(v.earliest) if v.earliest else None,
            "date_latest": str(v.latest) if v.latest else None,
            **figures,
            "range_policy": v.ranges[0].policy if v.ranges else None,
            "voices": list(v.voices),
            "outlets": list(v.outlets),
            "reports": list(v.reports),
            "statements": list(ids),
        },
    }


class GeoJsonExporter:
    """A FeatureCollection of places in their roles."""

    name = "geojson.v1"
    suffix = ".geojson"

    def write(self, source: ExportSource, out: BinaryIO) -> LossReport:
        """Incidents without a resolved place are counted as lost: a map cannot hold them."""
        placeless = 0

        def features() -> Iterator[dict[str, Any]]:
            nonlocal placeless
            for v in source.incidents():
                places = _places(v)
                placeless += not places
                for p, ids in places:
                    yield _feature(v, p, ids)

        out.write(b'{"type": "FeatureCollection", "features": [')
        written = 0
        for f in features():
            out.write(b",\n" if written else b"\n")
            out.write(json.dumps(f, ensure_ascii=False).encode("utf-8", "backslashreplace"))
            written += 1
        out.write(b"\n]}\n")
        lost = Loss(sentence="incidents without a resolved place left out", count=placeless)
        return LossReport(written=written, unit="places of incidents", losses=(lost,))
