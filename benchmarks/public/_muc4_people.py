"""MUC-4's human targets: whom the statements about one incident name or count."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

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
from dateline.labels import Measure
from dateline.records import Figure, Party, Report, Span, Statement

Names = tuple[tuple[int, int], ...]
"""Where in the text the names of persons stand."""


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
    definite: bool = False
    spans: list[tuple[int, int]] = field(default_factory=list)


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
        if held is None and (thing(p) or foe(p, party) or not people(p, party.kind)):
            continue
        yield _human(scene, s, p, party.kind, held, (start, end))


def _human(
    scene: Scene, s: Statement, p: Phrase, kind: str | None, held: tuple[int, int] | None, at: tuple[int, int]
) -> Human:
    effect = effect_on_people(scene.kind, s)
    if held is None:
        number = p.number or ("PLURAL" if p.plural else "1")
        return Human(None, p.text, person(p.text, kind), number, effect, p.definite, [at])
    text = scene.report.text
    name = full_name(scene, plain(text[held[0] : held[1]]))
    title = phrase(text[at[0] : held[0]])
    described = title.text if title else _apposition(text, held[1])
    return Human(name, described, person(described or "", kind), "1", effect, True, [held])


def _apposition(text: str, end: int) -> str | None:
    """What is said of a name right after it, between commas."""
    m = re.match(r"\s*,\s+([^,.;]{3,60})[,.]", text[end : end + 70])
    p = phrase(m.group(1)) if m else None
    return p.text if p and (kind_in(p.text, "people") or has(p.text, words("titles"))) else None


def foe(p: Phrase, party: Party) -> bool:
    """Whether a party is a band, a gang or a power, which nobody kidnaps or bombs as a civilian."""
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
    yield Human(None, p.text, person(p.text, None), number, effect, False, [(span.start, span.end + len(f.whom) + 1)])


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
        same.definite |= h.definite
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
