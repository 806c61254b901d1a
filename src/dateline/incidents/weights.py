"""The weights of reasons (weights.yaml) as frozen records."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from dateline.data import load_yaml
from dateline.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Rule:
    """One named reason: its weight, its sentence, and whether it forbids a link."""

    weight: float
    text: str
    cannot: bool = False


@dataclass(frozen=True, slots=True)
class Weights:
    """All reasons, the families of events, which sub-events are taken for each other, and limits."""

    reasons: dict[str, Rule]
    families: dict[str, str]
    alike: tuple[frozenset[str], ...]
    general: frozenset[str]
    near_km: float
    far_km: float
    wide_days: int
    toll_worth: int
    reprint_days: int
    slack: float
    near_miss: float
    short: dict[str, str]

    def family(self, event: str) -> str:
        """The family of a PLOVER category; a category of no family is its own."""
        return self.families.get(event, event)


@cache
def weights() -> Weights:
    """The weights that come with Dateline. Raises ConfigError naming what is missing."""
    data: dict[str, Any] = load_yaml("dateline.incidents", "weights.yaml")
    try:
        return Weights(
            reasons={
                k: Rule(float(v["weight"]), v["text"], v.get("cannot", False)) for k, v in data["reasons"].items()
            },
            families={event: name for name, events in data["families"].items() for event in events},
            alike=tuple(frozenset(x) for x in data["alike"]),
            general=frozenset(data["general"]),
            short=dict(data["short"]),
            **data["limits"],
        )
    except (KeyError, TypeError, ValueError) as e:
        raise ConfigError(f"incidents/weights.yaml: wrong or missing entry: {e}") from e
