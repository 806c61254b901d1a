"""One network from several: the mean of their weights. `python -m training.soup RUN RUN … --out FOLDER`.

The runs must have gone on from one and the same network (`training.train --start`): then their weights lie in one
basin, and the mean reads better than each of them at the cost of one (Wortsman et al. 2022, "Model soups").
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click
import torch
from torch import Tensor


def mean(states: Sequence[dict[str, Tensor]]) -> dict[str, Tensor]:
    """The mean of some networks of one shape, computed in double precision. Raises ValueError if shapes differ."""
    shapes = [{k: v.shape for k, v in s.items()} for s in states]
    if any(s != shapes[0] for s in shapes):
        raise ValueError("these networks have not the same shape")
    return {k: torch.stack([s[k].double() for s in states]).mean(0).to(v.dtype) for k, v in states[0].items()}


@click.command()
@click.argument("runs", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--out", type=click.Path(path_type=Path), required=True)
def main(runs: tuple[Path, ...], out: Path) -> None:
    """Average some runs into a new one."""
    out.mkdir(parents=True, exist_ok=True)
    states = [torch.load(r / "network.pt", map_location="cpu", weights_only=True) for r in runs]
    torch.save(mean(states), out / "network.pt")
    plans = [json.loads((r / "plan.json").read_text(encoding="utf-8")) for r in runs]
    words = {c: max(p["words"].get(c, 0) for p in plans) for c in plans[0]["words"]}
    averaged = [{"run": r.name, **p["options"]} for r, p in zip(runs, plans, strict=True)]
    whole = {**plans[0], "words": words, "averaged": averaged}
    (out / "plan.json").write_text(json.dumps(whole, indent=1), encoding="utf-8")
    click.echo(f"{out / 'network.pt'}: the mean of {len(runs)} networks")


if __name__ == "__main__":
    main()
