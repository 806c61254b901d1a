"""The code lists as records, read once from `ontology/data` and checked whole when first used."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from dateline.data import load_yaml
from dateline.errors import ConfigError
from dateline.labels import SourceType

PACKAGE = "dateline.ontology.data"
CATEGORIES, SUB_EVENTS, CONTEXTS, ROOTS = 16, 25, 37, 20


@dataclass(frozen=True, slots=True)
class Category:
    """A PLOVER category. `quad`: 1 verbal cooperation, 2 material cooperation, 3 verbal, 4 material conflict."""

    code: str
    quad: int
    meaning: str
    modes: tuple[str, ...]
    rule: str
    source: str


@dataclass(frozen=True, slots=True)
class SubEvent:
    """An ACLED sub-event type. `rank` 1 is coded before all others."""

    name: str
    event: str
    disorder: str
    rank: int
    rule: str
    source: str


@dataclass(frozen=True, slots=True)
class Crossing:
    """One step of a crosswalk with the id of its rule. `mode` None: without a mode; `plover` None: no category."""

    plover: str | None
    mode: str | None
    cameo: str
    rule: str
    source: str
    note: str | None = None


@dataclass(frozen=True, slots=True)
class ActorKind:
    """What the codebooks make of a kind of actor. `inter` as at home; `side` is state, group, civilians or none."""

    name: str
    sector: str
    inter: int | None
    side: str
    source: SourceType


def _table(name: str) -> dict[str, Any]:
    held: dict[str, Any] = load_yaml(PACKAGE, name)
    return held


def _expect(name: str, what: str, found: int, wanted: int) -> None:
    if found != wanted:
        raise ConfigError(f"{PACKAGE}/{name}: {found} {what}, but the codebook has {wanted}")


@cache
def categories() -> dict[str, Category]:
    """PLOVER's categories by code. Raises ConfigError if the list is not whole."""
    data = _table("plover.yaml")
    made = {
        code: Category(code, row["quad"], row["meaning"], tuple(row.get("modes", ())), row["rule"], data["source"])
        for code, row in data["categories"].items()
    }
    _expect("plover.yaml", "categories", len(made), CATEGORIES)
    _expect("plover.yaml", "contexts", len(set(data["contexts"])), CONTEXTS)
    if bad := sorted(c.code for c in made.values() if c.quad not in (1, 2, 3, 4)):
        raise ConfigError(f"{PACKAGE}/plover.yaml: no quad 1 to 4 for {', '.join(bad)}")
    return made


@cache
def contexts() -> tuple[str, ...]:
    """PLOVER's contexts."""
    return tuple(_table("plover.yaml")["contexts"])


@cache
def sectors() -> frozenset[str]:
    """PLOVER's sector codes."""
    return frozenset(_table("plover.yaml")["sectors"])


@cache
def sub_events() -> dict[str, SubEvent]:
    """ACLED's sub-event types by name, highest in the hierarchy first. Raises ConfigError if not whole."""
    data = _table("acled.yaml")
    made = {
        r["sub_event"]: SubEvent(r["sub_event"], r["event"], r["disorder"], n, r["rule"], data["source"])
        for n, r in enumerate(data["sub_events"], 1)
    }
    _expect("acled.yaml", "sub-event types", len(made), SUB_EVENTS)
    _expect("acled.yaml", "event types", len({s.event for s in made.values()}), 6)
    _expect("acled.yaml", "inter codes", len(data["inter"]), 8)
    return made


@cache
def acled(name: str) -> str:
    """The sub-event type that rules call so (`named` in acled.yaml). Raises ConfigError for an unknown one."""
    found: str | None = _table("acled.yaml")["named"].get(name)
    if found not in sub_events():
        raise ConfigError(f"{PACKAGE}/acled.yaml: no sub-event type is called {name!r}")
    return str(found)


@cache
def tactics() -> frozenset[str]:
    """The sub-event types that say by what means something was done."""
    return frozenset(s.name for s in sub_events().values() if s.event == _table("acled.yaml")["by_means"])


def may_be_one(*codes: str) -> bool:
    """Whether these sub-event types may be of one act: all the same but for poison, which anything may carry, or a
    blast told with and without its bearer."""
    held = set(codes) - {acled("poison")}
    return len(held) < 2 or held == {acled("suicide"), acled("blast")}


def _crossings(rows: list[dict[str, Any]], source: str) -> tuple[Crossing, ...]:
    made = tuple(
        Crossing(r["plover"], r.get("mode"), str(r["cameo"]), r["rule"], r.get("source", source), r.get("note"))
        for r in rows
    )
    known, roots = categories(), _table("cameo.yaml")["roots"]
    for c in made:
        if c.plover and (c.plover not in known or (c.mode and c.mode not in known[c.plover].modes)):
            raise ConfigError(f"{PACKAGE}/cameo.yaml: rule {c.rule} names {c.plover}/{c.mode}, which PLOVER has not")
        if c.cameo[:2] not in roots:
            raise ConfigError(f"{PACKAGE}/cameo.yaml: rule {c.rule} names {c.cameo}, which is under no CAMEO root")
    return made


@cache
def to_cameo() -> dict[tuple[str, str | None], Crossing]:
    """(category, mode) → the step to CAMEO. Raises ConfigError if a category has none without a mode."""
    data = _table("cameo.yaml")
    _expect("cameo.yaml", "roots", len(data["roots"]), ROOTS)
    made = {(c.plover or "", c.mode): c for c in _crossings(data["to_cameo"], data["source"])}
    if missing := [code for code in categories() if (code, None) not in made]:
        raise ConfigError(f"{PACKAGE}/cameo.yaml: no step to CAMEO for {', '.join(missing)}")
    return made


@cache
def to_plover() -> dict[str, Crossing]:
    """CAMEO code or beginning of one → the step to PLOVER. Raises ConfigError if a root has none."""
    data = _table("cameo.yaml")
    made = {c.cameo: c for c in _crossings(data["to_plover"], data["source"])}
    if missing := [root for root in data["roots"] if root not in made]:
        raise ConfigError(f"{PACKAGE}/cameo.yaml: no step to PLOVER for {', '.join(missing)}")
    return made


@cache
def actor_kinds() -> dict[str, ActorKind]:
    """Kinds of actor by name. Raises ConfigError for a sector or inter code no codebook has."""
    made = {
        name: ActorKind(name, r["sector"], r["inter"], r["side"], SourceType(r["source"]))
        for name, r in _table("kinds.yaml")["kinds"].items()
    }
    inter = _table("acled.yaml")["inter"]
    for k in made.values():
        if k.sector not in sectors() or k.inter not in (None, *inter) or k.side not in _SIDES:
            raise ConfigError(f"{PACKAGE}/kinds.yaml: kind {k.name} has a sector, inter code or side that is unknown")
    return made


def kind_of_actor(label: str) -> str:
    """The kind of actor a label names: itself, or that of the actor id it is (actor_ids.yaml)."""
    ids: dict[str, str] = _table("actor_ids.yaml")
    return ids.get(label.partition(":")[0], label)


_SIDES = ("state", "group", "civilians", "none")


@cache
def ucdp_rules() -> dict[frozenset[str], int]:
    """The two sides of an event → UCDP type of violence."""
    data = _table("ucdp.yaml")
    _expect("ucdp.yaml", "types of violence", len(data["types"]), 3)
    return {frozenset(r["sides"]): r["type"] for r in data["rules"]}


@cache
def cameo_roots() -> dict[str, str]:
    """CAMEO's two-digit roots with their meaning."""
    return dict(_table("cameo.yaml")["roots"])


@cache
def traps() -> dict[str, str]:
    """Known faults of the published lists, by id, with what is done here."""
    return dict(_table("cameo.yaml")["traps"])


@cache
def inter_names() -> dict[int, str]:
    """ACLED's inter codes with their names."""
    return dict(_table("acled.yaml")["inter"])
