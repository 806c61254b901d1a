"""What people decided. Reviews are only ever appended; the last on a target stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, insert, select

from dateline.incidents.grades import Grades, Judgement
from dateline.incidents.verdicts import Verdict, Verdicts
from dateline.ontology.grades import Scheme
from dateline.records import digest
from dateline.store import tables as t

GRADE = "grade"
LINK = "link"
_TARGETS = {Scheme.RELIABILITY: "voice", Scheme.CREDIBILITY: "statement", Scheme.HARM: "incident"}


def append(c: Connection, **review: Any) -> None:
    """Add a review: `at`, `person`, `target_kind`, `target_id`, `action`, `value`, `reason`."""
    c.execute(insert(t.reviews).values(**review))


def append_grade(c: Connection, j: Judgement) -> None:
    """Add a grade."""
    value = {"scheme": j.scheme.value, "grade": j.value, "statements": list(j.members)}
    append(
        c,
        at=j.at,
        person=j.person,
        target_kind=_TARGETS[j.scheme],
        target_id=j.target,
        action=GRADE,
        value=value,
        reason=j.reason,
    )


def grades(c: Connection) -> Grades:
    """All grades, oldest first."""
    return Grades(_judgements(c))


def _judgements(c: Connection) -> Iterator[Judgement]:
    rows = c.execute(select(t.reviews).where(t.reviews.c.action == GRADE).order_by(t.reviews.c.id))
    for row in rows:
        yield Judgement(
            scheme=Scheme(row.value["scheme"]),
            target=row.target_id,
            value=row.value["grade"],
            person=row.person,
            at=row.at,
            reason=row.reason,
            members=tuple(row.value["statements"]),
        )


def append_verdict(c: Connection, v: Verdict, action: str) -> None:
    """Add what a person says of links."""
    value = {"sides": [sorted(side) for side in v.sides], "same": v.same}
    target = digest(value["sides"])
    append(c, at=v.at, person=v.person, target_kind=LINK, target_id=target, action=action, value=value, reason=v.reason)


def verdicts(c: Connection) -> Verdicts:
    """All that people said of links, oldest first."""
    rows = c.execute(select(t.reviews).where(t.reviews.c.target_kind == LINK).order_by(t.reviews.c.id))
    return Verdicts(
        Verdict(tuple(map(tuple, r.value["sides"])), r.value["same"], r.person, r.at, r.reason) for r in rows
    )
