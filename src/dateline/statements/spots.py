"""Where each event took place, weighed anew: what the model reads, and what the order of words says of it.

As in sides.py, each span that the model takes for the place, or doubts, is judged by all that speaks for it, with
weights learned from annotated reports (spots.yaml; `python -m training.spots`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby

from dateline.data import load_yaml
from dateline.errors import ConfigError
from dateline.language.base import Annotation, Argument
from dateline.records import Report
from dateline.statements.candidates import Candidate, Clause, group, logit
from dateline.statements.context import context_of, touches
from dateline.statements.rulebook.base import Line
from dateline.statements.sides import chance, explained

_ROUND = 4
_HEAD = 3
"""Words at the head of a sentence in which a place sets its scene."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each reason weighs, in log odds, and the probability from which a span is taken."""

    weights: Mapping[str, float]
    threshold: float


@cache
def weights() -> Weights:
    """The weights that come with Dateline. Raises ConfigError naming what is missing."""
    data = load_yaml("dateline.language.en.data", "spots.yaml")
    try:
        return Weights({k: float(v) for k, v in data["weights"]["place"].items()}, float(data["threshold"]))
    except (KeyError, TypeError, ValueError, AttributeError) as e:
        raise ConfigError(f"spots.yaml: wrong or missing entry: {e}") from e


def located(report: Report, annotation: Annotation) -> Annotation:
    """The annotation with the places of its readings as they are after all reasons; what is carried from an earlier
    sentence stays only where the own one names no place."""
    made = [replace(c.reading, arguments=tuple(_located(c))) for c in clauses(report, annotation)]
    return replace(annotation, readings=tuple(made))


def clauses(report: Report, annotation: Annotation) -> Iterator[Clause]:
    """The readings among those of their sentence."""
    for index, held in groupby(annotation.readings, key=lambda r: r.sentence):
        line = Line(context_of(report, annotation, annotation.sentences[index]))
        readings = list(held)
        yield from (Clause(line, r, tuple(x for x in readings if x is not r)) for r in readings)


def spots(c: Clause) -> list[Argument]:
    """The spans of its own sentence that the model takes for the place, or doubts."""
    return [a for a in c.reading.arguments if a.role == "place" and not a.carried]


def reasons(c: Clause, a: Argument) -> dict[str, float]:
    """The reasons for one span by name; a reason that is not there is 0."""
    return dict(_Spot(c, a).all())


def _located(c: Clause) -> Iterable[Argument]:
    w, found = weights(), []
    for a in spots(c):
        held = reasons(c, a)
        score = chance(held, w.weights)
        if score >= w.threshold:
            found.append(replace(a, score=round(score, _ROUND), sure=True, why=explained(a, held, w.weights, score)))
    if not found:
        found = [replace(a, sure=True) for a in c.reading.arguments if a.role == "place" and a.carried]
    rest = (a for a in c.reading.arguments if a.role != "place")
    return sorted((*rest, *found), key=lambda a: (a.start, a.end, a.role))


class _Spot(Candidate):
    """A span that may be the place of the event of a clause."""

    def _own(self) -> Iterator[tuple[str, float]]:
        yield from self._where()
        yield from self._also()

    def _where(self) -> Iterator[tuple[str, float]]:
        """What tells a place of this kind of event from another: the way to it, its name, where it stands."""
        reading, tokens = self.clause.reading, self.clause.line.tokens
        yield f"way.{reading.event[0]}.{group(self.lead)}", 1.0
        yield f"certainty.{reading.certainty[0]}", 1.0
        named = any(t.text[0].isupper() for t in tokens[self.first : self.after])
        yield "named" if named else "unnamed", 1.0
        following = tokens[self.after].text if self.after < len(tokens) else ""
        if self.first <= _HEAD and following in {",", ":"}:
            yield "heads", 1.0
            yield "heads.rival", float(bool(self.rivals))
        if following[:1].islower():
            yield "describes", 1.0

    def _also(self) -> Iterator[tuple[str, float]]:
        """What else the model makes of the same words, here and for the other events of the sentence."""
        reading = self.clause.reading
        for role in ("actor", "target", "origin"):
            yield f"also.{role}", max((x.score for x in reading.arguments if self._is(x, role)), default=0.0)
        held = [(x.score, y) for y in self.clause.others for x in y.arguments if self._is(x, "place")]
        yield "elsewhere.place", max((p for p, _ in held), default=0.0)
        yield "nearer.place", max((p for p, y in held if self._nearer(y)), default=0.0)
        carried = max((x.score for x in reading.arguments if x.role == "place" and x.carried), default=0.0)
        yield "carried", logit(carried) - logit(0.0)

    def _is(self, x: Argument, role: str) -> bool:
        return x.role == role and not x.carried and touches(x, self.a)
