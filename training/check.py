"""Checks that need torch, so they are no part of the tests: `python -m training.check [--run RUN --weights DIR]`.

On a tiny network with random weights: the targets of a made-up report stand where they should; one report can be
learnt by heart; two runs with one seed give the same weights; words are hidden as they should be; the exported graphs
say what the network says, for any length of window and number of triggers. With `--run` and `--weights` the last is
also done for a trained network and its packed weights (int8 weights may differ by what quantisation costs; the gap is
printed).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import click
import numpy as np
import torch

from dateline.language.model.graphs import Graphs, OnnxGraphs
from dateline.language.model.package import load
from dateline.language.model.wordpiece import WordPiece
from training import labels as lab
from training.augment import Pools, Rates
from training.batch import Kinds, build
from training.export import pack
from training.fit import Phase, Trainer
from training.gold import Filler
from training.items import Frame, Item
from training.loss import Weights, losses, total
from training.measure import manifest
from training.model import Network, Shape
from training.pretrain import HIDDEN, hidden, lines
from training.runs import network
from training.torchgraphs import TorchGraphs

WORDS = tuple("Rebels shelled the town of Dara killing 12 people . Residents said so .".split())
VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *sorted({w.lower() for w in WORDS})]
SMALL = Shape(
    vocabulary=len(VOCABULARY), hidden=48, layers=2, heads=4, inner=96, positions=64, narrow=32, narrow_heads=4,
    narrow_inner=64, key=16,
)  # fmt: skip
NEAR = 1e-4
"""How far two graphs of one network may be apart in a logit."""


class Failed(AssertionError):
    """A check that did not hold; the message says what was found."""


def hold(right: bool, found: object) -> None:
    """Raise Failed if it is not so."""
    if not right:
        raise Failed(str(found))


def lesson() -> Item:
    """The made-up report as a window: one shelling with party, target, place and figure, of a known happening."""
    fillers = (Filler("actor", 0, 0), Filler("target", 2, 3), Filler("place", 5, 5), Filler("figure", 7, 7, "killed"))
    frame = Frame(
        "gold", 1, 1, (0, 9), fillers=fillers, events=("ASSAULT",), sub_events=("Shelling/artillery/missile attack",),
        certainty="stated", incident="dara",
    )  # fmt: skip
    return Item("gold", "check", WORDS, ((0, 9), (10, 13)), (frame,), events_known=True)


def small(seed: int = 1) -> Network:
    """The tiny network."""
    torch.manual_seed(seed)
    return Network(SMALL, dropout=0.0)


def targets() -> None:
    """Each target stands where the lesson says."""
    batch = build([lesson()], WordPiece(VOCABULARY), Kinds({}, {}), Random(0))
    trigger = batch.words["trigger"][0]
    assault = 1 + lab.EVENTS.index("ASSAULT")
    hold(trigger[1].nonzero().flatten().tolist() == [assault], f"trigger of word 1: {trigger[1].nonzero()}")
    hold(trigger[0].nonzero().flatten().tolist() == [0], f"trigger of word 0: {trigger[0].nonzero()}")
    group = batch.groups["gold"]
    for x in lesson().frames[0].fillers:
        r = lab.ROLES.index(x.role)
        inside = group.roles[0, :, 2 * r + 1].nonzero().flatten().tolist()
        hold(inside == list(range(x.first, x.last + 1)), f"{x.role}: {inside}")
        begins = group.roles[0, :, 2 * r].nonzero().flatten().tolist()
        hold(begins == [x.first], f"{x.role} begins at {begins}")
    measure = group.extra["measure"][0, 7].item()
    hold(measure == lab.MEASURES.index("killed"), f"measure {measure}")


def learning() -> None:
    """The loss of one report falls to next to nothing."""
    net = small()
    batch = build([lesson()], WordPiece(VOCABULARY), Kinds({}, {}), Random(0))
    optimiser = torch.optim.AdamW(net.parameters(), lr=3e-3)
    begun = found = 0.0
    for step in range(150):
        loss = total(losses(net, batch), Weights(), batch.n_words)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        begun, found = (loss.item() if step == 0 else begun), loss.item()
    hold(found < begun / 20, f"loss {begun:.3f}, after 150 steps {found:.3f}")


def same_seed() -> None:
    """Two short runs from one seed end in the same weights, another seed in others."""

    def run(seed: int) -> str:
        items = [replace(lesson(), doc=str(n)) for n in range(8)]
        phase = Phase("check", 2, {"gold": 1.0}, encoder_rate=1e-3, head_rate=1e-3, windows=2)
        with TemporaryDirectory() as tmp:
            net = small(seed)
            trainer = Trainer(net, WordPiece(VOCABULARY), Kinds({}, {}), Path(tmp) / "log.jsonl", seed, "cpu")
            trainer.run(phase, {"gold": items}, Pools((), ()), Rates(), Weights())
        h = hashlib.sha256()
        for name, value in sorted(net.state_dict().items()):
            h.update(name.encode() + value.numpy().tobytes())
        return h.hexdigest()

    first = run(1)
    hold(first == run(1), "two runs with seed 1 differ")
    hold(first != run(2), "seeds 1 and 2 give the same")


def words_hidden() -> None:
    """Whole words are hidden, about as many as should be, and what is wanted are their pieces."""
    pieces = WordPiece([*VOCABULARY, "[MASK]"])
    rng = Random(3)
    made = lines([WORDS] * 400, pieces, rng)
    batch = hidden(made, pieces.vocabulary.index("[MASK]"), len(VOCABULARY), rng)
    asked = batch["wanted"] >= 0
    share = float(asked.sum() / batch["mask"].sum())
    hold(abs(share - HIDDEN) < 0.02, f"{share:.3f} of the pieces are hidden")
    masked = float((batch["ids"][asked] == len(VOCABULARY)).float().mean())
    hold(abs(masked - 0.8) < 0.05, f"{masked:.3f} of them are masked")
    plain = hidden(made, 0, len(VOCABULARY), Refusing())
    hold(bool((plain["wanted"] == -100).all()), "a word is wanted that is not hidden")
    back = torch.where(asked, batch["wanted"], batch["ids"])
    hold(bool((back == plain["ids"]).all()), "a word that is not hidden was changed")


class Refusing(Random):
    """Draws nothing."""

    def random(self) -> float:
        """Always above every share."""
        return 1.0


def parity() -> None:
    """The exported graphs and the network agree."""
    net = small()
    with TemporaryDirectory() as tmp:
        pack(net, Path(tmp), described(), VOCABULARY, None)
        found = furthest(TorchGraphs(net), OnnxGraphs(load(Path(tmp))), len(VOCABULARY), SMALL.positions)
    hold(max(found.values()) < NEAR, found)


def described() -> dict[str, Any]:
    """A manifest without files, for a network that is packed to be looked at."""
    held = manifest(60, 20)
    return {
        "name": "check",
        "licence": "none",
        "labels": {k: list(v) for k, v in held.labels.items()},
        "sizes": held.sizes,
        "thresholds": held.thresholds,
        "temperatures": held.temperatures,
    }


def windows(vocabulary: int, positions: int, many: int = 12) -> Iterator[tuple[np.ndarray[Any, Any], ...]]:
    """Random windows: ids, shapes, first, last; words of one to three pieces, from one word to a full window."""
    rng = Random(0)
    for n in range(many):
        limit = 3 if n == 0 else rng.randint(4, positions)
        sizes: list[int] = []
        while 2 + sum(sizes) < limit:
            sizes.append(min(rng.randint(1, 3), limit - 2 - sum(sizes)))
        first = np.cumsum([1, *sizes[:-1]])
        ids = np.array([rng.randrange(4, vocabulary) for _ in range(2 + sum(sizes))], np.int64)
        shapes = np.array([rng.randrange(SMALL.shapes) for _ in ids], np.int64)
        yield ids, shapes, first.astype(np.int64), (first + np.array(sizes) - 1).astype(np.int64)


def furthest(a: Graphs, b: Graphs, vocabulary: int, positions: int) -> dict[str, float]:
    """The largest gap of a logit by graph, both fed with the same narrow vectors."""
    out = {"words": 0.0, "frames": 0.0, "same": 0.0}
    rng = Random(1)
    for window in windows(vocabulary, positions):
        left, right = a.words(*window), b.words(*window)
        out["words"] = max(out["words"], *(float(np.abs(x - y).max()) for x, y in zip(left, right, strict=True)))
        narrow, n_words = left[-1], len(window[2])
        at = np.array([rng.randrange(n_words) for _ in range(rng.randint(1, 5))], np.int64)
        length = rng.randint(1, n_words)
        within = np.tile(np.arange(length, dtype=np.int64), (len(at), 1))
        within = np.minimum(within + np.maximum(at - length + 1, 0)[:, None], n_words - 1)
        size = np.array([rng.randint(1, length) for _ in at])
        mask = (np.arange(length)[None] < size[:, None]).astype(np.int64)
        apart = np.array([[rng.randrange(lab.SENTENCES_APART) for _ in range(n_words)] for _ in at], np.int64)
        both = (g.frames(narrow, at, within, mask, apart) for g in (a, b))
        real = mask.astype(bool)
        for x, y in zip(*both, strict=True):
            gap = np.abs(x - y)
            out["frames"] = max(out["frames"], float((gap[real] if gap.shape[:2] == real.shape else gap).max()))
        other = at[::-1].copy()
        out["same"] = max(out["same"], float(np.abs(a.same(narrow, at, other) - b.same(narrow, at, other)).max()))
    return out


CHECKS: tuple[Callable[[], None], ...] = (targets, learning, same_seed, words_hidden, parity)


@click.command(help=__doc__.split("\n\n")[0])
@click.option("--run", type=click.Path(path_type=Path, exists=True), help="Folder of training.train.")
@click.option(
    "--weights", type=click.Path(path_type=Path, exists=True), help="Folder of the packed weights of that run."
)
def main(run: Path | None, weights: Path | None) -> None:
    """Run the checks; 1 if one does not hold."""
    torch.set_num_threads(1)
    failed = 0
    for check in CHECKS:
        try:
            check()
            click.echo(f"ok      {check.__name__}: {check.__doc__}")
        except Failed as e:
            failed += 1
            click.echo(f"FAILED  {check.__name__}: {check.__doc__} {e}")
    if run and weights:
        net, package = network(run), load(weights)
        gaps = furthest(TorchGraphs(net), OnnxGraphs(package), len(package.vocabulary), net.shape.positions)
        click.echo("largest gap of a logit, network against packed weights: " + str(gaps))
    if failed:
        raise click.exceptions.Exit(1)


if __name__ == "__main__":
    main()
