"""The reasons of linking (reasons.yaml, by hand) and their weights (weights.yaml, learned) as frozen records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from dateline.data import load_yaml
from dateline.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Rule:
    """One named reason: its sentence, whether it forbids a link, and the weight it had before anything was learned,
    whose sign the learned weight keeps unless it may be on `either` side."""

    text: str
    start: float
    cannot: bool = False
    either: bool = False


@dataclass(frozen=True, slots=True)
class Weights:
    """All reasons, the families of events, which sub-events are taken for each other, and limits. A reason weighs
    `within` one report something else than `across` two: everything in a report shares its day.
    What two reports of a crime mainly tell is weighed by `mains`; cues of a general remark by `remark`."""

    reasons: Mapping[str, Rule]
    within: Mapping[str, float]
    across: Mapping[str, float]
    mains: Mapping[str, float]
    remark: Mapping[str, float]
    families: Mapping[str, str]
    alike: tuple[frozenset[str], ...]
    general: frozenset[str]
    apart: tuple[tuple[frozenset[str], frozenset[str]], ...]
    near_km: float
    far_km: float
    lent_days: int
    wide_days: int
    toll_worth: int
    war_toll: int
    reprint_days: int
    within_more: float
    slack: float
    near_miss: float
    even: float
    short: Mapping[str, str]
    main_families: frozenset[str]
    powers: frozenset[str]
    deeds_of_war: frozenset[str]

    def family(self, event: str) -> str:
        """The family of a PLOVER category; a category of no family is its own."""
        return self.families.get(event, event)

    def two_deeds(self, a: str | None, b: str | None) -> bool:
        """Whether two sub-events are never told of one happening."""
        return any((a in x and b in y) or (a in y and b in x) for x, y in self.apart)


def _rule(held: Mapping[str, Any]) -> Rule:
    return Rule(held["text"], float(held["start"]), held.get("cannot", False), held.get("either", False))


@cache
def weights() -> Weights:
    """The reasons and weights that come with Dateline. Raises ConfigError naming what is missing."""
    data: dict[str, Any] = load_yaml("dateline.incidents", "reasons.yaml")
    learned: dict[str, Any] = load_yaml("dateline.incidents", "weights.yaml")
    try:
        reasons = {k: _rule(v) for k, v in data["reasons"].items()}
        return Weights(
            reasons=reasons,
            within={k: float(learned["within"].get(k, r.start)) for k, r in reasons.items()},
            across={k: float(learned["across"].get(k, r.start)) for k, r in reasons.items()},
            mains={k: float(learned["mains"].get(k, r.start)) for k, r in reasons.items()},
            remark={k: float(v) for k, v in learned["remark"].items()},
            families={event: name for name, events in data["families"].items() for event in events},
            alike=tuple(frozenset(x) for x in data["alike"]),
            general=frozenset(data["general"]),
            apart=tuple((frozenset(x), frozenset(y)) for x, y in data["apart"]),
            short=dict(data["short"]),
            main_families=frozenset(data["mains"]["families"]),
            powers=frozenset(data["mains"]["powers"]),
            deeds_of_war=frozenset(data["mains"]["deeds_of_war"]),
            **data["limits"],
        )
    except (KeyError, TypeError, ValueError) as e:
        raise ConfigError(f"incidents: reasons.yaml or weights.yaml: wrong or missing entry: {e}") from e
