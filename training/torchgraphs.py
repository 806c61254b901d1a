"""The network itself behind the product's protocol: what `OnnxGraphs` is to packed weights."""

from __future__ import annotations

import numpy as np
import torch

from dateline.language.model.graphs import Floats, Ints
from training.model import Network


class TorchGraphs:
    """The network itself as the product's graphs."""

    def __init__(self, net: Network) -> None:
        self.net = net.eval()

    def words(self, ids: Ints, shapes: Ints, first: Ints, last: Ints) -> tuple[Floats, ...]:
        """See dateline.language.model.graphs.Graphs."""
        with torch.inference_mode():
            t = [torch.from_numpy(x)[None] for x in (ids, shapes, np.ones_like(ids), first, last)]
            x = self.net.words.words(*t)
            w = self.net.words
            return tuple(h(x)[0].float().numpy() for h in (w.trigger, w.entity, w.speaker, w.narrow))

    def frames(self, narrow: Floats, at: Ints, within: Ints, mask: Ints, apart: Ints) -> tuple[Floats, ...]:
        """See Graphs."""
        with torch.inference_mode():
            n = torch.from_numpy(narrow)[None]
            row = torch.zeros(len(at), dtype=torch.long)
            out = self.net.frames(n, row, *map(torch.from_numpy, (at, within, mask, apart)))
            return tuple(x.float().numpy() for x in out)

    def same(self, narrow: Floats, a: Ints, b: Ints) -> Floats:
        """See Graphs."""
        with torch.inference_mode():
            row = torch.zeros(len(a), dtype=torch.long)
            held: Floats = self.net.same(torch.from_numpy(narrow)[None], row, *map(torch.from_numpy, (a, b))).numpy()
            return held
