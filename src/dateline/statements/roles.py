"""Who did it and to whom, by word order: a sentence is read outward from the trigger.

No parser: a clause ends at a conjunction or another happening's verb; the subject stands before an active
verb, the object after it; "by" names the doer of a passive or a noun, "on" or "against" its object. Each
rule has a name, which becomes part of the rule id of what it finds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dateline.language.base import Mention
from dateline.ontology.tables import acled, kind_of_actor
from dateline.records import Party
from dateline.statements.events import Event, kind_of
from dateline.statements.scene import Scene, form, is_noun, little

_REACH = 14
"""How many tokens from its trigger a role may stand."""
_PASSIVE_REACH = 5
_TELLERS = frozenset({"agency", "outlet", "platform"})
MEEK = frozenset({"civilians", "detainees", "medic"})
"""Kinds of people who suffer violence and seldom do it."""
_PLAIN = frozenset({"by", "doer", "antecedent", "accused", "possessive"})
"""Rules that read the doer off a word, not off the order of words."""
_NEAR = 3


@dataclass(frozen=True, slots=True)
class Role:
    """A mention in a role, and the name of the rule that put it there."""

    mention: Mention
    rule: str


@dataclass(frozen=True, slots=True)
class Roles:
    """Both sides of an event."""

    actors: tuple[Role, ...] = ()
    targets: tuple[Role, ...] = ()


def roles_of(sc: Scene, event: Event, done: dict[int, Roles]) -> Roles:
    """The sides of an event. `done` holds the roles found for earlier triggers of the sentence, by offset."""
    found = [_roles(sc, t, event, done) for t in sorted(event.triggers, key=lambda m: m.start)]
    for t, r in zip(sorted(event.triggers, key=lambda m: m.start), found, strict=True):
        done[t.start] = r
    taken: set[tuple[int, int]] = set()
    able = (a for r in found for a in r.actors if _does(a, event))
    actors = _unique(able, taken)
    targets = _unique((x for r in found for x in r.targets if _befalls(x, event)), taken)
    return Roles(actors, targets)


def _unique(roles: Iterable[Role], taken: set[tuple[int, int]]) -> tuple[Role, ...]:
    kept = []
    for r in roles:
        key = (r.mention.start, r.mention.end)
        if key not in taken:
            taken.add(key)
            kept.append(r)
    return tuple(kept)


def _roles(sc: Scene, t: Mention, event: Event, done: dict[int, Roles]) -> Roles:
    if is_noun(t):
        return _of_noun(sc, t, event)
    if _passive(sc, t):
        return _of_passive(sc, t)
    return _of_active(sc, t, event, done)


def _passive(sc: Scene, t: Mention) -> bool:
    """ "was hit", "has been arrested", "held by": a participle with a form of be before it or "by" behind it."""
    if form(t) not in {"ed", "en", "base"}:
        return False
    i = sc.first(t) - 1
    while i >= 0 and sc.first(t) - i <= _PASSIVE_REACH and sc.word(i) in little("adverbs") | little("passive"):
        if sc.word(i) in little("passive"):
            return True
        i -= 1
    return form(t) != "base" and sc.word(sc.after(t)) in little("by")


def _group(sc: Scene, first: Mention, pool: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """A mention and those joined to it by commas and "and"; commas alone set an apposition beside it."""
    found, whole = [first], 1
    for m in pool:
        if m.start < found[-1].end:
            continue
        gap = sc.words(sc.after(found[-1]), sc.first(m))
        links = [w for w in gap if w == "," or w in little("and")]
        if links and len(gap) <= _NEAR and not any(w in little("oblique") for w in gap):
            found.append(m)
            whole = len(found) if links != [","] else whole
        else:
            break
    return tuple(found[:whole])


def _oblique(sc: Scene, m: Mention) -> bool:
    """Whether a preposition right before a mention, determiners and numbers aside, takes it out of the main roles."""
    i = sc.first(m) - 1
    for _ in range(_NEAR):
        word = sc.word(i)
        if word in little("oblique"):
            return True
        if word in {",", "", "."} or word in little("and") or word in little("adverbs"):
            return False
        i -= 1
    return False


def _clause_start(sc: Scene, t: Mention) -> int:
    """Where the clause of a trigger begins: behind the last conjunction, saying or earlier verb."""
    at = sc.first(t)
    start = 0
    for i in range(at - 1, -1, -1):
        if sc.word(i) in little("boundary") or sc.word(i) in little("that"):
            start = i + 1
            break
    verbs = [sc.after(m) for m in (*sc.triggers, *sc.sayings) if m.end <= t.start and not is_noun(m)]
    return max([start, *(v for v in verbs if v <= at)])


def _clause_end(sc: Scene, t: Mention) -> int:
    """Where it ends: before the next conjunction, semicolon, saying or verb that names another happening."""
    at = sc.after(t)
    stops = little("boundary") | little("that")
    end = next((i for i in range(at, len(sc.tokens)) if sc.word(i) in stops), len(sc.tokens))
    verbs = [sc.first(m) for m in (*sc.triggers, *sc.sayings) if m.start >= t.end and not is_noun(m)]
    return min([end, *verbs])


def _antecedent(sc: Scene, t: Mention) -> tuple[Role, ...]:
    """Whom "who" or "which" before a verb stands for: the noun phrase before it."""
    i = sc.first(t) - 1
    while sc.word(i) in little("adverbs") | little("passive"):
        i -= 1
    if sc.word(i) not in little("relative"):
        return ()
    before = [m for m in sc.actors if sc.after(m) <= i and m.label != "pronoun"]
    return tuple(Role(m, "antecedent") for m in before[-1:])


def _doer(m: Mention) -> bool:
    """Whether a mention can do something: a person or a body, no thing and no medium that only tells of it."""
    return not m.label.startswith("thing:") and kind_of_actor(m.label) not in _TELLERS


def _does(r: Role, event: Event) -> bool:
    """Whether what stands as the doer can have done it: people at large only where the words leave no doubt."""
    meek = kind_of_actor(r.mention.label) in MEEK and event.kind.event == "ASSAULT" and not event.kind.mutual
    return _doer(r.mention) and not (meek and r.rule not in _PLAIN)


def _befalls(r: Role, event: Event) -> bool:
    """Whether an event can have befallen what stands as its object: not the doer's own troops, nor ground taken."""
    if r.mention.label == "pronoun" and r.mention.norm.lower() in little("vague"):
        return False
    if event.kind.own and r.rule in {"object", "on"}:
        return False
    return not (event.kind.sub in {acled("regained"), acled("overtaken")} and r.mention.label == "thing:settlement")


def _subject(sc: Scene, t: Mention, done: dict[int, Roles]) -> tuple[Role, ...]:
    """The subject of a verb: in its clause, or that of the verb it is joined to."""
    if found := _antecedent(sc, t):
        return found
    at, start = sc.first(t), _clause_start(sc, t)
    pool = [m for m in sc.actors if start <= sc.first(m) and sc.after(m) <= at and _doer(m)]
    main = [m for m in pool if not _oblique(sc, m)]
    if main:
        return tuple(Role(m, "subject") for m in _group(sc, main[0], tuple(pool)))
    return _shared(sc, t, done) or tuple(Role(m, "nearest-before") for m in pool[-1:])


def _shared(sc: Scene, t: Mention, done: dict[int, Roles]) -> tuple[Role, ...]:
    """The subject of the verb before, where "and", a comma, "to" or an -ing form joins the two."""
    i = sc.first(t) - 1
    while sc.word(i) in little("adverbs") - little("to"):
        i -= 1
    joined = sc.word(i) == "," or sc.word(i) in little("and") | little("to") or form(t) == "ing"
    earlier = [m for m in sc.triggers if m.end <= t.start and m.start in done and done[m.start].actors]
    if not joined or not earlier or sc.first(t) - sc.after(earlier[-1]) > 2 * _REACH:
        return ()
    roles = done[earlier[-1].start]
    return tuple(Role(r.mention, "shared-subject") for r in (roles.actors or roles.targets))


def _objects(sc: Scene, t: Mention, reach: int = _REACH) -> tuple[Role, ...]:
    """The object of a verb: the first noun phrase behind it that no preposition takes away."""
    at, end = sc.after(t), _clause_end(sc, t)
    for m in sc.actors:
        if not at <= sc.first(m) < min(end, at + reach):
            continue
        gap = sc.words(at, sc.first(m))
        if any(w in little("oblique") - little("object_prepositions") for w in gap):
            return ()
        return tuple(Role(x, "object") for x in _group(sc, m, sc.actors))
    return ()


def _behind(sc: Scene, t: Mention, prepositions: frozenset[str], rule: str) -> tuple[Role, ...]:
    """The noun phrase behind the first of some prepositions after the trigger ("by X", "on Y")."""
    at, end = sc.after(t), _clause_end(sc, t)
    ends_so = sc.word(at - 1) in prepositions and at - sc.first(t) > 1
    for i in range(at - 1 if ends_so else at, min(end, at + _REACH)):
        if sc.word(i) in prepositions:
            m = next((m for m in sc.actors if i < sc.first(m) <= i + 1 + _NEAR), None)
            if m and not sc.apart(i + 1, sc.first(m), "oblique"):
                return tuple(Role(x, rule) for x in _group(sc, m, sc.actors))
        elif rule == "on" and sc.word(i) in little("past_object") | little("passive"):
            return ()
    return ()


def _of_passive(sc: Scene, t: Mention) -> Roles:
    actors = _behind(sc, t, little("by"), "by")
    if found := _antecedent(sc, t):
        return Roles(actors, found)
    at, start = sc.first(t), _clause_start(sc, t)
    pool = [m for m in sc.actors if start <= sc.first(m) and sc.after(m) <= at]
    main = [m for m in pool if not _oblique(sc, m)] or pool[-1:]
    if sc.word(sc.after(t)) in little("by") and sc.word(at - 1) not in little("passive") | little("adverbs"):
        main = pool[-1:] or main
    return Roles(actors, tuple(Role(m, "passive-subject") for m in (_group(sc, main[0], tuple(pool)) if main else ())))


def _of_active(sc: Scene, t: Mention, event: Event, done: dict[int, Roles]) -> Roles:
    at = sc.first(t)
    if sc.word(at - 1) in little("to") and form(t) == "base":
        addressed = [m for m in sc.actors if sc.after(m) == at - 1]
        if addressed and any(m.end <= addressed[-1].start for m in sc.triggers):
            return Roles((Role(addressed[-1], "addressee"),), _objects(sc, t))
    if form(t) == "ing" and sc.word(at - 1) in little("of_by_for"):
        accused = [m for m in sc.actors if sc.after(m) == at - 1]
        if accused:
            return Roles((Role(accused[-1], "accused"),), _objects(sc, t))
    targets = _objects(sc, t)
    if event.kind.mutual and not targets:
        targets = _behind(sc, t, little("with"), "with")
    subject = _subject(sc, t, done)
    if kind_of(t).patient:
        return Roles((), tuple(Role(r.mention, "patient") for r in subject) or targets)
    return Roles(subject, targets)


def _of_noun(sc: Scene, t: Mention, event: Event) -> Roles:
    """ "Russia's strikes on Y", "attack by X", "clashes between A and B"."""
    if sides := _behind(sc, t, little("between"), "between"):
        return Roles(sides)
    actors = _behind(sc, t, little("doer"), "doer") or _owner(sc, t)
    targets = _behind(sc, t, little("on"), "on")
    if event.kind.mutual and not targets:
        targets = _behind(sc, t, little("with"), "with")
    if kind_of(t).part == "result" and not targets:
        before = [m for m in sc.actors if _clause_start(sc, t) <= sc.first(m) and sc.after(m) <= sc.first(t)]
        targets = tuple(Role(m, "befallen") for m in before[-1:] if sc.first(t) - sc.after(m) <= _PASSIVE_REACH)
        actors = tuple(r for r in actors if r.mention not in {x.mention for x in targets})
    return Roles(actors, targets)


def _owner(sc: Scene, t: Mention) -> tuple[Role, ...]:
    """Whose act a noun is: a possessive or a name right before it, adjectives and weapons between allowed."""
    at = sc.first(t)
    for m in reversed(sc.actors):
        if m.end > t.start:
            continue
        gap = sc.words(sc.after(m), at)
        if any(w in little("possessive") for w in gap[:1]):
            return (Role(m, "possessive"),) if len(gap) <= _NEAR + 1 else ()
        if not gap and sc.word(at - 1) in little("describing") and sc.after(m) - sc.first(m) == 1:
            return ()
        if len(gap) <= _NEAR - 1 and not any(_breaks(w) for w in gap) and not _verb_between(sc, m, t):
            return (Role(m, "adjective"),)
        return ()
    return ()


def _breaks(word: str) -> bool:
    return (
        not word[:1].isalpha()
        or word in little("oblique")
        or word in little("adverbs")
        or word in little("and")
        or word in little("relative")
        or word in little("before_noun") & little("determiners")
    )


def _verb_between(sc: Scene, a: Mention, b: Mention) -> bool:
    return any(a.end <= m.start and m.end <= b.start for m in (*sc.triggers, *sc.sayings))


def parties(sc: Scene, roles: Iterable[Role], field: str) -> Iterator[Party]:
    """The values of a role field: name as written, its span, the rule that put it there."""
    for r in roles:
        span = sc.ctx.span(r.mention.start, r.mention.end)
        yield Party(
            name=span.quote,
            spans=(span,),
            rule=f"roles.{field}.{r.rule}.v1",
            why=(f"“{span.quote}” is the {field} by word order ({r.rule}).",),
        )
