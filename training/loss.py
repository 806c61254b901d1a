"""What the network is asked to get right: a sum of log-likelihoods in nats per word, each head with its weight."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy, smooth_l1_loss

from training import labels as lab
from training.batch import Batch, Group
from training.model import Network


@dataclass(frozen=True, slots=True)
class Weights:
    """Weight of each head's loss; 0 switches a task off. A trigger has one certainty but some 600 yes-or-no answers on
    roles: unweighted, those would drown it."""

    trigger: float = 3.0
    mention: float = 0.15
    entity: float = 0.5
    speaker: float = 1.0
    event_trigger: float = 0.3
    roles: float = 0.3
    measure: float = 3.0
    event: float = 2.5
    sub_event: float = 3.0
    certainty: float = 4.0
    carry: float = 1.5
    srl: float = 0.15
    event_args: float = 0.15
    event_kind: float = 1.0
    factuality: float = 0.5
    same: float = 0.5


def losses(net: Network, batch: Batch) -> dict[str, Tensor]:
    """Each head's loss, summed over the batch."""
    x = net.words.words(batch.ids, batch.shapes, batch.mask, batch.first, batch.last)
    w, out = batch.words, {}
    if bool(w["trigger"].any()):
        out["trigger"] = _allowed(net.words.trigger(x), w["trigger"])
        out["mention"] = _sum_ce(net.words.mention(x), w["mention"])
        out["speaker"] = _sum_ce(net.words.speaker(x), w["speaker"])
    if bool(w["entity"].any()):
        out["entity"] = _allowed(net.words.entity(x), w["entity"])
    if bool((w["event_trigger"] >= 0).any()):
        out["event_trigger"] = _sum_ce(net.auxiliary.event_trigger(x), w["event_trigger"])
    narrow = net.words.narrow(x)
    for kind, group in batch.groups.items():
        seen = net.frames.read(narrow, group.row, group.at, group.within, group.mask)
        pooled = net.frames.pool(seen, group.at, group.within)
        out |= {"gold": _gold, "srl": _srl, "event": _event}[kind](net, group, seen, pooled, narrow)
    if batch.pairs is not None and batch.pair_targets is not None:
        a = net.same(narrow, *batch.pairs.unbind(1)).float()
        known = batch.pair_targets >= 0
        out["same"] = binary_cross_entropy_with_logits(a[known], batch.pair_targets[known], reduction="sum")
    return out


def total(parts: dict[str, Tensor], weights: Weights, n_words: int) -> Tensor:
    """The weighted sum per word."""
    return torch.stack([getattr(weights, k) * v for k, v in parts.items()]).sum() / n_words


def _allowed(logits: Tensor, allowed: Tensor) -> Tensor:
    """-log of the probability of all allowed classes together; words with none allowed teach nothing."""
    logp = logits.float().log_softmax(-1)
    held = logp.masked_fill(~allowed, -1e4).logsumexp(-1)
    return -(held * allowed.any(-1)).sum()


def _sum_ce(logits: Tensor, target: Tensor) -> Tensor:
    return cross_entropy(logits.float().flatten(0, -2), target.flatten(), ignore_index=-100, reduction="sum")


def _bce(logits: Tensor, target: Tensor, mask: Tensor) -> Tensor:
    return (binary_cross_entropy_with_logits(logits.float(), target, reduction="none") * mask).sum()


def _gold(net: Network, g: Group, seen: Tensor, pooled: Tensor, narrow: Tensor) -> dict[str, Tensor]:
    f, e = net.frames, g.extra
    measure = f.measure(seen)
    known = (e["part"] >= 0).float()
    n = len(lab.MEASURES)
    return {
        "roles": _bce(f.roles(seen), g.roles, g.roles_mask),
        "measure": _sum_ce(measure[..., :n], e["measure"]) + _bce(measure[..., n], e["part"].clamp(min=0), known),
        "event": _allowed(f.event(pooled), e["event"]),
        "sub_event": _allowed(f.sub_event(pooled), e["sub_event"]),
        "certainty": _sum_ce(f.certainty(pooled), e["certainty"]),
        "carry": _bce(f.pointed(pooled, narrow, g.row, e["apart"]), e["carry"], e["carry_mask"]),
    }


def _srl(net: Network, g: Group, seen: Tensor, pooled: Tensor, narrow: Tensor) -> dict[str, Tensor]:
    value = net.auxiliary.factuality(pooled)[:, 0].float()
    apart = smooth_l1_loss(value, g.extra["factual"], reduction="none") * g.extra["factual_known"]
    framed = g.roles_mask * g.extra["framed"][:, None, None]
    return {"srl": _bce(net.auxiliary.srl(seen), g.roles, framed), "factuality": apart.sum()}


def _event(net: Network, g: Group, seen: Tensor, pooled: Tensor, narrow: Tensor) -> dict[str, Tensor]:
    return {
        "event_args": _bce(net.auxiliary.event_args(seen), g.roles, g.roles_mask),
        "event_kind": _sum_ce(net.auxiliary.event_kind(pooled), g.extra["kind"]),
    }
