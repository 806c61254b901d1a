"""Making a network lose less by int8, and run faster: what is exported in place of the encoder that was trained.

int8 activations get one scale per matrix, so a few large channels cost all others their precision. Twice something is
done about it, and neither changes anything in the mathematics:

- The few largest channels of the feed-forward's matrices are read apart, in fp32 (Dettmers et al. 2022, "LLM.int8()").
- Each other channel is divided by s and the weights that read it are multiplied by s; with
  s = max|x|^a / max|w|^(1-a) both quantise well (Xiao et al. 2023, "SmoothQuant").

Queries, keys and values read the same input, so they are one matrix, which is quantised once.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy

import torch
from torch import Tensor, nn

from training.model import Attention, Encoder

ALPHA = 0.6
HOT = 4
"""Both found by trial: the error of what the encoder hands on, against fp32, is half of what it is with .8 and no
channel apart; 8 or 16 channels, or some of the attention's too, gain a thirtieth to a tenth and cost more time."""
APART = "apart"
"""What the matrices are called that stay in fp32."""


class Smoothed(nn.Module):
    """A linear layer that reads its largest input channels in fp32, and the others divided by a scale."""

    def __init__(self, layer: nn.Linear, most: Tensor, hot: int = 0) -> None:
        """`most` [in]: the largest size of each channel in typical windows; `hot`: how many are read in fp32."""
        super().__init__()
        weight = layer.weight.detach()
        large, reads = most.clamp(min=1e-5), weight.abs().amax(0).clamp(min=1e-5)
        self.hot = nn.Parameter((large * reads).topk(hot).indices.sort().values, requires_grad=False)
        self.apart = nn.Linear(hot, layer.out_features, bias=False) if hot else None
        if self.apart:
            self.apart.weight.data = weight[:, self.hot].clone()
        scale = (large**ALPHA / reads ** (1 - ALPHA)).clamp(min=1e-3)
        kept = torch.ones_like(scale).index_fill(0, self.hot, 0.0)
        self.shrink = nn.Parameter(kept / scale, requires_grad=False)
        self.layer = deepcopy(layer)
        self.layer.weight.data *= (kept * scale)[None]

    def forward(self, x: Tensor) -> Tensor:
        """What the layer itself would give."""
        out: Tensor = self.layer(x * self.shrink)
        return out + self.apart(x[..., self.hot]) if self.apart else out


class Joined(nn.Module):
    """Attention whose queries (already scaled), keys and values are one matrix."""

    def __init__(self, held: Attention, most: dict[str, Tensor]) -> None:
        super().__init__()
        parts = (held.query, held.key, held.value)
        width = held.query.in_features
        self.heads, self.width = held.heads, width
        whole = nn.Linear(width, 3 * width)
        whole.weight.data = torch.cat([p.weight.detach() for p in parts])
        whole.bias.data = torch.cat([p.bias.detach() for p in parts])
        shrunk = (width // held.heads) ** -0.5
        whole.weight.data[:width] *= shrunk
        whole.bias.data[:width] *= shrunk
        self.whole, self.out = Smoothed(whole, most["query"]), Smoothed(held.out, most["out"])

    def forward(self, x: Tensor, mask: None) -> Tensor:
        """[1, T, width] → the same shape."""
        t, size = x.shape[1], self.width // self.heads
        q, k, v = (y.view(t, self.heads, size).transpose(0, 1) for y in self.whole(x).split(self.width, -1))
        mixed = (q @ k.transpose(-1, -2)).softmax(-1) @ v
        out: Tensor = self.out(mixed.transpose(0, 1).reshape(1, t, self.width))
        return out


class Rows(nn.Module):
    """An embedding whose rows are all of one size, and the size of each beside it."""

    def __init__(self, held: nn.Embedding) -> None:
        super().__init__()
        size = held.weight.detach().abs().amax(1, keepdim=True).clamp(min=1e-5)
        self.even, self.apart = deepcopy(held), nn.Embedding(held.num_embeddings, 1)
        self.even.weight.data /= size
        self.apart.weight.data = size

    def forward(self, ids: Tensor) -> Tensor:
        """What the embedding itself would give."""
        out: Tensor = self.even(ids) * self.apart(ids)
        return out


def _largest(encoder: Encoder, batches: Iterable[tuple[Tensor, Tensor]]) -> dict[str, Tensor]:
    """Name of a linear layer → the largest size of each of its input channels in these windows."""
    most: dict[str, Tensor] = {}
    hooks = []
    for name, layer in encoder.named_modules():
        if not isinstance(layer, nn.Linear):
            continue

        def seen(_: nn.Module, given: tuple[Tensor, ...], name: str = name) -> None:
            high = given[0].detach().abs().flatten(0, -2).amax(0)
            most[name] = torch.maximum(most[name], high) if name in most else high

        hooks.append(layer.register_forward_pre_hook(seen))
    with torch.inference_mode():
        for ids, shapes in batches:
            encoder(ids, shapes, None)
    for h in hooks:
        h.remove()
    return most


def smoothed(encoder: Encoder, batches: Iterable[tuple[Tensor, Tensor]]) -> Encoder:
    """A copy of an encoder that loses less by int8, by what some windows (ids, shapes [1, T]) put into it.

    It reads one window at a time, without a mask.
    """
    most = _largest(encoder, batches)
    out = deepcopy(encoder)
    out.words = Rows(encoder.words)
    for i, layer in enumerate(out.layers):
        at = f"layers.{i}"
        layer.attention = Joined(layer.attention, {k: most[f"{at}.attention.{k}"] for k in ("query", "out")})
        layer.up, layer.down = (Smoothed(getattr(layer, k), most[f"{at}.{k}"], HOT) for k in ("up", "down"))
    return out
