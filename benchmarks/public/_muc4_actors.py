"""MUC-4's perpetrators: who did it, as persons and as organisations, and how surely."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from benchmarks.public._muc4_people import Human, Scene, foe, full_name, named, plain
from benchmarks.public._muc4_words import (
    Phrase,
    bare,
    has,
    people,
    phrase,
    singular,
    thing,
    words,
)
from dateline.labels import Certainty, SourceType
from dateline.records import Party, Statement


@dataclass(frozen=True, slots=True)
class Perpetrators:
    """Who did it: persons, organisations with how surely, and whether it was the state."""

    individuals: tuple[str, ...]
    organisations: tuple[tuple[str, str], ...]
    category: str | None


def perpetrators(scene: Scene, victims: Sequence[Human] = ()) -> Perpetrators:
    """The actors of an incident in the codebook's three slots. Where a band did it, forces of the state that take
    part are the other side; a victim did not do it."""
    struck = {w for h in victims if h.name for w in h.name.split()}
    found = [a for s in scene.statements for a in _actors(scene, s) if not (a.named and set(a.named.split()) & struck)]
    if any(a.foe for a in found):
        found = [a for a in found if not a.state]
    bodies: dict[str, tuple[str, str]] = {}
    for a in found:
        if a.body:
            bodies.setdefault(a.key, (a.body, a.confidence))
    for body in claimants(scene):
        bodies.setdefault(body.lower(), (body, "CLAIMED OR ADMITTED"))
    if not bodies and len(scene.groups) == 1 and found and all(a.foe for a in found):
        bodies[""] = (scene.groups[0], "REPORTED AS FACT")
    category = None
    if found:
        category = "STATE-SPONSORED VIOLENCE" if found[0].state else "TERRORIST ACT"
    return Perpetrators(tuple(_individuals(found)), tuple(bodies.values()), category)


def claimants(scene: Scene) -> Iterator[str]:
    """Armed groups that say they did it."""
    for s in scene.statements:
        for x in s.sources:
            if s.certainty.label is Certainty.CLAIMED and x.type is SourceType.ARMED_GROUP and x.actor_id:
                p = phrase(x.spans[0].quote) if x.spans else None
                if p:
                    yield p.text


def groups_of(statements: Iterable[Statement]) -> tuple[str, ...]:
    """The armed groups that statements name, each once, as their words first have it."""
    found: dict[str, str] = {}
    for s in statements:
        for party in (*s.actors, *s.targets):
            if party.actor_id and party.kind in ("armed_group", "gang") and party.spans:
                p = phrase(party.spans[0].quote)
                body = organisation(p, party, None) if p else None
                if body:
                    found.setdefault(party.actor_id, body)
        for x in s.sources:
            if x.actor_id and x.type is SourceType.ARMED_GROUP and x.spans:
                p = phrase(x.spans[0].quote)
                if p:
                    found.setdefault(x.actor_id, p.text)
    return tuple(found.values())


def _individuals(found: Sequence[Actor]) -> Iterator[str]:
    """Persons and bands, each once: what a later one says in the words of an earlier is no other."""
    told: list[set[str]] = []
    for a in found:
        if a.individual is None:
            continue
        said = {singular(bare(w)) for w in a.individual.split()}
        if all(not (said <= t or t <= said or said & t & words("bands")) for t in told):
            told.append(said)
            yield a.individual


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor: as a person or band, as an organisation, or both."""

    individual: str | None
    body: str | None
    confidence: str
    state: bool
    foe: bool = False
    named: str | None = None
    key: str = ""


def _actors(scene: Scene, s: Statement) -> Iterator[Actor]:
    for party in s.actors:
        for span in party.spans[:1]:
            p = phrase(span.quote)
            if p is None or thing(p):
                continue
            held = named(scene, span.start, span.end)
            body = organisation(p, party, held)
            name = full_name(scene, plain(scene.report.text[held[0] : held[1]])) if held else None
            individual = name or p.text
            if not held and (individual == body or not (people(p, party.kind) or foe(p, party))):
                individual = ""
            if individual or body:
                key = party.actor_id or (body or "").lower()
                state = of_state(p, party)
                band = not state and not name and foe(p, party)
                yield Actor(individual or None, body, confidence(s, party), state, band, name, key)


_OF = re.compile(r"\b(?:OF|FROM) (?:THE )?(.+)$")


def organisation(p: Phrase, party: Party, held: tuple[int, int] | None) -> str | None:
    """The organisation that a party's words name; None if they name persons only."""
    if held:
        return None
    text = p.text.split(" [")[0].split(" (")[0].strip("\"' ")
    if m := _OF.search(text):
        inner = m.group(1)
        if has(text[: m.start()], words("bands")):
            return inner if party.actor_id or has(inner, words("organisations")) else None
    tokens = text.split()
    while tokens and singular(bare(tokens[-1])) in words("bands"):
        tokens.pop()
    rest = " ".join(tokens)
    if not rest or (len(tokens) < len(text.split()) and not party.actor_id):
        return None
    return rest if party.actor_id or has(bare(tokens[-1]), words("organisations")) else None


def of_state(p: Phrase, party: Party) -> bool:
    """Whether a party is of a state."""
    if party.kind in ("armed_group", "gang"):
        return False
    return party.kind in ("military", "police", "state", "government") or bool(has(p.text, words("state")))


def confidence(s: Statement, party: Party) -> str:
    """How surely an organisation is said to be responsible."""
    speakers = {x.type for x in s.sources}
    own = SourceType.ARMED_GROUP in speakers
    if own and s.certainty.label in (Certainty.CLAIMED, Certainty.STATED, Certainty.CONFIRMED):
        return "CLAIMED OR ADMITTED"
    if s.certainty.label in (Certainty.ALLEGED, Certainty.UNVERIFIED, Certainty.CLAIMED):
        by = {str(x.value) for x in speakers} & set(words("authorities"))
        return "SUSPECTED OR ACCUSED BY AUTHORITIES" if by else "SUSPECTED OR ACCUSED"
    return "REPORTED AS FACT"
