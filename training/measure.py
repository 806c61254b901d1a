"""How well weights read annotated reports: through the product's own pipeline, scored by gold/score.py. No torch."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

from dateline.config import Config
from dateline.export.interchange import report_line
from dateline.language.en.modelled import ModelledEnglish
from dateline.language.model.graphs import Graphs
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

_PAIRED = (*(f"carried_{r}" for r in lab.CARRIED), *(f"same_{k}" for k in lab.SAME))
THRESHOLDS = dict.fromkeys(("trigger", *_PAIRED, *lab.ROLES), 0.5)
"""What decides as long as nothing better is known."""


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
    return with_reader(Reader(graphs, held, vocabulary))


def with_reader(reader: Reader) -> Resources:
    """The product's resources with this reader in place of the one it ships."""
    places = make("gazetteers", Config().resolve.gazetteer, None)
    register = load_register(())
    language = ModelledEnglish(KnownNames(places, register), reader)
    resolvers = (ActorResolver(register), PlaceResolver(places), DateResolver(language.date_grammar))
    return Resources(language, ModelExtractor(), resolvers, language.digest)


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
