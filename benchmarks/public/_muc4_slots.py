"""MUC-4's other slots: things struck, instruments, where, when and how far it went."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from benchmarks.public._muc4_people import Scene
from benchmarks.public._muc4_words import (
    bare,
    has,
    kind_in,
    parts,
    phrase,
    starts,
    table,
    thing,
    words,
)
from dateline.labels import Basis, Certainty
from dateline.records import Statement

_MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()

# things


def physical(scene: Scene) -> list[dict[str, Any]]:
    """The physical targets, each once."""
    out: dict[str, dict[str, Any]] = {}
    for s in scene.statements:
        for party in s.targets:
            for span in party.spans:
                for piece in parts(span.quote):
                    p = phrase(piece)
                    kind = thing(p) if p else None
                    if p is None or kind is None:
                        continue
                    held = out.get(p.head)
                    effect = effect_on_things(scene.kind, s)
                    if held is None:
                        number = p.number or ("PLURAL" if p.plural else "1")
                        out[p.head] = {"id": p.text, "type": kind, "number": number, "effect": effect}
                        continue
                    if len(p.text) > len(held["id"]):
                        held |= {"id": p.text, "type": kind}
                    held["effect"] = held["effect"] or effect
    return list(out.values())


def effect_on_things(kind: str, s: Statement) -> str | None:
    """What befell the physical targets of a statement, by its trigger."""
    trigger = " ".join(t.quote for t in s.trigger)
    if kind == "ROBBERY":
        return "PROPERTY TAKEN FROM TARGET"
    if starts(trigger, words("destroyed")):
        return "DESTROYED"
    if kind == "ARSON" or starts(trigger, words("damaged")):
        return "SOME DAMAGE"
    return None


# instruments


def instruments(scene: Scene) -> list[dict[str, Any]]:
    """The instruments, each type once; where none is named, the one that the triggers imply."""
    if scene.kind in ("ARSON", "KIDNAPPING"):
        return []
    out: dict[str, dict[str, Any]] = {}
    for span in (span for s in scene.statements for w in s.weapons for span in w.spans):
        for p in filter(None, map(phrase, parts(span.quote))):
            if kind := kind_in(p.text, "instruments"):
                out.setdefault(kind, {"id": _device(p.text), "type": kind})
    if len(out) > 1:
        out.pop("EXPLOSIVE", None)  # the same thing, named less exactly
    return list(out.values()) or _implied([t.quote for s in scene.statements for t in s.trigger])


def _implied(triggers: Sequence[str]) -> list[dict[str, Any]]:
    if any("bomb" in trigger.lower().split() for trigger in triggers):
        return [{"id": "BOMB", "type": "BOMB"}]
    kinds = (k for k, stems in table("implied").items() if any(starts(t, stems) for t in triggers))
    return [{"id": None, "type": kind} for kind in kinds][:1]


def _device(text: str) -> str:
    """The phrase without what the device did: "car bomb explosion"."""
    tokens = text.split()
    while len(tokens) > 1 and starts(tokens[-1], words("acts")):
        tokens.pop()
    return " ".join(tokens)


# where and when


def nation(scene: Scene, said: str) -> str | None:
    """The foreign country that a description names."""
    home = country_of(scene)
    for code, (name, *listed) in table("countries").items():
        if code != home and has(said, listed):
            return str(name)
    return None


def country_of(scene: Scene) -> str | None:
    """The country of the incident's places, else of the report."""
    known = table("countries")
    for s in scene.statements:
        for p in s.event_places:
            if p.country in words("interest"):
                return p.country
    if scene.country:
        return scene.country
    return next((p.country for s in scene.statements for p in s.event_places if p.country in known), None)


def location(scene: Scene) -> str | None:
    """Country, and the places of the statement that names them most closely, from the widest to the narrowest."""
    country = country_of(scene)
    if country is None:
        return None
    chains = [_chain(s, country) for s in scene.statements]
    best = max(chains, key=lambda c: (max(c, default=0), len(c)), default={})
    return ": ".join([str(table("countries")[country][0]), *(best[level] for level in sorted(best))])


def _chain(s: Statement, country: str) -> dict[int, str]:
    """The first place of a statement at each level: 1 a department, 2 a town, 3 a part of one or a place outside."""
    out: dict[int, str] = {}
    for p in s.event_places:
        if p.country != country or p.feature is None or p.feature.startswith("A.PCL"):
            continue
        said = p.spans[0].quote if p.spans else p.name
        name = place_name(said if p.basis is Basis.TEXT else p.name)
        narrow = has(said, table("narrow"))
        level = 1 if p.feature.startswith("A.ADM1") else 3 if narrow else 2
        if name:
            out.setdefault(level, name)
    return out


def place_name(said: str) -> str:
    """A place's name without the words that say what kind of place it is."""
    tokens = said.upper().split()
    while tokens and (bare(tokens[0]) in words("place_types") or not bare(tokens[0])):
        tokens.pop(0)
    while tokens and bare(tokens[-1]) in words("place_types"):
        tokens.pop()
    return " ".join(tokens).strip("\"',.")


def when(scene: Scene) -> str | None:
    """The date in one of the codebook's three forms."""
    published = scene.report.published
    for s in scene.statements:
        d = s.date
        if d is None or d.latest is None:
            continue
        said = " ".join(x.quote for x in d.spans).lower()
        if any(re.search(rf"\b{w}\b", said) for w in words("weekdays")):
            break
        if published and d.latest > published:
            continue
        first = d.earliest
        if first and any(n in said for n in words("nights")) and first == d.latest:
            return f"{spelt(first)} - {spelt(first + timedelta(1))}"
        if first == d.latest and first:
            return spelt(first)
        if first:
            return f"{spelt(first)} - {spelt(d.latest)}"
    return f"- {spelt(published)}" if published else None


def spelt(day: date) -> str:
    """A day as the codebook writes it."""
    return f"{day.day:02d} {_MONTHS[day.month - 1]} {day.year % 100:02d}"


def stage(scene: Scene) -> str:
    """Accomplished, attempted or threatened."""
    labels = [s.certainty.label for s in scene.statements]
    if all(s.event.code == "THREATEN" for s in scene.statements):
        return "THREATENED"
    if all(s.sub_event and s.sub_event.code == "Disrupted weapons use" for s in scene.statements):
        return "ATTEMPTED"
    return "THREATENED" if all(x is Certainty.PLANNED for x in labels) else "ACCOMPLISHED"
