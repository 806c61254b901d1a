"""A folder of weights: manifest, graphs, vocabulary. Loaded only if every file is the one the manifest names."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.errors import ModelError
from dateline.labels import Certainty, Measure, SourceType
from dateline.ontology.tables import categories, sub_events
from dateline.records import digest

SCHEMA = "dateline.model/1"
_FILES = ("words.onnx", "frames.onnx", "same.onnx", "vocab.txt")
_LABELS = ("events", "sub_events", "certainties", "measures", "source_types", "roles", "carried", "entities", "same")
_SIZES = ("limit", "context", "apart")
_SPECIAL = ("[CLS]", "[SEP]", "[UNK]")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What `manifest.json` says. `digest` names the weights; labels are in the order of the network's outputs."""

    name: str
    digest: str
    licence: str
    labels: dict[str, tuple[str, ...]]
    sizes: dict[str, int]
    thresholds: dict[str, float]
    temperatures: dict[str, float]


@dataclass(frozen=True, slots=True)
class Package:
    """Checked weights: the bytes of each graph, and the vocabulary."""

    manifest: Manifest
    graphs: dict[str, bytes]
    vocabulary: tuple[str, ...]


_DECIDING = ("files", "labels", "sizes", "thresholds", "temperatures")


def digest_of(held: Mapping[str, Any]) -> str:
    """The digest of weights: of all in a manifest that decides what is read, the files by their SHA-256."""
    return digest({k: held.get(k) for k in _DECIDING})


def _manifest(folder: Path) -> tuple[Manifest, dict[str, str]]:
    path = folder / "manifest.json"
    try:
        held: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as e:
        raise ModelError(f"{folder}: no model here: manifest.json is missing") from e
    except (OSError, ValueError) as e:
        raise ModelError(f"{path}: cannot be read: {e}") from e
    if not isinstance(held, dict) or held.get("schema") != SCHEMA:
        found = held.get("schema") if isinstance(held, dict) else None
        raise ModelError(f"{path}: schema {found!r}, but this version reads {SCHEMA!r}")
    files = held.get("files")
    if not isinstance(files, dict) or sorted(files) != sorted(_FILES):
        raise ModelError(f"{path}: must name the files {', '.join(_FILES)}")
    try:
        manifest = Manifest(
            name=str(held["name"]),
            digest=digest_of(held),
            licence=str(held["licence"]),
            labels={k: tuple(map(str, v)) for k, v in held["labels"].items()},
            sizes={k: int(v) for k, v in held["sizes"].items()},
            thresholds={k: float(v) for k, v in held["thresholds"].items()},
            temperatures={k: float(v) for k, v in held["temperatures"].items()},
        )
    except (KeyError, TypeError, ValueError, AttributeError) as e:
        raise ModelError(f"{path}: is not whole: {e!r}") from e
    if problem := _problem(manifest):
        raise ModelError(f"{path}: {problem}")
    return manifest, files


def _known() -> dict[str, Collection[str]]:
    """Labels that the rest of the code must know; a network may do without some of them."""
    return {
        "events": categories(),
        "sub_events": sub_events(),
        "certainties": frozenset(Certainty),
        "measures": frozenset(Measure),
        "source_types": frozenset(SourceType),
        "same": ("statement", "happening", "name"),
    }


def _problem(m: Manifest) -> str | None:
    """Why a manifest cannot be used: a label nobody here knows, or a number without which no text can be read."""
    if sorted(m.labels) != sorted(_LABELS):
        return f"must name the labels {', '.join(_LABELS)}"
    for kind, known in _known().items():
        if unknown := [label for label in m.labels[kind] if label not in known]:
            return f"has unknown {kind}: {', '.join(unknown)}"
    if missing := [k for k in _SIZES if m.sizes.get(k, 0) < 1]:
        return f"lacks the sizes {', '.join(missing)}"
    asked = ["trigger", *m.labels["roles"]]
    asked += [f"{head}_{label}" for head in ("carried", "same") for label in m.labels[head]]
    if missing := [k for k in asked if k not in m.thresholds]:
        return f"lacks the thresholds {', '.join(missing)}"
    return next((f"has temperature {v} of {k}" for k, v in m.temperatures.items() if not v > 0), None)


def load(folder: Path, expected: str | None = None) -> Package:
    """Read and check a folder of weights.

    Raises ModelError if a file is missing or not the one the manifest names, or if `expected` (a digest) is given and
    these are other weights.
    """
    manifest, files = _manifest(folder)
    if expected and manifest.digest != expected:
        raise ModelError(f"{folder}: these are the weights {manifest.digest}, not {expected}")
    held: dict[str, bytes] = {}
    for name, sha in sorted(files.items()):
        try:
            held[name] = (folder / name).read_bytes()
        except OSError as e:
            raise ModelError(f"{folder / name}: cannot be read: {e}") from e
        if hashlib.sha256(held[name]).hexdigest() != sha:
            raise ModelError(f"{folder / name}: damaged or foreign: its SHA-256 is not the one in manifest.json")
    vocabulary = tuple(held.pop("vocab.txt").decode("utf-8", "replace").rstrip("\n").split("\n"))
    if missing := [p for p in _SPECIAL if p not in vocabulary]:
        raise ModelError(f"{folder / 'vocab.txt'}: is no vocabulary: it lacks {', '.join(missing)}")
    return Package(manifest, held, vocabulary)
