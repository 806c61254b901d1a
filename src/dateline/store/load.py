"""The only writer of machine results: report results, incidents and links into the database.

Loading is idempotent: what is there already, by content hash, is not written again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, insert, select, update

from dateline import codec
from dateline.records import Figure, Issue, Link, Party, Place, Report, ReportResult, Source, Statement, Weapon, digest
from dateline.store import tables as t


@dataclass(frozen=True, slots=True)
class Loadable:
    """One processed item: its journal keys, where it came from, and its result."""

    key: str
    source_key: str
    origin: str
    raw_sha256: str
    result: ReportResult


@dataclass(slots=True)
class Batch:
    """Rows to insert, by table name."""

    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def add(self, table: Table, row: dict[str, Any]) -> None:
        """Queue a row."""
        self.rows.setdefault(table.name, []).append(row)


_PARTS = (t.parties, t.weapons, t.places, t.figures, t.sources)


def load_results(connection: Connection, loadables: Sequence[Loadable], fingerprint: str) -> int:
    """Write a shard's results in the open transaction; returns how many reports' statements changed."""
    changed = 0
    for x in loadables:
        _load_report(connection, x)
        changed += _load_statements(connection, x.result, fingerprint)
    return changed


def _load_report(c: Connection, x: Loadable) -> None:
    r = x.result.report
    if c.execute(select(t.reports.c.n).where(t.reports.c.id == r.id)).first() is None:
        c.execute(insert(t.reports).values(**_report_row(r)))
    if not x.key:
        return
    if c.execute(select(t.items.c.key).where(t.items.c.key == x.key)).first() is None:
        row = {"key": x.key, "source_key": x.source_key, "report_id": r.id, "current": True}
        c.execute(insert(t.items).values(**row, origin=x.origin, raw_sha256=x.raw_sha256))
    _supersede(c, x, r.id)


def _report_row(r: Report) -> dict[str, Any]:
    row = {f.name: getattr(r, f.name) for f in fields(r)}
    row["found"] = [list(pair) for pair in r.found]
    return {**row, "key": r.key}


def _supersede(c: Connection, x: Loadable, report_id: str) -> None:
    """The last loaded item of a source is its current one; a report is current while any source's current item
    gives it."""
    of_source = t.items.c.source_key == x.source_key
    c.execute(update(t.items).where(of_source).values(current=t.items.c.key == x.key))
    held = select(t.items.c.report_id).where(t.items.c.current)
    touched = t.reports.c.id.in_(select(t.items.c.report_id).where(of_source))
    c.execute(update(t.reports).where(touched, t.reports.c.id.in_(held)).values(superseded_by=None))
    c.execute(update(t.reports).where(touched, t.reports.c.id.not_in(held)).values(superseded_by=report_id))


def _load_statements(c: Connection, result: ReportResult, fingerprint: str) -> bool:
    """Replace a report's statements if they differ from what is stored."""
    rid = result.report.id
    records = [codec.dump(s).decode("utf-8") for s in result.statements]
    version = digest(records)
    held = c.execute(select(t.results.c.version, t.results.c.fingerprint).where(t.results.c.report_id == rid)).first()
    if held is not None and held.version == version:
        if held.fingerprint != fingerprint:
            c.execute(update(t.results).where(t.results.c.report_id == rid).values(fingerprint=fingerprint))
        return False
    _delete_statements(c, rid)
    c.execute(delete(t.results).where(t.results.c.report_id == rid))
    c.execute(insert(t.results).values(report_id=rid, fingerprint=fingerprint, version=version))
    batch = Batch()
    for position, (s, record) in enumerate(zip(result.statements, records, strict=True)):
        batch.add(t.statements, _statement_row(s, position, record))
        for table, row in _parts(s):
            batch.add(table, row)
    for table in (t.statements, *_PARTS):
        if rows := batch.rows.get(table.name):
            c.execute(insert(table), rows)
    return True


def _delete_statements(c: Connection, report_id: str) -> None:
    ids = list(c.execute(select(t.statements.c.id).where(t.statements.c.report_id == report_id)).scalars())
    for table in (*_PARTS, t.members):
        c.execute(delete(table).where(table.c.statement_id.in_(ids)))
    c.execute(delete(t.links).where(t.links.c.left.in_(ids) | t.links.c.right.in_(ids)))
    c.execute(delete(t.statements).where(t.statements.c.id.in_(ids)))


def _statement_row(s: Statement, position: int, record: str) -> dict[str, Any]:
    head = s.trigger[0]
    return {
        "id": s.id,
        "report_id": s.report_id,
        "position": position,
        "sentence": s.sentence.quote,
        "trigger": head.quote,
        "start": head.start,
        "end": head.end,
        "event": s.event.code,
        "sub_event": s.sub_event.code if s.sub_event else None,
        "certainty": s.certainty.label.value,
        "earliest": s.date.earliest if s.date else None,
        "latest": s.date.latest if s.date else None,
        "passage": s.passage.value,
        "version": digest(record),
        "record": record,
    }


def _parts(s: Statement) -> Iterable[tuple[Table, dict[str, Any]]]:
    """The flat rows of a statement's values: each with its first span as evidence."""
    held: list[tuple[Table, Sequence[Party | Weapon | Place | Figure | Source], str | None]] = [
        (t.parties, s.actors, "actor"),
        (t.parties, s.targets, "target"),
        (t.weapons, s.weapons, None),
        (t.places, s.places, None),
        (t.figures, s.figures, None),
        (t.sources, s.sources, None),
    ]
    position: dict[str, int] = {}
    for table, values, role in held:
        for v in values:
            position[table.name] = position.get(table.name, -1) + 1
            row = {c.name: _cell(v, c.name) for c in table.columns if hasattr(v, _attribute(c.name))}
            span = v.spans[0] if v.spans else None
            row |= {"statement_id": s.id, "position": position[table.name]}
            row |= {"start": span and span.start, "end": span and span.end, "quote": span and span.quote}
            if role:
                row["role"] = role
            yield table, row


def _attribute(column: str) -> str:
    return "group" if column == "group_name" else column


def _cell(value: object, column: str) -> Any:
    v = getattr(value, _attribute(column))
    return getattr(v, "value", v)


def load_issues(c: Connection, issues: Iterable[Issue], run_id: int) -> None:
    """Add issues; one seen in an earlier run is now of this run."""
    for i in issues:
        row = {k: (v.value if hasattr(v, "value") else v) for k, v in asdict(i).items()}
        key = "q_" + digest(row)
        c.execute(delete(t.issues).where(t.issues.c.id == key))
        c.execute(insert(t.issues).values(id=key, run_id=run_id, **row))


def load_incidents(c: Connection, rows: Sequence[dict[str, Any]], of: dict[str, str], links: Iterable[Link]) -> None:
    """Replace all incidents, memberships (statement id → incident id) and links."""
    for table in (t.links, t.members, t.incidents):
        c.execute(delete(table))
    if rows:
        c.execute(insert(t.incidents), list(rows))
    if of:
        c.execute(insert(t.members), [{"statement_id": s, "incident_id": i} for s, i in sorted(of.items())])
    link_rows = [{**asdict(x), "reasons": [asdict(r) for r in x.reasons]} for x in links]
    if link_rows:
        c.execute(insert(t.links), link_rows)


def get_meta(c: Connection, key: str) -> str | None:
    """A remembered value, such as the fingerprint of the last linking."""
    return c.execute(select(t.meta.c.value).where(t.meta.c.key == key)).scalar()


def set_meta(c: Connection, key: str, value: str) -> None:
    """Remember a value."""
    c.execute(delete(t.meta).where(t.meta.c.key == bindparam("k")), {"k": key})
    c.execute(insert(t.meta).values(key=key, value=value))
