"""MUC-4 in the form of GTT (Du, Rush and Cardie 2021): the same templates, six slots, one mention an entity."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import click

from benchmarks.public._run import Options, run_options, score_rows, show
from benchmarks.public.muc4 import answer, read, report_of, wires

AIMS = {
    "micro.f1": None,
    "micro.p": None,
    "micro.r": None,
    "incident_type.f1": None,
    "PerpInd.f1": None,
    "PerpOrg.f1": None,
    "Target.f1": None,
    "Victim.f1": None,
    "Weapon.f1": None,
}
GOLD = "data/muc4/gtt_processed/dev.json"


def form(made: Mapping[str, Any]) -> dict[str, Any]:
    """A document's MUC-4 answer in GTT's form."""
    return {"docid": made["id"], "templates": [_template(t) for t in made["templates"]]}


def _template(t: Mapping[str, Any]) -> dict[str, Any]:
    def entities(found: list[str | None]) -> list[list[str]]:
        return [[x.lower()] for x in found if x]

    return {
        "incident_type": t["type"].lower(),
        "PerpInd": entities(t["perp_individuals"]),
        "PerpOrg": entities([o["id"] for o in t["perp_organizations"]]),
        "Target": entities([x["id"] for x in t["physical_targets"]]),
        "Victim": entities([h["name"] or h["description"] for h in t["human_targets"]]),
        "Weapon": entities([x["id"] for x in t["instruments"]]),
    }


@click.command("muc4_gtt")
@run_options
def command(options: Options) -> None:
    """MUC-4 as GTT scores it: incident types and five roles (TST1 and TST2)."""
    rows = wires(options)
    made = {
        r["id"]: form(answer(*held)) for r, held in zip(rows, read([report_of(r) for r in rows], options), strict=True)
    }
    lines = options.shared(GOLD).read_text(encoding="utf-8").splitlines()
    gold = [g for g in map(json.loads, lines) if g["docid"] in made]
    show(score_rows("muc4_gtt.py", gold, made.values(), options), AIMS, options)
