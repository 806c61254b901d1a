"""With what it was done: what its actor is or bears, and the weapon that names the act."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from dateline.language.base import Mention, MentionKind
from dateline.records import Statement, Weapon
from dateline.statements.rulebook.base import Line, SentenceRule

BORNE, NAMING = (f"weapons.{x}.v1" for x in ("borne", "naming"))
_WIELDER = "wielder"
_OTHERS = frozenset({"small_arms", "crowd_control", _WIELDER})
"""Classes whose words before a noun say something else: "bullet wounds", "gun battle", "suicide bomber attacks"."""
_ASSAULT = "ASSAULT"


def _borne(line: Line, s: Statement) -> Statement:
    """With what its actor is or bears: "warplanes bombed", "a truck bomber", "men armed with knives"."""
    actors = [x for p in s.actors for x in p.spans]
    held = (m for m in line.ctx.mentions(MentionKind.WEAPON) if m.label != _WIELDER)
    return _with(line, s, (m for m in held if any(x.start <= m.start and m.end <= x.end for x in actors)), BORNE)


def _naming(line: Line, s: Statement) -> Statement:
    """With the weapon that its word begins with or stands right behind: "bomb attack"."""
    first = line.first(s.trigger[0])
    held = (m for m in line.ctx.mentions(MentionKind.WEAPON) if m.label not in _OTHERS)
    near = (
        m for m in held if line.first(m) == first < line.after(m) < line.after(s.trigger[0]) or line.after(m) == first
    )
    return _with(line, s, near, NAMING)


def _with(line: Line, s: Statement, found: Iterable[Mention], rule: str) -> Statement:
    if s.event.code != _ASSAULT:
        return s
    taken = [x for w in s.weapons for x in w.spans]
    new = tuple(_weapon(line, m, rule) for m in found if not any(m.start < x.end and x.start < m.end for x in taken))
    return replace(s, weapons=(*s.weapons, *new)) if new else s


def _weapon(line: Line, m: Mention, rule: str) -> Weapon:
    span = line.ctx.span(m.start, m.end)
    where = "its actor is or bears" if rule == BORNE else "its word begins with"
    return Weapon(name=m.norm, kind=m.label, spans=(span,), rule=rule, why=(f"“{span.quote}” is what {where}",))


RULES = (
    SentenceRule(
        BORNE,
        "Ships, planes, guns and armour that act are also what it was done with, and so is what its actor bears.",
        "Annotation guidelines §2, weapons: weapons, munitions and platforms used.",
        _borne,
    ),
    SentenceRule(
        NAMING,
        "An attack named after a weapon was done with it.",
        "Annotation guidelines §2, weapons: weapons, munitions and platforms used.",
        _naming,
    ),
)
