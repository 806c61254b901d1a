"""Annotated statements → what cues of a general remark weigh: logistic regression on whether the annotators gave a
statement a happening."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from dateline.incidents.features import words_of
from dateline.incidents.items import linkables
from dateline.incidents.remark import cues
from dateline.incidents.vocabulary import words
from training.stated import Told
from training.weigh import fit

LEAST = 20
"""A cue that fewer statements show is left out."""
RIDGE = 2.0


def seen(collections: Iterable[Sequence[Told]]) -> list[tuple[frozenset[str], bool]]:
    """The cues of each statement that has a key or none, and whether it has none."""
    w, out = words(), []
    for reports in collections:
        keys = {s: k for t in reports for s, k in t.happenings.items()}
        held = (i for i in linkables(t.result for t in reports) if i.id in keys)
        out += [(frozenset(cues(i, *words_of(i.statement), w)), keys[i.id] is None) for i in held]
    return out


def fit_remarks(rows: Sequence[tuple[frozenset[str], bool]]) -> dict[str, float]:
    """The log odds each cue adds."""
    counts = Counter(c for found, _ in rows for c in found)
    names = sorted(c for c, n in counts.items() if n >= LEAST)
    place = {c: n for n, c in enumerate(names)}
    x = np.zeros((len(rows), len(names)))
    for n, (found, _) in enumerate(rows):
        x[n, [place[c] for c in found if c in place]] = 1
    at = fit(x, np.array([none for _, none in rows], float), RIDGE)
    return {c: round(float(v), 2) for c, v in zip(names, at, strict=True)}
