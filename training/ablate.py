"""What each part of the recipe is worth: one short training run for each variant, measured on the held-out reports.

    python -m training.ablate run --data ../shared --base FOLDER --out FOLDER [--worker 1/2]
    python -m training.ablate table --out FOLDER

Each variant is a process of its own and leaves `metrics.json` in its folder; one that has it is not run again, so an
interrupted series goes on where it stopped, and two workers (`--worker 1/2`, `--worker 2/2`) share the list. The
networks themselves are deleted. Schedules are short, so the table says what a part is worth early on; differences
smaller than the spread of the three seeds say nothing.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import Any

import click

from training.gold import held_out, read_jsonl
from training.items import LIMIT
from training.labels import CARRIED
from training.rough import WAYS, moved_back, row_made_rough

AUXILIARY = (
    "ewt", "geneva", "re3d", "re3d_wikipedia", "meantime", "wikigold", "wnut17", "crossner_politics", "uner_ewt", "gum",
)  # fmt: skip
NAMES = ("re3d", "re3d_wikipedia", "meantime", "wikigold", "wnut17", "crossner_politics", "uner_ewt")


@dataclass(frozen=True, slots=True)
class Variant:
    """A name, and how its options differ from those of the series. `off`: thresholds of a head that was not taught."""

    name: str
    without: tuple[str, ...] = ()
    seed: int = 1
    layers: int = 6
    limit: int = 0
    off: tuple[str, ...] = ()
    auxiliary: bool = True

    @property
    def folder(self) -> str:
        """The name of its folder."""
        return self.name.replace(" ", "-").replace(":", "").replace("/", "-")


VARIANTS = (
    Variant("base"),
    Variant("seed 2", seed=2),
    Variant("seed 3", seed=3),
    Variant("no auxiliary corpora", AUXILIARY, auxiliary=False),
    Variant("no corpus: ewt", ("ewt",)),
    Variant("no corpus: geneva", ("geneva",)),
    Variant("no corpus: names", NAMES),
    Variant("no corpus: gum", ("gum",)),
    Variant("no own texts", ("own",)),
    Variant("no quiet passages", ("quiet",)),
    Variant("no task: srl", ("srl",)),
    Variant("no task: event arguments", ("event_args", "event_kind", "event_trigger")),
    Variant("no task: factuality", ("factuality",)),
    Variant("no task: names", ("entity",)),
    Variant("no task: mentions", ("mention",)),
    Variant("no task: same", ("same",), off=("same_statement", "same_happening", "same_name")),
    Variant("no task: carried", ("carry",), off=tuple(f"carried_{r}" for r in CARRIED)),
    Variant("3 layers", layers=3),
    Variant("window 120", limit=120),
    Variant("window 380", limit=380),
    Variant("no change of names", ("names",)),
    Variant("no change of numbers", ("numbers",)),
    Variant("no change of case", ("upper", "lower")),
    Variant("no loss of punctuation", ("bare", "commas")),
)
SEEDS = ("base", "seed 2", "seed 3")


def share(variants: Sequence[Variant], worker: str) -> list[Variant]:
    """Every n-th variant, for worker "i/n". Raises ValueError if that is not what it says."""
    i, _, n = worker.partition("/")
    if not (i.isdigit() and n.isdigit() and 1 <= int(i) <= int(n)):
        raise ValueError(f"{worker}: a worker is one of several: 1/2, 2/2")
    return list(variants[int(i) - 1 :: int(n)])


def measured(run: Path, data: Path, base: Path, v: Variant, limit: int, context: int) -> dict[str, Any]:
    """All fields on the held-out reports, and typed F1 where the texts are made worse."""
    from training.measure import brief, manifest, predictions, resources, scorer
    from training.runs import network
    from training.torchgraphs import TorchGraphs
    from training.train import vocabulary

    rows = [r for r in read_jsonl(data / "gold" / "train.jsonl") if held_out(r["report_id"])]
    gold = {r["report_id"]: r for r in rows}
    score = scorer(data / "gold" / "score.py").score
    off = dict.fromkeys(v.off, 1.1)
    held = resources(TorchGraphs(network(run)), manifest(limit, context, off), tuple(vocabulary(base)))
    out: dict[str, Any] = {}
    for ways in ((), *((w,) for w in WAYS)):
        lines: dict[str, Any] = {}
        for row in rows:
            changed, rough = row_made_rough(row, ways)
            lines |= {k: moved_back(x, rough) for k, x in predictions([changed], held).items()}
        result, _ = score(gold, lines)
        if ways:
            out[f"typed_{ways[0]}"] = result["typed"]["f1"]
        else:
            out |= {"full": result, **brief(result)}
    return out


def rows_of(out: Path) -> list[tuple[str, dict[str, float]]]:
    """(variant, figures) of those that are done; the three seeds also as their mean and spread (largest less least)."""
    done = []
    for v in VARIANTS:
        path = out / v.folder / "metrics.json"
        if path.exists():
            held = json.loads(path.read_text(encoding="utf-8"))
            done.append((v.name, {k: x for k, x in held.items() if isinstance(x, int | float)}))
    seeds = [held for name, held in done if name in SEEDS]
    if len(seeds) > 1:
        both = [(name, f([s[k] for s in seeds])) for k in seeds[0] for name, f in (("mean", mean), ("spread", spread))]
        keys = [k for k in seeds[0] for _ in range(2)]
        for name in ("mean", "spread"):
            figures = {k: round(x, 4) for k, (kind, x) in zip(keys, both, strict=True) if kind == name}
            done.append((f"{name} of {len(seeds)} seeds", figures))
    return done


def spread(values: Sequence[float]) -> float:
    """The largest less the least."""
    return max(values) - min(values)


def table(rows: Iterable[tuple[str, dict[str, float]]]) -> str:
    """Markdown, one row a variant."""
    rows = list(rows)
    columns = list(dict.fromkeys(k for _, held in rows for k in held))
    lines = ["| variant | " + " | ".join(columns) + " |", "|" + "---|" * (len(columns) + 1)]
    for name, held in rows:
        cells = (f"{held[c]:.3f}" if c in held and c != "minutes" else f"{held.get(c, '')}" for c in columns)
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)
_OUT = click.Path(path_type=Path)
_NAMES = {v.name: v for v in VARIANTS}


@click.group(help=__doc__.split("\n\n")[0])
def main() -> None:
    """Run the ablations."""


@main.command()
@click.option("--data", type=_FOLDER, required=True, help="Folder with gold/ and data/.")
@click.option("--base", type=_FOLDER, required=True, help="Folder of the base model.")
@click.option("--out", type=_OUT, required=True)
@click.option("--first", default=0.3, help="Epochs over the auxiliary corpora.")
@click.option("--start", default="", help="An encoder that has guessed hidden words, to begin with.")
@click.option("--second", default=4, help="Epochs over the annotated reports.")
@click.option("--device", default="cpu")
@click.option("--threads", default=1)
@click.option("--worker", default="1/1", help="Which part of the list: 1/2 and 2/2 run side by side.")
@click.option("--only", multiple=True, type=click.Choice(list(_NAMES)), help="Only these variants.")
def run(out: Path, worker: str, only: tuple[str, ...], **given: Any) -> None:
    """Train and measure every variant that is not done; 1 if one failed."""
    try:
        todo = share([v for v in VARIANTS if not only or v.name in only], worker)
    except ValueError as e:
        raise click.UsageError(str(e)) from e
    failed = []
    for v in todo:
        if (out / v.folder / "metrics.json").exists():
            continue
        command = [sys.executable, "-m", "training.ablate", "one", v.name, "--out", str(out)]
        command += [x for k, value in given.items() for x in (f"--{k}", str(value)) if value != ""]
        click.echo(v.name)
        if subprocess.run(command).returncode:
            failed.append(v.name)
    if failed:
        raise click.ClickException(f"failed: {', '.join(failed)}")


@main.command()
@click.argument("name", type=click.Choice(list(_NAMES)))
@click.option("--data", type=_FOLDER, required=True)
@click.option("--base", type=_FOLDER, required=True)
@click.option("--out", type=_OUT, required=True)
@click.option("--first", default=0.3)
@click.option("--start", default="", help="An encoder that has guessed hidden words, to begin with.")
@click.option("--second", default=4)
@click.option("--device", default="cpu")
@click.option("--threads", default=1)
def one(name: str, threads: int, first: float, out: Path, start: str, **given: Any) -> None:
    """Train and measure one variant, whether it is done or not."""
    import torch

    from training.train import Options, train

    torch.set_num_threads(threads)
    v, begun = _NAMES[name], time.time()
    folder = out / v.folder
    first = first if v.auxiliary else 0.0
    limit = v.limit or LIMIT
    given["start"] = Path(start) if start else None
    o = Options(out=folder, seed=v.seed, layers=v.layers, without=v.without, first=first, limit=limit, **given)
    train(o)
    trained = time.time()
    found = measured(folder, o.data, o.base, v, o.limit, o.context)
    found["minutes"] = round((trained - begun) / 60, 1)
    for path in folder.glob("*.pt"):
        path.unlink()
    part = folder / "metrics.part"
    part.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    part.replace(folder / "metrics.json")


@main.command("table")
@click.option("--out", type=_FOLDER, required=True)
def show(out: Path) -> None:
    """Print what is done and leave it in table.md."""
    made = table(rows_of(out))
    (out / "table.md").write_text(made, encoding="utf-8")
    click.echo(made, nl=False)


if __name__ == "__main__":
    main()
