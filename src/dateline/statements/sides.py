"""The sides of each event, weighed anew: what the model reads, and what the order of words says of it.

The model judges every word by itself. Here each span that it takes, or doubts, is judged by all that speaks for it
(candidates.py, wording.py), with weights learned from annotated reports (sides.yaml; `python -m training.sides`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby

from dateline.data import load_yaml
from dateline.errors import ConfigError
from dateline.language.base import Annotation, Argument, MentionKind, Reading
from dateline.records import Report
from dateline.statements.candidates import SIDES, Clause
from dateline.statements.context import Context, Extent, context_of
from dateline.statements.roles import Roles
from dateline.statements.rulebook.base import Line
from dateline.statements.wording import reasons

Keep = Callable[[Context, Reading], bool]
"""Which readings are statements."""
_SHOWN = 2
"""How many reasons an explanation names."""
_MODEL = ("always", "score", "event.", "sub.", "certainty.")
"""Reasons that say nothing of the words around."""
_ROUND = 4
_NEAR = 2
_UNREAD = 0.05
"""What a span is given that the model does not even doubt."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each reason weighs for a role, in log odds, and the probability from which a span is taken."""

    weights: Mapping[str, Mapping[str, float]]
    threshold: float


@cache
def weights() -> Weights:
    """The weights that come with Dateline. Raises ConfigError naming what is missing."""
    data = load_yaml("dateline.language.en.data", "sides.yaml")
    try:
        held = {role: {k: float(v) for k, v in data["weights"][role].items()} for role in SIDES}
        return Weights(held, float(data["threshold"]))
    except (KeyError, TypeError, ValueError, AttributeError) as e:
        raise ConfigError(f"sides.yaml: wrong or missing entry: {e}") from e


def settled(report: Report, annotation: Annotation, keep: Keep) -> Annotation:
    """The annotation with the readings that are kept only, and their actors and targets as they are after all
    reasons."""
    made: list[Reading] = []
    for c in clauses(report, annotation, keep):
        held = sorted(_settled(c), key=lambda a: (a.start, a.end, a.role))
        made.append(replace(c.reading, arguments=tuple(held)))
    return replace(annotation, readings=tuple(made))


def clauses(report: Report, annotation: Annotation, keep: Keep) -> Iterator[Clause]:
    """The readings that are kept among those of their sentence, with all that may be a side of their events."""
    for index, group in groupby(annotation.readings, key=lambda r: r.sentence):
        ctx = context_of(report, annotation, annotation.sentences[index])
        readings = [r for r in group if keep(ctx, r)]
        for r in readings:
            c = Clause(Line(ctx), r, tuple(x for x in readings if x is not r))
            yield replace(c, reading=replace(r, arguments=(*r.arguments, *_more(c))))


def _more(c: Clause) -> Iterable[Argument]:
    """What else may be a side, though the model all but rules it out: what word order says, the places it has for
    targets, and who stands right before a noun."""
    r, line = c.reading, c.line
    at = line.first(r)
    order = c.roles or Roles()
    before = [m for m in line.ctx.mentions(MentionKind.ACTOR) if 0 <= at - line.after(m) <= _NEAR]
    places = [x for x in r.arguments if x.role == "place" and x.sure and not x.carried]
    actors: list[Extent] = [*(x.mention for x in order.actors), *(m for m in before if m.label != "pronoun")]
    targets: list[Extent] = [*(x.mention for x in order.targets), *places]
    for role, found in (("actor", actors), ("target", targets)):
        taken: list[Extent] = [r, *(x for x in r.arguments if x.role == role)]
        for x in found:
            if not any(x.start < y.end and y.start < x.end for y in taken):
                taken.append(x)
                yield Argument(role, x.start, x.end, _UNREAD, sure=False)


def _settled(c: Clause) -> Iterable[Argument]:
    w = weights()
    for a in c.reading.arguments:
        if a.role not in SIDES:
            yield a
            continue
        held = reasons(c, a)
        score = chance(held, w.weights[a.role])
        if score >= w.threshold:
            yield replace(a, score=round(score, _ROUND), sure=True, why=explained(a, held, w.weights[a.role], score))


def chance(held: Mapping[str, float], w: Mapping[str, float]) -> float:
    """The probability that reasons of these sizes give."""
    odds = sum([w.get(name, 0.0) * size for name, size in held.items()])
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def explained(a: Argument, held: Mapping[str, float], w: Mapping[str, float], score: float) -> str:
    """What the model holds of a span, what all reasons make of that, and which of them weighed most."""
    told = {k: w.get(k, 0.0) * v for k, v in held.items() if not k.startswith(_MODEL)}
    most = sorted((k for k in told if told[k]), key=lambda k: (-abs(told[k]), k))[:_SHOWN]
    named = ", ".join(f"{k} {told[k]:+.1f}" for k in most)
    return (
        f"The model reads it as the {a.role} of this event with probability {a.score:.2f}; "
        f"what stands around it makes that {score:.2f} ({named})."
    )
