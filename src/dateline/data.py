"""Data files that come with the package: words, codes, registers."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from dateline.errors import ConfigError

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load_text(text: str, name: str) -> Any:
    """Parse YAML. Raises ConfigError naming the file and the line."""
    try:
        return yaml.load(text, Loader=_LOADER)  # noqa: S506 (a safe loader: CSafeLoader or SafeLoader)
    except yaml.YAMLError as e:
        raise ConfigError(f"{name}: not valid YAML: {e}") from e


@cache
def load_yaml(package: str, name: str) -> Any:
    """A YAML file of a package ("dateline.language.en.data", "cues.yaml"), read once. Treat it as read-only."""
    return load_text((files(package) / name).read_text(encoding="utf-8"), f"{package}/{name}")


@cache
def package_digest(package: str) -> str:
    """Hash over all data files of a package: changes when a lexicon does."""
    h = hashlib.sha256()
    for f in sorted(files(package).iterdir(), key=lambda f: f.name):
        if f.is_file() and not f.name.endswith((".py", ".pyc")):
            h.update(f.name.encode() + b"\0" + f.read_bytes())
    return h.hexdigest()[:16]
