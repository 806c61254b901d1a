"""Opening the corpora's files, and the list of them with checksums, `training/corpora.yaml`."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from dateline.data import load_yaml


class CorpusError(ValueError):
    """A corpus cannot be used as it lies there: a file is missing, changed or not in its format."""


def manifest() -> Mapping[str, Any]:
    """`corpora` (name → files with sha256, licence, colour, origin, use) and `connectors` of names."""
    listed: Mapping[str, Any] = load_yaml("training", "corpora.yaml")
    return listed


def read_text(path: Path) -> str:
    """A UTF-8 file, unpacked if its name ends in .gz. Raises CorpusError naming a missing file."""
    if not path.is_file():
        raise CorpusError(f"{path}: no such file; give the folder that holds the corpora")
    if path.suffix == ".gz":
        with gzip.open(path, "rt", encoding="utf-8", newline="\n") as f:
            return f.read()
    return path.read_text(encoding="utf-8")


def read_lines(path: Path) -> list[str]:
    """Lines without their line feed. Only a line feed ends a line: some corpora have others inside tokens."""
    return read_text(path).split("\n")


def read_jsonl(path: Path) -> Iterator[Any]:
    """One value per line."""
    for number, line in enumerate(read_lines(path), 1):
        if line.strip():
            try:
                yield json.loads(line)
            except json.JSONDecodeError as e:
                raise CorpusError(f"{path}:{number}: not JSON: {e}") from e


def problems(root: Path, names: Iterable[str], listed: Mapping[str, Any] | None = None) -> list[str]:
    """Files of these corpora that are missing or have another checksum than the list says."""
    corpora = (listed or manifest())["corpora"]
    found = []
    for name in names:
        for path, wanted in corpora[name]["files"].items():
            if not (root / path).is_file():
                found.append(f"{name}: {root / path}: no such file")
            elif (got := hashlib.sha256((root / path).read_bytes()).hexdigest()) != wanted:
                found.append(f"{name}: {root / path}: sha256 is {got}, expected {wanted}")
    return found
