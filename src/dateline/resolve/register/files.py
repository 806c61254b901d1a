"""A register file → its rows as they stand, each with its line."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

from dateline.data import load_text
from dateline.errors import ConfigError
from dateline.resolve.register.rows import FIELDS, BadRow

Row = tuple[int, Any]
"""Line, and what stands there: fields, a `BadRow` if they cannot be told apart, or something that is no row at all."""


def read_rows(path: Path) -> tuple[bytes, list[Row]]:
    """The file's bytes and rows. Raises ConfigError naming file and, where there is one, line if it cannot be read."""
    try:
        raw = path.read_bytes()
        text = raw.decode("utf-8-sig")
    except OSError as e:
        raise ConfigError(f"register {path}: cannot be read: {e.strerror or e}") from e
    except UnicodeDecodeError as e:
        line = e.object.count(b"\n", 0, e.start) + 1
        raise ConfigError(f"register {path}, line {line}: is not UTF-8; save the file as UTF-8") from e
    suffix = path.suffix.lower()
    if suffix == ".csv":
        return raw, list(_table(path, text))
    if suffix in (".yaml", ".yml"):
        return raw, list(_listed(path, text))
    raise ConfigError(f"register {path}: must be a .csv, .yaml or .yml file")


def _table(path: Path, text: str) -> Iterator[Row]:
    reader = csv.DictReader(io.StringIO(text, newline=""), restkey="more cells than columns", strict=True)
    try:
        columns = reader.fieldnames or ()
        if not {"id", "name"} <= set(columns):
            raise ConfigError(
                f"register {path}: needs the columns id and name; columns are {', '.join(sorted(FIELDS))}"
            )
        if doubled := _doubled(columns):
            raise ConfigError(f"register {path}, line 1: {doubled} stands twice among the columns")
        for row in reader:
            yield reader.line_num, {k: v for k, v in row.items() if v}
    except csv.Error as e:
        raise ConfigError(
            f"register {path}, line {reader.line_num + 1}: is not CSV: {e} (see its quotation marks)"
        ) from e


def _listed(path: Path, text: str) -> Iterator[Row]:
    data = load_text(text, f"register {path}")
    held = data.get("actors") if isinstance(data, dict) else data
    if not isinstance(held, list):
        raise ConfigError(f"register {path}: must be a list of actors, or a mapping with a list under 'actors'")
    tree: Any = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    if isinstance(tree, yaml.MappingNode):
        tree = next(value for name, value in reversed(tree.value) if name.value == "actors")
    for node, row in zip(tree.value, held, strict=True):
        fields = [name.value for name, _ in node.value] if isinstance(node, yaml.MappingNode) else []
        doubled = _doubled([f for f in fields if isinstance(f, str)])  # YAML would silently take the last
        yield node.start_mark.line + 1, BadRow(f"{doubled} stands twice in the row") if doubled else row


def _doubled(names: Iterable[str]) -> str:
    """The names that stand more than once; "" if none does."""
    return ", ".join(name for name, count in Counter(names).items() if count > 1)
