"""Who did it and to whom, by the words right beside the trigger: whose attack it was, and what was struck."""

from __future__ import annotations

from dateline.labels import Basis
from dateline.language.base import Mention, MentionKind
from dateline.ontology.tables import acled, kind_of_actor
from dateline.records import Party, Span, Statement
from dateline.statements.context import Extent
from dateline.statements.events import kind_of
from dateline.statements.modelled import over
from dateline.statements.rulebook.base import Line, SentenceRule, changed, is_participle, told
from dateline.statements.scene import is_noun, little

DESCRIBING, OWNER, STRUCK, OWN, UNDER = (f"nearby.{x}.v1" for x in ("describing", "owner", "struck", "own", "under"))
_AT_GROUND = frozenset(map(acled, ("from_the_air", "fired", "general", "other")))
"""Sub-events that can befall a place without anybody taking it."""
_BY_FORCE = frozenset({"ASSAULT", "COERCE"})
_MOVES = frozenset({"MOBILIZE", "RETREAT"})
_FORCES = frozenset({"armed_group", "armed_unknown", "paramilitary", "gang", "pirates"})
_FEW = 2
"""Words that may stand between "under" and the act one comes under."""


def _struck(line: Line, s: Statement) -> Statement:
    """With the place that is the object of a verb of bombing, shelling or besieging as the target, if there is none."""
    if s.targets or not s.sub_event or s.sub_event.code not in _AT_GROUND or s.event.code not in _BY_FORCE:
        return s
    taken = [x for v in s.actors for x in v.spans]
    made = []
    for place in s.event_places:
        span = place.spans[0] if place.basis is Basis.TEXT and place.spans else None
        if span and _is_object(line, s.trigger[0], span) and not any(span.overlaps(x) for x in taken):
            party = Party(name=span.quote, spans=(span,), rule=STRUCK, why=place.why, confidence=place.confidence)
            made.append(told(party, STRUCK, f"“{span.quote}” is the object of “{s.trigger[0].quote}”"))
    return changed(s, targets=tuple(made))


def _is_object(line: Line, trigger: Span, span: Span) -> bool:
    """Whether a span stands right behind a verb, or before its passive with nothing but "was" and adverbs between."""
    if trigger.end <= span.start:
        return all(w in little("determiners") for w in line.gap(trigger, span)) and not _is_noun(line, trigger)
    by = line.cut(line.after(trigger), line.after(trigger) + 1)
    light = little("passive") | little("adverbs")
    return span.end <= trigger.start and all(w in light for w in line.gap(span, trigger)) and set(by) <= little("by")


def _is_noun(line: Line, trigger: Span) -> bool:
    return any(is_noun(m) for m in over(line.ctx.mentions(MentionKind.TRIGGER), trigger.start, trigger.end))


def _owner(line: Line, s: Statement) -> Statement:
    """With the armed group right before the noun of an act of force as its doer, if nobody else is: "an IS attack"."""
    trigger = None if s.actors or s.event.code not in _BY_FORCE else _act(line, s.trigger[0])
    if trigger is None:
        return s
    taken = [x for t in s.targets for x in t.spans]
    for m in line.ctx.mentions(MentionKind.ACTOR):
        inside = m.start == trigger.start and m.end < trigger.end
        if kind_of_actor(m.label) in _FORCES and (inside or _right_before(line, m, trigger)):
            span = line.ctx.span(m.start, m.end)
            if not any(span.overlaps(x) for x in taken) and not _only_describes(line, span):
                why = (f"“{span.quote}” stands right before the act and says whose it was",)
                return changed(s, actors=(Party(name=span.quote, spans=(span,), rule=OWNER, why=why),))
    return s


def _act(line: Line, trigger: Span) -> Extent | None:
    """The noun of the act: the trigger, or what it came of ("killed in an attack"), if nothing else is told of that."""
    if _is_noun(line, trigger):
        return trigger
    known = over(line.ctx.mentions(MentionKind.TRIGGER), trigger.start, trigger.end)
    if not known or kind_of(known[0]).part != "result":
        return None
    behind = [m for m in line.ctx.mentions(MentionKind.TRIGGER) if m.start >= trigger.end and is_noun(m)]
    read = line.ctx.annotation.readings
    held = [m for m in behind if kind_of(m).part == "cause"]
    held = [m for m in held if not any(r.start < m.end and m.start < r.end for r in read)]
    return held[0] if len(held) == 1 else None


def _right_before(line: Line, m: Mention, trigger: Extent) -> bool:
    """Whether only adjectives of the act and words for weapons stand between."""
    if m.end > trigger.start:
        return False
    arms = [w for x in line.ctx.mentions(MentionKind.WEAPON) for w in line.words(x)]
    return all(w in little("describing") or w in arms for w in line.gap(m, trigger))


def _own(line: Line, s: Statement) -> Statement:
    """Without the troops that a doer moves as its targets: they are its own."""
    if s.event.code not in _MOVES:
        return s
    trigger = s.trigger[0]
    own = any(kind_of(m).own for m in over(line.ctx.mentions(MentionKind.TRIGGER), trigger.start, trigger.end))
    return changed(s, targets=tuple(t for t in s.targets if not _are_forces(line, t.spans[0], own)))


def _are_forces(line: Line, span: Span, moved: bool) -> bool:
    """Whether a party is told by a common noun for those who can be sent: soldiers where they are somebody's own."""
    held = over(line.ctx.mentions(MentionKind.ACTOR), span.start, span.end)
    label = held[0].label if held else "name"
    if moved:
        return ":" not in label and label not in {"name", "pronoun"}
    return label == "military" and line.words(span)[0] in little("possessives")


def _under(line: Line, s: Statement) -> Statement:
    """With the subject as the target where it "comes under" an act of force or is "the target of" one."""
    at = _leads(line, s.trigger[0])
    if s.targets or s.event.code not in _BY_FORCE or at is None:
        return s
    taken = [x for a in s.actors for x in a.spans]
    for m in sorted((*line.ctx.mentions(MentionKind.ACTOR), *line.ctx.mentions(MentionKind.PLACE)), key=_start):
        if line.after(m) <= at and not set(line.before(m, 1)) & little("oblique"):
            span = line.ctx.span(m.start, m.end)
            why = (f"“{span.quote}” is said to have come under “{s.trigger[0].quote}”",)
            free = not any(span.overlaps(x) for x in taken)
            return changed(s, targets=(Party(name=span.quote, spans=(span,), rule=UNDER, why=why),)) if free else s
    return s


def _leads(line: Line, trigger: Span) -> int | None:
    """Where "come under" or "target of" begins before a trigger, a few words between; None if neither does."""
    first = line.first(trigger)
    for i in range(first - 1, max(first - 2 - _FEW, 0), -1):
        two = line.cut(i - 1, i + 1)
        if (two[0] in little("suffers") and two[1] in little("under")) or two in {(w, "of") for w in little("aims")}:
            return i - 1
    return None


def _start(m: Mention) -> int:
    return m.start


def _describing(line: Line, s: Statement) -> Statement:
    """Without doers of whom only adjectives of the act are left: "a major terrorist attack", "a U.S.-backed push"."""
    actors = tuple(p for p in s.actors if not _is_adjective(line, s.trigger[0], p.spans[0]))
    return changed(s, actors=tuple(p for p in actors if len(actors) == 1 or not _derived(line, p.spans[0])))


def _derived(line: Line, span: Span) -> bool:
    """Whether only an adjective like "rebel-led" is left of a party."""
    return all(is_participle(w) for w in line.words(span) if w not in little("determiners"))


def _is_adjective(line: Line, trigger: Span, span: Span) -> bool:
    before = line.ctx.sentence.start <= span.start and span.end <= trigger.start and not line.gap(span, trigger)
    return before and _only_describes(line, span)


def _only_describes(line: Line, span: Span) -> bool:
    words = [w for w in line.words(span) if w not in little("determiners")]
    return all(w in little("describing") or is_participle(w) for w in words)


RULES = (
    SentenceRule(
        DESCRIBING,
        "An adjective of an act does not say whose it was.",
        "Annotation guidelines §2: actors are who did it; empty if the text does not say.",
        _describing,
    ),
    SentenceRule(
        OWNER,
        "An armed group named right before the noun of an act of force did it, if nobody else is said to have.",
        "Annotation guidelines §2: actors are who did it.",
        _owner,
    ),
    SentenceRule(
        STRUCK,
        "A place that is the object of a verb of bombing or besieging is what was struck, if nothing else was.",
        "Annotation guidelines §2: targets are also buildings and places fired at as objects.",
        _struck,
    ),
    SentenceRule(
        UNDER,
        "What comes under an attack, or is the target of one, was attacked.",
        "Annotation guidelines §2: targets are to whom, persons, groups, buildings and places fired at as objects.",
        _under,
    ),
    SentenceRule(
        OWN,
        "Troops that somebody sends, moves or withdraws are the doer's own and not whom it befell.",
        "PLOVER MOBILIZE and RETREAT: the target is the party faced or left, not the forces moved.",
        _own,
    ),
)
