"""The only writer of machine results: report results, incidents and links into the database.

Loading is idempotent: what is there already, by content hash, is not written again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from enum import Enum
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, func, insert, select, update

from dateline import codec
from dateline.errors import NOTES
from dateline.records import (
    Figure,
    Issue,
    Party,
    Place,
    Report,
    ReportResult,
    Source,
    Statement,
    Value,
    Weapon,
    digest,
)
from dateline.store import tables as t


@dataclass(frozen=True, slots=True)
class Loadable:
    """One processed item: its journal keys, where it came from, and its result."""

    key: str
    source_key: str
    origin: str
    raw_sha256: str
    result: ReportResult


_PARTS = (t.parties, t.weapons, t.places, t.figures, t.sources)


def _columns(table: Table, kind: type[Value]) -> tuple[tuple[str, str], ...]:
    """The columns of a table that repeat a field of a kind of value, each with the field's name."""
    named = {f.name: f.name for f in fields(kind)} | {"group_name": "group"}
    return tuple((c.name, named[c.name]) for c in table.columns if c.name in named)


_COLUMNS = {
    kind: _columns(table, kind) for table, kind in zip(_PARTS, (Party, Weapon, Place, Figure, Source), strict=True)
}
Rows = dict[str, list[dict[str, Any]]]


def load_results(c: Connection, loadables: Sequence[Loadable], fingerprint: str) -> int:
    """Write a shard's results in the open transaction; returns how many reports' statements changed."""
    by_id = {x.result.report.id: x.result for x in loadables}
    _load_reports(c, by_id)
    _load_items(c, [x for x in loadables if x.key])
    return _load_statements(c, by_id, fingerprint)


def _load_reports(c: Connection, results: Mapping[str, ReportResult]) -> None:
    """Write new reports. Of a known one only the language can be another: it is found when the text is read."""
    held = select(t.reports.c.id, t.reports.c.language).where(t.reports.c.id.in_(results))
    known = {row.id: row.language for row in c.execute(held)}
    _insert(c, t.reports, [_report_row(x.report) for i, x in results.items() if i not in known])
    for i, language in known.items():
        row = _report_row(results[i].report)
        if row["language"] != language:
            told = {"language": row["language"], "found": row["found"]}
            c.execute(update(t.reports).where(t.reports.c.id == i).values(told))


def _report_row(r: Report) -> dict[str, Any]:
    row = {f.name: getattr(r, f.name) for f in fields(r)}
    row["found"] = [list(pair) for pair in r.found]
    return {**row, "key": r.key}


def _load_items(c: Connection, loadables: Sequence[Loadable]) -> None:
    known = set(c.execute(select(t.items.c.key).where(t.items.c.key.in_([x.key for x in loadables]))).scalars())
    rows = {}
    for x in loadables:
        row = {"key": x.key, "source_key": x.source_key, "report_id": x.result.report.id, "origin": x.origin}
        rows[x.key] = row | {"raw_sha256": x.raw_sha256, "current": True}
    _insert(c, t.items, [row for key, row in rows.items() if key not in known])
    given = t.reports.c.id.in_([x.result.report.id for x in loadables])
    c.execute(update(t.reports).where(given, t.reports.c.superseded_by.is_not(None)).values(superseded_by=None))
    source = t.items.c.source_key
    several = select(source).where(source.in_([x.source_key for x in loadables])).group_by(source)
    retold = set(c.execute(several.having(func.count() > 1)).scalars())
    for x in loadables:
        if x.source_key in retold:
            _supersede(c, x)


def _supersede(c: Connection, x: Loadable) -> None:
    """The last loaded item of a source is its current one; a report is current while any source's current item
    gives it."""
    of_source = t.items.c.source_key == x.source_key
    c.execute(update(t.items).where(of_source).values(current=t.items.c.key == x.key))
    touched = set(c.execute(select(t.items.c.report_id).where(of_source)).scalars())
    still = select(t.items.c.report_id).where(t.items.c.report_id.in_(touched), t.items.c.current)
    held = set(c.execute(still).scalars())
    by = x.result.report.id
    c.execute(update(t.reports).where(t.reports.c.id.in_(touched & held)).values(superseded_by=None))
    c.execute(update(t.reports).where(t.reports.c.id.in_(touched - held)).values(superseded_by=by))


def _load_statements(c: Connection, results: Mapping[str, ReportResult], fingerprint: str) -> int:
    """Replace the statements of the reports for which they differ from what is stored; how many did."""
    records = {i: [codec.dump(s).decode("utf-8") for s in x.statements] for i, x in results.items()}
    versions = {i: digest(r) for i, r in records.items()}
    of_report = t.results.c.report_id
    held = {row.report_id: row.version for row in c.execute(select(t.results).where(of_report.in_(results)))}
    same = [i for i, version in versions.items() if held.get(i) == version]
    other = [i for i in results if held.get(i) != versions[i]]
    c.execute(update(t.results).where(of_report.in_(same)).values(fingerprint=fingerprint))
    if stale := [i for i in other if i in held]:
        _delete_statements(c, stale)
        c.execute(delete(t.results).where(of_report.in_(stale)))
    rows: Rows = {}
    for i in other:
        for position, (s, record) in enumerate(zip(results[i].statements, records[i], strict=True)):
            rows.setdefault("statements", []).append(_statement_row(s, position, record))
            for table, row in _parts(s):
                rows.setdefault(table.name, []).append(row)
    made = [{"report_id": i, "fingerprint": fingerprint, "version": versions[i]} for i in other]
    _insert(c, t.results, made)
    for table in (t.statements, *_PARTS):
        _insert(c, table, rows.get(table.name, []))
    return len(other)


def _insert(c: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        c.execute(insert(table), rows)


def _delete_statements(c: Connection, report_ids: Sequence[str]) -> None:
    ids = list(c.execute(select(t.statements.c.id).where(t.statements.c.report_id.in_(report_ids))).scalars())
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
            row = {column: _cell(getattr(v, field)) for column, field in _COLUMNS[type(v)]}
            span = v.spans[0] if v.spans else None
            row |= {"statement_id": s.id, "position": position[table.name]}
            row |= {"start": span and span.start, "end": span and span.end, "quote": span and span.quote}
            if role:
                row["role"] = role
            yield table, row


def _cell(v: object) -> Any:
    return v.value if isinstance(v, Enum) else v


def forget_notes(c: Connection, fingerprint: str) -> None:
    """Drop the notes of runs with another fingerprint: every report has been read anew since, or passed over again."""
    other = select(t.runs.c.id).where(t.runs.c.fingerprint != fingerprint)
    c.execute(delete(t.issues).where(t.issues.c.code.in_(sorted(NOTES)), t.issues.c.run_id.in_(other)))


def load_issues(c: Connection, issues: Iterable[Issue], run_id: int) -> None:
    """Add issues; one seen in an earlier run is now of this run."""
    for i in issues:
        row = {k: (v.value if hasattr(v, "value") else v) for k, v in asdict(i).items()}
        key = "q_" + digest(row)
        c.execute(delete(t.issues).where(t.issues.c.id == key))
        c.execute(insert(t.issues).values(id=key, run_id=run_id, **row))


def get_meta(c: Connection, key: str) -> str | None:
    """A remembered value, such as the fingerprint of the last linking."""
    return c.execute(select(t.meta.c.value).where(t.meta.c.key == key)).scalar()


def set_meta(c: Connection, key: str, value: str) -> None:
    """Remember a value."""
    c.execute(delete(t.meta).where(t.meta.c.key == bindparam("k")), {"k": key})
    c.execute(insert(t.meta).values(key=key, value=value))
