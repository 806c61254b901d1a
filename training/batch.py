"""Windows → tensors, with a target and a mask for each head. -100 and mask 0 mean: nothing is taught here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from random import Random

import torch
from torch import Tensor

from dateline.language.model.wordpiece import WordPiece
from training import labels as lab
from training.gold import Filler, Range
from training.items import Frame, Item

_ROLE = {r: i for i, r in enumerate(lab.ROLES)}
_SRL = {r: i for i, r in enumerate(lab.SRL_ROLES)}
_EVENT = {e: i for i, e in enumerate(lab.EVENTS)}
_SUB = {s: i for i, s in enumerate(lab.SUB_EVENTS)}
_CERTAINTY = {c: i for i, c in enumerate(lab.CERTAINTIES)}
_MEASURE = {m: i for i, m in enumerate(lab.MEASURES)}
_SPEAKER = {t: i for i, t in enumerate(lab.SOURCE_TYPES)}
_MENTION = {t: i for i, t in enumerate(lab.MENTION_TAGS)}
_ENTITY = {t: i for i, t in enumerate(lab.ENTITY_TAGS)}
_TYPE_OF = {
    "actor": "PARTY",
    "target": "PARTY",
    "weapon": "WEAPON",
    "place": "PLACE",
    "origin": "PLACE",
    "date": "DATE",
}
_TYPE_OF |= {"figure": "COUNT", "via": "SOURCE", "source": "SOURCE", "cue": "CUE", "saying": "SAYING"}


@dataclass(slots=True)
class Group:
    """Triggers of one kind (gold, srl, event) with the targets of that kind's heads."""

    row: Tensor
    at: Tensor
    within: Tensor
    mask: Tensor
    roles: Tensor
    roles_mask: Tensor
    extra: dict[str, Tensor]


@dataclass(slots=True)
class Batch:
    """One step's tensors."""

    ids: Tensor
    shapes: Tensor
    mask: Tensor
    first: Tensor
    last: Tensor
    n_words: int
    words: dict[str, Tensor]
    groups: dict[str, Group]
    pairs: Tensor | None
    pair_targets: Tensor | None


@dataclass(frozen=True, slots=True)
class Kinds:
    """GENEVA's event types and argument roles, with their numbers."""

    events: dict[str, int]
    args: dict[str, int]


def build(items: Sequence[Item], pieces: WordPiece, kinds: Kinds, rng: Random, most: int = 60) -> Batch:
    """Tensors of some windows; at most `most` auxiliary frames of each kind, drawn at random."""
    made = [pieces.pieces(i.words) for i in items]
    t, w = max(len(p.ids) for p in made), max(len(i.words) for i in items)
    ids, shapes, mask = (torch.zeros(len(items), t, dtype=torch.long) for _ in range(3))
    first, last = (torch.zeros(len(items), w, dtype=torch.long) for _ in range(2))
    for b, p in enumerate(made):
        n = len(p.ids)
        ids[b, :n], shapes[b, :n], mask[b, :n] = torch.tensor(p.ids), torch.tensor(p.shapes), 1
        first[b, : len(p.first)], last[b, : len(p.last)] = torch.tensor(p.first), torch.tensor(p.last)
    chosen: dict[str, list[tuple[int, Frame]]] = {"gold": [], "srl": [], "event": []}
    for b, item in enumerate(items):
        for f in item.frames:
            chosen[f.kind].append((b, f))
    for kind in ("srl", "event"):
        if len(chosen[kind]) > most:
            chosen[kind] = rng.sample(chosen[kind], most)
    groups = {k: _group(k, v, items, w, kinds) for k, v in chosen.items() if v}
    pairs, targets = _pairs(items, rng)
    return Batch(
        ids, shapes, mask, first, last, sum(len(i.words) for i in items), _words(items, w), groups, pairs, targets
    )


def _words(items: Sequence[Item], w: int) -> dict[str, Tensor]:
    """Targets of the heads on words."""
    b = len(items)
    trigger = torch.zeros(b, w, len(lab.EVENTS) + 1, dtype=torch.bool)
    mention, speaker = torch.full((b, w), -100), torch.full((b, w), -100)
    entity = torch.zeros(b, w, len(lab.ENTITY_TAGS), dtype=torch.bool)
    kind = torch.full((b, w), -100)
    for n, item in enumerate(items):
        if item.events_known:
            _teach_triggers(item, trigger[n])
            mention[n, : len(item.words)] = _mentions(item)
            gold = [x for f in item.frames if f.kind == "gold" for x in f.fillers]
            for x in (x for x in gold if x.role in ("via", "source")):
                speaker[n, x.first : x.last + 1] = _SPEAKER[x.label]
        if item.entities is not None:
            entity[n, : len(item.words)] = _entities(item)
        if any(f.kind == "event" for f in item.frames):
            kind[n, : len(item.words)] = 0
            for f in item.frames:
                kind[n, f.first] = 1
    return {"trigger": trigger, "mention": mention, "entity": entity, "speaker": speaker, "event_trigger": kind}


def _teach_triggers(item: Item, out: Tensor) -> None:
    """Allowed classes of each word: none, the acceptable categories, or (where nothing is taught) all of them."""
    n = len(item.words)
    gold = [f for f in item.frames if f.kind == "gold"]
    out[item.core : n, 0] = True
    for f in gold:
        for a, b in f.other_triggers:
            out[a : b + 1] = True
    for f in gold:
        if f.optional:
            out[f.first : f.last + 1] = True
    for f in gold:
        if not f.optional:
            last = f.last if f.last - f.first < 3 else f.first
            out[f.first : f.last + 1] = True
            out[f.first : last + 1] = False
            for e in f.events:
                out[f.first : last + 1, 1 + _EVENT[e]] = True


def _mentions(item: Item) -> Tensor:
    out = torch.zeros(len(item.words), dtype=torch.long)
    out[: item.core] = -100
    gold = [f for f in item.frames if f.kind == "gold"]
    for f in gold:
        for x in (*f.other, *(f.fillers if f.optional else ())):
            out[x.first : x.last + 1] = -100
    for x in sorted((x for f in gold if not f.optional for x in f.fillers), key=lambda x: x.first - x.last):
        _tag(out, x, _TYPE_OF[x.role], _MENTION)
    return out


def _tag(out: Tensor, x: Filler, label: str, index: dict[str, int]) -> None:
    out[x.first : x.last + 1] = index[f"I-{label}"]
    out[x.first] = index[f"B-{label}"]


def _entities(item: Item) -> Tensor:
    """Allowed tags: outside what the corpus marks, O and every tag of a type it does not mark."""
    tags = torch.zeros(len(item.words), dtype=torch.long)
    for x in item.entities or ():
        _tag(tags, x, x.role, _ENTITY)
    free = torch.tensor([t == "O" or t[2:] not in item.types for t in lab.ENTITY_TAGS])
    out = torch.nn.functional.one_hot(tags, len(lab.ENTITY_TAGS)).bool()
    out[tags == 0] = free
    return out


def _group(kind: str, held: list[tuple[int, Frame]], items: Sequence[Item], w: int, kinds: Kinds) -> Group:
    n, length = len(held), max(f.sentence[1] - f.sentence[0] + 1 for _, f in held)
    row = torch.tensor([b for b, _ in held])
    at = torch.tensor([f.first for _, f in held])
    start = torch.tensor([f.sentence[0] for _, f in held])
    size = torch.tensor([f.sentence[1] - f.sentence[0] + 1 for _, f in held])
    step = torch.arange(length)[None]
    mask = (step < size[:, None]).long()
    within = (start[:, None] + step).clamp(max=w - 1)
    index = {"gold": _ROLE, "srl": _SRL, "event": kinds.args}[kind]
    roles = torch.zeros(n, length, 2 * len(index))
    roles_mask = mask[:, :, None].expand(-1, -1, 2 * len(index)).clone().float()
    for i, (_, f) in enumerate(held):
        for role in f.unknown:
            roles_mask[i, :, 2 * index[role] : 2 * index[role] + 2] = 0
        for x in f.other:
            a, b = x.first - f.sentence[0], x.last - f.sentence[0]
            if a >= 0 and b < length:
                roles_mask[i, a : b + 1, 2 * index[x.role] : 2 * index[x.role] + 2] = 0
        for x in f.fillers:
            if x.role in index:
                a, b, r = x.first - f.sentence[0], x.last - f.sentence[0], index[x.role]
                roles_mask[i, a : b + 1, 2 * r : 2 * r + 2] = 1
                roles[i, a, 2 * r] = 1
                roles[i, a : b + 1, 2 * r + 1] = 1
    extra = {"gold": _gold, "srl": _srl, "event": _event}[kind](held, items, w, length, kinds)
    return Group(row, at, within, mask, roles, roles_mask, extra)


def _gold(held: list[tuple[int, Frame]], items: Sequence[Item], w: int, length: int, kinds: Kinds) -> dict[str, Tensor]:
    n = len(held)
    event = torch.zeros(n, len(lab.EVENTS), dtype=torch.bool)
    sub = torch.zeros(n, len(lab.SUB_EVENTS) + 1, dtype=torch.bool)
    certainty = torch.tensor([_CERTAINTY[f.certainty] for _, f in held])
    measure, part = torch.full((n, length), -100), torch.full((n, length), -100.0)
    apart = torch.zeros(n, w, dtype=torch.long)
    carry, carry_mask = torch.zeros(n, w, len(lab.CARRIED)), torch.zeros(n, w, len(lab.CARRIED))
    for i, (b, f) in enumerate(held):
        event[i, [_EVENT[e] for e in f.events]] = True
        sub[i, [_SUB[s] for s in f.sub_events] or [len(lab.SUB_EVENTS)]] = True
        for x in f.fillers:
            if x.role == "figure":
                cut = slice(x.first - f.sentence[0], x.last - f.sentence[0] + 1)
                measure[i, cut], part[i, cut] = _MEASURE[x.label], float(x.part)
        apart[i, : len(items[b].words)] = torch.tensor(apart_of(items[b].sentences, len(items[b].words), f.sentence))
        _carried(items[b], f, carry[i], carry_mask[i])
    return {
        "event": event, "sub_event": sub, "certainty": certainty, "measure": measure, "part": part,
        "apart": apart, "carry": carry, "carry_mask": carry_mask,
    }  # fmt: skip


def apart_of(sentences: Sequence[Range], n_words: int, home: Range) -> list[int]:
    """How many sentences before `home` each word stands, at most SENTENCES_APART - 1; 0 from `home` on."""
    out = [0] * n_words
    before = [s for s in sentences if s[1] < home[0]]
    for gap, (a, b) in enumerate(reversed(before), 1):
        out[a : b + 1] = [min(gap, lab.SENTENCES_APART - 1)] * (b - a + 1)
    return out


def _carried(item: Item, f: Frame, out: Tensor, mask: Tensor) -> None:
    """Words of earlier sentences that lend a role; all mentions of one name are as good as the latest."""
    for r, role in enumerate(lab.CARRIED):
        if role not in f.unseen:
            mask[: f.sentence[0], r] = 1
    for x in f.other:
        if x.role in lab.CARRIED and x.last < f.sentence[0]:
            mask[x.first : x.last + 1, lab.CARRIED.index(x.role)] = 0
    for x in f.carried:
        r = lab.CARRIED.index(x.role)
        chain = next((c for c in item.chains if any(a <= x.last and x.first <= b for a, b in c)), ())
        for a, b in (*(c for c in chain if c[1] < f.sentence[0]), (x.first, x.last)):
            out[a : b + 1, r], mask[a : b + 1, r] = 1, 1


def _srl(held: list[tuple[int, Frame]], items: Sequence[Item], w: int, length: int, kinds: Kinds) -> dict[str, Tensor]:
    known = torch.tensor([0.0 if f.factuality is None else 1.0 for _, f in held])
    value = torch.tensor([f.factuality or 0.0 for _, f in held])
    framed = torch.tensor([0.0 if f.label == "?" else 1.0 for _, f in held])
    return {"factual_known": known, "factual": value, "framed": framed}


def _event(
    held: list[tuple[int, Frame]], items: Sequence[Item], w: int, length: int, kinds: Kinds
) -> dict[str, Tensor]:
    return {"kind": torch.tensor([kinds.events.get(f.label, -100) for _, f in held])}


_Pair = tuple[tuple[int, int, int], tuple[float, float, float]]


def _pairs(items: Sequence[Item], rng: Random, most: int = 240) -> tuple[Tensor | None, Tensor | None]:
    """Pairs of words with what they have in common (1), have not (0), or is not known (-100), per kind of SAME."""
    out: list[_Pair] = []
    for b, item in enumerate(items):
        out += _of_triggers(b, [f for f in item.frames if f.kind == "gold"])
        heads = [(r[1], n) for n, c in enumerate(item.chains) for r in c]
        if item.corpus != "gold" and len(heads) > 24:
            heads = rng.sample(heads, 24)
        for (x1, n1), (x2, n2) in combinations(heads, 2):
            if n1 == n2 or rng.random() < 0.2:
                out.append(((b, x1, x2), (-100.0, -100.0, float(n1 == n2))))
    if not out:
        return None, None
    if len(out) > most:
        out = [out[i] for i in rng.sample(range(len(out)), most)]
    return torch.tensor([where for where, _ in out]), torch.tensor([what for _, what in out], dtype=torch.float32)


def _of_triggers(b: int, gold: Sequence[Frame]) -> Iterator[_Pair]:
    """Two words for one statement; two statements of one sentence, or of happenings that are known."""
    for f in gold:
        for r in f.other_triggers:
            if f.sentence[0] <= r[0] <= f.sentence[1]:
                yield (b, f.first, r[0]), (1.0, -100.0, -100.0)
    for x, y in combinations(gold, 2):
        near = 0.0 if x.sentence == y.sentence else -100.0
        known = bool(x.incident and y.incident)
        if known or near == 0:
            yield (b, x.first, y.first), (near, float(x.incident == y.incident) if known else -100.0, -100.0)
