"""What a network's heads say of annotated windows, beside what they should: the material of `training.calibrate`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

import numpy as np
import numpy.typing as npt

from dateline.language.model.graphs import Graphs
from dateline.language.model.wordpiece import WordPiece
from training import labels as lab
from training.gold import Range
from training.items import Frame, Item

Array = npt.NDArray[Any]


@dataclass(slots=True)
class Evidence:
    """Logits with what was wanted, by head and by field. Lists hold one entry a window, trigger or span."""

    heads: dict[str, list[tuple[Array, Array]]] = field(default_factory=dict)
    triggers: list[tuple[Array, tuple[Range, ...], Array]] = field(default_factory=list)
    """Logits [W, 1+events], spans, free words of a window."""
    roles: dict[str, list[tuple[Array, tuple[Range, ...], Array]]] = field(default_factory=dict)
    """Logits [L, 2] (begins, inside), spans, free words of a trigger's sentence, by role."""
    carried: dict[str, list[tuple[Array, Array, Array]]] = field(default_factory=dict)
    """Logits, wanted and known of the words before a trigger's sentence, where the sentence does not fill the role."""
    same: dict[str, list[tuple[Array, Array]]] = field(default_factory=dict)

    def add(self, head: str, logits: Array, wanted: Array) -> None:
        """Some rows of a head; none is fine."""
        if len(logits):
            self.heads.setdefault(head, []).append((logits, wanted.astype(float)))

    def head(self, name: str) -> tuple[Array, Array]:
        """All rows of a head."""
        logits, wanted = zip(*self.heads[name], strict=True)
        return np.concatenate(logits), np.concatenate(wanted)


def collect(graphs: Graphs, pieces: WordPiece, items: Iterable[Item]) -> Evidence:
    """Read each window alone, as the product does, and keep what its heads say beside what is taught."""
    from training.batch import Kinds, build

    held = Evidence()
    for item in items:
        batch = build([item], pieces, Kinds({}, {}), Random(0))
        ids, shapes, first, last = (x[0].numpy() for x in (batch.ids, batch.shapes, batch.first, batch.last))
        trigger, entity, speaker, narrow = graphs.words(ids, shapes, first, last)
        for head, logits in (("trigger", trigger), ("entity", entity)):
            allowed = batch.words[head][0].numpy()
            told = allowed.any(-1) & ~allowed.all(-1)
            held.add(head, logits[told], allowed[told])
        if item.events_known:
            held.triggers.append((trigger, _triggers(item), batch.words["trigger"][0].numpy().all(-1) | _context(item)))
        if group := batch.groups.get("gold"):
            arrays = (x.numpy() for x in (group.at, group.within, group.mask, group.extra["apart"]))
            out = graphs.frames(narrow, *arrays)
            wanted = {k: v.numpy() for k, v in group.extra.items()}
            wanted |= {"roles": group.roles.numpy(), "known": group.roles_mask.numpy()}
            _frames(held, [f for f in item.frames if f.kind == "gold"], out, wanted, speaker)
        if batch.pairs is not None and batch.pair_targets is not None:
            logits = graphs.same(narrow, batch.pairs[:, 1].numpy(), batch.pairs[:, 2].numpy())
            _pairs(held, logits, batch.pair_targets.numpy())
    return held


def _triggers(item: Item) -> tuple[Range, ...]:
    return tuple((f.first, f.last) for f in item.frames if f.kind == "gold" and not f.optional)


def _context(item: Item) -> Array:
    return np.arange(len(item.words)) < item.core


def _one_hot(index: int, n: int) -> Array:
    out = np.zeros((1, n))
    out[0, index] = 1
    return out


def _frames(
    held: Evidence, frames: Sequence[Frame], out: Sequence[Array], wanted: dict[str, Array], speaker: Array
) -> None:
    """What stands at each trigger of a window."""
    roles, measure, event, sub, certainty, carried = out
    held.add("event", event, wanted["event"])
    held.add("sub_event", sub, wanted["sub_event"])
    held.add("certainty", certainty, np.eye(len(lab.CERTAINTIES))[wanted["certainty"]])
    for n, f in enumerate(frames):
        size = f.sentence[1] - f.sentence[0] + 1
        known = wanted["known"][n, :size, 1::2] > 0
        inside = roles[n, :size, 1::2]
        held.add("roles", inside[known], wanted["roles"][n, :size, 1::2][known])
        for r, role in enumerate(lab.ROLES):
            spans = tuple((x.first - f.sentence[0], x.last - f.sentence[0]) for x in f.fillers if x.role == role)
            case = (roles[n, :size, 2 * r : 2 * r + 2], spans, ~known[:, r])
            held.roles.setdefault(role, []).append(case)
        for x in f.fillers:
            if x.role == "figure":
                mean = measure[n, x.first - f.sentence[0] : x.last - f.sentence[0] + 1].mean(0)[None, :-1]
                held.add("measure", mean, _one_hot(lab.MEASURES.index(x.label), len(lab.MEASURES)))
            elif x.role in ("source", "via"):
                mean = speaker[x.first : x.last + 1].mean(0)[None]
                held.add("speaker", mean, _one_hot(lab.SOURCE_TYPES.index(x.label), len(lab.SOURCE_TYPES)))
        _carried(held, f, carried[n], wanted["carry"][n], wanted["carry_mask"][n] > 0)


def _carried(held: Evidence, f: Frame, logits: Array, wanted: Array, known: Array) -> None:
    before = f.sentence[0]
    for r, role in enumerate(lab.CARRIED):
        told = known[:before, r]
        held.add("carried", logits[:before, r][told], wanted[:before, r][told])
        if before and role not in f.unseen and not any(x.role == role for x in f.fillers):
            held.carried.setdefault(role, []).append((logits[:before, r], wanted[:before, r], told))


def _pairs(held: Evidence, logits: Array, wanted: Array) -> None:
    for k, kind in enumerate(lab.SAME):
        told = wanted[:, k] >= 0
        held.add("same", logits[told, k], wanted[told, k])
        held.same.setdefault(kind, []).append((logits[told, k], wanted[told, k]))
