"""The network's three graphs behind one protocol: ONNX sessions here, the torch network itself while training."""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from dateline.errors import ModelError
from dateline.language.model.package import Package

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]


class Graphs(Protocol):
    """One window at a time, so that no result depends on what else is read."""

    def words(self, ids: Ints, shapes: Ints, first: Ints, last: Ints) -> tuple[Floats, ...]:
        """ids, shapes [T]; first, last [W] → logits trigger [W, 1+events], entity [W, tags], speaker [W, types], and
        narrow [W, width], which the other graphs read."""
        ...

    def frames(self, narrow: Floats, at: Ints, within: Ints, mask: Ints, apart: Ints) -> tuple[Floats, ...]:
        """at [N]; within, mask [N, L]; apart [N, W] → logits roles [N, L, 2·roles], measure [N, L, measures+1], event
        [N, events], sub_event [N, subs+1], certainty [N, 8], carried [N, W, carried]."""
        ...

    def same(self, narrow: Floats, a: Ints, b: Ints) -> Floats:
        """a, b [M] → logits [M, kinds]."""
        ...


class OnnxGraphs:
    """Sessions of one thread each: a worker is a process, and one core reads one report."""

    def __init__(self, package: Package) -> None:
        import onnxruntime as ort

        options = ort.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            made = {
                name: ort.InferenceSession(held, options, providers=["CPUExecutionProvider"])
                for name, held in package.graphs.items()
            }
        except Exception as e:  # onnxruntime raises its own kinds, which all mean that it cannot run these bytes
            raise ModelError(f"model {package.manifest.name}: onnxruntime cannot load it: {e}") from e
        self._words, self._frames, self._same = (made[f"{n}.onnx"] for n in ("words", "frames", "same"))

    def words(self, ids: Ints, shapes: Ints, first: Ints, last: Ints) -> tuple[Floats, ...]:
        """See Graphs."""
        held: dict[str, Any] = {"ids": ids, "shapes": shapes, "first": first, "last": last}
        return tuple(self._words.run(None, held))

    def frames(self, narrow: Floats, at: Ints, within: Ints, mask: Ints, apart: Ints) -> tuple[Floats, ...]:
        """See Graphs."""
        held: dict[str, Any] = {"narrow": narrow, "at": at, "within": within, "mask": mask, "apart": apart}
        return tuple(self._frames.run(None, held))

    def same(self, narrow: Floats, a: Ints, b: Ints) -> Floats:
        """See Graphs."""
        out: Floats = self._same.run(None, {"narrow": narrow, "a": a, "b": b})[0]
        return out
