"""What `training.train` left in a folder, loaded again: the network, its options, its vocabulary."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import torch

from training.model import Network, Shape


def options(run: Path) -> dict[str, Any]:
    """The options of a run as `plan.json` has them. Raises FileNotFoundError where the folder is no run."""
    if not (run / "plan.json").is_file() or not (run / "network.pt").is_file():
        raise FileNotFoundError(f"{run}: no finished run: plan.json and network.pt must be there (training.train)")
    held: dict[str, Any] = json.loads((run / "plan.json").read_text(encoding="utf-8"))["options"]
    return held


def network(run: Path) -> Network:
    """The network of a run; its sizes are read off its weights."""
    state = torch.load(run / "network.pt", map_location="cpu", weights_only=True)
    layers = {k.split(".")[3] for k in state if k.startswith("words.encoder.layers.")}
    kinds = state["auxiliary.event_kind.weight"].shape[0]
    args = state["auxiliary.event_args.weight"].shape[0] // 2
    net = Network(Shape(layers=len(layers)), kinds, args)
    net.load_state_dict(state)
    return net.eval()
