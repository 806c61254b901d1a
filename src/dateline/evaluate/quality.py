"""Everything a quality page shows of predictions, computed from statements alone: no files, no templates.

Confusions: an event counts as found in its own category if the category is an acceptable one; statements that are
missed or that nobody asked for have their own row and column. Certainty is compared in matched statements only, as the
score of it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal, TypeVar

from dateline.evaluate.compare import CHECKS, Compared, compare_all, typed
from dateline.evaluate.gold import Judged, JudgedReport
from dateline.evaluate.score import Prf, Scores, prf, score_compared

T = TypeVar("T")
OTHER = "other"
"""The kind of reports whose id shows none."""
_MOST_KINDS = 12
_KINDS = (re.compile(r"[^\W\d_]+(?:[-_.:/][^\W\d_]+)*(?=[-_.:/]?\d)"), re.compile(r"[^\W\d_]+(?=[-_.:/])"))
"""How an id may show a kind, finer ones first: the words before the first digit; the word before the first mark."""


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often what was found for what. A pair of labels is (gold, found); None stands for no statement.

    `rates` are per label, in the order of `labels`; `total` is the number of gold items over all.
    """

    labels: tuple[str, ...]
    counts: Mapping[tuple[str | None, str | None], int]
    rates: Mapping[str, Prf]

    @property
    def total(self) -> int:
        """How many gold items there are."""
        return sum(n for (gold, _), n in self.counts.items() if gold is not None)

    def as_dict(self) -> dict[str, Any]:
        """Rates per label, and every count that is not 0 as [gold, found, count]."""
        cells = sorted(self.counts.items(), key=lambda x: (x[0][0] or "", x[0][1] or ""))
        return {
            "rates": {label: asdict(r) for label, r in self.rates.items()},
            "counts": [[gold, found, n] for (gold, found), n in cells],
        }


@dataclass(frozen=True, slots=True)
class Example:
    """A statement to look at. `wrong` names the fields of a pair that differ (see compare.CHECKS)."""

    kind: Literal["right", "wrong", "missed", "spurious"]
    report_id: str
    gold: Judged | None
    found: Judged | None
    wrong: tuple[str, ...] = ()

    @property
    def shown(self) -> Judged:
        """The gold statement, or the found one where there is no gold one."""
        held = self.gold or self.found
        assert held is not None
        return held


@dataclass(frozen=True, slots=True)
class Quality:
    """All scores, by kind of report if the ids show one, and examples; `of` counts all there are of each kind."""

    scores: Scores
    kinds: Mapping[str, Scores]
    events: Confusion
    certainties: Confusion
    differing: Mapping[str, int]
    examples: tuple[Example, ...]
    of: Mapping[str, int]

    def as_dict(self) -> dict[str, Any]:
        """The scores as nested plain values, one entry a measure; then those of each kind, then the confusions."""
        return {
            **self.scores.as_dict(),
            "kinds": {name: s.as_dict() for name, s in self.kinds.items()},
            "events": self.events.as_dict(),
            "certainties": self.certainties.as_dict(),
        }


def quality(
    gold: Mapping[str, JudgedReport], predicted: Mapping[str, JudgedReport], errors: int = 0, examples: int = 0
) -> Quality:
    """Measure predictions by report id. Reports without prediction count as empty; others' are ignored.

    `errors`: how many statements that are missed or not wholly right the scores keep; `examples`: how many of each
    kind of example to keep, spread evenly over the reports.
    """
    compared = list(compare_all(gold, predicted))
    of_kind = kinds([c.report_id for c in compared])
    groups = {k: [c for c in compared if of_kind[c.report_id] == k] for k in sorted(set(of_kind.values()))}
    shown = _examples(compared)
    return Quality(
        scores=score_compared(compared, errors),
        kinds={k: score_compared(held) for k, held in groups.items()},
        events=_events(compared),
        certainties=confusion(Counter((_label(x.gold), _label(x.predicted)) for c in compared for x in c.pairs)),
        differing={name: sum(name in e.wrong for e in shown) for name in CHECKS},
        examples=tuple(e for k in _ORDER for e in spread([x for x in shown if x.kind == k], examples)),
        of={k: sum(e.kind == k for e in shown) for k in _ORDER},
    )


def kinds(report_ids: Sequence[str]) -> dict[str, str]:
    """Report id → kind, if the ids show one: two to twelve beginnings that many reports share. Else empty."""
    for pattern in _KINDS:
        found = {i: m.group() if (m := pattern.match(i)) else OTHER for i in report_ids}
        several = set(found.values())
        if 2 <= len(several) <= _MOST_KINDS and 2 * len(several) <= len(report_ids):
            return found
    return {}


def spread(items: Sequence[T], most: int) -> list[T]:
    """At most so many of the items, evenly from first to last."""
    return list(items) if len(items) <= most else [items[i * len(items) // most] for i in range(most)]


def confusion(counts: Mapping[tuple[str | None, str | None], int]) -> Confusion:
    """The rates of each label that occurs, from its counts; labels in the order of the alphabet."""
    labels = sorted({x for pair in counts for x in pair if x is not None})
    rates = {
        label: prf(
            counts.get((label, label), 0),
            sum(n for (_, found), n in counts.items() if found == label),
            sum(n for (gold, _), n in counts.items() if gold == label),
        )
        for label in labels
    }
    return Confusion(tuple(labels), dict(counts), rates)


def _events(compared: Iterable[Compared]) -> Confusion:
    counts: Counter[tuple[str | None, str | None]] = Counter()
    for c in compared:
        for x in c.pairs:
            found = _first(x.predicted)
            counts[found if typed(x.predicted, x.gold) else _first(x.gold), found] += 1
        counts.update((_first(g), None) for g in c.missed)
        counts.update((None, _first(p)) for p in c.spurious)
    return confusion(counts)


def _first(s: Judged) -> str:
    return s.events[0] if s.events else "none"


def _label(s: Judged) -> str:
    return s.certainty or "none"


_ORDER: tuple[Literal["wrong", "missed", "spurious", "right"], ...] = ("wrong", "missed", "spurious", "right")


def _examples(compared: Iterable[Compared]) -> list[Example]:
    """Every statement as an example, by report, then by where it stands."""
    made: list[Example] = []
    for c in compared:
        held = [Example("wrong" if x.wrong else "right", c.report_id, x.gold, x.predicted, x.wrong) for x in c.pairs]
        held += [Example("missed", c.report_id, g, None) for g in c.missed]
        held += [Example("spurious", c.report_id, None, p) for p in c.spurious]
        made += sorted(held, key=lambda e: e.shown.sentence)
    return made
