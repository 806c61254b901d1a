"""How well a network reads annotated reports: through the product's own pipeline, scored by gold/score.py."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import torch

from dateline.config import Config
from dateline.export.interchange import report_line
from dateline.language.en.modelled import ModelledEnglish
from dateline.language.model.graphs import Floats, Graphs, Ints
from dateline.language.model.package import Manifest
from dateline.language.model.reader import Reader
from dateline.pipeline import Resources, read_one
from dateline.registry import make
from dateline.resolve.actors import ActorResolver
from dateline.resolve.dates import DateResolver
from dateline.resolve.names import KnownNames
from dateline.resolve.places import PlaceResolver
from dateline.resolve.register import load_register
from dateline.statements.modelled import ModelExtractor
from training import labels as lab
from training.gold import as_report
from training.model import Network

THRESHOLDS = {
    "trigger": 0.5, "actor": 0.5, "target": 0.5, "weapon": 0.5, "place": 0.5, "origin": 0.5, "date": 0.5, "figure": 0.5,
    "source": 0.5, "via": 0.5, "cue": 0.5, "saying": 0.5, "carried_place": 0.5, "carried_source": 0.5, "same_statement": 0.5, "same_happening": 0.5, "same_name": 0.5,
}  # fmt: skip


class TorchGraphs:
    """The network itself as the product's graphs."""

    def __init__(self, net: Network) -> None:
        self.net = net.eval()

    def words(self, ids: Ints, shapes: Ints, first: Ints, last: Ints) -> tuple[Floats, ...]:
        """See dateline.language.model.graphs.Graphs."""
        with torch.inference_mode():
            t = [torch.from_numpy(x)[None] for x in (ids, shapes, np.ones_like(ids), first, last)]
            x = self.net.words.words(*t)
            w = self.net.words
            return tuple(h(x)[0].float().numpy() for h in (w.trigger, w.entity, w.speaker, w.narrow))

    def frames(self, narrow: Floats, at: Ints, within: Ints, mask: Ints, apart: Ints) -> tuple[Floats, ...]:
        """See Graphs."""
        with torch.inference_mode():
            n = torch.from_numpy(narrow)[None]
            row = torch.zeros(len(at), dtype=torch.long)
            out = self.net.frames(n, row, *map(torch.from_numpy, (at, within, mask, apart)))
            return tuple(x.float().numpy() for x in out)

    def same(self, narrow: Floats, a: Ints, b: Ints) -> Floats:
        """See Graphs."""
        with torch.inference_mode():
            row = torch.zeros(len(a), dtype=torch.long)
            held: Floats = self.net.same(torch.from_numpy(narrow)[None], row, *map(torch.from_numpy, (a, b))).numpy()
            return held


def manifest(limit: int, context: int, thresholds: dict[str, float] | None = None) -> Manifest:
    """A manifest for a network that is not packed yet."""
    labels = {
        "events": lab.EVENTS,
        "sub_events": lab.SUB_EVENTS,
        "certainties": lab.CERTAINTIES,
        "measures": lab.MEASURES,
        "source_types": lab.SOURCE_TYPES,
        "roles": lab.ROLES,
        "carried": lab.CARRIED,
        "entities": lab.ENTITIES,
        "same": lab.SAME,
    }
    sizes = {"limit": limit, "context": context, "apart": lab.SENTENCES_APART}
    return Manifest("unpacked", "", "", labels, sizes, THRESHOLDS | (thresholds or {}), {})


def resources(graphs: Graphs, held: Manifest, vocabulary: tuple[str, ...]) -> Resources:
    """The product's resources with this network in place of the one it ships."""
    places = make("gazetteers", Config().resolve.gazetteer, None)
    register = load_register(())
    language = ModelledEnglish(KnownNames(places, register), Reader(graphs, held, vocabulary))
    resolvers = (ActorResolver(register), PlaceResolver(places), DateResolver(language.date_grammar))
    return Resources(language, ModelExtractor(), resolvers, "training")


def predictions(rows: Iterable[dict[str, Any]], held: Resources) -> dict[str, dict[str, Any]]:
    """Rows of the statements interchange by report id."""
    return {r["report_id"]: report_line(read_one(as_report(r), held), {}) for r in rows}


def scorer(path: Path) -> ModuleType:
    """gold/score.py as a module. Raises FileNotFoundError where it is missing."""
    spec = importlib.util.spec_from_file_location("gold_score", path)
    if spec is None or spec.loader is None or not path.exists():
        raise FileNotFoundError(f"{path}: the scorer of the annotated reports is not there")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def brief(result: dict[str, Any]) -> dict[str, float]:
    """The figures one looks at first."""
    out = {k: result[k]["f1"] for k in ("statements", "typed", "actors", "targets", "weapons", "places", "figures")}
    out |= {"sources": result["sources"]["f1"], "sub_event": result["sub_event"]["accuracy"]}
    out |= {"original": result["original_source"]["accuracy"]}
    out |= {"attributed": result["original_source_if_attributed"]["accuracy"]}
    out |= {"certainty": result["certainty"]["accuracy"], "macro": result["certainty"]["macro_f1"]}
    return out | {"date": result["date"]["accuracy"], "whole": result["whole"]["f1"]}
