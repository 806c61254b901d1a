"""The encoder guesses hidden words of news before it learns anything else.

    python -m training.pretrain --data ../shared --base FOLDER --out FOLDER

The base model was made to compare sentences; what single words mean to each other it has partly forgotten. Masked
words (Devlin et al. 2019, "BERT": 15 % of the words, of which 80 % are hidden, 10 % replaced, 10 % left) on text of
the domain bring it back (Gururangan et al. 2020, "Don't Stop Pretraining"). Whole words are hidden. No annotation is
used; items whose text is in gold/dev are left out.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from typing import Any

import click
import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, gelu

from dateline.language.en.tokens import tokenize
from dateline.language.model.wordpiece import WordPiece
from training.corpora import load
from training.gold import held_out, read_jsonl
from training.model import Encoder, Shape
from training.own import load as own_reports
from training.train import vocabulary

HIDDEN = 0.15
LIMIT = 160
"""Pieces of a window: several short items fill one."""


_SPELT = 1000
"""Pieces of BERT's vocabulary below this are no words."""


@dataclass(frozen=True, slots=True)
class Options:
    """One run. `rate` is the learning rate at its height; `pieces` those of a step."""

    data: Path
    base: Path
    out: Path
    epochs: int = 2
    rate: float = 2e-4
    pieces: int = 2400
    seed: int = 1
    start: Path | None = None
    device: str = "cpu"


class Guess(nn.Module):
    """BERT's head for hidden words: the output layer is the table of word pieces."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        width = encoder.words.embedding_dim
        self.dense, self.norm = nn.Linear(width, width), nn.LayerNorm(width, eps=1e-12)
        self.bias = nn.Parameter(torch.zeros(encoder.words.num_embeddings))

    def forward(self, x: Tensor, table: Tensor) -> Tensor:
        """[M, width], [V, width] → logits [M, V]."""
        out: Tensor = self.norm(gelu(self.dense(x))) @ table.T + self.bias
        return out


def texts(data: Path) -> list[tuple[str, ...]]:
    """The words of each text: items of current events, annotated reports for training, our own reports."""
    rows = [r["text"] for r in read_jsonl(data / "gold" / "train.jsonl") if not held_out(r["report_id"])]
    rows += [r["text"] for r in own_reports()]
    dev = {r["text"] for r in read_jsonl(data / "gold" / "dev.jsonl")}
    items = load(data / "data", ["current_events"])
    return [x.words for x in items if x.doc not in dev] + [tuple(t.text for t in tokenize(t)) for t in rows]


@dataclass(frozen=True, slots=True)
class Line:
    """Pieces of a window, and the first and last piece of each word."""

    ids: list[int]
    shapes: list[int]
    words: list[tuple[int, int]]


def lines(held: Sequence[tuple[str, ...]], pieces: WordPiece, rng: Random) -> list[Line]:
    """Texts in random order, in windows of up to LIMIT pieces; a long text is cut."""
    order = list(held)
    rng.shuffle(order)
    made: list[list[str]] = [[]]
    size = 2
    for words in order:
        for w in words:
            n = len(pieces.word(w))
            if size + n > LIMIT:
                made.append([])
                size = 2
            made[-1].append(w)
            size += n
    found = (pieces.pieces(words) for words in made if words)
    return [Line(x.ids, x.shapes, list(zip(x.first, x.last, strict=True))) for x in found]


def hidden(batch: Sequence[Line], mask_id: int, vocabulary_size: int, rng: Random) -> dict[str, Tensor]:
    """Tensors ids, shapes, mask [B, T] with some words hidden, and `wanted` [B, T]: their pieces, -100 elsewhere."""
    t = max(len(x.ids) for x in batch)
    ids, shapes, mask = (torch.zeros(len(batch), t, dtype=torch.long) for _ in range(3))
    wanted = torch.full((len(batch), t), -100)
    for b, x in enumerate(batch):
        n = len(x.ids)
        ids[b, :n], shapes[b, :n], mask[b, :n] = torch.tensor(x.ids), torch.tensor(x.shapes), 1
        for first, last in x.words:
            if rng.random() >= HIDDEN:
                continue
            wanted[b, first : last + 1] = ids[b, first : last + 1]
            roll = rng.random()
            for i in range(first, last + 1) if roll < 0.9 else ():
                ids[b, i] = mask_id if roll < 0.8 else rng.randrange(min(_SPELT, vocabulary_size // 2), vocabulary_size)
    return {"ids": ids, "shapes": shapes, "mask": mask, "wanted": wanted}


def steps(o: Options, held: Sequence[tuple[str, ...]], pieces: WordPiece, rng: Random) -> Iterator[dict[str, Tensor]]:
    """The batches of all epochs, each epoch in its own order and with its own words hidden."""
    mask_id = pieces.vocabulary.index("[MASK]")
    for _ in range(o.epochs):
        made = lines(held, pieces, rng)
        size = max(1, o.pieces // LIMIT)
        for n in range(0, len(made), size):
            yield hidden(made[n : n + size], mask_id, len(pieces.vocabulary), rng)


def pretrain(o: Options) -> Encoder:
    """Run it; `encoder.pt` in `out` is what `training.train --start` goes on from."""
    o.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(o.seed)
    rng = Random(o.seed)
    words = vocabulary(o.base)
    pieces = WordPiece(words)
    encoder = Encoder(Shape(), 0.1)
    encoder.start_from(o.base / "model.safetensors")
    if o.start:
        held_state = torch.load(o.start, weights_only=True)
        encoder.load_state_dict({k.removeprefix("words.encoder."): v for k, v in held_state.items()})
    encoder.to(o.device).train()
    guess = Guess(encoder).to(o.device)
    held = texts(o.data)
    total = o.epochs * (sum(len(pieces.word(w)) for t in held for w in t) // o.pieces + 1)
    both = [*encoder.parameters(), *guess.parameters()]
    optimiser = torch.optim.AdamW(both, lr=o.rate, weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    warm = max(1, total // 20)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda n: min((n + 1) / warm, max(0.02, (total - n) / max(1, total - warm)))
    )
    facts: dict[str, Any] = {"options": {k: str(v) for k, v in asdict(o).items()}}
    facts |= {"texts": len(held), "words": sum(map(len, held))}
    (o.out / "plan.json").write_text(json.dumps(facts, indent=1), encoding="utf-8")
    begun, lost, guessed = time.time(), 0.0, 0
    for n, batch in enumerate(steps(o, held, pieces, rng), 1):
        b = {k: v.to(o.device) for k, v in batch.items()}
        with torch.autocast(o.device, dtype=torch.bfloat16):
            x = encoder(b["ids"], b["shapes"], b["mask"])
            asked = b["wanted"] >= 0
            logits = guess(x[asked], encoder.words.weight)
        loss = cross_entropy(logits.float(), b["wanted"][asked])
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(both, 1.0)
        optimiser.step()
        schedule.step()
        lost, guessed = lost + float(loss.detach()) * int(asked.sum()), guessed + int(asked.sum())
        if n % 25 == 0 or n == total:
            line = {"step": n, "of": total, "loss": round(lost / guessed, 4), "seconds": round(time.time() - begun)}
            with (o.out / "log.jsonl").open("a", encoding="utf-8") as out:
                out.write(json.dumps(line) + "\n")
            lost, guessed = 0.0, 0
    torch.save({f"words.encoder.{k}": v.cpu() for k, v in encoder.state_dict().items()}, o.out / "encoder.pt")
    return encoder


@click.command(help=__doc__.split("\n\n")[0])
@click.option("--data", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--base", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--out", type=click.Path(path_type=Path), required=True)
@click.option("--epochs", default=2)
@click.option("--rate", default=2e-4)
@click.option("--pieces", default=2400)
@click.option("--seed", default=1)
@click.option("--start", type=click.Path(path_type=Path, exists=True), help="The encoder.pt of a run to go on from.")
@click.option("--device", default="cpu")
@click.option("--threads", default=2)
def main(threads: int, **given: Any) -> None:
    """Teach the encoder the words of news."""
    torch.set_num_threads(threads)
    pretrain(Options(**given))


if __name__ == "__main__":
    main()
