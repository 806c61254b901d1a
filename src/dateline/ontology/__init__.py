"""Code lists of PLOVER, ACLED, CAMEO and UCDP as data, with the crosswalks between them."""

from __future__ import annotations

from dateline.ontology.tables import (
    ActorKind,
    Category,
    Crossing,
    SubEvent,
    actor_kinds,
    cameo_roots,
    categories,
    contexts,
    inter_names,
    sectors,
    sub_events,
    to_cameo,
    to_plover,
    traps,
    ucdp_rules,
)
from dateline.records import Party

__all__ = [
    "ActorKind",
    "Category",
    "Crossing",
    "SubEvent",
    "acled_event_type",
    "acled_inter",
    "acled_interaction",
    "acled_rank",
    "acled_sub_event",
    "actor_kinds",
    "cameo_for",
    "cameo_roots",
    "categories",
    "contexts",
    "inter_names",
    "plover",
    "plover_for",
    "sectors",
    "sub_events",
    "traps",
    "ucdp_type",
]

EXTERNAL, STATE = 8, 1
"""ACLED inter codes: external or other forces, state forces."""


def plover(code: str) -> Category:
    """The PLOVER category of that code. Raises KeyError naming the categories there are."""
    if code not in categories():
        raise KeyError(f"no PLOVER category {code!r}; categories are {', '.join(categories())}")
    return categories()[code]


def acled_sub_event(name: str) -> SubEvent | None:
    """The ACLED sub-event type of that name, or None."""
    return sub_events().get(name)


def acled_event_type(sub_event: str) -> str | None:
    """The ACLED event type a sub-event type belongs to, or None if there is no such sub-event type."""
    found = sub_events().get(sub_event)
    return found.event if found else None


def acled_rank(sub_event: str) -> int:
    """Place in ACLED's hierarchy, 1 first; unknown names come after all others."""
    found = sub_events().get(sub_event)
    return found.rank if found else len(sub_events()) + 1


def cameo_for(category: str, mode: str | None = None) -> Crossing | None:
    """The CAMEO code of a PLOVER category and mode; that of the category alone if the mode has none."""
    return to_cameo().get((category, mode)) or to_cameo().get((category, None))


def plover_for(cameo: str) -> Crossing | None:
    """The PLOVER category of a CAMEO code by the longest code that begins it; None if it is no CAMEO code.

    The crossing's `plover` is None where PLOVER has no place for the code (01, statements).
    """
    return next((to_plover()[cameo[:n]] for n in range(len(cameo), 1, -1) if cameo[:n] in to_plover()), None)


def _side(kind: str | None) -> str:
    known = actor_kinds().get(kind or "")
    return known.side if known else "none"


def ucdp_type(kind_a: str | None, kind_b: str | None) -> int | None:
    """UCDP type of violence by the kinds of the two sides: 1 state-based, 2 non-state, 3 one-sided; else None."""
    return ucdp_rules().get(frozenset((_side(kind_a), _side(kind_b))))


def acled_inter(party: Party, event_country: str | None) -> int | None:
    """ACLED inter code of a party at an event in a country (ISO 3166-1 alpha-3); None if its kind is unknown.

    State forces outside their own country are external forces (8), as the codebook has it.
    """
    known = actor_kinds().get(party.kind or "")
    if known is None or known.inter is None:
        return None
    abroad = party.country and event_country and party.country != event_country
    return EXTERNAL if known.inter == STATE and abroad else known.inter


def acled_interaction(first: int | None, second: int | None) -> int | None:
    """ACLED's pair of inter codes, smaller digit first; a sole actor gives its digit and 0; None without any."""
    held = sorted(c for c in (first, second) if c)
    if not held:
        return None
    return held[0] * 10 + (held[1] if len(held) > 1 else 0)
