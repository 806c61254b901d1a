"""Which happenings a sentence names: triggers joined into events, and events put into the codebooks' terms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from dateline.data import load_yaml
from dateline.errors import PluginError
from dateline.language.base import Mention
from dateline.records import Code, Span
from dateline.statements.scene import Scene, form, is_noun, little

_CARRY = 7
"""How far behind a carrying verb its event noun may stand ("launched a series of heavy attacks")."""
_JOIN = 30
"""How far apart an act and what it did to people may stand in one sentence."""
_ADJACENT = 5


@dataclass(frozen=True, slots=True)
class Case:
    """A condition on the fields of a statement, and what it changes."""

    when: dict[str, tuple[str, ...]]
    event: str | None
    mode: str | None
    sub: str | None


@dataclass(frozen=True, slots=True)
class Happening:
    """A kind of happening (ontology/data/happenings.yaml)."""

    key: str
    event: str
    mode: str | None
    sub: str | None
    part: str
    mutual: bool
    patient: bool
    own: bool
    arms: bool
    cases: tuple[Case, ...]
    why: str
    source: str


@dataclass(frozen=True, slots=True)
class Event:
    """Triggers of one sentence that name one happening, head first."""

    head: Mention
    others: tuple[Mention, ...]
    kind: Happening

    @property
    def triggers(self) -> tuple[Mention, ...]:
        """All triggers, head first."""
        return (self.head, *self.others)


@dataclass(slots=True)
class _Group:
    """An event while it is put together."""

    head: Mention
    others: list[Mention] = field(default_factory=list)


@cache
def happenings() -> dict[str, Happening]:
    """All kinds of happening by key."""
    data: dict[str, dict[str, Any]] = load_yaml("dateline.ontology.data", "happenings.yaml")
    return {key: _happening(key, d) for key, d in data.items()}


def _happening(key: str, d: dict[str, Any]) -> Happening:
    cases = tuple(
        Case(
            {k: tuple(c[k]) for k in ("weapon", "actor", "target", "object") if k in c},
            c.get("event"),
            c.get("mode"),
            c.get("sub"),
        )
        for c in d.get("cases", ())
    )
    return Happening(
        key=key,
        event=d["event"],
        mode=d.get("mode"),
        sub=d.get("sub"),
        part=d.get("part", ""),
        mutual=bool(d.get("mutual")),
        patient=bool(d.get("patient")),
        own=bool(d.get("own")),
        arms=bool(d.get("arms")),
        cases=cases,
        why=d["why"],
        source=d["source"],
    )


def kind_of(trigger: Mention) -> Happening:
    """The kind of happening a trigger names. Raises PluginError for a label happenings.yaml does not list."""
    found = happenings().get(trigger.label)
    if found is None:
        raise PluginError(f"{trigger.producer} labels a trigger {trigger.label!r}, which is no kind of happening")
    return found


def events_of(sc: Scene) -> tuple[Event, ...]:
    """The events of a sentence in text order of their heads."""
    groups = _carried(sc, [_Group(m) for m in sc.triggers])
    groups = _claims(sc, groups)
    groups = _same_act(sc, groups)
    groups = _results(sc, groups)
    groups = _one_kind(sc, groups)
    made = (Event(g.head, tuple(g.others), kind_of(g.head)) for g in groups)
    return tuple(sorted(made, key=lambda e: (e.head.start, e.head.end)))


def _part(g: _Group) -> str:
    return kind_of(g.head).part


def _carried(sc: Scene, groups: list[_Group]) -> list[_Group]:
    """ "launched an attack": the verb joins the noun it carries; without one it says nothing."""
    kept: list[_Group] = []
    for n, g in enumerate(groups):
        if _part(g) != "vehicle":
            kept.append(g)
            continue
        end = sc.after(g.head)
        target = next((h for h in groups[n + 1 :] if is_noun(h.head) or form(h.head) == "ing"), None)
        if target and sc.first(target.head) - end <= _CARRY and not sc.apart(end, sc.first(target.head)):
            target.others.append(g.head)
    return kept


def _claims(sc: Scene, groups: list[_Group]) -> list[_Group]:
    """ "claimed responsibility for the attack": one event, headed by the act. That nobody claims it is none."""
    kept: list[_Group] = []
    for n, g in enumerate(groups):
        if _part(g) == "claim" and sc.unclaimed(g.head):
            continue
        if _part(g) == "claim":
            later = [h for h in groups[n + 1 :] if _part(h) in {"cause", "result"} and is_noun(h.head)]
            if later and sc.first(later[0].head) - sc.after(g.head) <= _CARRY + _ADJACENT:
                later[0].others.append(g.head)
                continue
        kept.append(g)
    return kept


def _same_act(sc: Scene, groups: list[_Group]) -> list[_Group]:
    """ "air strikes hit", "fired missiles, targeting": a verb of striking joins the act just before it."""
    kept: list[_Group] = []
    for g in groups:
        before = kept[-1] if kept else None
        if before and _part(g) == "cause" and _part(before) == "cause" and _continues(sc, before, g):
            before.others.append(g.head)
        else:
            kept.append(g)
    return kept


def _continues(sc: Scene, before: _Group, g: _Group) -> bool:
    gap = sc.first(g.head) - sc.after(before.head)
    if sc.apart(sc.after(before.head), sc.first(g.head)):
        return False
    striking = g.head.label in {"hit", "destroy", "explosion", "landing"}
    if striking and form(g.head) == "ing" and sc.word(sc.first(g.head) - 1) == ",":
        return True
    if is_noun(before.head) and striking and not is_noun(g.head):
        return gap <= _ADJACENT
    if striking and before.head.label == "fire" and form(before.head) in {"ed", "en"} and form(g.head) != "ing":
        return gap <= _CARRY + _ADJACENT
    return striking and form(g.head) == "ing" and gap <= _CARRY + _ADJACENT


def _results(sc: Scene, groups: list[_Group]) -> list[_Group]:
    """ "a bombing killed 12 and wounded 30": what befell people joins the act, or else the word before it."""
    kept: list[_Group] = [g for g in groups if _part(g) != "result"]
    causes = [g for g in kept if _part(g) in {"cause", "claim"}]
    last: _Group | None = None
    for g in (g for g in groups if _part(g) == "result"):
        near = [c for c in causes if _near(sc, c.head, g.head)]
        if near:
            cause = min(near, key=lambda c: (abs(_gap(sc, c.head, g.head)), c.head.start))
            cause.others.append(g.head)
            last = cause
        elif last and not sc.apart(sc.after(last.head), sc.first(g.head), "separators"):
            last.others.append(g.head)
        else:
            kept.append(g)
            last = g
    return kept


def _one_kind(sc: Scene, groups: list[_Group]) -> list[_Group]:
    """ "signed a peace deal", "met to discuss": a verb and its object, or two words for talking, are one event."""
    kept: list[_Group] = []
    for g in sorted(groups, key=lambda g: g.head.start):
        before = kept[-1] if kept else None
        if before and kind_of(before.head).event == kind_of(g.head).event and _object_of(sc, before.head, g.head):
            before.others.extend((g.head, *g.others))
        else:
            kept.append(g)
    return kept


def _object_of(sc: Scene, verb: Mention, noun: Mention) -> bool:
    """Whether the second trigger is what the first does, or carries on the same talk."""
    gap = sc.words(sc.after(verb), sc.first(noun))
    if any(w == "," or w in little("boundary") for w in gap):
        return False
    if kind_of(verb).mutual and kind_of(noun).mutual:
        return len(gap) <= _CARRY + _ADJACENT
    direct = len(gap) <= _ADJACENT and not any(w in little("oblique") for w in gap)
    return direct and is_noun(noun) and not is_noun(verb)


def _gap(sc: Scene, a: Mention, b: Mention) -> int:
    return sc.first(b) - sc.first(a)


def _near(sc: Scene, a: Mention, b: Mention) -> bool:
    lo, hi = sorted((sc.first(a), sc.first(b)))
    return hi - lo <= _JOIN and not sc.apart(lo, hi, "separators")


@dataclass(frozen=True, slots=True)
class Fillers:
    """Classes of what fills a statement, for the conditions of a case."""

    weapon: frozenset[str] = frozenset()
    actor: frozenset[str] = frozenset()
    target: frozenset[str] = frozenset()
    object: frozenset[str] = frozenset()


def codes_of(event: Event, spans: tuple[Span, ...], fillers: Fillers) -> tuple[Code, Code | None, tuple[Code, ...]]:
    """PLOVER category, ACLED sub-event and further codes of an event, all with its triggers as evidence."""
    kind = event.kind
    case = case_of(kind, fillers)
    rule = f"events.{kind.key}.v1"
    why = [f"“{spans[0].quote}”: {kind.why}.", f"Source: {kind.source}."]
    if case:
        why.append("Because " + " and ".join(f"{k} is {' or '.join(v)}" for k, v in sorted(case.when.items())) + ".")
    sub = (case.sub if case else None) or kind.sub
    mode = (case.mode if case else None) or kind.mode
    event_code = (case.event if case else None) or kind.event
    said = tuple(why)

    def code(scheme: str, value: str) -> Code:
        return Code(scheme=scheme, code=value, spans=spans, rule=rule, why=said)

    modes = (code("plover_mode", mode),) if mode else ()
    return code("plover", event_code), code("acled", sub) if sub else None, modes


def case_of(kind: Happening, fillers: Fillers) -> Case | None:
    """The first case whose conditions all hold."""
    return next((c for c in kind.cases if _holds(c, fillers)), None)


def _holds(case: Case, fillers: Fillers) -> bool:
    return all(getattr(fillers, k) & set(v) for k, v in case.when.items())


def spans_of(sc: Scene, mentions: Iterable[Mention]) -> tuple[Span, ...]:
    """The spans of some mentions, in the order given."""
    return tuple(sc.ctx.span(m.start, m.end) for m in mentions)
