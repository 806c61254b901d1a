"""A processed report as one line of the statements interchange, schema `dateline.statements/1` (design §6).

Fields and their meaning are those of the gold files, so that gold and machine output can be compared as they
are: a span is `[start, end)` in code points of `text`. Beside the spans stand the values, and how each came to
be: `basis` (text, context, metadata, default), `rule`, `confidence` (null where no model gave one).
docs/schema/statements-1.json is the JSON Schema.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dateline.incidents.grades import NO_GRADES, Grades, Judgement
from dateline.labels import Measure
from dateline.ontology.grades import Scheme
from dateline.records import Code, Figure, Party, Place, ReportResult, Source, Span, Statement, Value, Weapon, When

SCHEMA = "dateline.statements/1"
_GEONAMES = "geonames:"


def _spans(spans: Iterable[Span]) -> list[list[int]]:
    return [[s.start, s.end] for s in spans]


def _made(v: Value) -> dict[str, Any]:
    """How a value came to be."""
    return {"basis": str(v.basis), "rule": v.rule, "confidence": v.confidence}


def _party(p: Party) -> dict[str, Any]:
    return {
        "spans": _spans(p.spans),
        "name": p.name,
        "group": p.group,
        "id": p.actor_id,
        "kind": p.kind,
        "country": p.country,
        "sector": p.sector,
        **_made(p),
    }


def _weapon(w: Weapon) -> dict[str, Any]:
    return {"spans": _spans(w.spans), "name": w.name, "kind": w.kind, **_made(w)}


def _geonameid(place_id: str | None) -> int | None:
    number = (place_id or "").removeprefix(_GEONAMES)
    return int(number) if place_id and place_id.startswith(_GEONAMES) and number.isdecimal() else None


def _place(p: Place) -> dict[str, Any]:
    return {
        "spans": _spans(p.spans),
        "name": p.name,
        "country": p.country,
        "role": str(p.role),
        **({"implied": True} if p.implied else {}),
        "id": p.place_id,
        "geonameid": _geonameid(p.place_id),
        "lat": p.lat,
        "lon": p.lon,
        "feature": p.feature,
        "admin": list(p.admin),
        "precision": p.geo_precision,
        "where_prec": p.where_prec,
        **_made(p),
    }


def _date(d: When | None) -> dict[str, Any]:
    if d is None:
        return {"spans": [], "earliest": None, "latest": None}
    return {
        "spans": _spans(d.spans),
        "earliest": d.earliest.isoformat() if d.earliest else None,
        "latest": d.latest.isoformat() if d.latest else None,
        "edtf": d.edtf,
        "time_precision": d.time_precision,
        "date_prec": d.date_prec,
        "anchor": d.anchor,
        **_made(d),
    }


def _counted(f: Figure) -> str | None:
    """What a figure breaks down or, where it counts no harm done to people, what it counts: an "other" says nothing
    without it."""
    return f.of if f.of is not None or f.measure is not Measure.OTHER else f.whom


def _figure(f: Figure) -> dict[str, Any]:
    return {
        "spans": _spans(f.spans),
        "measure": str(f.measure),
        "min": f.min,
        "max": f.max,
        **({"of": of} if (of := _counted(f)) is not None else {}),
        "qualifier": str(f.qualifier),
        "whom": f.whom,
        **_made(f),
    }


def _source(s: Source) -> dict[str, Any]:
    return {
        "spans": _spans(s.spans),
        "name": s.name,
        "type": str(s.type),
        "id": s.actor_id,
        "country": s.country,
        **_made(s),
    }


def _code(c: Code) -> dict[str, Any]:
    return {"scheme": c.scheme, "code": c.code, "spans": _spans(c.spans), **_made(c)}


def _graded(j: Judgement) -> dict[str, Any]:
    return {"credibility": j.value, "person": j.person, "at": j.at, "reason": j.reason}


def statement_object(s: Statement, sid: str, incident: str | None, judged: Judgement | None = None) -> dict[str, Any]:
    """One statement; `sid` is its number in the report, `incident` the code of its incident, `judged` what a person
    judged of its credibility: a statement nobody judged has no `grade`."""
    return {
        "sid": sid,
        "id": s.id,
        "sentence": [s.sentence.start, s.sentence.end],
        "passage": str(s.passage),
        "trigger": _spans(s.trigger),
        "event": [s.event.code],
        "sub_event": [s.sub_event.code] if s.sub_event else [],
        "actors": [_party(p) for p in s.actors],
        "targets": [_party(p) for p in s.targets],
        "weapons": [_weapon(w) for w in s.weapons],
        "places": [_place(p) for p in s.places],
        "date": _date(s.date),
        "figures": [_figure(f) for f in s.figures],
        "sources": [_source(x) for x in s.sources],
        "certainty": str(s.certainty.label),
        "certainty_spans": _spans(s.certainty.spans),
        "incident": incident,
        "codes": [_code(c) for c in (s.event, *((s.sub_event,) if s.sub_event else ()), *s.codes)],
        "rule": s.event.rule,
        "basis": str(s.event.basis),
        "confidence": s.event.confidence,
        **({"grade": _graded(judged)} if judged else {}),
    }


def report_line(result: ReportResult, incident_of: Mapping[str, str], grades: Grades = NO_GRADES) -> dict[str, Any]:
    """A report with its statements, ready for `json.dumps`; keys come in a fixed order.

    `incident_of` maps statement ids to incident codes; a statement it lacks gets null.
    """
    r = result.report
    return {
        "schema": SCHEMA,
        "report_id": r.key,
        "content_id": r.id,
        "published": r.published.isoformat() if r.published else None,
        "publisher": r.outlet,
        "title": r.title,
        "author": r.author,
        "url": r.url,
        "language": r.language,
        "text": r.text,
        "statements": [
            statement_object(s, f"s{n}", incident_of.get(s.id), grades.last(Scheme.CREDIBILITY, s.id))
            for n, s in enumerate(result.statements, start=1)
        ],
    }
