"""Reading the database: lists with filters, whole records by id. Records are checked again as they are loaded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, select, text

from dateline import codec
from dateline.errors import NOTES, IssueCode, NotFound
from dateline.records import Issue, Link, Report, ReportResult, Statement
from dateline.store import tables as t
from dateline.store.filters import CURRENT, Filters, joined, like, statement_conditions
from dateline.store.search import match_expression

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRow:
    """A line of the list of reports."""

    id: str
    key: str
    title: str | None
    outlet: str | None
    published: date | None
    url: str | None
    statements: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRow:
    """A line of the list of statements; actors, targets, places and sources joined by "; "."""

    id: str
    report_id: str
    report_key: str
    outlet: str | None
    published: date | None
    sentence: str
    trigger: str
    event: str
    sub_event: str | None
    certainty: str
    earliest: date | None
    latest: date | None
    actors: str | None
    targets: str | None
    places: str | None
    sources: str | None
    incident_id: str | None
    incident_code: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRow:
    """A line of the list of incidents. `certainties` counts statements: {"stated": 3, "alleged": 1}."""

    id: str
    code: str
    summary: str
    event: str | None
    sub_event: str | None
    earliest: date | None
    latest: date | None
    place: str | None
    country: str | None
    lat: float | None
    lon: float | None
    geo_precision: int | None
    where_prec: int | None
    occurred: bool
    certainties: dict[str, int]
    disputed: bool
    statements: int
    reports: int
    outlets: int
    voices: int
    killed_min: int | None
    killed_max: int | None
    killed_highest: int | None
    injured_min: int | None
    injured_max: int | None
    injured_highest: int | None


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows of a list and how many there are in all."""

    rows: tuple[T, ...]
    total: int


def _names(table: Any, *conditions: ColumnElement[bool]) -> Any:
    inner = (
        select(table.c.name)
        .where(table.c.statement_id == t.statements.c.id, *conditions)
        .order_by(table.c.position)
        .correlate(t.statements)
        .subquery()
    )
    return select(func.group_concat(inner.c.name, "; ")).scalar_subquery()


def list_statements(c: Connection, f: Filters) -> Page[StatementRow]:
    """Statements in order of publication, report and place in the text."""
    where = and_(*statement_conditions(f))
    s, r = t.statements.c, t.reports.c
    columns = [s.id, s.report_id, r.key.label("report_key"), r.outlet, r.published, s.sentence, s.trigger]
    columns += [s.event, s.sub_event, s.certainty, s.earliest, s.latest]
    columns += [t.members.c.incident_id, t.incidents.c.code.label("incident_code")]
    named = {
        "actors": _names(t.parties, t.parties.c.role == "actor"),
        "targets": _names(t.parties, t.parties.c.role == "target"),
        "places": _names(t.places),
        "sources": _names(t.sources),
    }
    query = (
        select(*columns, *(q.label(n) for n, q in named.items()))
        .select_from(joined())
        .where(where)
        .order_by(r.published.is_(None), r.published, r.key, s.position)
        .limit(f.limit)
        .offset(f.offset)
    )
    total = c.execute(select(func.count()).select_from(joined()).where(where)).scalar_one()
    return Page(tuple(StatementRow(**row._mapping) for row in c.execute(query)), total)


def list_reports(c: Connection, f: Filters) -> Page[ReportRow]:
    """Reports in order of publication. Filters on statements keep reports that have such a statement."""
    r = t.reports.c
    held: list[ColumnElement[bool]] = [CURRENT]
    if f.outlet is not None:
        held.append(like(r.outlet, f.outlet))
    if f.since is not None:
        held.append(r.published >= f.since)
    if f.until is not None:
        held.append(r.published <= f.until)
    if f.words and (expression := match_expression(f.words)):
        found = text("SELECT rowid FROM report_search WHERE report_search MATCH :words")
        held.append(r.n.in_(found.bindparams(words=expression).columns(r.n)))
    of_statements = Filters(**{**f.given(), "words": None, "outlet": None, "since": None, "until": None})
    if of_statements.given():
        inner = select(t.statements.c.report_id).select_from(joined()).where(*statement_conditions(of_statements))
        held.append(r.id.in_(inner))
    counted = (
        select(func.count()).where(t.statements.c.report_id == r.id).correlate(t.reports).scalar_subquery()
    ).label("statements")
    query = (
        select(r.id, r.key, r.title, r.outlet, r.published, r.url, counted)
        .where(*held)
        .order_by(r.published.is_(None), r.published, r.key)
        .limit(f.limit)
        .offset(f.offset)
    )
    total = c.execute(select(func.count()).select_from(t.reports).where(*held)).scalar_one()
    return Page(tuple(ReportRow(**row._mapping) for row in c.execute(query)), total)


def list_incidents(c: Connection, f: Filters) -> Page[IncidentRow]:
    """Incidents, latest first. A filter keeps incidents of which a statement passes it."""
    i = t.incidents.c
    held: list[ColumnElement[bool]] = []
    if f.given():
        inner = select(t.members.c.incident_id).select_from(joined()).where(*statement_conditions(f))
        held.append(i.id.in_(inner))
    query: Select[Any] = (
        select(*(getattr(i, x.name) for x in fields(IncidentRow)))
        .where(*held)
        .order_by(i.earliest.is_(None), i.earliest.desc(), i.code)
        .limit(f.limit)
        .offset(f.offset)
    )
    total = c.execute(select(func.count()).select_from(t.incidents).where(*held)).scalar_one()
    return Page(tuple(IncidentRow(**row._mapping) for row in c.execute(query)), total)


def find(c: Connection, name: str) -> tuple[str, str]:
    """("report" | "statement" | "incident", id) of an id, a report's own key, an incident code, or a unique
    beginning (4 characters or more) of one. Raises NotFound, naming what begins so if several do."""
    sought = (
        ("report", t.reports.c.id, t.reports.c.id),
        ("report", t.reports.c.key, t.reports.c.id),
        ("statement", t.statements.c.id, t.statements.c.id),
        ("incident", t.incidents.c.id, t.incidents.c.id),
        ("incident", t.incidents.c.code, t.incidents.c.id),
    )
    for kind, column, key in sought:
        if (held := c.execute(select(key).where(column == name).order_by(key)).scalars().first()) is not None:
            return kind, held
    begun: set[tuple[str, str]] = set()
    if len(name) >= 4:
        for kind, column, key in sought:
            starts = func.substr(column, 1, len(name)) == name
            begun |= {(kind, k) for k in c.execute(select(key).where(starts).limit(6)).scalars()}
    if len(begun) == 1:
        return begun.pop()
    several = ", ".join(sorted(k for _, k in begun))
    raise NotFound(f"{name!r} could be {several}" if several else f"no report, statement or incident {name!r}")


def report(c: Connection, report_id: str) -> Report:
    """A report by id. Raises NotFound, or EvidenceError if its content no longer gives its id."""
    row = c.execute(select(t.reports).where(t.reports.c.id == report_id)).first()
    if row is None:
        raise NotFound(f"no report {report_id!r}")
    return _report(row)


def _report(row: Row[Any]) -> Report:
    given = {f.name: row._mapping[f.name] for f in fields(Report)}
    given["found"] = tuple((a, b) for a, b in given["found"])
    return Report(**given)


def result(c: Connection, report_id: str) -> ReportResult:
    """A report with its statements, every quote compared with the text. Raises NotFound or EvidenceError."""
    rows = c.execute(
        select(t.statements.c.record).where(t.statements.c.report_id == report_id).order_by(t.statements.c.position)
    ).scalars()
    return ReportResult(report=report(c, report_id), statements=tuple(codec.load(Statement, record) for record in rows))


def results(c: Connection) -> Iterator[ReportResult]:
    """All current reports with their statements, sorted by key, one at a time."""
    for report_id in report_ids(c):
        yield result(c, report_id)


def report_ids(c: Connection) -> list[str]:
    """Ids of all current reports, sorted by key."""
    return list(c.execute(select(t.reports.c.id).where(CURRENT).order_by(t.reports.c.key, t.reports.c.id)).scalars())


def statement(c: Connection, statement_id: str) -> tuple[Report, Statement]:
    """A statement and its report. Raises NotFound."""
    found = c.execute(select(t.statements.c.report_id).where(t.statements.c.id == statement_id)).scalar()
    if found is None:
        raise NotFound(f"no statement {statement_id!r}")
    held = result(c, found)
    return held.report, next(s for s in held.statements if s.id == statement_id)


def incident_of(c: Connection) -> dict[str, str]:
    """Statement id → incident code, for all statements."""
    both = t.members.join(t.incidents, t.incidents.c.id == t.members.c.incident_id)
    return {r[0]: r[1] for r in c.execute(select(t.members.c.statement_id, t.incidents.c.code).select_from(both))}


def codes_of(c: Connection, statement_ids: Sequence[str]) -> dict[str, str]:
    """Statement id → incident code, of some statements."""
    both = t.members.join(t.incidents, t.incidents.c.id == t.members.c.incident_id)
    query = select(t.members.c.statement_id, t.incidents.c.code).select_from(both)
    return {r[0]: r[1] for r in c.execute(query.where(t.members.c.statement_id.in_(statement_ids)))}


def incident_members(c: Connection, incident_id: str) -> tuple[str, tuple[str, ...]]:
    """An incident's code and the ids of its statements, sorted. Raises NotFound."""
    code = c.execute(select(t.incidents.c.code).where(t.incidents.c.id == incident_id)).scalar()
    if code is None:
        raise NotFound(f"no incident {incident_id!r}")
    ids = c.execute(select(t.members.c.statement_id).where(t.members.c.incident_id == incident_id)).scalars()
    return code, tuple(sorted(ids))


def members_in_order(c: Connection, incident_id: str) -> tuple[str, ...]:
    """The ids of an incident's statements, in order of publication, report and place in the text."""
    s, r, m = t.statements.c, t.reports.c, t.members.c
    query = (
        select(s.id)
        .join_from(t.members, t.statements, s.id == m.statement_id)
        .join(t.reports, r.id == s.report_id)
        .where(m.incident_id == incident_id)
        .order_by(r.published.is_(None), r.published, r.key, s.position)
    )
    return tuple(c.execute(query).scalars())


def incident_ids(c: Connection) -> list[tuple[str, str]]:
    """(id, code) of every incident, sorted by code."""
    rows = c.execute(select(t.incidents.c.id, t.incidents.c.code).order_by(t.incidents.c.code))
    return [(row.id, row.code) for row in rows]


def statements_of(c: Connection, ids: Sequence[str]) -> list[tuple[Report, Statement]]:
    """Statements with their reports, in order of publication, report and place in the text."""
    s, r = t.statements.c, t.reports.c
    query = (
        select(t.reports, s.record)
        .join_from(t.statements, t.reports, r.id == s.report_id)
        .where(s.id.in_(ids))
        .order_by(r.published.is_(None), r.published, r.key, s.position)
    )
    return [(_report(row), codec.load(Statement, row.record)) for row in c.execute(query)]


def links_of(c: Connection, statement_ids: tuple[str, ...]) -> tuple[Link, ...]:
    """Links with an end among the statements: the joins and the near misses."""
    x = t.links.c
    rows = c.execute(
        select(t.links)
        .where(x.left.in_(statement_ids) | x.right.in_(statement_ids))
        .order_by(x.score.desc(), x.left, x.right)
    )
    return tuple(codec.from_plain(Link, dict(row._mapping)) for row in rows)


def list_issues(
    c: Connection, run_id: int | None = None, code: IssueCode | None = None, report_id: str | None = None
) -> tuple[Issue, ...]:
    """Issues of all runs, or of one run, code or report; notes after what went wrong."""
    given = {"run_id": run_id, "code": code and code.value, "report_id": report_id}
    q = _issues().where(*(t.issues.c[k] == v for k, v in given.items() if v is not None))
    return tuple(map(_issue, c.execute(q)))


def list_faults(c: Connection) -> tuple[Issue, ...]:
    """Issues of all runs but notes."""
    return tuple(map(_issue, c.execute(_issues().where(~_NOTED))))


def list_passed_over(c: Connection, limit: int) -> Page[Issue]:
    """The first notes of reports that triage passed over, and how many there are."""
    passed_over = t.issues.c.code == IssueCode.NOT_RELEVANT.value
    total = int(c.execute(select(func.count()).select_from(t.issues).where(passed_over)).scalar_one())
    return Page(tuple(map(_issue, c.execute(_issues().where(passed_over).limit(limit)))), total)


_NOTED = t.issues.c.code.in_(sorted(NOTES))


def _issues() -> Select[Any]:
    return select(t.issues).order_by(_NOTED, t.issues.c.origin, t.issues.c.code, t.issues.c.message)


def _issue(row: Row[Any]) -> Issue:
    return codec.from_plain(Issue, {f.name: row._mapping[f.name] for f in fields(Issue)})


def counts(c: Connection) -> dict[str, int]:
    """How many current reports, statements, incidents, and issues (without notes) the project holds."""

    def count(table: Any, *where: ColumnElement[bool]) -> int:
        return int(c.execute(select(func.count()).select_from(table).where(*where)).scalar_one())

    both = t.statements.join(t.reports, t.reports.c.id == t.statements.c.report_id)
    return {
        "reports": count(t.reports, CURRENT),
        "statements": count(both, CURRENT),
        "incidents": count(t.incidents),
        "issues": count(t.issues, ~_NOTED),
    }


def choices(c: Connection) -> dict[str, list[str]]:
    """The values that occur, for filter menus: events, sub-events, certainties, countries, outlets."""
    columns = {
        "event": t.statements.c.event,
        "sub_event": t.statements.c.sub_event,
        "certainty": t.statements.c.certainty,
        "country": t.places.c.country,
        "outlet": t.reports.c.outlet,
    }
    return {
        name: [v for v in c.execute(select(column).distinct().order_by(column)).scalars() if v]
        for name, column in columns.items()
    }


def fingerprints(c: Connection) -> tuple[str, ...]:
    """Those of the runs that made the statements of current reports, sorted."""
    both = t.results.join(t.reports, t.reports.c.id == t.results.c.report_id)
    made = select(t.results.c.fingerprint).select_from(both).where(CURRENT).distinct()
    return tuple(sorted(c.execute(made).scalars()))
