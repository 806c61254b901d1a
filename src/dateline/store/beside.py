"""Which reports to look at beside an incident."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Connection, and_, or_, select

from dateline.store import tables as t
from dateline.store.filters import CURRENT

COUNTRY = 6
"""UCDP where_prec from which a place says no more than the country."""


def reports_beside(c: Connection, incident_id: str, days: int, most: int) -> tuple[str, ...]:
    """The first reports of an incident, then the nearest in time that tell of the same kind of event at a place that it
    names too, within so many days of its own; at most `most` of each."""
    s, r, p, m = t.statements.c, t.reports.c, t.places.c, t.members.c
    held = select(m.statement_id).where(m.incident_id == incident_id)
    own = (
        select(r.id, r.published)
        .join_from(t.statements, t.reports, r.id == s.report_id)
        .where(s.id.in_(held))
        .distinct()
        .order_by(r.published.is_(None), r.published, r.id)
    )
    rows = c.execute(own).all()
    dated = [row.published for row in rows if row.published]
    ids = tuple(row.id for row in rows[:most])
    if not dated:
        return ids
    fine = and_(p.role == "event", or_(p.where_prec.is_(None), p.where_prec < COUNTRY))
    places = select(p.place_id, p.name).where(p.statement_id.in_(held), fine).distinct()
    named = c.execute(places).all()
    where = or_(
        p.place_id.in_({x.place_id for x in named if x.place_id}),
        and_(p.place_id.is_(None), p.name.in_({x.name for x in named if not x.place_id})),
    )
    events = select(s.event).where(s.id.in_(held))
    middle = sorted(dated)[len(dated) // 2]
    near = (
        select(r.id, r.published)
        .join_from(t.statements, t.reports, r.id == s.report_id)
        .join(t.places, p.statement_id == s.id)
        .where(CURRENT, fine, where, s.event.in_(events), r.id.not_in([row.id for row in rows]))
        .where(r.published.between(min(dated) - timedelta(days), max(dated) + timedelta(days)))
        .distinct()
    )
    found = sorted(c.execute(near).all(), key=lambda row: (abs((row.published - middle).days), row.id))
    return (*ids, *(row.id for row in found[:most]))
