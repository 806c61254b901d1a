"""A folder of weights: manifest, graphs, vocabulary. Loaded only if every file is the one the manifest names."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.errors import ModelError

SCHEMA = "dateline.model/1"
_FILES = ("words.onnx", "frames.onnx", "same.onnx", "vocab.txt")
_LABELS = ("events", "sub_events", "certainties", "measures", "source_types", "roles", "carried", "entities", "same")


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


def digest_of(files: dict[str, str]) -> str:
    """The digest of weights: of the sorted (name, SHA-256) pairs of their files."""
    lines = "".join(f"{name} {sha}\n" for name, sha in sorted(files.items()))
    return hashlib.sha256(lines.encode()).hexdigest()[:16]


def _manifest(folder: Path) -> tuple[Manifest, dict[str, str]]:
    path = folder / "manifest.json"
    try:
        held: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as e:
        raise ModelError(f"{folder}: no model here: manifest.json is missing") from e
    except (OSError, ValueError) as e:
        raise ModelError(f"{path}: cannot be read: {e}") from e
    if held.get("schema") != SCHEMA:
        raise ModelError(f"{path}: schema {held.get('schema')!r}, but this version reads {SCHEMA!r}")
    files = held.get("files")
    labels = held.get("labels")
    if not isinstance(files, dict) or sorted(files) != sorted(_FILES):
        raise ModelError(f"{path}: must name the files {', '.join(_FILES)}")
    if not isinstance(labels, dict) or sorted(labels) != sorted(_LABELS):
        raise ModelError(f"{path}: must name the labels {', '.join(_LABELS)}")
    try:
        manifest = Manifest(
            name=str(held["name"]),
            digest=digest_of(files),
            licence=str(held["licence"]),
            labels={k: tuple(map(str, v)) for k, v in labels.items()},
            sizes={k: int(v) for k, v in held["sizes"].items()},
            thresholds={k: float(v) for k, v in held["thresholds"].items()},
            temperatures={k: float(v) for k, v in held["temperatures"].items()},
        )
    except (KeyError, TypeError, ValueError, AttributeError) as e:
        raise ModelError(f"{path}: is not whole: {e!r}") from e
    return manifest, files


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
    vocabulary = tuple(held.pop("vocab.txt").decode("utf-8").rstrip("\n").split("\n"))
    return Package(manifest, held, vocabulary)
