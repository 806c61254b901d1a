"""The network: a BERT-shaped encoder, heads on words, and small layers conditioned on one trigger at a time.

The report is encoded once per window. Each trigger then reads its own sentence again through two narrow layers
(192 wide instead of 384), which cost a tenth of the encoder: who did it to whom depends on which event is asked.
What stands in other sentences (the place a report is about, the speaker of three sentences) is scored by an
additive pointer over the whole window.

Shapes: B windows, T pieces, W words, N triggers, L words of a trigger's sentence.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn.functional import gelu

from training import labels as lab


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the network. `layers` of the encoder's six are kept."""

    vocabulary: int = 30522
    hidden: int = 384
    layers: int = 6
    heads: int = 12
    inner: int = 1536
    positions: int = 512
    shapes: int = 5
    narrow: int = 192
    narrow_heads: int = 4
    narrow_inner: int = 512
    narrow_layers: int = 2
    key: int = 128
    reach: int = 40
    """Words to either side of a trigger whose distance is told apart."""


class Attention(nn.Module):
    """Multi-head self-attention. `mask` is [B, T], 1 where there is something; None: everywhere. Its weights are not
    dropped out: that costs a fifth of a step on a CPU."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value = (nn.Linear(width, width) for _ in range(3))
        self.out = nn.Linear(width, width)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """[B, T, width] → the same shape."""
        b, t, d = x.shape

        def split(y: Tensor) -> Tensor:
            return y.view(b, t, self.heads, d // self.heads).transpose(1, 2)

        q, k, v = split(self.query(x)), split(self.key(x)), split(self.value(x))
        scores = q @ k.transpose(-1, -2) * (d // self.heads) ** -0.5
        if mask is not None:
            scores = scores.masked_fill(mask[:, None, None, :] == 0, -1e4)
        mixed = scores.softmax(-1) @ v
        out: Tensor = self.out(mixed.transpose(1, 2).reshape(b, t, d))
        return out


class Layer(nn.Module):
    """One layer of BERT (post-norm)."""

    def __init__(self, width: int, heads: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.attention = Attention(width, heads)
        self.norm1, self.norm2 = nn.LayerNorm(width, eps=1e-12), nn.LayerNorm(width, eps=1e-12)
        self.up, self.down = nn.Linear(width, inner), nn.Linear(inner, width)
        self.drop = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """[B, T, width] → the same shape."""
        x = self.norm1(x + self.drop(self.attention(x, mask)))
        out: Tensor = self.norm2(x + self.drop(self.down(gelu(self.up(x)))))
        return out


class Encoder(nn.Module):
    """BERT with case-shape ids in place of token types."""

    def __init__(self, s: Shape, dropout: float) -> None:
        super().__init__()
        self.words = nn.Embedding(s.vocabulary, s.hidden)
        self.places = nn.Embedding(s.positions, s.hidden)
        self.shapes = nn.Embedding(s.shapes, s.hidden)
        self.norm = nn.LayerNorm(s.hidden, eps=1e-12)
        self.drop = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(s.hidden, s.heads, s.inner, dropout) for _ in range(s.layers))

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor | None) -> Tensor:
        """ids, shapes [B, T] → [B, T, hidden]."""
        at = torch.arange(ids.shape[1], device=ids.device)
        x: Tensor = self.drop(self.norm(self.words(ids) + self.places(at)[None] + self.shapes(shapes)))
        for layer in self.layers:
            x = layer(x, mask)
        return x

    def start_from(self, weights: Path) -> None:
        """Load a BERT checkpoint (safetensors); every shape row begins as token type 0."""
        from safetensors.torch import load_file

        held = {k.removeprefix("bert."): v for k, v in load_file(weights).items()}
        names = {"words": "word_embeddings", "places": "position_embeddings"}
        state = {f"{ours}.weight": held[f"embeddings.{theirs}.weight"] for ours, theirs in names.items()}
        state["shapes.weight"] = held["embeddings.token_type_embeddings.weight"][:1].repeat(
            self.shapes.num_embeddings, 1
        )
        pairs = [("norm", "embeddings.LayerNorm")]
        for i in range(len(self.layers)):
            there = f"encoder.layer.{i}"
            attended = ("query", "key", "value")
            pairs += [(f"layers.{i}.attention.{x}", f"{there}.attention.self.{x}") for x in attended]
            pairs += [
                (f"layers.{i}.attention.out", f"{there}.attention.output.dense"),
                (f"layers.{i}.norm1", f"{there}.attention.output.LayerNorm"),
                (f"layers.{i}.up", f"{there}.intermediate.dense"),
                (f"layers.{i}.down", f"{there}.output.dense"),
                (f"layers.{i}.norm2", f"{there}.output.LayerNorm"),
            ]
        for ours, theirs in pairs:
            for part in ("weight", "bias"):
                state[f"{ours}.{part}"] = held[f"{theirs}.{part}"]
        self.load_state_dict(state)


class Words(nn.Module):
    """Encoder and the heads that need no trigger. This is the graph that runs once per window."""

    def __init__(self, s: Shape, dropout: float) -> None:
        super().__init__()
        self.encoder = Encoder(s, dropout)
        self.drop = nn.Dropout(dropout)
        self.trigger = nn.Linear(s.hidden, len(lab.EVENTS) + 1)
        self.mention = nn.Linear(s.hidden, len(lab.MENTION_TAGS))
        self.entity = nn.Linear(s.hidden, len(lab.ENTITY_TAGS))
        self.speaker = nn.Linear(s.hidden, len(lab.SOURCE_TYPES))
        self.narrow = nn.Linear(s.hidden, s.narrow)

    def words(self, ids: Tensor, shapes: Tensor, mask: Tensor, first: Tensor, last: Tensor) -> Tensor:
        """[B, W, hidden]: the mean of a word's first and last piece."""
        x = self.encoder(ids, shapes, mask)
        row = torch.arange(ids.shape[0], device=ids.device)[:, None]
        out: Tensor = self.drop((x[row, first] + x[row, last]) * 0.5)
        return out

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor, first: Tensor, last: Tensor) -> tuple[Tensor, ...]:
        """Logits of each head [B, W, classes], and the words for the narrow layers [B, W, narrow]."""
        x = self.words(ids, shapes, mask, first, last)
        return self.trigger(x), self.mention(x), self.entity(x), self.speaker(x), self.narrow(x)


class Frames(nn.Module):
    """What depends on a trigger. This is the graph that runs once per window over all its triggers."""

    def __init__(self, s: Shape, dropout: float) -> None:
        super().__init__()
        self.reach = s.reach
        self.distance = nn.Embedding(2 * s.reach + 1, s.narrow)
        self.layers = nn.ModuleList(
            Layer(s.narrow, s.narrow_heads, s.narrow_inner, dropout) for _ in range(s.narrow_layers)
        )
        self.drop = nn.Dropout(dropout)
        self.roles = nn.Linear(s.narrow, 2 * len(lab.ROLES))
        self.measure = nn.Linear(s.narrow, len(lab.MEASURES) + 1)
        self.event = nn.Linear(s.narrow, len(lab.EVENTS))
        self.sub_event = nn.Linear(s.narrow, len(lab.SUB_EVENTS) + 1)
        self.certainty = nn.Linear(s.narrow, len(lab.CERTAINTIES))
        self.ask = nn.Linear(s.narrow, s.key)
        self.offer = nn.Linear(s.narrow, s.key)
        self.apart = nn.Embedding(lab.SENTENCES_APART, s.key)
        self.carry = nn.Linear(s.key, len(lab.CARRIED))

    def read(self, narrow: Tensor, row: Tensor, at: Tensor, within: Tensor, mask: Tensor) -> Tensor:
        """[N, L, narrow]: the sentence of each trigger as that trigger sees it.

        `row` [N] is the window of each trigger, `at` [N] its word, `within` [N, L] the words of its sentence.
        """
        gap = (within - at[:, None]).clamp(-self.reach, self.reach) + self.reach
        x: Tensor = narrow[row[:, None], within] + self.distance(gap)
        for layer in self.layers:
            x = layer(x, mask)
        return self.drop(x)

    def pool(self, seen: Tensor, at: Tensor, within: Tensor) -> Tensor:
        """[N, narrow]: what stands at the trigger itself."""
        here = (within == at[:, None]).to(seen.dtype)
        return (seen * here[:, :, None]).sum(1) / here.sum(1).clamp(min=1)[:, None]

    def pointed(self, pooled: Tensor, narrow: Tensor, row: Tensor, apart: Tensor) -> Tensor:
        """[N, W, carried]: how well each word of the window is what an earlier sentence lends this trigger."""
        asked = self.ask(pooled)[:, None] + self.offer(narrow)[row] + self.apart(apart)
        out: Tensor = self.carry(gelu(asked))
        return out

    def forward(
        self, narrow: Tensor, row: Tensor, at: Tensor, within: Tensor, mask: Tensor, apart: Tensor
    ) -> tuple[Tensor, ...]:
        """Logits: roles and measure [N, L, …], event, sub_event and certainty [N, …], carried [N, W, …]."""
        seen = self.read(narrow, row, at, within, mask)
        pooled = self.pool(seen, at, within)
        return (
            self.roles(seen),
            self.measure(seen),
            self.event(pooled),
            self.sub_event(pooled),
            self.certainty(pooled),
            self.pointed(pooled, narrow, row, apart),
        )


class Same(nn.Module):
    """Whether two words of a window stand for one thing: a statement, a happening, an actor or place."""

    def __init__(self, s: Shape) -> None:
        super().__init__()
        self.left, self.right = nn.Linear(s.narrow, s.key), nn.Linear(s.narrow, s.key)
        self.score = nn.Linear(s.key, len(lab.SAME))

    def forward(self, narrow: Tensor, row: Tensor, a: Tensor, b: Tensor) -> Tensor:
        """[M, kinds] for M pairs of words; `row`, `a`, `b` are [M]. The order of a pair does not matter."""
        x, y = narrow[row, a], narrow[row, b]
        out: Tensor = self.score(gelu(self.left(x + y) + self.right((x - y).abs())))
        return out


class Auxiliary(nn.Module):
    """Heads that only teach the encoder and are not shipped: PropBank, GENEVA, factuality."""

    def __init__(self, s: Shape, kinds: int, args: int) -> None:
        super().__init__()
        self.srl = nn.Linear(s.narrow, 2 * len(lab.SRL_ROLES))
        self.event_args = nn.Linear(s.narrow, 2 * args)
        self.event_kind = nn.Linear(s.narrow, kinds)
        self.event_trigger = nn.Linear(s.hidden, 2)
        self.factuality = nn.Linear(s.narrow, 1)


class Network(nn.Module):
    """All of it."""

    def __init__(self, s: Shape, kinds: int = 1, args: int = 1, dropout: float = 0.1) -> None:
        super().__init__()
        self.shape = s
        self.words = Words(s, dropout)
        self.frames = Frames(s, dropout)
        self.same = Same(s)
        self.auxiliary = Auxiliary(s, kinds, args)

    def describe(self) -> dict[str, int]:
        """The sizes, for the manifest."""
        return asdict(self.shape)
