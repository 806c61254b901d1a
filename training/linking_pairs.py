"""Annotated happenings → pairs of statements as rows of factors of the reasons of linking, for training.linking."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

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
from dateline.incidents.vocabulary import words
from dateline.incidents.weights import Weights, weights
from training.stated import Told

CONFIG = LinkConfig()
FOLDS = 5
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
    """Pairs of statements of one report that linking would compare."""
    w, made = weights(), []
    for reports in collections:
        keys = {s: k for t in reports for s, k in t.happenings.items()}
        found = _features(reports, w)
        chosen = [p for p in pairs_within(found) if not any(found[i].bare and not found[i].definite for i in p)]
        made.append(_pairs(found, [keys[f.id] for f in found], chosen))
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


def shootings(options: Options, w: Weights) -> Pairs:
    """Pairs across the reports of half the incidents of the Gun Violence Archive's development half, as the product
    reads them and groups them with `w` (benchmarks.public.gva).

    Two reports of one incident: what each mainly tells of is one happening, the rest is not known. Two reports of two
    incidents: nothing is.
    """
    held = gva.documents(options)
    rows = [d for d in held if learnt(d["incident_id"])]
    results = read_reports("gva", [gva.as_report(d) for d in held], options)
    linker = Linker(CONFIG, w, keep=False)
    told: list[tuple[Features, str, bool]] = []
    ids = {d["doc_id"]: d["incident_id"] for d in rows}
    for r in (r for r in results if r.report.key in ids and r.statements):
        groups = linker.within(linkables([r]))
        of = {p.id: str(n) for n, g in enumerate(groups) for p in g.parts}
        main = gva.main_incident(r.report, r.statements, of)
        told += [(g.whole, ids[r.report.key], str(n) == main) for n, g in enumerate(groups)]
    told.sort(key=lambda t: t[0].item.order)
    found = [t[0] for t in told]
    names, made = {name: i for i, name in enumerate(w.reasons)}, []
    for i, j in pairs_across(found, CONFIG.max_days, w.toll_worth):
        (a, x, main_a), (b, y, main_b) = told[i], told[j]
        one = x == y
        if a.item.report_id == b.item.report_id or a.bare or b.bare or (one and not (main_a and main_b)):
            continue
        row = _row(a, b, w, names)
        if row is not None:
            made.append((row, float(one), float(_fold(x))))
    return Pairs(*(np.array([m[k] for m in made], float) for k in range(3)))
