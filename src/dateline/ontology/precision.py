"""How precisely a place is known, in the codes of ACLED and UCDP (`data/precision.yaml`)."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal

from dateline.data import load_yaml

How = Literal["at", "part", "near", "away", "line"]
"""How the words stand to the entry they name."""


@cache
def _table() -> dict[str, Any]:
    held: dict[str, Any] = load_yaml("dateline.ontology.data", "precision.yaml")
    return held


def place_precision(kind: str, how: How) -> tuple[int, int]:
    """(ACLED geo_precision, UCDP where_prec) of a kind of entry; "high_seas" is a water no country owns."""
    geo, where = _table()["kinds"][kind][how]
    return geo, where


def near_km() -> float:
    """Up to how many kilometres from an entry something is near it."""
    return float(_table()["near_km"])
