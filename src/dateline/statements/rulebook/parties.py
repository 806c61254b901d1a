"""Who did it and to whom: what a party is, and what only stands near it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from dateline.records import Party, Statement
from dateline.statements.rulebook.base import Line, SentenceRule, told
from dateline.statements.scene import little

NUMBER, BESIDE, JOINED, SIDES = (f"parties.{x}.v1" for x in ("number", "beside", "joined", "sides"))
_CLOSE = 3
"""Words before a building in which "in front of" and the like stand."""


def _number(line: Line, s: Statement) -> Statement:
    """Without targets that are nothing but a number ("kills 16"): the figure keeps it."""
    return replace(s, targets=tuple(t for t in s.targets if not _counts_only(line, t)))


def _counts_only(line: Line, party: Party) -> bool:
    words = [w for w in line.words(party.spans[0]) if w[0].isalnum() and w not in little("hedges")]
    return not words or all(w.replace(",", "").isdigit() or w in little("number_words") for w in words)


def _beside(line: Line, s: Statement) -> Statement:
    """Without targets that the act only took place near."""
    return replace(s, targets=tuple(t for t in s.targets if not _near(line, t)))


def _near(line: Line, party: Party) -> bool:
    before = line.before(party.spans[0], _CLOSE)
    return any(" ".join(before[-n:]) in little("beside") for n in range(1, len(before) + 1))


def _joined(line: Line, s: Statement) -> Statement:
    """With the parties of "A and B" or "A, including B" one by one."""
    parts = [tuple(x for p in held for x in _parts(line, p)) for held in (s.actors, s.targets)]
    return replace(s, actors=parts[0], targets=parts[1])


def _parts(line: Line, party: Party) -> Iterable[Party]:
    """A party cut at its first joining word, if words stand on both sides of it."""
    span = party.spans[0]
    first, after = line.first(span), line.after(span)
    at = next((i for i in range(first + 1, after - 1) if line.tokens[i].lower in little("joins")), None)
    if at is None or len(party.spans) > 1:
        return [party]
    cuts = [(first, at), (at + 1, after)]
    why = f"“{line.tokens[at].text}” joins two parties"
    made = []
    for a, b in cuts:
        while b > a and not line.tokens[b - 1].text[0].isalnum():
            b -= 1
        if b == a:
            return [party]
        held = line.span(a, b)
        made.append(told(replace(party, name=held.quote, spans=(held,)), JOINED, why))
    return made


def _sides(line: Line, s: Statement) -> Statement:
    """With one role for the same words: the likelier one."""
    actors = tuple(p for p in s.actors if not _better(p, s.targets, ties=False))
    return replace(s, actors=actors, targets=tuple(p for p in s.targets if not _better(p, actors, ties=True)))


def _better(party: Party, others: Sequence[Party], *, ties: bool) -> bool:
    """Whether the same words are held likelier by another; `ties`: or as likely."""
    mine = party.confidence or 0.0
    for other in (x for x in others if any(a.overlaps(b) for a in x.spans for b in party.spans)):
        theirs = other.confidence or 0.0
        if theirs > mine or (ties and theirs == mine):
            return True
    return False


RULES = (
    SentenceRule(
        NUMBER,
        "A number alone says how many, not whom.",
        "Annotation guidelines §2: a target is persons, groups, buildings or places; a number is a figure.",
        _number,
    ),
    SentenceRule(
        BESIDE,
        "What an act took place outside, near or in front of was not what it struck.",
        "Annotation guidelines §5, target or place: “outside a bakery” is neither.",
        _beside,
    ),
    SentenceRule(
        JOINED,
        "Two parties joined by “and” or “including” are two.",
        "ACLED codebook, actors: each named party is an actor of its own; annotation guidelines §2, one entry a party.",
        _joined,
    ),
    SentenceRule(
        SIDES,
        "The same words are not both who did it and to whom.",
        "PLOVER and ACLED: source and target of an event are different parties.",
        _sides,
    ),
)
