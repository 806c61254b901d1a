"""The third-party files the desk serves itself, as `tools/vendor_web.py` locked them."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def lock() -> dict[str, dict[str, Any]]:
    """Package name → version, licence, folder and sha256 of its files."""
    path = files("dateline.web") / "static" / "vendor" / "vendor.lock.json"
    held: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return held


def vendored(name: str) -> str:
    """The folder of a package under static/vendor, with its version."""
    return str(lock()[name]["folder"])
