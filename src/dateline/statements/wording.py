"""More of what speaks for and against a span being a side of an event: its own words, and what else the sentence does
with them. Weighed with the reasons of candidates.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import chain

from dateline.language.base import Argument
from dateline.ontology.tables import categories
from dateline.statements.candidates import SIDES, SOME, Candidate, Clause, logit
from dateline.statements.context import touches
from dateline.statements.scene import little

_LONG = 12
"""Words of a span beyond which its length says no more."""
_VERBAL = frozenset({1, 3})
"""PLOVER's quads of words, not deeds. An act may be the matter of such an event: who is a side of the one need not be
a side of the other."""


def reasons(clause: Clause, a: Argument) -> dict[str, float]:
    """The reasons for one candidate by name; a reason that is not there is 0."""
    return dict(Side(clause, a).all())


class Side(Candidate):
    """A span that may be a side of the event of a clause, with what its words say."""

    def all(self) -> Iterator[tuple[str, float]]:
        """Names and sizes of all reasons."""
        return chain(super().all(), self._words(), self._people(), self._parts(), self._opposed())

    @cached_property
    def head(self) -> str:
        """The noun of its phrase: the last word before a preposition in it."""
        words = [w for w in self.words if w[0].isalnum()]
        at = next((i for i in range(1, len(words)) if words[i] in little("oblique")), len(words))
        return words[at - 1] if words else ""

    @property
    def generic(self) -> bool:
        """Whether it only says people, whoever they are."""
        return self.head in little("people")

    def _words(self) -> Iterator[tuple[str, float]]:
        clause, reading = self.clause, self.clause.reading
        yield "length", min(len(self.words), _LONG) / (_LONG / 2)
        yield f"{self.kind}.{reading.sub_event[0]}", 1.0
        yield f"certainty.{reading.certainty[0]}", 1.0
        score = logit(self.a.score)
        yield f"score.{clause.voice}.{self.side}", score
        yield f"score.{self.kind}", score
        for label in sorted({n.label for n in clause.line.ctx.named() if touches(n, self.a)}):
            yield f"called.{label}", 1.0
        if any(w[:1].isdigit() or w in little("number_words") for w in (*self.words, *self._before())):
            yield "numbered", 1.0
            yield f"numbered.{clause.voice}.{self.side}", 1.0

    def _before(self) -> tuple[str, ...]:
        return self.clause.line.cut(self.first - 1, self.first)

    def _people(self) -> Iterator[tuple[str, float]]:
        """ "Twelve people" are named beside what was struck, or instead of it."""
        if not self.generic:
            return
        clause = self.clause
        yield "people", 1.0
        yield f"people.generic.{clause.voice}.{self.side}", 1.0
        yield f"people.generic.{clause.reading.sub_event[0]}", 1.0
        others = (x.score for x in self.rivals if not Side(clause, x).generic)
        yield "people.beside", max(others, default=0.0)

    def _parts(self) -> Iterator[tuple[str, float]]:
        """What part it plays in other events of the sentence: who condemns a strike did not carry it out."""
        clause, found = self.clause, dict[str, float]()
        for other in clause.others:
            earlier = clause.line.first(other) < clause.first
            deed = "said" if categories()[other.event[0]].quad in _VERBAL else "done"
            for x in other.arguments:
                if x.role in SIDES and x.sure and touches(x, self.a):
                    names = [f"{x.role}.of.{deed}.{clause.voice}"]
                    if earlier and clause.line.first(x) < clause.line.first(other):
                        names.append(f"{x.role}.before.{deed}.{clause.voice}")
                    found |= {name: max(found.get(name, 0.0), x.score) for name in names}
        yield from found.items()

    def _opposed(self) -> Iterator[tuple[str, float]]:
        """Where the other side stands."""
        held = [x for x in self.opposite if x.score > SOME and not touches(x, self.a)]
        if held:
            yield f"opposed.{self.clause.voice}.{self.side}", 1.0
        if any((self.clause.line.first(x) >= self.clause.after) == self.behind for x in held):
            yield f"opposed.here.{self.side}", 1.0
