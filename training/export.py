"""A trained network → the folder of weights the product loads: three ONNX graphs, vocabulary, manifest, model card."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from copy import deepcopy
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from dateline.language.model.package import SCHEMA, digest_of
from dateline.language.model.wordpiece import WordPiece
from training.items import Item
from training.model import Frames, Network, Same, Words
from training.smooth import APART, smoothed

OPSET = 17


class _WordsGraph(nn.Module):
    """Words without the batch dimension, and without the heads only training needs."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.inner = words

    def forward(self, ids: Tensor, shapes: Tensor, first: Tensor, last: Tensor) -> tuple[Tensor, ...]:
        w = self.inner
        x = w.encoder(ids[None], shapes[None], None)[0]
        x = (x[first] + x[last]) * 0.5
        return w.trigger(x), w.entity(x), w.speaker(x), w.narrow(x)


class _FramesGraph(nn.Module):
    def __init__(self, frames: Frames) -> None:
        super().__init__()
        self.inner = frames

    def forward(self, narrow: Tensor, at: Tensor, within: Tensor, mask: Tensor, apart: Tensor) -> tuple[Tensor, ...]:
        held: tuple[Tensor, ...] = self.inner(narrow[None], torch.zeros_like(at), at, within, mask, apart)
        return held


class _SameGraph(nn.Module):
    def __init__(self, same: Same) -> None:
        super().__init__()
        self.inner = same

    def forward(self, narrow: Tensor, a: Tensor, b: Tensor) -> Tensor:
        held: Tensor = self.inner(narrow[None], torch.zeros_like(a), a, b)
        return held


def graphs(net: Network, folder: Path) -> None:
    """Write words.onnx, frames.onnx and same.onnx (fp32) into a folder."""
    net.eval()
    t, w, n, length = 23, 17, 3, 9
    ints = torch.randint(0, 4, (t,))
    narrow = torch.randn(w, net.shape.narrow)
    index = torch.arange(n)
    within = torch.arange(length)[None].repeat(n, 1)
    made: list[tuple[str, nn.Module, dict[str, Tensor], list[str], dict[str, dict[int, str]]]] = [
        (
            "words",
            _WordsGraph(net.words),
            {"ids": ints, "shapes": ints, "first": torch.arange(w), "last": torch.arange(w)},
            ["trigger", "entity", "speaker", "narrow"],
            {"ids": {0: "t"}, "shapes": {0: "t"}, "first": {0: "w"}, "last": {0: "w"}},
        ),
        (
            "frames",
            _FramesGraph(net.frames),
            {
                "narrow": narrow,
                "at": index,
                "within": within,
                "mask": torch.ones(n, length, dtype=torch.long),
                "apart": torch.zeros(n, w, dtype=torch.long),
            },
            ["roles", "measure", "event", "sub_event", "certainty", "carried"],
            {
                "narrow": {0: "w"},
                "at": {0: "n"},
                "within": {0: "n", 1: "l"},
                "mask": {0: "n", 1: "l"},
                "apart": {0: "n", 1: "w"},
            },
        ),
        (
            "same",
            _SameGraph(net.same),
            {"narrow": narrow, "a": index, "b": index},
            ["same"],
            {"narrow": {0: "w"}, "a": {0: "m"}, "b": {0: "m"}},
        ),
    ]
    for name, module, inputs, outputs, axes in made:
        torch.onnx.export(
            module.eval(),
            tuple(inputs.values()),
            str(folder / f"{name}.onnx"),
            input_names=list(inputs),
            output_names=outputs,
            dynamic_axes=axes,
            opset_version=OPSET,
            dynamo=False,
        )


def quantized(source: Path, folder: Path) -> None:
    """The same graphs with the layers and the embedding of pieces in int8, the heads in fp32.

    Per channel, with the reduced range that processors without VNNI need.
    """
    for path in sorted(source.glob("*.onnx")):
        names = [n.name for n in onnx.load(path).graph.node]
        kept = [n for n in names if APART in n.split("/") or not ("/layers." in n or "/even/" in n)]
        quantize_dynamic(
            path,
            folder / path.name,
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
            nodes_to_exclude=[*kept, *(f"{n}_MatMul" for n in kept)],  # what it makes of a Gemm has this name
        )


def pack(
    net: Network, folder: Path, held: dict[str, Any], vocabulary: list[str], typical: Sequence[Item] | None
) -> str:
    """Write the folder whole; `held` is the manifest without its files. The digest of the weights.

    In int8, smoothed by what some typical windows put into the encoder; without them, in fp32.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as tmp:
        raw = Path(tmp)
        if typical:
            net = deepcopy(net)
            pieces = WordPiece(vocabulary)
            laid = (pieces.pieces(i.words) for i in typical)
            batches = ((torch.tensor([p.ids]), torch.tensor([p.shapes])) for p in laid)
            net.words.encoder = smoothed(net.words.encoder, batches)
        graphs(net, raw)
        if typical:
            quantized(raw, folder)
        else:
            for path in raw.glob("*.onnx"):
                (folder / path.name).write_bytes(path.read_bytes())
    for path in folder.glob("*.onnx"):
        model = onnx.load(path)
        model.producer_version, model.doc_string = "", ""
        onnx.save(model, path)
    (folder / "vocab.txt").write_text("\n".join(vocabulary) + "\n", encoding="utf-8")
    names = ("words.onnx", "frames.onnx", "same.onnx", "vocab.txt")
    files = {n: hashlib.sha256((folder / n).read_bytes()).hexdigest() for n in names}
    whole = {"schema": SCHEMA, **held, "files": files}
    (folder / "manifest.json").write_text(json.dumps(whole, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return digest_of(whole)
