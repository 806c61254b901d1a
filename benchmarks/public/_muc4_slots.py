"""MUC-4's slots: of the statements about one incident, the fills of a template."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from benchmarks.public._muc4_words import (
    Phrase,
    bare,
    has,
    kind_in,
    parts,
    people,
    person,
    phrase,
    singular,
    starts,
    table,
    thing,
    words,
)
from dateline.records import Basis, Certainty, Figure, Measure, Party, Report, SourceType, Span, Statement

Names = tuple[tuple[int, int], ...]
"""Where in the text the names of persons stand."""
_MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()


@dataclass(frozen=True, slots=True)
class Scene:
    """The statements of one incident in a report, its type, and the country of the report."""

    kind: str
    statements: tuple[Statement, ...]
    report: Report
    names: Names = ()
    country: str | None = None
    groups: tuple[str, ...] = ()
    """The armed groups that the report names, as its words have them."""


@dataclass(slots=True)
class Human:
    """A human target in the making."""

    name: str | None = None
    description: str | None = None
    kind: str | None = None
    number: str = ""
    effect: str | None = None
    text: str = ""
    spans: list[tuple[int, int]] = field(default_factory=list)


# people


def named(scene: Scene, start: int, end: int) -> tuple[int, int] | None:
    """The longest name of a person inside [start, end), without titles."""
    found: list[tuple[int, int]] = []
    for first, last in scene.names:
        lo, hi = max(first, start), min(last, end)
        if lo < hi:
            found.append(_untitled(scene.report.text, lo, hi))
    good = [f for f in found if f[0] < f[1] and _is_name(scene.report.text[f[0] : f[1]])]
    return max(good, key=lambda f: f[1] - f[0], default=None)


def _is_name(text: str) -> bool:
    p = phrase(text)
    return p is not None and not people_or_thing(p)


def people_or_thing(p: Phrase) -> bool:
    """Whether the noun is a common noun for people or for a thing."""
    head = singular(p.head)
    common = head in words("persons") or head in words("titles") or p.head in words("pronouns")
    return common or thing(p) is not None or any(has(p.text, c) for c in table("countries").values())


def _untitled(text: str, lo: int, hi: int) -> tuple[int, int]:
    """The part of [lo, hi) after the last title in it."""
    tokens = [(lo + m.start(), lo + m.end(), bare(m.group())) for m in re.finditer(r"\S+", text[lo:hi])]
    while tokens and not tokens[-1][2]:
        tokens.pop()
    at = max((i for i, t in enumerate(tokens) if t[2] in words("titles")), default=-1)
    rest = tokens[at + 1 :]
    return (rest[0][0], rest[-1][1]) if rest else (hi, hi)


def plain(name: str) -> str:
    """A name without quotes, commas and a possessive."""
    return re.sub(r"'S?$", "", " ".join(name.split()).strip("\"',.[]()"))


def full_name(scene: Scene, name: str) -> str:
    """The fullest name in the report that ends or goes on like this one."""
    best = name
    for first, last in scene.names:
        lo, hi = _untitled(scene.report.text, first, last)
        other = plain(scene.report.text[lo:hi])
        mine, theirs = name.split(), other.split()
        if len(theirs) > len(best.split()) and set(mine) <= set(theirs) and len(theirs) < 6:
            best = other
    return best


def humans(scene: Scene) -> list[Human]:
    """The human targets, each once."""
    found: list[Human] = []
    for s in scene.statements:
        for party in s.targets:
            for span in party.spans:
                found += _people(scene, s, party, span)
        for f in s.figures:
            if f.of is None:
                found += _counted(scene, s, f)
    found = _merged(found)
    better = [h for h in found if h.name or not _vague(h)]
    return better or found


def _vague(h: Human) -> bool:
    return singular(bare((h.description or "").split()[-1])) in words("unnamed")


def _people(scene: Scene, s: Statement, party: Party, span: Span) -> Iterator[Human]:
    at = span.start
    for piece in parts(span.quote):
        at = scene.report.text.find(piece.split()[0], at) if piece.split() else at
        p = phrase(piece)
        if p is None:
            continue
        start = max(at, span.start)
        end = min(span.end, start + len(piece))
        if any(x.start <= start and end <= x.end for place in s.places for x in place.spans):
            continue
        held = named(scene, start, end)
        if held is None and (thing(p) or _foe(p, party) or not people(p, party.kind)):
            continue
        yield _human(scene, s, p, party.kind, held, (start, end))


def _human(
    scene: Scene, s: Statement, p: Phrase, kind: str | None, held: tuple[int, int] | None, at: tuple[int, int]
) -> Human:
    effect = effect_on_people(scene.kind, s)
    if held is None:
        return Human(
            None, p.text, person(p.text, kind), p.number or ("PLURAL" if p.plural else "1"), effect, p.text, [at]
        )
    text = scene.report.text
    name = full_name(scene, plain(text[held[0] : held[1]]))
    title = phrase(text[at[0] : held[0]])
    described = title.text if title else _apposition(text, held[1])
    return Human(name, described, person(described or "", kind), "1", effect, name, [held])


def _apposition(text: str, end: int) -> str | None:
    """What is said of a name right after it, between commas."""
    m = re.match(r"\s*,\s+([^,.;]{3,60})[,.]", text[end : end + 70])
    p = phrase(m.group(1)) if m else None
    return p.text if p and (kind_in(p.text, "people") or has(p.text, words("titles"))) else None


def _foe(p: Phrase, party: Party) -> bool:
    return party.kind in ("armed_group", "gang", "igo", "state") or bool(has(p.text, words("foes")))


def _counted(scene: Scene, s: Statement, f: Figure) -> Iterator[Human]:
    """Whom a figure counts, if it counts people."""
    if f.measure in (Measure.OTHER, Measure.SURRENDERED, Measure.DETAINED) or not f.whom:
        return
    p = phrase(f.whom)
    span = f.spans[0]
    if p is None or thing(p) or has(p.text, words("foes")) or not people(p, None):
        return
    number = number_of(f)
    if not number:
        return
    effect = {Measure.KILLED: "DEATH", Measure.INJURED: "INJURY"}.get(f.measure)
    yield Human(None, p.text, person(p.text, None), number, effect, p.text, [(span.start, span.end + len(f.whom) + 1)])


def number_of(f: Figure) -> str:
    """A figure in the codebook's form."""
    if f.min is None:
        return ""
    if f.max is None:
        return f"{f.min} -"
    if f.min != f.max:
        return f"{f.min} - {f.max}"
    return f"~{f.min}" if f.qualifier == "about" else str(f.min)


def _merged(found: Sequence[Human]) -> list[Human]:
    """Targets with one name, or unnamed ones with one noun, are one: the fuller description, the surer number."""
    out: list[Human] = []
    for h in found:
        same = next((o for o in out if _same(o, h)), None)
        if same is None:
            out.append(replace(h))
            continue
        same.description = same.description or h.description
        same.effect = _worse(same.effect, h.effect)
        if same.number in ("", "PLURAL", "1") and h.number not in ("", "PLURAL"):
            same.number = h.number
        if h.name and not same.name:
            same.name, same.number = h.name, h.number
        if same.kind == "CIVILIAN" and h.kind:
            same.kind = h.kind
        if same.name and h.name and len(h.name) > len(same.name):
            same.name = h.name
    return out


def _same(a: Human, b: Human) -> bool:
    if a.name and b.name:
        x, y = set(a.name.split()), set(b.name.split())
        return x <= y or y <= x
    x, y = ({singular(bare(w)) for w in (h.description or "").split()} for h in (a, b))
    if a.name or b.name:
        known, bare_one = (x, y) if a.name else (y, x)
        return bool(bare_one) and bare_one <= known and "1" in (a.number, b.number)
    overlap = any(p < t and s < q for p, q in a.spans for s, t in b.spans)
    return overlap or x <= y or y <= x


_GRAVE = ("DEATH", "INJURY", None)


def _worse(a: str | None, b: str | None) -> str | None:
    known = [e for e in (a, b) if e]
    return min(known, key=lambda e: _GRAVE.index(e) if e in _GRAVE else 9) if known else None


def effect_on_people(kind: str, s: Statement) -> str | None:
    """What befell the targets of a statement, by its trigger and its figures."""
    trigger = " ".join(t.quote for t in s.trigger)
    measures = {f.measure for f in s.figures}
    if starts(trigger, words("deaths")):
        return "DEATH"
    if starts(trigger, words("injuries")):
        return "INJURY"
    if kind == "KIDNAPPING":
        return None
    if Measure.KILLED in measures and Measure.INJURED not in measures:
        return "DEATH"
    if Measure.INJURED in measures and Measure.KILLED not in measures:
        return "INJURY"
    return None


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


# perpetrators


@dataclass(frozen=True, slots=True)
class Perpetrators:
    """Who did it: persons, organisations with how surely, and whether it was the state."""

    individuals: tuple[str, ...]
    organisations: tuple[tuple[str, str], ...]
    category: str | None


def perpetrators(scene: Scene, victims: Sequence[Human] = ()) -> Perpetrators:
    """The actors of an incident in the codebook's three slots. Where a band did it, forces of the state that take
    part are the other side; a victim did not do it."""
    struck = {w for h in victims if h.name for w in h.name.split()}
    found = [a for s in scene.statements for a in _actors(scene, s) if not (a.named and set(a.named.split()) & struck)]
    if any(a.foe for a in found):
        found = [a for a in found if not a.state]
    bodies: dict[str, tuple[str, str]] = {}
    for a in found:
        if a.body:
            bodies.setdefault(a.key, (a.body, a.confidence))
    for body in claimants(scene):
        bodies.setdefault(body.lower(), (body, "CLAIMED OR ADMITTED"))
    if not bodies and len(scene.groups) == 1 and found and all(a.foe for a in found):
        bodies[""] = (scene.groups[0], "REPORTED AS FACT")
    category = None
    if found:
        category = "STATE-SPONSORED VIOLENCE" if found[0].state else "TERRORIST ACT"
    return Perpetrators(tuple(_individuals(found)), tuple(bodies.values()), category)


def claimants(scene: Scene) -> Iterator[str]:
    """Armed groups that say they did it."""
    for s in scene.statements:
        for x in s.sources:
            if s.certainty.label is Certainty.CLAIMED and x.type is SourceType.ARMED_GROUP and x.actor_id:
                p = phrase(x.spans[0].quote) if x.spans else None
                if p:
                    yield p.text


def groups_of(statements: Iterable[Statement]) -> tuple[str, ...]:
    """The armed groups that statements name, each once, as their words first have it."""
    found: dict[str, str] = {}
    for s in statements:
        for party in (*s.actors, *s.targets):
            if party.actor_id and party.kind in ("armed_group", "gang") and party.spans:
                p = phrase(party.spans[0].quote)
                body = organisation(p, party, None) if p else None
                if body:
                    found.setdefault(party.actor_id, body)
        for x in s.sources:
            if x.actor_id and x.type is SourceType.ARMED_GROUP and x.spans:
                p = phrase(x.spans[0].quote)
                if p:
                    found.setdefault(x.actor_id, p.text)
    return tuple(found.values())


def _individuals(found: Sequence[Actor]) -> Iterator[str]:
    """Persons and bands, each once: what a later one says in the words of an earlier is no other."""
    told: list[set[str]] = []
    for a in found:
        if a.individual is None:
            continue
        said = {singular(bare(w)) for w in a.individual.split()}
        if all(not (said <= t or t <= said or said & t & words("bands")) for t in told):
            told.append(said)
            yield a.individual


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor: as a person or band, as an organisation, or both."""

    individual: str | None
    body: str | None
    confidence: str
    state: bool
    foe: bool = False
    named: str | None = None
    key: str = ""


def _actors(scene: Scene, s: Statement) -> Iterator[Actor]:
    for party in s.actors:
        for span in party.spans[:1]:
            p = phrase(span.quote)
            if p is None or thing(p):
                continue
            held = named(scene, span.start, span.end)
            body = organisation(p, party, held)
            name = full_name(scene, plain(scene.report.text[held[0] : held[1]])) if held else None
            individual = name or p.text
            if not held and (individual == body or not (people(p, party.kind) or _foe(p, party))):
                individual = ""
            if individual or body:
                key = party.actor_id or (body or "").lower()
                state = of_state(p, party)
                foe = not state and not name and _foe(p, party)
                yield Actor(individual or None, body, confidence(s, party), state, foe, name, key)


_OF = re.compile(r"\b(?:OF|FROM) (?:THE )?(.+)$")


def organisation(p: Phrase, party: Party, held: tuple[int, int] | None) -> str | None:
    """The organisation that a party's words name; None if they name persons only."""
    if held:
        return None
    text = p.text.split(" [")[0].split(" (")[0].strip("\"' ")
    if m := _OF.search(text):
        inner = m.group(1)
        if has(text[: m.start()], words("bands")):
            return inner if party.actor_id or has(inner, words("organisations")) else None
    tokens = text.split()
    while tokens and singular(bare(tokens[-1])) in words("bands"):
        tokens.pop()
    rest = " ".join(tokens)
    if not rest or (len(tokens) < len(text.split()) and not party.actor_id):
        return None
    return rest if party.actor_id or has(bare(tokens[-1]), words("organisations")) else None


def of_state(p: Phrase, party: Party) -> bool:
    """Whether a party is of a state."""
    if party.kind in ("armed_group", "gang"):
        return False
    return party.kind in ("military", "police", "state", "government") or bool(has(p.text, words("state")))


def confidence(s: Statement, party: Party) -> str:
    """How surely an organisation is said to be responsible."""
    speakers = {x.type for x in s.sources}
    own = SourceType.ARMED_GROUP in speakers
    if own and s.certainty.label in (Certainty.CLAIMED, Certainty.STATED, Certainty.CONFIRMED):
        return "CLAIMED OR ADMITTED"
    if s.certainty.label in (Certainty.ALLEGED, Certainty.UNVERIFIED, Certainty.CLAIMED):
        by = {str(x.value) for x in speakers} & set(words("authorities"))
        return "SUSPECTED OR ACCUSED BY AUTHORITIES" if by else "SUSPECTED OR ACCUSED"
    return "REPORTED AS FACT"


# instruments


def instruments(scene: Scene) -> list[dict[str, Any]]:
    """The instruments, each type once."""
    if scene.kind in ("ARSON", "KIDNAPPING"):
        return []
    out: dict[str, dict[str, Any]] = {}
    for s in scene.statements:
        for w in s.weapons:
            for span in w.spans:
                for piece in parts(span.quote):
                    p = phrase(piece)
                    kind = kind_in(p.text, "instruments") if p else None
                    if p and kind:
                        out.setdefault(kind, {"id": p.text, "type": kind})
    if out:
        return list(out.values())
    triggers = [t.quote for s in scene.statements for t in s.trigger]
    for trigger in triggers:
        if "bomb" in trigger.lower().split():
            return [{"id": "BOMB", "type": "BOMB"}]
    for kind, stems in table("implied").items():
        if any(starts(t, stems) for t in triggers):
            return [{"id": None, "type": kind}]
    return []


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
