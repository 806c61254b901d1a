"""The register that comes with Dateline: states and their organs generated from tables, all others listed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import Any

from dateline.data import load_yaml
from dateline.labels import SourceType
from dateline.resolve.register.model import Actor
from dateline.resolve.register.rows import actor

PACKAGE = "dateline.resolve.register.data"
_CAPITALS = 2
"""A name of so many letters or more, all capitals, is an acronym (agencies' and outlets' tables)."""


@dataclass(frozen=True, slots=True)
class State:
    """One row of states.yaml. `code` is its key, `iso` the country its ground belongs to in ISO 3166-1."""

    id: str
    code: str
    iso: str
    name: str
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    capitals: tuple[str, ...]
    names: tuple[str, ...]
    exact: tuple[str, ...]
    end: int | None


def states() -> tuple[State, ...]:
    """The table of states and contested entities, in file order."""
    data: dict[str, Any] = load_yaml(PACKAGE, "states.yaml")
    made = [_state(f"state:{code}", code, code, row) for code, row in data["states"].items()]
    made += [_state(f"contested:{slug}", slug, row["within"], row) for slug, row in data["contested"].items()]
    return tuple(made)


def _state(ident: str, code: str, iso: str, row: dict[str, Any]) -> State:
    adjectives = tuple(row["adj"])
    people = tuple(row["people"]) if "people" in row else tuple(a + "s" for a in adjectives)
    names = (row["name"], *row.get("also", ()))
    capitals, exact = tuple(row.get("capital", ())), tuple(row.get("exact", ()))
    return State(ident, code, iso, row["name"], adjectives, people, capitals, names, exact, row.get("to"))


def organ_id(state: str, organ: str) -> str:
    """ "state:SYR", "mil" → "mil:SYR"."""
    return f"{organ}:{state.partition(':')[2]}"


def _organs(s: State, table: dict[str, Any], named: dict[str, list[str]]) -> Iterator[Actor]:
    adjectives = (*s.adjectives, *s.exact)
    for organ, row in table.items():
        names: list[str] = []
        for pattern in row["patterns"]:
            words = adjectives if "{adj}" in pattern else s.names
            names += [pattern.replace("{adj}", w).replace("{name}", w) for w in words]
        yield Actor(
            id=organ_id(s.id, organ),
            name=names[0],
            kind=row["kind"],
            group=s.name,
            countries=(s.iso,),
            sector=row["sector"],
            source=SourceType(row["source"]),
            aliases=(*names[1:], *named.get(organ, ())),
            part_of=s.id,
            end=s.end,
        )


def _states() -> Iterator[Actor]:
    data: dict[str, Any] = load_yaml(PACKAGE, "organs.yaml")
    for s in states():
        kind = "state" if s.id.startswith("state:") else "territory"
        yield Actor(
            id=s.id,
            name=s.name,
            kind=kind,
            group=s.name,
            countries=(s.iso,),
            sector="GOV",
            source=SourceType.GOVERNMENT,
            aliases=(*s.names[1:], *s.adjectives, *s.people),
            exact=s.exact,
            end=s.end,
        )
        yield from _organs(s, data["organs"], data["named"].get(s.code, {}))


def _listed(name: str) -> Iterator[Actor]:
    data: dict[str, Any] = load_yaml(PACKAGE, name)
    defaults = data["defaults"]
    by_id: dict[str, Actor] = {}
    for slug, given in data["actors"].items():
        row = {"id": f"{defaults['prefix']}:{slug}", **defaults, **given}
        made = actor(row)
        whole = by_id.get(made.part_of or "") if row.get("folds") else None
        own = made.name if made.kind not in ("agency", "outlet", "platform") else None
        made = replace(made, group=made.group or (whole.group if whole else own))
        by_id[made.id] = made
        yield made


def press() -> Iterator[Actor]:
    """News agencies, outlets and platforms, in file order."""
    data: dict[str, Any] = load_yaml(PACKAGE, "press.yaml")
    for block in data["blocks"]:
        d = block["defaults"]
        for slug, (name, country, *aliases) in block["rows"].items():
            short = tuple(a for a in (name, *aliases) if a.isupper() and len(a) >= _CAPITALS and a.isalpha())
            yield Actor(
                id=f"{d['prefix']}:{slug}",
                name=name,
                kind=d["kind"],
                countries=(country,) if country else (),
                sector=d["sector"],
                source=SourceType(d["source"]),
                aliases=tuple(a for a in aliases if a not in short),
                exact=short,
            )


def _leaders(known: dict[str, Actor]) -> Iterator[Actor]:
    data: dict[str, Any] = load_yaml(PACKAGE, "leaders.yaml")
    for whole, names in data["leaders"].items():
        of = known[whole if ":" in whole else f"state:{whole}"]
        for name, aliases in _persons(names).items():
            yield Actor(
                id="person:" + _ascii(name).replace(" ", "-"),
                name=name,
                kind="government" if of.kind in ("state", "territory") else of.kind,
                group=of.group,
                countries=of.countries,
                sector=of.sector,
                source=of.source,
                aliases=tuple(aliases),
                part_of=of.id,
            )


def _ascii(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name.replace("-", " "))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def _persons(names: list[str]) -> dict[str, list[str]]:
    """Full name → other names: a family name that follows its full name, or the same name with other accents or
    hyphens, is no person of its own."""
    made: dict[str, list[str]] = {}
    for name in names:
        ends = f" {_ascii(name)}"
        whole = next((p for p in made if f" {_ascii(p)}".endswith(ends)), None)
        if whole is None:
            made[name] = []
        else:
            made[whole].append(name)
    return made


@cache
def builtin() -> Mapping[str, Actor]:
    """All actors by id, in file order, made once. Raises BadRow or KeyError if the package's own data are broken."""
    known: dict[str, Actor] = {}
    for made in (*_states(), *_listed("groups.yaml"), *_listed("bodies.yaml"), *press()):
        if made.id in known:
            raise ValueError(f"{made.id} stands twice in the register that comes with Dateline")
        known[made.id] = made
    return MappingProxyType(known | {p.id: p for p in _leaders(known)})


def declared() -> dict[str, tuple[str, ...]]:
    """Names that belong to several actors, with their ids in order of preference."""
    data: dict[str, Any] = load_yaml(PACKAGE, "ambiguous.yaml")
    return {str(k): tuple(v) for k, v in data["names"].items()}
