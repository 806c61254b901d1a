"""Incidents, links and what linking remembers, read and brought up to date row by row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, insert, select

from dateline import codec
from dateline.records import Link
from dateline.store import tables as t
from dateline.store.filters import CURRENT

Ends = tuple[str, str]
"""The statements of a link."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What linking remembers of a report: the version of its statements it was told with, its happenings, scores."""

    version: str
    told: bytes
    scores: bytes


def versions(c: Connection) -> dict[str, str]:
    """Report id → version of its statements, of the current reports that have any, sorted by key."""
    r, s = t.reports.c, t.statements.c
    told = select(s.report_id).where(s.report_id == r.id).exists()
    query = select(r.id, t.results.c.version).join(t.results, t.results.c.report_id == r.id).where(CURRENT, told)
    return {row[0]: row[1] for row in c.execute(query.order_by(r.key, r.id))}


def read_memory(c: Connection) -> dict[str, Memory]:
    """What is remembered, by report."""
    return {row.report_id: Memory(row.version, row.told, row.scores) for row in c.execute(select(t.link_memory))}


def forget(c: Connection) -> None:
    """Forget all that linking remembers."""
    c.execute(delete(t.link_memory))


def write_memory(c: Connection, memory: Mapping[str, Memory], held: Mapping[str, Memory]) -> None:
    """Make this all that is remembered; `held` is what was."""
    _replace(c, t.link_memory, ("report_id",), [i for i in held if held[i] != memory.get(i)], [
        {"report_id": i, **asdict(m)} for i, m in memory.items() if held.get(i) != m
    ])  # fmt: skip


def read_members(c: Connection) -> dict[tuple[str, str], frozenset[str]]:
    """Id and code of each incident → its statements."""
    both = select(t.incidents.c.id, t.incidents.c.code, t.members.c.statement_id)
    held: dict[tuple[str, str], set[str]] = {}
    for i, code, statement in c.execute(both.join(t.members, t.members.c.incident_id == t.incidents.c.id)):
        held.setdefault((i, code), set()).add(statement)
    return {incident: frozenset(statements) for incident, statements in held.items()}


def read_links(c: Connection) -> dict[Ends, Link]:
    """All links and near misses."""
    found = (codec.from_plain(Link, dict(row._mapping)) for row in c.execute(select(t.links)))
    return {(x.left, x.right): x for x in found}


def write_links(c: Connection, links: Mapping[Ends, Link], held: Mapping[Ends, Link]) -> None:
    """Make these all that there are; `held` are those that there were. Links of statements that are gone went with
    them."""
    rows = [_link_row(x) for e, x in links.items() if held.get(e) != x]
    _replace(c, t.links, ("left", "right"), [e for e, x in held.items() if links.get(e) != x], rows)


def _link_row(x: Link) -> dict[str, Any]:
    reasons = [{"name": r.name, "text": r.text, "weight": r.weight} for r in x.reasons]
    return {"left": x.left, "right": x.right, "same": x.same, "score": x.score, "reasons": reasons}


def write_incidents(c: Connection, rows: Sequence[dict[str, Any]], of: Mapping[str, str]) -> None:
    """Bring incidents up to date: `of` says which each statement belongs to, and gives those that there are; `rows`
    are of those that are new or changed, the others stay as they were."""
    held = set(c.execute(select(t.incidents.c.id)).scalars())
    written = {row["id"] for row in rows}
    gone = held - set(of.values()) | held & written
    members = {r[0]: r[1] for r in c.execute(select(t.members.c.statement_id, t.members.c.incident_id))}
    moved = sorted(s for s, i in members.items() if of.get(s) != i or i in gone)
    _replace(c, t.members, ("statement_id",), moved, [])
    _replace(c, t.incidents, ("id",), sorted(gone), rows)
    stay = members.keys() - set(moved)
    _replace(c, t.members, ("statement_id",), [], [
        {"statement_id": s, "incident_id": i} for s, i in sorted(of.items()) if s not in stay
    ])  # fmt: skip


def _replace(
    c: Connection, table: Table, keys: Sequence[str], gone: Iterable[Any], rows: Sequence[dict[str, Any]]
) -> None:
    """Delete the rows with these keys (a tuple each, if there are several), and insert others."""
    given = [dict(zip((f"at_{k}" for k in keys), (g,) if len(keys) == 1 else g, strict=True)) for g in gone]
    if given:
        c.execute(delete(table).where(*(table.c[k] == bindparam(f"at_{k}") for k in keys)), given)
    if rows:
        c.execute(insert(table), list(rows))
