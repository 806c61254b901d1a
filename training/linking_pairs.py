"""Annotated happenings → pairs of statements as rows of factors of the reasons of linking, for training.linking."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt
from benchmarks.public import gva
from benchmarks.public._run import Options, read_reports

from dateline.config import LinkConfig
from dateline.incidents.block import pairs_across, pairs_within
from dateline.incidents.features import Features, all_features, merged
from dateline.incidents.items import linkables
from dateline.incidents.linking import Linker
from dateline.incidents.score import reasons
from dateline.incidents.story import Story
from dateline.incidents.vocabulary import words
from dateline.incidents.weights import Weights, weights
from training.stated import Told

CONFIG = LinkConfig()
FOLDS = 5
LITTLE_ALIKE = 0.12
"""Likeness below which two reports that share no two names are not learned from."""
Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of statements as rows of factors of the reasons, whether they are one happening, and a fold of each."""

    x: Array
    truth: Array
    fold: Array

    def only(self, keep: npt.NDArray[np.bool_]) -> Pairs:
        """Some of them."""
        return Pairs(self.x[keep], self.truth[keep], self.fold[keep])


def _features(reports: Sequence[Told], w: Weights) -> list[Features]:
    ordered = sorted(linkables(t.result for t in reports), key=lambda i: i.order)
    return all_features(ordered, w.families, words())


def _gathered(reports: Sequence[Told], w: Weights) -> tuple[list[Features], list[str | None]]:
    """All that each report says of a happening, as the annotators group it, with its key."""
    keys = {s: k for t in reports for s, k in t.happenings.items()}
    groups: dict[tuple[str, ...], list[Features]] = {}
    for f in _features(reports, w):
        key = keys[f.id]
        groups.setdefault((f.item.report_id, f.family, key) if key else (f.id,), []).append(f)
    found = [merged(held, w.general) for held in groups.values()]
    return found, [keys[f.id] for f in found]


def _row(a: Features, b: Features, w: Weights, names: Mapping[str, int]) -> Array | None:
    """The factors of a pair's reasons; None where something forbids it anyway."""
    row = np.zeros(len(names))
    for name, factor, _ in reasons(a, b, CONFIG, w):
        if w.reasons[name].cannot:
            return None
        row[names[name]] += factor
    return row


def _fold(key: str) -> int:
    return int(hashlib.sha256(key.encode()).hexdigest(), 16) // 10 % FOLDS


def _pairs(found: Sequence[Features], keys: Sequence[str | None], chosen: Iterable[tuple[int, int]]) -> Pairs:
    w = weights()
    names = {name: i for i, name in enumerate(w.reasons)}
    made = []
    for i, j in chosen:
        row = _row(found[i], found[j], w, names)
        if row is not None:
            made.append((row, bool(keys[i]) and keys[i] == keys[j], _fold(found[i].item.report_id)))
    x = np.array([row for row, _, _ in made]).reshape(-1, len(names))
    return Pairs(x, np.array([t for _, t, _ in made], float), np.array([f for _, _, f in made], float))


def within(collections: Iterable[Sequence[Told]]) -> Pairs:
    """Pairs of statements of one report that linking would compare; of those that have a key or none (None)."""
    w, made = weights(), []
    for reports in collections:
        keys = {s: k for t in reports for s, k in t.happenings.items()}
        found = _features(reports, w)
        chosen = [
            p
            for p in pairs_within(found)
            if not any(found[i].id not in keys or (found[i].bare and not found[i].definite) for i in p)
        ]
        made.append(_pairs(found, [keys.get(f.id) for f in found], chosen))
    return joined(made)


def across(collections: Iterable[Sequence[Told]]) -> Pairs:
    """Pairs of what two reports say that linking would compare."""
    w, made = weights(), []
    for reports in collections:
        found, keys = _gathered(reports, w)
        chosen = (
            (i, j)
            for i, j in pairs_across(found, CONFIG.max_days, w.toll_worth)
            if found[i].item.report_id != found[j].item.report_id and not (found[i].bare or found[j].bare)
        )
        made.append(_pairs(found, keys, chosen))
    return joined(made)


def joined(parts: Sequence[Pairs]) -> Pairs:
    """All of them."""
    return Pairs(*(np.concatenate([getattr(p, name) for p in parts]) for name in ("x", "truth", "fold")))


# shootings


def learnt(incident: str) -> bool:
    """Whether a shooting of the development half is learnt from; the others are for measuring."""
    return hashlib.sha256(incident.encode()).digest()[0] % 2 == 0


@dataclass(frozen=True, slots=True)
class Shot:
    """What a report of the Gun Violence Archive says of one happening: its incident if that is what it mainly tells."""

    told: Features
    incident: str
    main: bool


def shot(options: Options, w: Weights) -> list[Shot]:
    """What the reports of half the incidents of the Gun Violence Archive's development half say, as the product reads
    them and groups them with `w` (benchmarks.public.gva)."""
    held = gva.documents(options)
    results = read_reports("gva", [gva.as_report(d) for d in held], options)
    linker = Linker(CONFIG, w, keep=False)
    told: list[Shot] = []
    ids = {d["doc_id"]: d["incident_id"] for d in held if learnt(d["incident_id"])}
    for r in (r for r in results if r.report.key in ids and r.statements):
        groups = linker.within(linkables([r]))
        of = {p.id: str(n) for n, g in enumerate(groups) for p in g.parts}
        main = gva.main_incident(r.report, r.statements, of)
        told += [Shot(g.whole, ids[r.report.key], str(n) == main) for n, g in enumerate(groups)]
    return sorted(told, key=lambda t: t.told.item.order)


def shootings(told: Sequence[Shot], w: Weights) -> Pairs:
    """Pairs across their reports that linking would compare.

    Two reports of one incident: what each mainly tells of is one happening, the rest is not known. Two reports of two
    incidents: nothing is.
    """
    chosen = [
        (x, y)
        for i, j in pairs_across([t.told for t in told], CONFIG.max_days, w.toll_worth)
        if (x := told[i]).told.item.report_id != (y := told[j]).told.item.report_id
        and not (x.told.bare or y.told.bare)
        and (x.incident != y.incident or (x.main and y.main))
    ]
    return _shot_pairs(chosen, w)


def mains(told: Sequence[Shot], w: Weights) -> Pairs:
    """Pairs of what two of their reports mainly tell: all that are at all alike, for grouping looks at those, too."""
    held = [t for t in told if t.told.main]
    return _shot_pairs([p for p in combinations(held, 2) if _at_all_alike(p[0].told.story, p[1].told.story)], w)


def _at_all_alike(x: Story, y: Story) -> bool:
    return len(x.names & y.names) > 1 or x.likeness(y) >= LITTLE_ALIKE


def _shot_pairs(chosen: Iterable[tuple[Shot, Shot]], w: Weights) -> Pairs:
    names, made = {name: i for i, name in enumerate(w.reasons)}, []
    for x, y in chosen:
        row = _row(x.told, y.told, w, names)
        if row is not None:
            made.append((row, float(x.incident == y.incident), float(_fold(x.incident))))
    return Pairs(*(np.array([m[k] for m in made], float) for k in range(3)))
