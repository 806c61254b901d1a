"""The training loop: phases of epochs over windows, one optimiser, a log line every so often."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random

import torch

from dateline.language.model.wordpiece import WordPiece
from training.augment import Pools, Rates, changed
from training.batch import Batch, Kinds, build
from training.items import Item
from training.loss import Weights, losses, total
from training.model import Network


@dataclass(frozen=True, slots=True)
class Phase:
    """Some epochs. `shares` says how often each corpus is read in an epoch (0.25: a quarter of it, drawn anew)."""

    name: str
    epochs: int
    shares: dict[str, float]
    encoder_rate: float
    head_rate: float
    windows: int = 6
    """Windows of a step, or fewer where they are long."""
    pieces: int = 1100


def batches(items: Sequence[Item], phase: Phase, sizes: Sequence[int], rng: Random) -> Iterator[list[Item]]:
    """Steps of an epoch in random order; windows of like length share one."""
    order = sorted(range(len(items)), key=lambda i: sizes[i] * (0.8 + 0.4 * rng.random()))
    made: list[list[Item]] = []
    held: list[int] = []
    for i in order:
        if held and (len(held) == phase.windows or (len(held) + 1) * max(sizes[i], sizes[held[-1]]) > phase.pieces):
            made.append([items[j] for j in held])
            held = []
        held.append(i)
    made.append([items[j] for j in held])
    rng.shuffle(made)
    yield from made


def drawn(corpora: dict[str, list[Item]], shares: dict[str, float], rng: Random) -> list[Item]:
    """The windows of one epoch."""
    out: list[Item] = []
    for name in sorted(shares):
        items, share = corpora[name], shares[name]
        out += items * int(share)
        rest = round(len(items) * (share - int(share)))
        out += rng.sample(items, rest)
    return out


class Trainer:
    """Holds what a run needs. `device` is cpu or cuda; bfloat16 is used where it is asked for."""

    def __init__(self, net: Network, pieces: WordPiece, kinds: Kinds, log: Path, seed: int, device: str) -> None:
        self.net, self.pieces, self.kinds, self.log = net.to(device), pieces, kinds, log
        self.rng, self.device = Random(seed), device
        torch.manual_seed(seed)

    def run(
        self,
        phase: Phase,
        corpora: dict[str, list[Item]],
        held: Pools,
        rates: Rates,
        weights: Weights,
        after_epoch: Callable[[int], None] | None = None,
    ) -> None:
        """Train one phase: the rates rise over a twentieth of it and fall to nothing at its end."""
        epochs = [drawn(corpora, phase.shares, self.rng) for _ in range(phase.epochs)]
        sizes = [[len(self.pieces.pieces(i.words).ids) for i in e] for e in epochs]
        plan = [list(batches(e, phase, s, self.rng)) for e, s in zip(epochs, sizes, strict=True)]
        steps = sum(map(len, plan))
        optimiser = torch.optim.AdamW(self._groups(phase), weight_decay=0.01, betas=(0.9, 0.98), fused=True)
        warm = max(1, steps // 20)
        schedule = torch.optim.lr_scheduler.LambdaLR(
            optimiser, lambda n: min((n + 1) / warm, max(0.0, (steps - n) / max(1, steps - warm)))
        )
        done, begun, seen = 0, time.time(), 0
        sums: dict[str, float] = {}
        words = 0
        for epoch, parts in enumerate(plan):
            self.net.train()
            for items in parts:
                batch = build([changed(i, rates, held, self.rng) for i in items], self.pieces, self.kinds, self.rng)
                n = self._step(batch, weights, optimiser, sums)
                schedule.step()
                done, seen, words = done + 1, seen + n, words + n
                if done % 50 == 0 or done == steps:
                    self._write(phase, epoch, (done, steps), sums, words, seen / (time.time() - begun))
                    sums, words = {}, 0
            if after_epoch:
                after_epoch(epoch)

    def _groups(self, phase: Phase) -> list[dict[str, object]]:
        encoder = list(self.net.words.encoder.parameters())
        known = {id(p) for p in encoder}
        rest = [p for p in self.net.parameters() if id(p) not in known]
        return [{"params": encoder, "lr": phase.encoder_rate}, {"params": rest, "lr": phase.head_rate}]

    def _step(self, batch: Batch, weights: Weights, optimiser: torch.optim.Optimizer, sums: dict[str, float]) -> int:
        moved = to(batch, self.device)
        with torch.autocast(self.device, dtype=torch.bfloat16):
            parts = losses(self.net, moved)
        loss = total(parts, weights, batch.n_words)
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.net.parameters(), 1.0)
        optimiser.step()
        for k, v in parts.items():
            sums[k] = sums.get(k, 0.0) + float(v.detach())
        return batch.n_words

    def _write(
        self, phase: Phase, epoch: int, step: tuple[int, int], sums: dict[str, float], words: int, rate: float
    ) -> None:
        line = {"phase": phase.name, "epoch": epoch, "step": step[0], "of": step[1], "words_per_second": round(rate)}
        line |= {k: round(v / words, 4) for k, v in sorted(sums.items())}
        with self.log.open("a", encoding="utf-8") as out:
            out.write(json.dumps(line) + "\n")


def to(batch: Batch, device: str) -> Batch:
    """The batch on another device."""
    if device == "cpu":
        return batch

    def moved(x: object) -> object:
        if isinstance(x, torch.Tensor):
            return x.to(device)
        return {k: moved(v) for k, v in x.items()} if isinstance(x, dict) else x

    groups = {k: type(g)(**{f: moved(getattr(g, f)) for f in g.__slots__}) for k, g in batch.groups.items()}  # type: ignore[arg-type]
    fields = {f: moved(getattr(batch, f)) for f in Batch.__slots__ if f != "groups"}  # type: ignore[attr-defined]
    return Batch(**fields, groups=groups)  # type: ignore[arg-type]


def described(phase: Phase) -> dict[str, object]:
    """The phase for the metrics file."""
    return asdict(phase)
