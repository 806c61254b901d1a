"""What to list: filters on statements, and the joins and conditions they mean in SQL."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, FromClause, exists, func, or_, text

from dateline.store import tables as t
from dateline.store.search import match_expression


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What to list. Text filters match anywhere, any case; dates are inclusive; None means any."""

    words: str | None = None
    event: str | None = None
    sub_event: str | None = None
    certainty: str | None = None
    actor: str | None = None
    place: str | None = None
    country: str | None = None
    source: str | None = None
    outlet: str | None = None
    since: date | None = None
    until: date | None = None
    report: str | None = None
    incident: str | None = None
    limit: int = 50
    offset: int = 0

    def given(self) -> dict[str, Any]:
        """The filters that are set, without limit and offset."""
        held = {f.name: getattr(self, f.name) for f in fields(self)}
        return {k: v for k, v in held.items() if v is not None and k not in ("limit", "offset")}


CURRENT: ColumnElement[bool] = t.reports.c.superseded_by.is_(None)
"""Reports that no newer parse of the same source has replaced."""


def joined() -> FromClause:
    """Statements with their report and, if there is one, their incident."""
    return (
        t.statements.join(t.reports, t.reports.c.id == t.statements.c.report_id)
        .outerjoin(t.members, t.members.c.statement_id == t.statements.c.id)
        .outerjoin(t.incidents, t.incidents.c.id == t.members.c.incident_id)
    )


def like(column: ColumnElement[Any], value: str) -> ColumnElement[bool]:
    """Whether a column contains a text, any case."""
    escaped = value.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return column.ilike(f"%{escaped}%", escape="\\")


def _same(column: ColumnElement[Any]) -> Callable[[str], ColumnElement[bool]]:
    return lambda value: func.lower(column) == value.lower()


def _actor(value: str) -> ColumnElement[bool]:
    p = t.parties.c
    named = or_(like(p.name, value), like(p.group_name, value), p.actor_id == value)
    return exists().where(p.statement_id == t.statements.c.id, named)


def _part(column: ColumnElement[Any], table: Any) -> Callable[[str], ColumnElement[bool]]:
    return lambda value: exists().where(table.c.statement_id == t.statements.c.id, like(column, value))


def _country(value: str) -> ColumnElement[bool]:
    return exists().where(t.places.c.statement_id == t.statements.c.id, t.places.c.country == value.upper())


def _words(value: str) -> ColumnElement[bool]:
    found = text("SELECT rowid FROM statement_search WHERE statement_search MATCH :words")
    n = t.statements.c.n
    return n.in_(found.bindparams(words=match_expression(value) or '""').columns(n))


_S, _R = t.statements.c, t.reports.c
_CONDITIONS: dict[str, Callable[[Any], ColumnElement[bool]]] = {
    "words": _words,
    "event": _same(_S.event),
    "sub_event": _same(_S.sub_event),
    "certainty": _same(_S.certainty),
    "actor": _actor,
    "place": _part(t.places.c.name, t.places),
    "country": _country,
    "source": _part(t.sources.c.name, t.sources),
    "outlet": lambda value: like(_R.outlet, value),
    "since": lambda day: func.coalesce(_S.latest, _S.earliest, _R.published) >= day,
    "until": lambda day: func.coalesce(_S.earliest, _S.latest, _R.published) <= day,
    "report": lambda value: or_(_S.report_id == value, _R.key == value),
    "incident": lambda value: or_(t.members.c.incident_id == value, t.incidents.c.code == value),
}


def statement_conditions(f: Filters) -> list[ColumnElement[bool]]:
    """Conditions on the rows of `joined`; superseded reports are always left out."""
    return [CURRENT, *(_CONDITIONS[name](value) for name, value in f.given().items())]
