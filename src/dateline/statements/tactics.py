"""What kind of attack a general word means: "the attack", "nine died" are those of the bombing told before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice, takewhile

from dateline.labels import AHEAD, Basis
from dateline.ontology.tables import acled, tactics
from dateline.records import Statement

RULE = "events.tactic.carried.v1"
_BACK = 100
"""How many statements before it a tactic is looked for."""
_OPEN = frozenset({"attack", "hit", "kill", "die", "wound", "casualties", "claim_responsibility", "massacre"})
"""Kinds of happening whose words leave the weapon open."""


def told(made: Sequence[Statement], earlier: Sequence[Statement], near: int) -> list[Statement]:
    """The statements of one sentence, general ones with the tactic told in it or before, back to offset `near`.

    The sub-event then rests on the other statement's words and says so (basis context).
    """
    before = list(islice(takewhile(lambda s: s.sentence.start >= near, reversed(earlier)), _BACK))
    out: list[Statement] = []
    for s in made:
        rest = [x for x in made if x is not s]
        out.append(_told(s, [*rest, *before]))
    return out


def _told(s: Statement, others: Iterable[Statement]) -> Statement:
    if s.sub_event is None or s.sub_event.code != acled("general") or s.weapons or s.certainty.label in AHEAD:
        return s
    if s.event.rule.split(".")[1] not in _OPEN:
        return s
    for other in others:
        if other.event.code != s.event.code or other.sub_event is None or other.certainty.label in AHEAD:
            continue
        if other.sub_event.code not in tactics() or not _one_place(s, other):
            continue
        said = other.trigger[0].quote
        return replace(
            s,
            sub_event=replace(
                other.sub_event,
                basis=Basis.CONTEXT,
                rule=RULE,
                why=(f"“{s.trigger[0].quote}” says no weapon; “{said}” beside it or before does",),
            ),
        )
    return s


def _one_place(s: Statement, other: Statement) -> bool:
    """Whether they share a place, or one names none; what itself was only told before says less than a name."""
    ours, theirs = ({p.name.casefold() for p in x.event_places if not p.implied} for x in (s, other))
    lent = other.sub_event is not None and other.sub_event.basis is Basis.CONTEXT
    return not ours or bool(ours & theirs) or not (theirs or lent)
