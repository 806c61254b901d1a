"""The worksheet for grading an incident: what can be counted, and beside it what only a person can judge."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dateline.incidents.grades import UNGRADED, Grade
from dateline.incidents.items import Linkable
from dateline.incidents.sides import by_actor
from dateline.incidents.view import IncidentView
from dateline.labels import Certainty, Measure
from dateline.ontology.grades import criteria

FIGHTERS = frozenset({"combatants", "attackers"})
_OWNED = frozenset({Certainty.CONFIRMED, Certainty.CLAIMED})
Counted = tuple[bool | None, str, Sequence[str]]
"""Whether the facts speak for it (None: they do not say), the facts in a sentence, the statements they rest on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """A row: what is asked, for which grade (None: for any), what the machine counted, what it leaves to a person.

    `holds` is what the count alone says; None where nothing was said either way. It is no judgement.
    """

    id: str
    grade: str | None
    asks: str
    holds: bool | None
    counted: str
    statements: tuple[str, ...]
    judge: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Worksheet:
    """The rows for an incident. `proposed` is the Admiralty grade of every voice and statement nobody has graded: F6.
    For an incident as a whole the machine proposes nothing."""

    incident: str
    criteria: tuple[Criterion, ...]
    proposed: Grade = UNGRADED


def worksheet(view: IncidentView) -> Worksheet:
    """What is countable of an incident, row by row."""
    rows = []
    for name, asked in criteria().items():
        holds, counted, statements = _COUNTS[name](view)
        rows.append(
            Criterion(
                id=name,
                grade=asked["grade"],
                asks=asked["asks"] or "",
                holds=holds,
                counted=counted,
                statements=tuple(dict.fromkeys(statements)),
                judge=asked["judge"] or "",
            )
        )
    return Worksheet(incident=view.incident.code, criteria=tuple(rows))


def _count(n: int, what: str) -> str:
    return f"{n or 'no'} {what}" if n == 1 else f"{n or 'no'} {what}s"


def _accepted(v: IncidentView) -> Counted:
    """Statements in which a side that acted, as the statement or else another says, confirms or claims it."""
    own = [i.id for i in v.items if i.statement.certainty.label in _OWNED and by_actor(i, v.items)]
    if own:
        return True, f"{_count(len(own), 'statement')} in which a side that acted confirms or claims it", own
    told = "no statement in which a side that acted confirms or claims it"
    return (False if v.field("actors").values else None), told, ()


def _single(v: IncidentView) -> Counted:
    n, unknown = len(v.hearing.voices), v.hearing.unknown
    doubt = f"; of {unknown} it is unknown whether they are independent" if unknown else ""
    return n == 1, f"{_count(n, 'voice')} in {_count(len(v.reports), 'report')}{doubt}", [i.id for i in v.items]


def _sources(v: IncidentView) -> Counted:
    named = [x for x in v.hearing.voices if x.named]
    return (
        True if len(named) > 1 else None if len(v.hearing.voices) > 1 else False,
        f"{len(named) or 'none'} of {_count(len(v.hearing.voices), 'voice')} named",
        [s for x in named for s in x.statements],
    )


def _active(v: IncidentView) -> Counted:
    values = [x for x in v.field("actors").values if x.said_by]
    listed = "; ".join(f"{x.label} ({_count(len(x.voices), 'voice')})" for x in values[:5])
    return (True if values else None), listed or "nobody is named", [s.statement_id for x in values for s in x.said_by]


def _competing(v: IncidentView) -> Counted:
    field = v.field("actors")
    told = field.note or ("no two voices name different sides" if field.values else "nobody is named")
    return (
        field.disagree if field.values else None,
        told,
        [s.statement_id for x in field.values for s in x.said_by] if field.disagree else [],
    )


def _fighters(v: IncidentView) -> Counted:
    harmed = [e for e in v.ledger.entries if e.measure in (Measure.KILLED, Measure.INJURED) and e.victims]
    own = [e for e in harmed if e.victims in FIGHTERS]
    others = len(harmed) - len(own)
    told = f"{_count(len(own), 'figure')} of combatants or attackers, {others or 'none'} of others"
    return (bool(own) and not others if harmed else None), told, [e.said.statement_id for e in own]


def _labelled(label: Certainty, told: str) -> Callable[[IncidentView], Counted]:
    def count(v: IncidentView) -> Counted:
        own = [i for i in v.items if i.statement.certainty.label is label]
        return bool(own), f"{_count(len(own), 'statement')} {told}{_by(own, v)}", [i.id for i in own]

    return count


def _by(items: Sequence[Linkable], v: IncidentView) -> str:
    names = {x.id: x.name for x in v.hearing.voices}
    said = dict.fromkeys(names[v.hearing.of[i.id]] for i in items)
    return f" by {', '.join(said)}" if said else ""


def _figures(v: IncidentView) -> Counted:
    field = v.field("figures")
    counted = [e for e in v.ledger.entries if e.left_out is None]
    if len({e.said.voice for e in counted}) < 2:
        return None, f"{_count(len({e.said.voice for e in counted}), 'voice')} give figures", ()
    told = f"{_count(len(counted), 'figure')} of {_count(len({e.said.voice for e in counted}), 'voice')}"
    return (
        not field.disagree,
        f"{told}; {field.note or 'all of them can be so'}",
        [e.said.statement_id for e in counted],
    )


_COUNTS: dict[str, Callable[[IncidentView], Counted]] = {
    "accepted": _accepted,
    "single": _single,
    "sources": _sources,
    "active": _active,
    "competing": _competing,
    "fighters": _fighters,
    "denied": _labelled(Certainty.DENIED, "of denial"),
    "figures": _figures,
    "checked": _labelled(Certainty.UNVERIFIED, "that could not be checked"),
}
