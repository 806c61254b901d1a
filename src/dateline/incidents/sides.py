"""Whether somebody speaks for a side that acted."""

from __future__ import annotations

from collections.abc import Iterable

from dateline.incidents.items import Linkable
from dateline.records import Party, Source

STATE = frozenset({"state", "military", "government", "police"})
"""Kinds of actors and of speakers that stand for their country."""


def of_side(source: Source, actors: Iterable[Party]) -> bool:
    """Whether a speaker belongs to one of the actors: by register id, by name, or as organ of the same state."""
    for a in actors:
        if source.actor_id is not None and source.actor_id in (a.actor_id, a.group):
            return True
        if source.name.casefold() in {x.casefold() for x in (a.name, a.group) if x}:
            return True
        if source.country is not None and source.country == a.country and a.kind in STATE:
            return source.type.value in STATE
    return False


def by_actor(item: Linkable, others: Iterable[Linkable] = ()) -> bool:
    """Whether the original source of a statement is of the side that it says acted; if it names no actor, of a side
    that one of the others names."""
    own = item.statement.actors or tuple(a for i in others for a in i.statement.actors)
    return any(of_side(s, own) for s in item.statement.sources[-1:])
