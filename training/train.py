"""Corpora → a trained network. `python -m training.train --data ../shared --base FOLDER --out FOLDER`.

Phase 1 reads the auxiliary corpora (who did what to whom, names, factuality) with some annotated reports; phase 2
reads annotated reports with some of the auxiliary ones. A part of the annotated reports, drawn by a hash of their
ids, is held out: thresholds and temperatures are set on it, and no epoch is trained on it.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

import click
import torch

from dateline.language.model.wordpiece import WordPiece
from training.augment import Rates, pools
from training.batch import Kinds
from training.corpora import load
from training.cues import CueFinder
from training.fit import Phase, Trainer
from training.gold import half_of, held_out, read_jsonl, taught
from training.items import CONTEXT, LIMIT, Item, of_example, of_gold
from training.loss import Weights
from training.model import Network, Shape
from training.own import load as own_reports

AUXILIARY = {
    "ewt": 1.0, "geneva": 1.0, "re3d": 1.0, "meantime": 1.0, "wikigold": 1.0, "wnut17": 0.2, "crossner_politics": 1.0,
    "uner_ewt": 0.5, "gum": 0.7,
}  # fmt: skip
"""The part of each corpus that an epoch reads."""
QUIET = frozenset({"ewt", "gum", "wikigold", "crossner_politics", "geneva"})
"""Corpora whose passages without an event of the rules teach that nothing in them is one."""
REPLAY = 0.04
"""The part of the auxiliary corpora that an epoch of the second phase reads."""


@dataclass(frozen=True, slots=True)
class Options:
    """One run. `without` names corpora or tasks (heads of Weights) left out; `fold` is the half of the annotated
    reports it is not taught, so that it can read them as it will read others (-1: none)."""

    data: Path
    base: Path
    out: Path
    seed: int = 1
    layers: int = 6
    first: float = 1.0
    second: int = 6
    limit: int = LIMIT
    context: int = CONTEXT
    without: tuple[str, ...] = ()
    fold: int = -1
    start: Path | None = None
    device: str = "cpu"


def vocabulary(base: Path) -> list[str]:
    """The pieces of the base model, one a line."""
    return (base / "vocab.txt").read_text(encoding="utf-8").rstrip("\n").split("\n")


def corpora(o: Options, pieces: WordPiece) -> dict[str, list[Item]]:
    """Every corpus as windows. Raises CorpusError naming a file that is missing or not the one meant."""
    told = [r for r in read_jsonl(o.data / "gold" / "train.jsonl") if not held_out(r["report_id"])]
    rows = [] if "gold" in o.without else [r for r in told if half_of(r["report_id"]) != o.fold]
    out = {"gold": list(of_gold(taught(rows), pieces, o.limit, o.context))}
    if "own" not in o.without:
        items = of_gold(taught(own_reports()), pieces, o.limit, o.context)
        out["own"] = [replace(i, corpus="own") for i in items]
    wanted = [c for c in (*AUXILIARY, "re3d_wikipedia") if c not in o.without]
    finder = CueFinder() if "quiet" not in o.without else None
    annotated = {r["report_id"] for r in told}
    for x in load(o.data / "data", wanted):
        if x.words and (x.corpus != "re3d" or f"re3d-{x.doc}" in annotated):  # the others may be in gold/dev
            out.setdefault(x.corpus, []).append(
                of_example(x, x.corpus in QUIET and bool(finder and finder.quiet(x.words)))
            )
    return out


def kinds_of(held: dict[str, list[Item]]) -> Kinds:
    """GENEVA's types and its argument roles that occur 15 times or more."""
    frames = [f for items in held.values() for i in items for f in i.frames if f.kind == "event"]
    roles = Counter(x.role for f in frames for x in f.fillers)
    kept = sorted(r for r, n in roles.items() if n >= 15)
    return Kinds({k: n for n, k in enumerate(sorted({f.label for f in frames}))}, {r: n for n, r in enumerate(kept)})


def phases(o: Options, held: dict[str, list[Item]]) -> list[Phase]:
    """The plan of a run; learning rates found by trial on the held-out part."""
    auxiliary = [c for c in held if c not in ("gold", "own")]
    annotated = [c for c in ("gold", "own") if c in held]
    plan = []
    if o.first:
        whole = int(o.first) or 1
        part = o.first / whole
        shares = {c: part * AUXILIARY[c] for c in auxiliary} | dict.fromkeys(annotated, part)
        plan.append(Phase("auxiliary", whole, shares, encoder_rate=1e-4, head_rate=6e-4))
    if o.second:
        shares = {c: REPLAY * AUXILIARY[c] for c in auxiliary} | dict.fromkeys(annotated, 1.0)
        plan.append(Phase("annotated", o.second, shares, encoder_rate=8e-5, head_rate=6e-4))
    return plan


def _names(kind: type[Weights] | type[Rates]) -> frozenset[str]:
    return frozenset(f.name for f in fields(kind))


def train(o: Options) -> Network:
    """Run the plan; the network, its plan and the log are left in `out`."""
    o.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(o.seed)
    pieces = WordPiece(vocabulary(o.base))
    held = corpora(o, pieces)
    kinds = kinds_of(held)
    net = Network(Shape(layers=o.layers), max(1, len(kinds.events)), max(1, len(kinds.args)))
    net.words.encoder.start_from(o.base / "model.safetensors")
    if o.start:
        path = o.start if o.start.is_file() else o.start / "network.pt"
        known = torch.load(path, weights_only=True)
        here = net.state_dict()
        fits = {k: v for k, v in known.items() if k in here and here[k].shape == v.shape}
        net.load_state_dict(fits, strict=False)
    weights = replace(Weights(), **{w: 0.0 for w in o.without if w in _names(Weights)})
    plan = phases(o, held)
    facts = {
        "options": {k: str(v) for k, v in asdict(o).items()},
        "phases": [asdict(p) for p in plan],
        "windows": {k: len(v) for k, v in held.items()},
        "words": {k: sum(len(i.words) for i in v) for k, v in held.items()},
    }
    (o.out / "plan.json").write_text(json.dumps(facts, indent=1), encoding="utf-8")
    trainer = Trainer(net, pieces, kinds, o.out / "log.jsonl", o.seed, o.device)
    names = pools(held["gold"] + held.get("own", []))
    rates = replace(Rates(), **{r: 0.0 for r in o.without if r in _names(Rates)})
    for phase in plan:
        trainer.run(phase, held, names, rates, weights, lambda _: torch.save(net.state_dict(), o.out / "network.pt"))
        torch.save(net.state_dict(), o.out / f"after-{phase.name}.pt")
    return net


@click.command()
@click.option(
    "--data", type=click.Path(path_type=Path, exists=True), required=True, help="Folder with gold/ and data/."
)
@click.option("--base", type=click.Path(path_type=Path, exists=True), required=True, help="Folder of the base model.")
@click.option("--out", type=click.Path(path_type=Path), required=True)
@click.option("--seed", default=1)
@click.option("--layers", default=6)
@click.option("--first", default=1.0, help="Epochs over the auxiliary corpora.")
@click.option("--second", default=6, help="Epochs over the annotated reports.")
@click.option("--limit", default=LIMIT, help="Pieces of a window.")
@click.option("--context", default=CONTEXT)
@click.option("--without", multiple=True, help="A corpus, task or augmentation to leave out.")
@click.option("--fold", default=-1, help="Leave out this half (0 or 1) of the annotated reports.")
@click.option(
    "--start", type=click.Path(path_type=Path, exists=True), help="A run, or a .pt file of one, to go on from."
)
@click.option("--device", default="cpu")
@click.option("--threads", default=2)
def main(threads: int, **given: object) -> None:
    """Train the English model."""
    torch.set_num_threads(threads)
    train(Options(**given))  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
