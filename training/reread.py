"""Where the shipped model and an annotator of our own texts read differently: a list to judge, not a score.

    python -m training.reread training/texts/d.yaml --data ../shared

An annotator overlooks what the model finds, and the other way round. Each line names the report and the words; the
guidelines decide who is right. Texts that the model was trained on hide both kinds of mistake, so new ones are best.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import click

from training.measure import predictions, scorer, with_reader
from training.own import TextError, compile_texts

_FIELDS = ("actors", "targets", "weapons", "places", "figures", "sources")
_CODES = ("event", "sub_event")


def differences(report: Mapping[str, Any], found: Mapping[str, Any], score: ModuleType) -> Iterator[str]:
    """A line for each statement only one of the two has, and for each field of a common one that differs."""
    text, ours, theirs = report["text"], report["statements"], found["statements"]
    pairs = score.match(theirs, ours)
    taken, held = {i for i, _ in pairs}, {j for _, j in pairs}
    for i, s in enumerate(theirs):
        if i not in taken:
            yield f"only the model: {_words(text, s['trigger'])} {s['event']} | {text[slice(*s['sentence'])]}"
    for j, s in enumerate(ours):
        if j not in held:
            yield f"only annotated: {_words(text, s['trigger'])} {s['event']} | {text[slice(*s['sentence'])]}"
    for i, j in pairs:
        a, b = theirs[i], ours[j]
        parts = [f"{k}: annotated {b[k]}, model {a[k]}" for k in _CODES if b[k] and not set(a[k][:1]) & set(b[k])]
        if a["certainty"] != b["certainty"]:
            parts.append(f"certainty: annotated {b['certainty']}, model {a['certainty']}")
        same = {"figures": score.same_figure, "places": score.same_place}
        unlike = [k for k in _FIELDS if not score.exact(a[k], b[k], same.get(k, score.same_argument))]
        parts += [f"{k}: annotated {_all(text, b[k])}, model {_all(text, a[k])}" for k in unlike]
        if parts:
            yield f"{_words(text, b['trigger'])}: " + "; ".join(parts)


def _words(text: str, spans: list[list[int]]) -> str:
    return f"“{text[slice(*spans[0])]}”" if spans else "(no words)"


def _all(text: str, values: list[dict[str, Any]]) -> str:
    shown = (_words(text, v.get("spans") or []) + (f" {v['measure']} {v['min']}-{v['max']}" if "measure" in v else "")
             for v in values)  # fmt: skip
    return ", ".join(shown) or "none"


@click.command(help=__doc__.split("\n\n")[0])
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--data", required=True, type=click.Path(path_type=Path, exists=True), help="Folder with gold/score.py.")
@click.option("--only", multiple=True, help="Ids of reports to look at; all without it.")
def main(files: tuple[Path, ...], data: Path, only: tuple[str, ...]) -> None:
    """Read the files with the shipped model and print every difference."""
    from dateline.language.en.modelled import shipped

    records, wrong = compile_texts(files)
    if wrong:
        raise TextError("\n".join(wrong))
    records = [r for r in records if not only or r["report_id"] in only]
    score = scorer(data / "gold" / "score.py")
    found = predictions(records, with_reader(shipped()))
    for r in records:
        click.echo(f"== {r['report_id']}")
        for line in differences(r, found[r["report_id"]], score):
            click.echo(f"  {line}")


if __name__ == "__main__":
    main()
