"""Whether the product reads names, places and numbers it has not seen as well as those of an annotated file.

    python -m benchmarks.checklist --gold FILE --score FILE [--seed N] [--limit N] [--out FILE] [--json]

Every report is read twice: as it is, and with names, places and numbers replaced by others of their kind, the
annotation moved along. The loss of a field is what its score falls. A reader that goes by what it remembers, not by
what a sentence says, loses much.
"""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import click
from training.gold import read_jsonl

from benchmarks.checklist import numbers
from benchmarks.checklist.edits import Edited, moved
from benchmarks.checklist.names import Lists, Replacer
from benchmarks.model import flat, predicted, scored, table, there
from dateline.config import Config
from dateline.errors import DatelineError
from dateline.pipeline import load_resources

AIM = 0.03
"""Typed F1 may fall by so much."""


def replaced(row: dict[str, Any], lists: Lists, seed: int) -> tuple[dict[str, Any], int]:
    """An annotated row with other names, places and numbers, and how many pieces of its text were replaced."""
    rng = Random(f"{seed} {row['report_id']}")
    by = numbers.chosen(row, rng)
    names = Replacer(lists, rng, row)
    dates = [tuple(s) for x in row["statements"] for s in (x.get("date") or {}).get("spans") or ()]

    def edited(text: str, kept: list[tuple[int, ...]]) -> Edited:
        held = [e for e in names.edits(text) if not any(e.start < b and a < e.end for a, b in kept)]
        held += numbers.edits(text, by, [(a, b) for a, b in kept])
        return Edited(text, held)

    text = edited(row["text"], dates)
    statements = moved(row["statements"], text, names.named)
    numbers.renumbered(statements, row, by)
    title = edited(row["title"], []).text if row.get("title") else row.get("title")
    return {**row, "text": text.text, "title": title, "statements": statements}, len(text.edits)


@click.command(help=__doc__.split("\n\n")[0])
@click.option("--gold", type=click.Path(path_type=Path), default=Path("../shared/gold/dev.jsonl"), show_default=True)
@click.option("--score", type=click.Path(path_type=Path), default=Path("../shared/gold/score.py"), show_default=True)
@click.option("--seed", default=1, show_default=True, help="Another seed draws other names.")
@click.option("--limit", default=0, help="Only the first so many reports.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write the replaced gold file here.")
@click.option("--json", "as_json", is_flag=True)
def main(gold: Path, score: Path, seed: int, limit: int, out: Path | None, as_json: bool) -> None:
    """Read the reports of a gold file as they are and with other names, and compare the scores."""
    rows = read_jsonl(there(gold, "the file of annotated reports"))
    rows = rows[:limit] if limit else rows
    there(score, "the scorer")
    lists = Lists()
    changed = [replaced(r, lists, seed) for r in rows]
    others = [r for r, _ in changed]
    if out:
        out.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in others), encoding="utf-8")
    try:
        resources = load_resources(Config())
    except DatelineError as e:
        raise click.ClickException(str(e)) from e
    columns = {
        "as it is": scored(rows, list(predicted(rows, resources, ())), score),
        "others": scored(others, list(predicted(others, resources, ())), score),
    }
    loss = flat(columns["as it is"])["typed f1"] - flat(columns["others"])["typed f1"]
    if as_json:
        click.echo(json.dumps({**columns, "pieces": sum(n for _, n in changed), "loss": round(loss, 4)}, indent=1))
        return
    click.echo(table(columns))
    words = sum(len(r["text"].split()) for r in rows)
    click.echo(f"\n{sum(n for _, n in changed)} pieces replaced in {words} words, seed {seed}")
    click.echo(f"typed F1 falls by {loss:.4f}; aim: by {AIM} at most: {'met' if loss <= AIM else 'missed'}")


if __name__ == "__main__":
    main()
