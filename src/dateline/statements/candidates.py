"""What speaks for and against a span being a side of an event: where it stands, what it is, what else there is.

Each reason has a name and a size; what it weighs is learned (sides.yaml). Grammar is read off the order of words and
the little words of syntax.yaml; there is no parser.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import chain

from dateline.language.base import Argument, Mention, MentionKind, Reading
from dateline.ontology.tables import acled, kind_of_actor
from dateline.statements.context import Context, Extent, touches
from dateline.statements.events import Event, Happening, events_of
from dateline.statements.modelled import kinds_over, over
from dateline.statements.roles import MEEK, Roles, roles_of
from dateline.statements.rulebook.base import Line
from dateline.statements.scene import form, groups, is_past, little, scene

SIDES = ("actor", "target")
_LEAST, _MOST = 0.02, 0.98
"""Probabilities beyond these are taken for these: nothing is that sure."""
SOME = 0.4
"""Probability from which another span counts as a rival."""
_READ = 0.1
"""Probability under which the model as good as rules a span out."""
_FAR = 12
"""Words from which a span stands far from its trigger."""
_PHRASE = 4
"""Words of a noun phrase that may stand before its noun, articles and numbers."""
_LIST = 14
_AUXILIARIES = 5
_TIGHT = 2


@dataclass(frozen=True)
class Clause:
    """One reading in its sentence: where its trigger stands and what kind of word it is."""

    line: Line
    reading: Reading
    others: tuple[Reading, ...]
    """The other readings of the sentence of which the model is sure."""

    @cached_property
    def first(self) -> int:
        """Position of the trigger's first token."""
        return self.line.first(self.reading)

    @cached_property
    def after(self) -> int:
        """Position behind its last token."""
        return self.line.after(self.reading)

    @cached_property
    def kind(self) -> Happening | None:
        """What the lexicon has for the trigger's words."""
        return next(iter(kinds_over(self.line.ctx, self.reading)), None)

    @cached_property
    def roles(self) -> Roles | None:
        """Its sides by the rules of word order; None where the lexicon does not know its words."""
        ctx = self.line.ctx
        found: list[tuple[Event, Roles]] = ctx.once(_by_order, ctx)
        return next((r for e, r in found if any(touches(t, self.reading) for t in e.triggers)), None)

    @cached_property
    def voice(self) -> str:
        """noun, verb or passive."""
        shape = self._shape()
        if shape == "n":
            return "noun"
        if shape in {"ed", "en", "base"} and (self._auxiliary() or self._word(self.after) in little("by")):
            return "passive"
        return "verb"

    def _shape(self) -> str:
        """The grammatical form of the trigger: the lexicon's, or by its ending and the word before it."""
        known = over(self.line.ctx.mentions(MentionKind.TRIGGER), self.reading.start, self.reading.end)
        shape = form(known[0]) if known else ""
        if shape:
            return "n" if shape == "fixed" else shape
        word = self._word(self.first)
        ending = next((x for x in little("verb_endings") if word.endswith(x)), "")
        noun = self._word(self.first - 1) in _words("before_noun", "noun_modifiers")
        return ending or ("n" if noun else "base")

    def _auxiliary(self) -> bool:
        """Whether a form of "be" stands before the trigger, adverbs between allowed."""
        for i in range(self.first - 1, max(self.first - 1 - _AUXILIARIES, -1), -1):
            if self._word(i) in little("passive"):
                return True
            if self._word(i) not in little("adverbs"):
                return False
        return False

    def _word(self, i: int) -> str:
        words = self.line.ctx.lower
        return words[i] if 0 <= i < len(words) else ""


def _by_order(ctx: Context) -> list[tuple[Event, Roles]]:
    sc = scene(ctx)
    done: dict[int, Roles] = {}
    return [(e, roles_of(sc, e, done)) for e in events_of(sc)]


@lru_cache(maxsize=1 << 14)
def logit(p: float) -> float:
    """Log odds of a probability, cut at both ends."""
    p = min(max(p, _LEAST), _MOST)
    return math.log(p / (1 - p))


class Candidate:
    """A span that may be a side of the event of a clause."""

    def __init__(self, clause: Clause, a: Argument) -> None:
        self.clause, self.a, line = clause, a, clause.line
        self.first, self.after = line.first(a), line.after(a)
        self.behind = self.first >= clause.after
        self.side = "after" if self.behind else "before"
        self.bounds = (clause.after, self.first) if self.behind else (self.after, clause.first)
        self.gap = line.cut(*self.bounds) if self.bounds[0] < self.bounds[1] else ()
        self.apart = sum(w[0].isalnum() for w in self.gap)
        self.words = line.cut(self.first, self.after)
        self.lead = self._lead()
        other = SIDES[a.role == SIDES[0]]
        arguments = clause.reading.arguments
        self.rivals = [x for x in arguments if x.role == a.role and x is not a and not touches(x, a)]
        self.opposite = [x for x in arguments if x.role == other]

    def _own(self) -> Iterator[tuple[str, float]]:
        """What the rules of word order (roles.py) make of it."""
        found = self.clause.roles
        if found is None:
            yield "order.unknown", 1.0
            return
        sides = {"actor": found.actors, "target": found.targets}
        for role, held in sides.items():
            rule = next((x.rule for x in held if touches(x.mention, self.a)), None)
            if rule:
                yield f"order.{role}", 1.0
                yield f"order.{role}.{rule}", 1.0
        if sides[self.a.role] and not any(touches(x.mention, self.a) for x in sides[self.a.role]):
            yield "order.rival", 1.0

    def all(self) -> Iterator[tuple[str, float]]:
        """Names and sizes of all reasons."""
        near = (self._scores(), self._order(), self._between(), self._phrase())
        return chain(*near, self._elsewhere(), self._beside(), self._what(), self._event(), self._own())

    def _scores(self) -> Iterator[tuple[str, float]]:
        """What the model holds of it, of it in the other role, and of others."""
        yield "always", 1.0
        yield "score", logit(self.a.score)
        yield "score.sure", float(self.a.sure)
        yield "score.plain", self.a.score
        if self.a.score < _READ:
            yield "unread", 1.0
        swapped = max((x.score for x in self.opposite if touches(x, self.a)), default=0.0)
        yield "swapped", logit(swapped) - logit(0.0)
        yield "swapped.more", float(swapped > self.a.score)
        rival = max((x.score for x in self.rivals), default=0.0)
        yield "rival", rival
        yield "rival.more", float(rival > self.a.score)
        yield "rivals", float(min(3, sum(x.score > SOME for x in self.rivals)))
        yield "opposite", max((x.score for x in self.opposite if not touches(x, self.a)), default=0.0)

    def _order(self) -> Iterator[tuple[str, float]]:
        """Before or after the trigger, and how far."""
        c = self.clause
        if self.first < c.after and c.first < self.after:
            yield "inside", 1.0
        yield f"{c.voice}.{self.side}", 1.0
        yield f"{self.side}.{c.reading.event[0]}", 1.0
        yield "near", 1 / (1 + self.apart)
        yield "distance", min(self.apart, 20) / 10
        if self.apart > _FAR:
            yield "far", 1.0
        if not self.gap:
            yield f"touching.{c.voice}.{self.side}", 1.0
        elif not self.behind and all(w in _words("adverbs", "passive") for w in self.gap):
            yield f"right.before.{c.voice}", 1.0
        elif self.behind and all(_light(w) for w in self.gap):
            yield f"right.after.{c.voice}", 1.0

    def _between(self) -> Iterator[tuple[str, float]]:
        """What stands between it and the trigger."""
        gap = set(self.gap)
        lists = {"boundary": little("boundary"), "that": little("that"), "comma": {","}, "quote": {'"', "“", "”"}}
        lists["relative"] = little("relative") - little("that")
        yield from ((f"between.{name}", 1.0) for name, words in lists.items() if gap & words)
        if self.gap and self.gap[0] in little("relative"):
            yield f"relative.{self.clause.voice}.{self.side}", 1.0
        between = [x for x in self.clause.others if self._lies_between(x)]
        if between:
            yield "between.event", 1.0
        if any(Clause(self.clause.line, x, ()).voice != "noun" for x in between):
            yield f"between.verb.{self.side}", 1.0
        if any(self._lies_between(m) for m in self.clause.line.ctx.mentions(MentionKind.SAYING)):
            yield "between.saying", 1.0

    def _lies_between(self, x: Extent) -> bool:
        return self.bounds[0] <= self.clause.line.first(x) < self.bounds[1]

    def _lead(self) -> str:
        """The little word that leads to its noun phrase: itself the first of its words, or before it."""
        if self.words and _is_lead(self.words[0]):
            return self.words[0]
        for w in reversed(self.clause.line.cut(self.first - _PHRASE, self.first)):
            if _is_lead(w) or w == ",":
                return w
            if not _light(w):
                break
        return ""

    def _phrase(self) -> Iterator[tuple[str, float]]:
        """The preposition it stands behind, and the possessive that makes it an owner."""
        way = group(self.lead)
        yield f"lead.{way}", 1.0
        yield f"lead.{way}.{self.side}", 1.0
        yield f"lead.{way}.{self.clause.voice}.{self.side}", 1.0
        if self.behind and self.lead and self.gap and self.gap[0] == self.lead:
            yield f"linked.{way}", 1.0
        if self.lead in little("by") and self._by_another():
            yield "by.another", 1.0
        tokens = self.clause.line.tokens
        following = tokens[self.after].lower if self.after < len(tokens) else ""
        if following in little("possessive") or self.words[-1].endswith(tuple(little("possessive"))):
            yield "owner", 1.0
            if not self.behind and self.apart <= _TIGHT + 1:
                yield "owner.near", 1.0
        tight = not self.behind and self.apart <= _TIGHT and not any(_is_lead(w) or w == "," for w in self.gap)
        if tight and self.clause.voice == "noun":
            yield "modifier", 1.0
            yield f"modifier.{self.kind}", 1.0
        if following in little("relative"):
            yield "antecedent", 1.0

    def _by_another(self) -> bool:
        """Whether "by" before it belongs to the participle of another verb."""
        line = self.clause.line
        at = next((i for i in range(self.after - 1, -1, -1) if line.tokens[i].lower in little("by")), 0) - 1
        while at > 0 and line.tokens[at].lower in little("adverbs"):
            at -= 1
        word = line.tokens[max(at, 0)].lower
        own = self.clause.first <= at < self.clause.after
        return not own and is_past(word)

    def _elsewhere(self) -> Iterator[tuple[str, float]]:
        """What other events of the sentence make of the same words."""
        for role in SIDES:
            held = ((x, y) for y in self.clause.others for x in y.arguments if x.role == role)
            wanted = [(x.score, y) for x, y in held if touches(x, self.a)]
            yield f"elsewhere.{role}", max((p for p, _ in wanted), default=0.0)
            yield f"nearer.{role}", max((p for p, y in wanted if self._nearer(y)), default=0.0)

    def _nearer(self, x: Reading) -> bool:
        line = self.clause.line
        return min(abs(line.first(x) - self.after), abs(self.first - line.after(x))) < self.apart

    def _beside(self) -> Iterator[tuple[str, float]]:
        """How it hangs together with other spans of its role."""
        found: dict[str, float] = {}
        for x in self.rivals:
            early, late = (x, self.a) if x.start < self.a.start else (self.a, x)
            for name in self._ties(early, late, x.score):
                found[name] = max(found.get(name, 0.0), x.score)
        yield from found.items()

    def _ties(self, early: Argument, late: Argument, score: float) -> Iterator[str]:
        gap = self.clause.line.gap(early, late)
        heavy = [w for w in gap if not _light(w)]
        mine = "second" if late is self.a else "first"
        if heavy and heavy[0] in little("and") and len(heavy) == 1:
            yield "joined"
        if "," in gap and set(gap) & little("and") and len(gap) <= _LIST and not set(gap) & little("boundary"):
            yield "listed"
        if score > SOME and heavy == [","]:
            yield f"apposed.{mine}"
        if score > SOME and 1 <= len(heavy) <= _TIGHT and (_is_lead(heavy[0]) or heavy[0] in little("linking")):
            yield f"within.{mine}"

    @cached_property
    def kind(self) -> str:
        """What it is, by the lexicon."""
        held: list[Mention] = over(self.clause.line.ctx.mentions(MentionKind.ACTOR), self.a.start, self.a.end)
        if not held:
            return "none"
        label = held[0].label
        if label in {"pronoun", "name"}:
            return label
        if label.startswith("thing:"):
            return "thing"
        if kind_of_actor(held[0].label) in MEEK:
            return "meek"
        return "known" if ":" in label else "generic"

    def _what(self) -> Iterator[tuple[str, float]]:
        """What the lexicons and the model's other roles say it is."""
        ctx, reading = self.clause.line.ctx, self.clause.reading
        yield f"kind.{self.kind}", 1.0
        yield f"kind.{self.kind}.{self.side}", 1.0
        held = {x.role for x in reading.arguments if x.sure and touches(x, self.a)}
        yield from ((f"is.{role}", 1.0) for role in ("weapon", "source", "figure") if role in held)
        if any(touches(m, self.a) for m in ctx.mentions(MentionKind.WEAPON)):
            yield "is.weapon.word", 1.0
        if any(touches(x, self.a) for x in self.clause.others):
            yield "is.event", 1.0
        stands = any(touches(m, self.a) for m in ctx.mentions(MentionKind.PLACE))
        if stands:
            yield "is.place", 1.0
        if held & {"place", "origin"}:
            yield "is.place.read", 1.0
        if stands or held & {"place", "origin"}:
            yield f"place.{reading.sub_event[0]}", 1.0
            yield f"place.{reading.event[0]}", 1.0
            yield f"place.{group(self.lead)}.{self.side}", 1.0
        if "figure" in held or self.kind == "meek":
            yield "people.rivals", float(min(2, sum(x.score > SOME for x in self.rivals)))
            yield f"people.{self.clause.voice}.{self.side}", 1.0
            yield f"people.{reading.sub_event[0]}", 1.0

    def _event(self) -> Iterator[tuple[str, float]]:
        """What kind of event it is."""
        reading, kind = self.clause.reading, self.clause.kind
        yield f"event.{reading.event[0]}", 1.0
        yield "reading", logit(reading.score)
        yield "reading.event", logit(reading.event[1])
        yield f"sub.{reading.sub_event[0]}", 1.0
        if kind and kind.patient:
            yield f"patient.{self.clause.voice}.{self.side}", 1.0
        if kind and kind.part:
            yield f"part.{kind.part}", 1.0
        if kind and kind.own:
            yield "own", 1.0
        if (kind and kind.mutual) or reading.sub_event[0] == acled("fighting"):
            yield f"mutual.{group(self.lead)}.{self.side}", 1.0


@cache
def _words(*lists: str) -> frozenset[str]:
    """The words of several lists of syntax.yaml."""
    return frozenset().union(*map(little, lists))


@lru_cache(maxsize=1 << 14)
def _light(word: str) -> bool:
    """Whether a word may stand before the noun of a noun phrase: an article, a number, a hedge."""
    return word in _words("determiners", "hedges", "number_words") or word[:1].isdigit()


@lru_cache(maxsize=1 << 14)
def _is_lead(word: str) -> bool:
    return word in _words("oblique", "by", "to", "and")


def group(word: str) -> str:
    """The group of a little word that leads to a noun phrase (syntax.yaml: ways)."""
    return groups("ways").get(word, "other") if word else "bare"
