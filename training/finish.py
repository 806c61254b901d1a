"""A trained run → weights the product loads: temperatures, thresholds, int8, metrics, model card.

`python -m training.finish RUN --data ../shared --base FOLDER --to src/dateline/language/en/weights`. Everything is
chosen on the held-out part of the annotated reports; gold/dev is only measured, and only with `--dev`.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import click
import torch

from dateline.language.model.graphs import Graphs, OnnxGraphs
from dateline.language.model.package import Manifest, load
from dateline.language.model.wordpiece import WordPiece
from training.calibrate import calibrate, held_names
from training.card import write_card
from training.export import pack
from training.gold import held_out, read_jsonl, taught
from training.items import Item, of_gold
from training.measure import manifest, predictions, resources, scorer
from training.model import Network
from training.runs import network
from training.torchgraphs import TorchGraphs
from training.train import vocabulary

NAME = "dateline-en"
LICENCE = "CC-BY-SA-4.0"
TYPICAL = 60
"""Reports, of those trained on, that say which channels of the encoder are large."""


def scored(rows: list[dict[str, Any]], graphs: Graphs, held: Manifest, words: list[str], score: Path) -> dict[str, Any]:
    """What gold/score.py says of the product's own pipeline with these graphs."""
    found = predictions(rows, resources(graphs, held, tuple(words)))
    result, _ = scorer(score).score({r["report_id"]: r for r in rows}, found)
    out: dict[str, Any] = result
    return out


def packed(
    net: Network, held: Manifest, words: list[str], folder: Path, typical: Sequence[Item] | None
) -> tuple[Graphs, Manifest]:
    """Write a folder of weights and load it as the product does."""
    whole = {k: v for k, v in asdict(held).items() if k != "digest"}
    pack(net, folder, whole, words, typical)
    package = load(folder)
    return OnnxGraphs(package), package.manifest


@click.command()
@click.argument("run", type=click.Path(path_type=Path, exists=True))
@click.option(
    "--data", type=click.Path(path_type=Path, exists=True), required=True, help="Folder with gold/ and data/."
)
@click.option("--base", type=click.Path(path_type=Path, exists=True), required=True, help="Folder of the base model.")
@click.option("--to", "target", type=click.Path(path_type=Path), help="Copy the int8 weights and card there.")
@click.option("--dev", is_flag=True, help="Measure on gold/dev too.")
@click.option("--threads", default=2)
def main(run: Path, data: Path, base: Path, target: Path | None, dev: bool, threads: int) -> None:
    """Calibrate, pack and measure a run."""
    torch.set_num_threads(threads)
    net, plan = network(run), json.loads((run / "plan.json").read_text(encoding="utf-8"))
    words = vocabulary(base)
    limit, context = int(plan["options"]["limit"]), int(plan["options"]["context"])
    annotated = read_jsonl(data / "gold" / "train.jsonl")
    rows = [r for r in annotated if held_out(r["report_id"])]
    taught_with = [r for r in annotated if not held_out(r["report_id"])][:TYPICAL]
    typical = list(of_gold(taught(taught_with), WordPiece(words), limit, context))
    ids = [r["report_id"] for r in rows]
    fitted = calibrate(net, rows, words, limit=limit, context=context, names=held_names(data, ids))
    held = replace(
        manifest(limit, context, fitted["thresholds"]),
        name=NAME,
        licence=LICENCE,
        temperatures=fitted["temperatures"],
    )
    sets = {"held out": rows}
    if dev:
        sets["gold/dev"] = read_jsonl(data / "gold" / "dev.jsonl")
    metrics: dict[str, Any] = {"plan": plan, "calibration": fitted, "scores": {}}
    kinds: list[tuple[str, Graphs, Manifest]] = [("torch fp32", TorchGraphs(net), held)]
    for name, some in (("onnx fp32", None), ("onnx int8", typical)):
        kinds.append((name, *packed(net, held, words, run / name.replace(" ", "-"), some)))
    for part, chosen in sets.items():
        for name, graphs, m in kinds:
            metrics["scores"].setdefault(part, {})[name] = scored(chosen, graphs, m, words, data / "gold" / "score.py")
    metrics["digest"] = kinds[-1][2].digest
    (run / "metrics.json").write_text(json.dumps(metrics, indent=1), encoding="utf-8")
    write_card(metrics, run / "onnx-int8")
    if target:
        shutil.copytree(run / "onnx-int8", target, dirs_exist_ok=True)
    click.echo(f"weights {metrics['digest']} in {run / 'onnx-int8'}; scores in {run / 'metrics.json'}")


if __name__ == "__main__":
    main()
