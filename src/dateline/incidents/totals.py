"""Totals and parts: which figures count everyone, which a class of people, and whether the parts fit their total."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from dateline.incidents.view import Check, LedgerEntry
from dateline.labels import Measure, Qualifier

AGES = frozenset({"children", "women", "men"})
SIDES = frozenset({"civilians", "combatants", "police", "peacekeepers", "attackers"})
"""Nobody is of two classes of one of these kinds; a child is of no side but the civilians'."""

PLUS = " + "
"""What joins the ids and the words of figures that were added."""


def apart(a: str | None, b: str | None) -> bool:
    """Whether nobody can be of both classes, so that their counts may be added."""
    if a is None or b is None or a == b:
        return False
    if {a, b} <= AGES or {a, b} <= SIDES:
        return True
    return "children" in (a, b) and not {a, b} & {"civilians", "women", "men"}


def number(entry: LedgerEntry) -> int:
    """The one number an entry is compared by: its lower bound, else its upper."""
    return entry.min if entry.min is not None else entry.max or 0


def counts(entry: LedgerEntry) -> bool:
    """Whether an entry gives a number that may enter a range."""
    return entry.left_out is None and (entry.min, entry.max) != (None, None)


def totals(entries: Iterable[LedgerEntry]) -> list[LedgerEntry]:
    """The entries of one measure from which the range of everyone is made.

    They are the counted figures that are no part of another. Where some of them count people of any kind, those of one
    class ("five soldiers") tell less than everyone and stay out, unless they are more. Where all name a class, those of
    one statement that exclude each other are added ("three soldiers and two police": five).
    """
    whole = _told(e for e in entries if counts(e) and e.of is None)
    if everyone := [e for e in whole if e.victims is None]:
        most = max(map(number, everyone))
        return [e for e in whole if e.victims is None or number(e) > most]
    by_statement: dict[str, list[LedgerEntry]] = defaultdict(list)
    for e in whole:
        by_statement[e.said.statement_id].append(e)
    return [e for told in by_statement.values() for e in _added(told)]


def _added(told: Sequence[LedgerEntry]) -> list[LedgerEntry]:
    """The figures of one statement as one sum if each excludes the others, else as they are."""
    if len(told) < 2 or not all(apart(a.victims, b.victims) for n, a in enumerate(told) for b in told[:n]):
        return list(told)
    lows, highs = [e.min for e in told], [e.max for e in told]
    return [
        replace(
            told[0],
            id=PLUS.join(e.id for e in told),
            min=sum(x or 0 for x in lows),
            max=None if None in highs else sum(x or 0 for x in highs),
            qualifier=Qualifier.RANGE,
            victims=None,
            whom=None,
            quote=PLUS.join(e.quote for e in told),
        )
    ]


def of_class(entries: Iterable[LedgerEntry], victims: str) -> list[LedgerEntry]:
    """The counted figures of a class of people, whether given as a part of a total or by themselves."""
    return _told(e for e in entries if counts(e) and e.victims == victims)


def _told(entries: Iterable[LedgerEntry]) -> list[LedgerEntry]:
    """The entries without words like "dozens" that say no more than a number somebody gives."""
    held = list(entries)
    highest = max((number(e) for e in held if e.qualifier is not Qualifier.VAGUE), default=-1)
    return [e for e in held if e.qualifier is not Qualifier.VAGUE or number(e) > highest]


def checks(entries: Sequence[LedgerEntry]) -> tuple[Check, ...]:
    """Each total beside the parts its report gives of it ("48, including 5 children").

    Parts belong to the total of their own statement, else to the one total of their report. They fit if none is more
    than the total and those that exclude each other are not more together.
    """
    parts: dict[tuple[Measure, str], list[LedgerEntry]] = defaultdict(list)
    wholes: dict[tuple[Measure, str], list[LedgerEntry]] = defaultdict(list)
    for e in entries:
        if counts(e):
            (parts if e.of else wholes)[e.measure, e.said.report_id].append(e)
    out = []
    for key, told in parts.items():
        of: dict[str, list[LedgerEntry]] = defaultdict(list)
        known = {e.id: e for e in wholes[key]}
        for part in told:
            own = [e for e in known.values() if e.said.statement_id == part.said.statement_id] or list(known.values())
            if len(own) == 1:
                of[own[0].id].append(part)
        out += [_check(known[total], held) for total, held in of.items()]
    return tuple(out)


def _check(total: LedgerEntry, parts: Sequence[LedgerEntry]) -> Check:
    together = max(
        sum(number(p) for p in [one, *(q for q in parts if q is not one and apart(one.victims, q.victims))])
        for one in parts
    )
    # "at least 12" may be any number above, so that no part is too large for it
    fits = total.max is None or together <= total.max
    listed = ", ".join(f"{number(p)} {p.of}" for p in parts)
    verb = "fit" if fits else "do not fit"
    return Check(
        measure=total.measure,
        report_id=total.said.report_id,
        total=total.id,
        parts=tuple(p.id for p in parts),
        fits=fits,
        note=f"{listed}: {verb} the {number(total)} that {total.said.outlet or total.said.report_id} gives",
    )
