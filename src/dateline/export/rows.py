"""Statements and incidents as flat rows: one place that decides the columns of CSV and spreadsheets.

Several values of one field are joined by "; ", a source chain by " > ", outermost first. Unknown is empty,
never 0. docs/exports.md describes every column; a test keeps the two in step.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from dateline.incidents.grades import NO_GRADES, Grades, IncidentGrade
from dateline.incidents.view import IncidentView, LedgerEntry
from dateline.labels import OCCURRED, Certainty, Measure, PlaceRole
from dateline.ontology import acled_event_type
from dateline.ontology.grades import Scheme
from dateline.records import Figure, Party, Place, ReportResult, Statement

Cell = str | int | float | bool | date | None
Row = dict[str, Cell]
COUNTED = (Measure.KILLED, Measure.INJURED)
STATEMENT_COLUMNS = tuple(
    "statement_id report_id incident outlet published title url sentence trigger start end event event_type "
    "sub_event_type certainty certainty_cue occurred sources source_types original_source actors actor_groups "
    "actor_ids actor_words targets target_groups target_ids target_words weapons places place_ids place_basis "
    "country admin1 latitude longitude geo_precision where_prec origins date_words date_earliest date_latest "
    "date_edtf time_precision date_prec date_basis date_anchor killed_min killed_max injured_min injured_max "
    "other_figures credibility graded_by".split()
)
INCIDENT_COLUMNS = tuple(
    "incident incident_id event event_type sub_event_type occurred certainties disputed date_earliest date_latest "
    "place place_id country admin1 latitude longitude geo_precision where_prec all_actors all_targets all_weapons "
    "all_places killed_min killed_max killed_highest injured_min injured_max injured_highest range_policy "
    "statements reports outlets voices voices_unknown voice_names voice_notes report_ids grade "
    "graded_by graded_at grade_reason changed_since_grade".split()
)
LEDGER_COLUMNS = tuple(
    "incident figure_id measure min max qualifier whom of victims words outlet sources voice by_actor published "
    "certainty reliability credibility graded_by not_counted_because revises revised_by report_id statement_id".split()
)
RANGE_COLUMNS = tuple(
    "incident measure victims policy min max certainties voices figures_not_counted note statement_ids".split()
)


def _join(values: Iterable[object | None]) -> str | None:
    held = [str(v) for v in values if v is not None and v != ""]
    return "; ".join(held) or None


def _parties(prefix: str, parties: tuple[Party, ...]) -> Row:
    return {
        f"{prefix}s": _join(p.name for p in parties),
        f"{prefix}_groups": _join(p.group for p in parties),
        f"{prefix}_ids": _join(p.actor_id for p in parties),
        f"{prefix}_words": _join(s.quote for p in parties for s in p.spans[:1]),
    }


def _first(s: Statement, measure: Measure) -> Figure | None:
    """The figure that counts everyone, if the statement gives one."""
    return next((f for f in s.figures if f.measure is measure and f.of is None), None)


def _figures(s: Statement) -> Row:
    row: Row = {}
    for m in COUNTED:
        f = _first(s, m)
        row |= {f"{m}_min": f.min if f else None, f"{m}_max": f.max if f else None}
    shown = {id(_first(s, m)) for m in COUNTED}
    rest = (f for f in s.figures if id(f) not in shown)
    row["other_figures"] = _join(f"{bounds(f.min, f.max)} {f.measure}{f' ({f.of})' if f.of else ''}" for f in rest)
    return row


def bounds(low: int | None, high: int | None) -> str:
    """A figure's bounds as text: "12", "12-17", "12+", "up to 17", "?"."""
    if low is None:
        return "?" if high is None else f"up to {high}"
    if high is None:
        return f"{low}+"
    return str(low) if low == high else f"{low}-{high}"


def _where(p: Place | None) -> Row:
    """The columns of one place."""
    return {
        "country": p.country if p else None,
        "admin1": p.admin[1] if p and len(p.admin) > 1 else None,
        "latitude": p.lat if p else None,
        "longitude": p.lon if p else None,
        "geo_precision": p.geo_precision if p else None,
        "where_prec": p.where_prec if p else None,
    }


def _places(s: Statement) -> Row:
    places = s.event_places
    return {
        "places": _join(p.name for p in places),
        "place_ids": _join(p.place_id for p in places),
        "place_basis": _join(p.basis for p in places),
        **_where(places[0] if places else None),
        "origins": _join(p.name for p in s.places if p.role is PlaceRole.ORIGIN),
    }


def statement_rows(result: ReportResult, incident_of: Mapping[str, str], grades: Grades = NO_GRADES) -> Iterator[Row]:
    """One row for each statement of a report, in text order."""
    r = result.report
    for s in result.statements:
        d, chain = s.date, s.sources
        judged = grades.last(Scheme.CREDIBILITY, s.id)
        yield {
            "statement_id": s.id,
            "report_id": r.key,
            "incident": incident_of.get(s.id),
            "outlet": r.outlet,
            "published": r.published,
            "title": r.title,
            "url": r.url,
            "sentence": " ".join(s.sentence.quote.split()),
            "trigger": s.trigger[0].quote,
            "start": s.trigger[0].start,
            "end": s.trigger[0].end,
            "event": s.event.code,
            "event_type": acled_event_type(s.sub_event.code) if s.sub_event else None,
            "sub_event_type": s.sub_event.code if s.sub_event else None,
            "certainty": s.certainty.label.value,
            "certainty_cue": _join(x.quote for x in s.certainty.spans),
            "occurred": s.certainty.label in OCCURRED,
            "sources": " > ".join(x.name for x in chain) or None,
            "source_types": " > ".join(x.type.value for x in chain) or None,
            "original_source": chain[-1].name if chain else r.outlet,
            **_parties("actor", s.actors),
            **_parties("target", s.targets),
            "weapons": _join(w.name for w in s.weapons),
            **_places(s),
            "date_words": _join(x.quote for x in d.spans) if d else None,
            "date_earliest": d.earliest if d else None,
            "date_latest": d.latest if d else None,
            "date_edtf": d.edtf if d else None,
            "time_precision": d.time_precision if d else None,
            "date_prec": d.date_prec if d else None,
            "date_basis": d.basis.value if d else None,
            "date_anchor": d.anchor if d else None,
            **_figures(s),
            "credibility": judged.value if judged else None,
            "graded_by": judged.person if judged else None,
        }


def incident_row(v: IncidentView) -> Row:
    """One row of an incident: its summary by named policies, with counts of who says so."""
    row: Row = {
        "incident": v.incident.code,
        "incident_id": v.incident.id,
        "event": v.event,
        "event_type": acled_event_type(v.sub_event) if v.sub_event else None,
        "sub_event_type": v.sub_event,
        "occurred": v.occurred,
        "certainties": _join(f"{c}: {n}" for c, n in v.certainties),
        "disputed": _join(f.name for f in v.fields if f.disagree),
        "date_earliest": v.earliest,
        "date_latest": v.latest,
        "place": v.place.name if v.place else None,
        "place_id": v.place.place_id if v.place else None,
        **_where(v.place),
    }
    for name in ("actors", "targets", "weapons", "places"):
        row[f"all_{name}"] = _join(x.label for x in v.field(name).values)
    for m in COUNTED:
        r = v.range_of(m)
        row |= {f"{m}_{end}": getattr(r, end) if r else None for end in ("min", "max", "highest")}
    row["range_policy"] = v.ranges[0].policy if v.ranges else None
    counted = {"statements": len(v.items), "reports": len(v.reports), "outlets": len(v.outlets)}
    row |= {**counted, "voices": len(v.voices), "voices_unknown": v.hearing.unknown}
    row |= {"voice_names": _join(v.voices), "voice_notes": " ".join(v.hearing.notes()) or None}
    return row | {"report_ids": _join(v.reports)} | _graded(v.grade)


def _graded(g: IncidentGrade | None) -> Row:
    """The columns of the grade people gave an incident."""
    return {
        "grade": g.value if g else None,
        "graded_by": g.person if g else None,
        "graded_at": g.at if g else None,
        "grade_reason": g.reason if g else None,
        "changed_since_grade": g.joined + g.left > 0 if g else None,
    }


def range_rows(v: IncidentView) -> Iterator[Row]:
    """The published ranges of an incident: each measure of everyone, then of each class of victims."""
    items = {i.id: i for i in v.items}
    for r in v.ranges:
        labels = Counter(items[s].statement.certainty.label for s in r.used)
        yield {
            "incident": v.incident.code,
            "measure": r.measure.value,
            "victims": r.victims,
            "policy": r.policy,
            "min": r.min,
            "max": r.max,
            "certainties": _join(f"{c}: {labels[c]}" for c in Certainty if labels[c]),
            "voices": _join(sorted({v.hearing.of[s] for s in r.used})),
            "figures_not_counted": r.left_out,
            "note": r.note,
            "statement_ids": _join(r.used),
        }


def ledger_row(v: IncidentView, e: LedgerEntry) -> Row:
    """One figure of an incident's ledger as one statement gives it."""
    return {
        "incident": v.incident.code,
        "figure_id": e.id,
        "measure": e.measure.value,
        "min": e.min,
        "max": e.max,
        "qualifier": e.qualifier.value,
        "whom": e.whom,
        "of": e.of,
        "victims": e.victims,
        "words": e.quote,
        "outlet": e.said.outlet,
        "sources": " > ".join(e.said.sources) or None,
        "voice": e.said.voice,
        "by_actor": e.by_actor,
        "published": e.said.published,
        "certainty": e.said.certainty.value,
        "reliability": e.grade.reliability,
        "credibility": e.grade.credibility,
        "graded_by": _join(e.grade.by),
        "not_counted_because": e.left_out,
        "revises": e.revises,
        "revised_by": e.revised_by,
        "report_id": e.said.report_id,
        "statement_id": e.said.statement_id,
    }
