"""Names in re3d, cross-validated by document.

    python -m training.ner_cv --start RUN --data ../shared --base FOLDER --out FOLDER

The free parts (CENTCOM, US State Department, UK Government, Australia; Wikipedia) in five folds. For each fold the
network of RUN goes on learning names from the other folds, with some of the other name corpora so that it forgets
nothing, by the entity head's loss alone; then it reads the documents of the fold whole, as the product does. All folds
together are scored by bench/ner.py, as they are (`--flat`) or with the names inside names (training.inner), which
re3d has and a flat reader has not.

For an honest number RUN must not have seen re3d's names: train it with `--without re3d --without re3d_wikipedia`.
Statements of some of these documents are in gold/train.jsonl, so that network has read their texts, but no name in
them. The networks of the folds are for measuring only and are thrown away: they have seen documents whose statements
may be in gold/dev.jsonl.

The shipped model is trained on the entities the crowd confirmed (`training.corpora.re3d`); bench/ner.py counts all that
were distributed. So the folds learn from all of them, unless `--labels confirmed` is given. Either way the labels are
flat, and what lies inside a longer entity is lost. `--ceiling` scores the labels themselves: nobody who learns from
them can do better.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dateline.language.en.passages import passages
from dateline.language.en.tokens import tokenize
from dateline.records import Report
from training.corpora import load
from training.corpora._build import Source
from training.corpora._build import examples as windows
from training.corpora._files import read_jsonl
from training.corpora.re3d import GREEN, TYPES, WIKIPEDIA, _pieces
from training.examples import Example, Span
from training.inner import lists, with_inner
from training.items import Item, of_example

if TYPE_CHECKING:
    from dateline.language.model.reader import Reader

PARTS = (*GREEN, *WIKIPEDIA)
REPLAYED = ("meantime", "wikigold", "crossner_politics", "uner_ewt", "gum")
NAMED = ("PER", "ORG", "LOC")
"""The types of named things; NORP, DATE, NUM, MONEY and WEAPON are kinds of words."""


@dataclass(frozen=True, slots=True)
class Plan:
    """One cross-validation."""

    start: Path
    data: Path
    base: Path
    out: Path
    folds: int = 5
    epochs: int = 4
    replay: float = 0.1
    """The part of each other name corpus that an epoch reads."""
    seed: int = 1
    device: str = "cpu"


def folds_of(docs: Iterable[str], folds: int) -> dict[str, int]:
    """Documents → folds of like size, in the order of a hash of their ids."""
    order = sorted(set(docs), key=lambda d: hashlib.sha256(d.encode()).hexdigest())
    return {doc: n % folds for n, doc in enumerate(order)}


def texts(data: Path) -> dict[str, str]:
    """The documents of the free parts by id."""
    rows = (row for part in PARTS for row in read_jsonl(data / "data" / "re3d" / part / "documents.json"))
    return {row["_id"]: row["text"] for row in rows}


def examples_of(data: Path, which: str) -> list[Example]:
    """The free parts with the labels of `which`: "confirmed" as the shipped model learns them, or "all"."""
    confirmed = load(data / "data", ["re3d", "re3d_wikipedia"])
    if which == "confirmed":
        return confirmed
    out: list[Example] = []
    for part in PARTS:
        folder = data / "data" / "re3d" / part
        spans: dict[str, list[tuple[Span, str]]] = {}
        for row in read_jsonl(folder / "entities.json"):
            if row["type"] in TYPES:
                spans.setdefault(row["documentId"], []).append(((row["begin"], row["end"]), TYPES[row["type"]]))
        for document in read_jsonl(folder / "documents.json"):
            source = Source("re3d", document["_id"], frozenset(TYPES.values()))
            out.extend(windows(source, _pieces(document["text"], spans.get(document["_id"], ()))))
    return out


def names_only(x: Example) -> Item:
    """A passage without what the other heads would be taught by it."""
    return replace(of_example(x), frames=(), chains=())


def predictions(reader: Reader, documents: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """A line of bench/ner.py's format for each document, with offsets in its whole text."""
    for doc, text in documents.items():
        tokens = tokenize(text)
        found = reader.read(tokens, passages(Report(text=text), tokens)).named
        yield {"doc_id": doc, "entities": [{"start": n.start, "end": n.end, "type": n.label} for n in found]}


def labels(examples: Iterable[Example]) -> Iterator[dict[str, Any]]:
    """The training labels in bench/ner.py's format."""
    for x in examples:
        at = x.offsets or ()
        found = [{"start": at[e.first][0], "end": at[e.last][1], "type": e.label} for e in x.entities or ()]
        yield {"doc_id": x.doc, "entities": found}


def merged(lines: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """One line a document."""
    held: dict[str, list[Any]] = {}
    for line in lines:
        held.setdefault(line["doc_id"], []).extend(line["entities"])
    return [{"doc_id": doc, "entities": found} for doc, found in held.items()]


def scored(lines: Sequence[dict[str, Any]], data: Path) -> dict[str, Any]:
    """What bench/ner.py says, with a row "named" for people, organisations and places together.

    Raises FileNotFoundError where the bench is missing, RuntimeError where it fails.
    """
    bench = data / "bench" / "ner.py"
    if not bench.is_file():
        raise FileNotFoundError(f"{bench}: the scorer is not there; --data must name the shared folder")
    with tempfile.TemporaryDirectory() as tmp:
        gold = Path(tmp) / "gold"
        for part in PARTS:
            (gold / part).mkdir(parents=True)
            for name in ("documents.json", "entities.json"):
                (gold / part / name).symlink_to((data / "data" / "re3d" / part / name).resolve())
        pred = Path(tmp) / "predictions.jsonl"
        pred.write_text("".join(json.dumps(x) + "\n" for x in lines), encoding="utf-8")
        command = [sys.executable, str(bench), str(gold), str(pred), "--map", "re3d-basic", "--json"]
        run = subprocess.run(command, capture_output=True, text=True)
    if run.returncode:
        raise RuntimeError(f"{bench}: {run.stderr.strip()}")
    held: dict[str, Any] = json.loads(run.stdout)
    return {mode: {**held[mode], "named": together(held[mode], NAMED)} for mode in ("exact", "overlap")}


def together(rows: Mapping[str, Any], types: Iterable[str]) -> dict[str, float]:
    """Precision, recall and F1 of some types taken together."""
    kept = [rows[t] for t in types if t in rows]
    pred, gold = sum(r["n_pred"] for r in kept), sum(r["n_gold"] for r in kept)
    hits = sum(r["r"] * r["n_gold"] for r in kept)
    p, r = hits / pred if pred else 0.0, hits / gold if gold else 0.0
    return {"p": p, "r": r, "f1": 2 * p * r / (p + r) if hits else 0.0, "n_pred": pred, "n_gold": gold}


def table(result: Mapping[str, Any]) -> str:
    """Both ways of counting: F1 of each type, of the named types, and of all."""
    rows = [r for r in result["overlap"] if isinstance(result["overlap"][r], dict)]
    lines = [f"{'':<12}{'overlap p':>10}{'r':>8}{'f1':>8}{'exact f1':>10}{'gold':>7}"]
    for name in sorted(rows, key=lambda r: (r in ("named", "micro", "span only"), r)):
        near, exact = result["overlap"][name], result["exact"][name]
        cells = "".join(f"{near[k]:>{w}.3f}" for k, w in (("p", 10), ("r", 8), ("f1", 8)))
        lines.append(f"{name:<12}{cells}{exact['f1']:>10.3f}{near['n_gold']:>7g}")
    return "\n".join(lines)


def run_fold(plan: Plan, fold: int, examples: Sequence[Example]) -> list[dict[str, Any]]:
    """Learn from the other folds and read this one; a fold that is already written is not done again."""
    path = plan.out / f"fold-{fold}.jsonl"
    if not path.exists():
        every = texts(plan.data)
        home = folds_of(every, plan.folds)
        corpora = {"re3d": [names_only(x) for x in examples if x.words and home[x.doc] != fold]}
        for x in load(plan.data / "data", REPLAYED):
            if x.words:
                corpora.setdefault(x.corpus, []).append(names_only(x))
        reader = _taught(plan, corpora, plan.out / f"fold-{fold}.log")
        documents = {d: t for d, t in every.items() if home[d] == fold}
        lines = [json.dumps(x) + "\n" for x in predictions(reader, documents)]
        part = path.with_suffix(".part")
        part.write_text("".join(lines), encoding="utf-8")
        part.replace(path)
    return list(read_jsonl(path))


def _taught(plan: Plan, corpora: dict[str, list[Item]], log: Path) -> Reader:
    from dateline.language.model.reader import Reader
    from dateline.language.model.wordpiece import WordPiece
    from training.augment import Pools, Rates
    from training.batch import Kinds
    from training.fit import Phase, Trainer
    from training.loss import Weights
    from training.measure import manifest
    from training.runs import network, options
    from training.torchgraphs import TorchGraphs
    from training.train import vocabulary

    net, held, words = network(plan.start), options(plan.start), vocabulary(plan.base)
    shares = {c: 1.0 if c == "re3d" else plan.replay for c in corpora}
    phase = Phase("names", plan.epochs, shares, encoder_rate=5e-5, head_rate=3e-4)
    weights = Weights(**{f.name: float(f.name == "entity") for f in fields(Weights)})
    trainer = Trainer(net, WordPiece(words), Kinds({}, {}), log, plan.seed, plan.device)
    trainer.run(phase, corpora, Pools((), ()), Rates(upper=0.02, lower=0.02, bare=0.05, commas=0.05), weights)
    graphs = TorchGraphs(net.cpu())
    return Reader(graphs, manifest(int(held["limit"]), int(held["context"])), tuple(words))


_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)


@click.command(help=__doc__.split("\n\n")[0])
@click.option("--start", type=_FOLDER, help="Folder of a run that has seen none of re3d's names.")
@click.option("--data", type=_FOLDER, required=True, help="Folder with gold/, data/ and bench/.")
@click.option("--base", type=_FOLDER, help="Folder of the base model.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder for predictions and scores.")
@click.option("--folds", default=5)
@click.option("--fold", "only", type=int, multiple=True, help="Only this fold, counted from 0; without scoring.")
@click.option("--epochs", default=4)
@click.option("--replay", default=0.1, help="The part of each other name corpus that an epoch reads.")
@click.option("--seed", default=1)
@click.option("--device", default="cpu")
@click.option("--threads", default=2)
@click.option("--labels", "which", default="all", type=click.Choice(["all", "confirmed"]), help="What the folds learn.")
@click.option("--flat", is_flag=True, help="Without the names inside names.")
@click.option("--ceiling", is_flag=True, help="Score the training labels themselves and stop.")
def main(only: tuple[int, ...], threads: int, which: str, ceiling: bool, flat: bool, **given: Any) -> None:
    """Cross-validate names on re3d."""
    data: Path = given["data"]
    examples = examples_of(data, which)
    if ceiling:
        click.echo(table(scored(merged(labels(examples)), data)))
        return
    if missing := [f"--{k}" for k in ("start", "base", "out") if given[k] is None]:
        raise click.UsageError(f"{', '.join(missing)} must be given")
    import torch

    torch.set_num_threads(threads)
    plan = Plan(**given)
    if (seen := _seen(plan.start)) is not None:
        click.echo(f"{plan.start}: this run was trained with re3d's names ({seen}): the number is not honest", err=True)
    plan.out.mkdir(parents=True, exist_ok=True)
    lines: list[dict[str, Any]] = []
    for fold in only or range(plan.folds):
        lines += run_fold(plan, fold, examples)
    if only:
        return
    if not flat:
        known, every = lists(), texts(data)
        lines = [with_inner(x, every[x["doc_id"]], known) for x in lines]
    result = scored(lines, data)
    (plan.out / "names.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    (plan.out / "predictions.jsonl").write_text("".join(json.dumps(x) + "\n" for x in lines), encoding="utf-8")
    click.echo(table(result))


def _seen(run: Path) -> str | None:
    """The windows of re3d a run was trained on, as its plan has them; None if it saw none."""
    plan = json.loads((run / "plan.json").read_text(encoding="utf-8"))
    found = {k: v for k, v in plan["windows"].items() if k.startswith("re3d") and v}
    return json.dumps(found) if found else None


if __name__ == "__main__":
    main()
