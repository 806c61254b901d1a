"""With what it was done: what may be a weapon, what its actor is or bears, what names the act, and poison."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from dateline.language.base import Mention, MentionKind
from dateline.language.en.actorwords import actor_words
from dateline.ontology.tables import acled, tactics
from dateline.records import Code, Span, Statement, Weapon
from dateline.statements.context import Extent, touches
from dateline.statements.modelled import kinds_over
from dateline.statements.rulebook.base import Line, SentenceRule, changed
from dateline.statements.scene import little

ABLE, BORNE, NAMING, CHEMICAL = (f"weapons.{x}.v1" for x in ("able", "borne", "naming", "chemical"))
_WIELDER = "wielder"
_OTHERS = frozenset({"small_arms", "crowd_control", _WIELDER})
"""Classes whose words before a noun say something else: "bullet wounds", "gun battle", "suicide bomber attacks"."""
_THINGS = frozenset({"thing:vehicle"})
"""Labels of ACTOR mentions that are no people."""
_ASSAULT = "ASSAULT"


def _able(line: Line, s: Statement) -> Statement:
    """Without what can be no weapon, and without the little words at the ends of what can."""
    held = ((w, _trimmed(line, w.spans[0])) for w in s.weapons)
    return changed(s, weapons=tuple(_cut(w, span) for w, span in held if span and _may_be(line, s, span)))


def _trimmed(line: Line, span: Span) -> Span | None:
    """Its words without those that no name ends with; None if no other is left."""
    first, after = line.first(span), line.after(span)
    while first < after and _is_little(line.tokens[after - 1].lower):
        after -= 1
    while first < after and line.tokens[first].lower in little("leading"):
        first += 1
    return line.span(first, after) if first < after else None


def _is_little(word: str) -> bool:
    return (
        not word[0].isalnum()
        or word in little("trailing")
        or word in little("determiners")
        or word in little("of_by_for")
    )


def _cut(w: Weapon, span: Span) -> Weapon:
    if span == w.spans[0]:
        return w
    name = span.quote if w.name == w.spans[0].quote else w.name
    return replace(w, name=name, spans=(span, *w.spans[1:]))


def _may_be(line: Line, s: Statement, span: Span) -> bool:
    """Whether the words may name a weapon: the lexicon knows one in them, or they name no people, act or manner."""
    if any(touches(m, span) for m in line.ctx.mentions(MentionKind.WEAPON)):
        return True
    head = line.words(span)[-1]
    if head in little("manners") or head in actor_words().pronouns or head in actor_words().generic:
        return head in little("platforms")
    names = [m for m in line.ctx.mentions(MentionKind.ACTOR) if m.label not in _THINGS and m.end >= span.end]
    acts = [m for m in line.ctx.mentions(MentionKind.TRIGGER) if m.end == span.end]
    return not any(m.start <= span.end - len(head) and touches(m, span) for m in (*names, *acts))


def _chemical(line: Line, s: Statement) -> Statement:
    """An attack with poison is one with a chemical weapon."""
    sub = s.sub_event
    if s.event.code != _ASSAULT or sub is None or sub.code not in tactics() | {acled("general"), acled("fighting")}:
        return s
    held = (x for w in s.weapons for x in w.spans if _is_poison(line.words(x)))
    words = next((x for x in held if not _names_another(line, s, x)), None)
    if words is None or sub.code == acled("poison"):
        return s
    why = (*sub.why, f"“{words.quote}” is poison")
    return replace(s, sub_event=Code(scheme="acled", code=acled("poison"), spans=s.trigger, rule=CHEMICAL, why=why))


def _names_another(line: Line, s: Statement, weapon: Span) -> bool:
    """Whether a weapon stands before the noun of another act than this one: "strikes after a gas attack"."""
    if not _is_cause(line, s.trigger[0]):
        return False
    acts = (m for m in line.ctx.mentions(MentionKind.TRIGGER) if not any(touches(m, t) for t in s.trigger))
    behind = (m for m in acts if m.end > weapon.end and line.first(m) <= line.after(weapon) <= line.after(m))
    return any(_is_cause(line, m) for m in behind)


def _is_cause(line: Line, word: Extent) -> bool:
    return any(k.part == "cause" for k in kinds_over(line.ctx, word))


def _is_poison(words: tuple[str, ...]) -> bool:
    return little("harmless").isdisjoint(words) and not little("poisons").isdisjoint(words)


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
        ABLE,
        "A weapon is a thing: people, acts and words that only say how are none.",
        "Annotation guidelines §2, weapons: weapons, munitions and platforms used.",
        _able,
    ),
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
    SentenceRule(
        CHEMICAL,
        "An attack with poison is an attack with a chemical weapon, whatever carried it.",
        "ACLED codebook, “Chemical weapon”: it goes before the other sub-events of remote violence.",
        _chemical,
    ),
)
