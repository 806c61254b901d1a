"""The rule-based extractor: mentions in, statements out. Every value shows its words and names its rule."""

from __future__ import annotations

from bisect import bisect_left

from dateline.data import package_digest
from dateline.labels import Basis, Certainty, SourceType
from dateline.language.base import Annotation, Mention, Sentence
from dateline.ontology.tables import kind_of_actor
from dateline.records import Figure, Party, Place, Report, Source, Statement, Weapon, digest
from dateline.statements.certainty import certainty_of
from dateline.statements.context import SILENT, Context, context_of
from dateline.statements.dates import date_of
from dateline.statements.events import Event, Fillers, codes_of, events_of, kind_of, spans_of
from dateline.statements.figures import figures_of
from dateline.statements.places import carried, is_told, places_of
from dateline.statements.roles import Role, Roles, parties, roles_of
from dateline.statements.scene import Scene, scene
from dateline.statements.sources import Chains, chains
from dateline.statements.tactics import told

_TELLERS = frozenset({SourceType.AGENCY, SourceType.MEDIA})
"""They tell of acts and do none (annotation guidelines §2, actors: never an outlet)."""
_ARMED = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "AID", "RETREAT", "THREATEN"})
_WEAPON_REACH = 20
_WIELDER = "wielder"
"""Class of words for who is the weapon ("suicide bomber"): they show the kind of attack and are its actor."""


class RuleExtractor:
    """The extractor "rules.v1"."""

    name = "rules.v1"

    def __init__(self) -> None:
        self.digest = digest(self.name, package_digest("dateline.ontology.data"))

    def extract(self, report: Report, annotation: Annotation) -> tuple[Statement, ...]:
        """Statements in text order."""
        said = chains(report, annotation)
        found: list[Statement] = []
        last: Place | None = None
        for sentence in annotation.sentences:
            if sentence.kind in SILENT:
                continue
            made = _of_sentence(context_of(report, annotation, sentence), said, last)
            made = told(made, found, _near(annotation, sentence))
            found.extend(made)
            named = [p for s in made if is_told(s) for p in s.event_places if p.basis is Basis.TEXT]
            last = named[0] if named else last
        return tuple(found)


def _near(annotation: Annotation, sentence: Sentence) -> int:
    """Where what a sentence goes on from begins: its paragraph, or the sentence before."""
    opening = bisect_left(annotation.sentences, sentence.paragraph, key=lambda s: s.paragraph)
    return annotation.sentences[min(opening, max(0, sentence.index - 1))].start


def _of_sentence(ctx: Context, said: Chains, last: Place | None) -> list[Statement]:
    sc = scene(ctx)
    events = events_of(sc)
    done: dict[int, Roles] = {}
    return [_statement(sc, e, (events, roles_of(sc, e, done)), said, last) for e in events]


def told_by(ctx: Context, head: Mention, said: Chains) -> Statement:
    """The statement of one trigger by itself."""
    sc = scene(ctx)
    event = Event(head, (), kind_of(head))
    return _statement(sc, event, ((event,), roles_of(sc, event, {})), said, None)


def _statement(
    sc: Scene, event: Event, known: tuple[tuple[Event, ...], Roles], said: Chains, last: Place | None
) -> Statement:
    ctx, head = sc.ctx, event.head
    events, roles = known
    others = tuple(t for e in events if e is not event for t in e.triggers)
    arms = _weapons(sc, event, events)
    spans = spans_of(sc, event.triggers)
    code, sub, codes = codes_of(event, spans, _fillers(sc, arms, roles))
    chain = said.of(ctx, head)
    held = {r.mention.start for r in (*roles.actors, *roles.targets)}
    shown = tuple(m for m in arms if m.label != _WIELDER)
    struck = parties(sc, (Role(m, "arms") for m in shown if m.start not in held), "target")
    surety = certainty_of(ctx, head, chain)
    actors = tuple(parties(sc, roles.actors, "actor"))
    if not actors and surety.label is Certainty.CLAIMED and event.kind.event == "ASSAULT":
        actors = tuple(_claimant(s) for s in chain[-1:] if s.spans and s.type not in _TELLERS)
    return Statement(
        report_id=ctx.report.id,
        sentence=ctx.span(ctx.sentence.start, ctx.sentence.end),
        trigger=spans,
        event=code,
        sub_event=sub,
        codes=codes,
        certainty=surety,
        actors=actors,
        targets=(*parties(sc, roles.targets, "target"), *(struck if event.kind.arms else ())),
        weapons=() if event.kind.arms else tuple(_weapon(sc, m) for m in shown),
        places=places_of(sc, event, events) or tuple(carried(sc, event, last)),
        date=date_of(ctx, head, others),
        figures=tuple(f for f in figures_of(ctx, head, others) if not _one_who(f, (*actors, *chain))),
        sources=chain,
        passage=ctx.sentence.kind,
    )


def _one_who(f: Figure, doers: tuple[Party | Source, ...]) -> bool:
    """Whether a figure only counts the one who did it or who says so ("a bomber killed nine", "a doctor said")."""
    return any(f.min == f.max == 1 and x.overlaps(y) for d in doers for x in d.spans for y in f.spans)


def _claimant(source: Source) -> Party:
    """Who claims an act has done it, as far as the claim goes."""
    why = f"“{source.spans[0].quote}” claims the act"
    return Party(name=source.name, spans=source.spans, basis=source.basis, rule="roles.actor.claimant.v1", why=(why,))


def _weapons(sc: Scene, event: Event, events: tuple[Event, ...]) -> tuple[Mention, ...]:
    """Weapons nearest to this event among those of the sentence that can have one."""
    able = [e for e in events if e.kind.event in _ARMED]
    if event not in able:
        return ()
    kept = []
    for m in sc.weapons:
        gaps = {e.head.start: min(abs(sc.first(m) - sc.first(t)) for t in e.triggers) for e in able}
        nearest = min(gaps, key=lambda start: (gaps[start], start))
        if nearest == event.head.start and gaps[nearest] <= _WEAPON_REACH:
            kept.append(m)
    return tuple(kept)


def _weapon(sc: Scene, m: Mention) -> Weapon:
    span = sc.ctx.span(m.start, m.end)
    return Weapon(
        name=m.norm,
        kind=m.label,
        spans=(span,),
        rule="weapons.nearest.v1",
        why=(f"“{span.quote}” is a weapon of class {m.label} and stands nearest to this event.",),
    )


def _fillers(sc: Scene, arms: tuple[Mention, ...], roles: Roles) -> Fillers:
    targets = [r.mention.label for r in roles.targets]
    doers = [r.mention for r in roles.actors]
    carried_by = [m for m in sc.weapons if any(d.start <= m.start and m.end <= d.end for d in doers)]
    return Fillers(
        weapon=frozenset(m.label for m in (*arms, *carried_by)),
        actor=frozenset(kind_of_actor(r.mention.label) for r in roles.actors),
        target=frozenset(kind_of_actor(t) for t in targets if not t.startswith("thing:")),
        object=frozenset(t.removeprefix("thing:") for t in targets if t.startswith("thing:")),
    )
