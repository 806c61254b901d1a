"""On which side a party is: whose allies, who only tells of it, and what was fired rather than hit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from dateline.labels import Certainty
from dateline.language.base import MentionKind
from dateline.records import Party, Span, Statement
from dateline.statements.context import touches
from dateline.statements.rulebook.base import Line, SentenceRule, changed, told
from dateline.statements.scene import is_past, little

ALLIES, TELLER, FIRED, BORNE = (f"parties.{x}.v1" for x in ("allies", "teller", "fired", "borne"))
_SAID = frozenset({Certainty.STATED, Certainty.ALLEGED, Certainty.UNVERIFIED})
"""Certainties of what one party tells of others. What somebody claims, denies or plans is mostly his own act."""

_SAYING = 2
"""Words at least between who tells and what befell others: the verb of telling and whom it befell."""


def _allies(line: Line, s: Statement) -> Statement:
    """With "its allies" on the side of the party that "and" joins them to, and whoever acts alongside on that side."""
    here = [p for p in (*s.actors, *s.targets) if line.has(p.spans[0])]
    actors, targets = list(s.actors), list(s.targets)
    for held, others in ((actors, targets), (targets, actors)):
        for p in [p for p in held if p in here and line.words(p.spans[0])[0] in little("possessives")]:
            lead = next((o for o in others if o in here and _joins(line, o.spans[0], p.spans[0])), None)
            if lead:
                held.remove(p)
                others.append(told(p, ALLIES, f"“and” joins “{p.name}” to “{lead.name}”"))
    for p in [p for p in targets if p in here and actors]:
        before = line.before(p.spans[0], 1)
        if before and before[0] in little("alongside"):
            targets.remove(p)
            actors.append(told(p, ALLIES, f"“{before[0]}” stands before “{p.name}”"))
    return changed(s, actors=tuple(actors), targets=tuple(targets))


def _joins(line: Line, first: Span, second: Span) -> bool:
    gap = line.gap(first, second) if first.end <= second.start else ()
    return len(gap) == 1 and gap[0] in little("and")


def _teller(line: Line, s: Statement) -> Statement:
    """Without doers who only tell of what befell others: "the army says a man was killed in an air strike"."""
    if s.certainty.label not in _SAID or not s.sources:
        return s
    said = [x for v in s.sources for x in v.spans]
    return changed(s, actors=tuple(p for p in s.actors if not _only_tells(line, s, p.spans[0], said)))


def _only_tells(line: Line, s: Statement, span: Span, said: Iterable[Span]) -> bool:
    head = s.trigger[0]
    if span.start < line.ctx.sentence.start or span.end > head.start or not any(touches(span, x) for x in said):
        return False
    between = line.cut(line.after(span) + _SAYING, line.after(head))
    return any(a in little("passive") and is_past(b) for a, b in pairwise(between))


def _fired(line: Line, s: Statement) -> Statement:
    """Without weapons among the targets of what fires, launches or drops them."""
    if little("firing").isdisjoint(line.words(s.trigger[0])):
        return s
    return changed(s, targets=_without(s.targets, [x for w in s.weapons for x in w.spans]))


def _borne(line: Line, s: Statement) -> Statement:
    """Without common words of a weapon among the doers: "a suicide car bomb"."""
    arms = [x for w in s.weapons for x in w.spans]
    named = [m for m in line.ctx.mentions(MentionKind.ACTOR) if not m.label.startswith("thing:")]

    def is_word_of(p: Party) -> bool:
        span = p.spans[0]
        known = any(touches(m, span) for m in named)
        return not known and span.quote.islower() and any(x.start < span.end < x.end for x in arms)

    return changed(s, actors=tuple(p for p in s.actors if not is_word_of(p)))


def _without(held: Sequence[Party], spans: Sequence[Span]) -> tuple[Party, ...]:
    """The parties that share no word with any of these spans."""
    return tuple(p for p in held if not any(touches(x, y) for x in p.spans for y in spans))


RULES = (
    SentenceRule(
        ALLIES,
        "“Its allies”, joined by “and” to a party, are on its side, and so is whoever acts alongside.",
        "ACLED codebook, actors and associated actors: all parties of a side are coded.",
        _allies,
    ),
    SentenceRule(
        TELLER,
        "Who tells that others were killed or hurt is not thereby who did it.",
        "Annotation guidelines §2: actors are empty if the text does not say who did it.",
        _teller,
    ),
    SentenceRule(
        BORNE,
        "The words of a weapon name nobody who used it.",
        "Annotation guidelines §2: weapons are munitions and platforms used; actors are who did it.",
        _borne,
    ),
    SentenceRule(
        FIRED,
        "What is fired, launched or dropped is the weapon, not what was hit.",
        "Annotation guidelines §2: weapons are munitions and platforms used; targets are what they are fired at.",
        _fired,
    ),
)
