"""GeoJSON (RFC 7946): a point for each place an incident's statements name, in its role, with its precision.

No lines are ever drawn between places: an origin is where something is said to have started, not a path.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any, BinaryIO

from dateline.export.base import ExportSource, Loss, LossReport
from dateline.export.rows import COUNTED
from dateline.incidents.items import Linkable
from dateline.incidents.view import IncidentView
from dateline.labels import OCCURRED, Certainty
from dateline.records import Place

DECIMALS = {1: 4, 2: 3, 3: 2}
COARSE = 1
"""Decimals of a coordinate by UCDP where_prec, and for all coarser or unknown precision: one decimal is about
11 km, four are about 11 m, so that a point claims no more than the text does."""


def _resolved(p: Place) -> bool:
    return p.lat is not None and p.lon is not None


def _places(v: IncidentView) -> list[tuple[Place, list[Linkable]]]:
    """Resolved places by (id, role) with the statements that name them, in text order."""
    held: dict[tuple[str, str], tuple[Place, list[Linkable]]] = {}
    for item in v.items:
        named = {(p.place_id or p.name, p.role.value): p for p in item.statement.places if _resolved(p)}
        for key, p in named.items():
            held.setdefault(key, (p, []))[1].append(item)
    return list(held.values())


def _unresolved(v: IncidentView) -> int:
    """How many places the statements name that no gazetteer entry was found for."""
    return len({(p.name, p.role) for i in v.items for p in i.statement.places if not _resolved(p)})


def _point(p: Place) -> dict[str, Any]:
    """Longitude first (RFC 7946, 3.1.1); adding 0.0 turns -0.0 into 0.0."""
    digits = DECIMALS.get(p.where_prec or 0, COARSE)
    degrees = [round(x, digits) + 0.0 for x in (p.lon, p.lat) if x is not None]
    return {"type": "Point", "coordinates": degrees}


def _said(v: IncidentView, items: Sequence[Linkable]) -> dict[str, Any]:
    """Who says that it was at this place, and how surely: only the statements that name it in this role."""
    voice, labels = v.hearing.of, Counter(i.statement.certainty.label for i in items)
    return {
        "occurred": any(c in OCCURRED for c in labels),
        "certainties": {c.value: labels[c] for c in Certainty if labels[c]},
        "voices": sorted({voice[i.id] for i in items}),
        "outlets": sorted({i.outlet for i in items if i.outlet}),
        "reports": sorted({i.report_id for i in items}),
        "statements": [i.id for i in items],
    }


def _feature(v: IncidentView, p: Place, items: Sequence[Linkable]) -> dict[str, Any]:
    figures: dict[str, int | str | None] = {}
    for m in COUNTED:
        r = v.range_of(m)
        figures |= {f"{m}_{end}": getattr(r, end) if r else None for end in ("min", "max", "highest")}
    return {
        "type": "Feature",
        "id": f"{v.incident.id}/{p.role}/{p.place_id or p.name}",
        "geometry": _point(p),
        "properties": {
            "incident": v.incident.code,
            "role": p.role.value,
            "place": p.name,
            "place_id": p.place_id,
            "country": p.country,
            "admin": list(p.admin),
            "geo_precision": p.geo_precision,
            "where_prec": p.where_prec,
            **_said(v, items),
            "event": v.event,
            "sub_event_type": v.sub_event,
            "date_earliest": str(v.earliest) if v.earliest else None,
            "date_latest": str(v.latest) if v.latest else None,
            **figures,
            "range_policy": v.ranges[0].policy if v.ranges else None,
            "grade": v.grade.value if v.grade else None,
            "graded_by": v.grade.person if v.grade else None,
        },
    }


class GeoJsonExporter:
    """A FeatureCollection of places in their roles."""

    name = "geojson.v1"
    suffix = ".geojson"

    def write(self, source: ExportSource, out: BinaryIO) -> LossReport:
        """Incidents without a resolved place are counted as lost: a map cannot hold them."""
        written = placeless = unresolved = 0
        out.write(b'{"type": "FeatureCollection", "features": [')
        for v in source.incidents():
            places = _places(v)
            placeless += not places
            unresolved += _unresolved(v) if places else 0
            for p, items in places:
                line = json.dumps(_feature(v, p, items), ensure_ascii=False, allow_nan=False)
                # a lone surrogate cannot be UTF-8; escaped, it is the JSON for the same character
                out.write((b",\n" if written else b"\n") + line.encode("utf-8", "backslashreplace"))
                written += 1
        out.write(b"\n]}\n")
        losses = (
            Loss(sentence="incidents without a resolved place left out", count=placeless),
            Loss(sentence="unresolved places of other incidents left out", count=unresolved),
            Loss(sentence="points whose sentences, source chains and ledger are not held", count=written),
        )
        return LossReport(written=written, unit="places of incidents", losses=losses)
