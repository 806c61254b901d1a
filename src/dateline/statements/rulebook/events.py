"""What kind of happening it was, in ACLED's sub-events: by its word, who took the ground, what else is told of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from dateline.labels import Basis
from dateline.language.base import Annotation, MentionKind
from dateline.ontology.tables import acled, actor_kinds, kind_of_actor
from dateline.records import Code, Party, Report, Statement
from dateline.statements.context import touches
from dateline.statements.events import Fillers, Happening, case_of, happenings
from dateline.statements.modelled import kinds_over
from dateline.statements.rulebook.base import Line, ReportRule, SentenceRule, is_war
from dateline.statements.rulebook.happenings import lent

WORD, GROUND, FIRED, TOLL = (f"events.{x}.v1" for x in ("word", "ground", "fired", "toll"))
MOVED, SUICIDE = (f"events.{x}.v1" for x in ("moved", "suicide"))
_GENERAL = "attack"
"""The kind of happening whose word leaves the weapon open."""
_FROM_THE_AIR = frozenset({"air_strike", "drone_strike"})
"""Kinds of happening whose word names aircraft itself."""
_FORCES = {"MOBILIZE": frozenset({"", "troops", "militia"}), "RETREAT": frozenset({"withdraw"})}
"""Category → the modes of it in which forces move; "" where the word has no mode."""


def _word(line: Line, s: Statement) -> Statement:
    """With the sub-event of the statement's word in the lexicon, where the model has none."""
    kind = next(_kinds(line, s), None)
    if s.sub_event or kind is None:
        return s
    weapons = frozenset(w.kind for w in s.weapons if w.kind)
    case = case_of(kind, Fillers(weapon=weapons, actor=_sorts(line, s.actors), target=_sorts(line, s.targets)))
    sub = (case.sub if case and case.event in (None, kind.event) else None) or kind.sub
    return _with(s, sub, WORD, f"{kind.why} ({kind.source})") if sub else s


def _kinds(line: Line, s: Statement) -> Iterator[Happening]:
    return (k for k in kinds_over(line.ctx, s.trigger[0]) if k.event == s.event.code)


def _sorts(line: Line, parties: Sequence[Party]) -> frozenset[str]:
    """The kinds of actor that stand in the words of some parties."""
    spans = [x for p in parties for x in p.spans]
    held = line.ctx.mentions(MentionKind.ACTOR)
    return frozenset(kind_of_actor(m.label) for m in held if any(touches(m, x) for x in spans))


def _with(s: Statement, sub: str, rule: str, why: str, basis: Basis = Basis.TEXT) -> Statement:
    before = s.sub_event.why if s.sub_event else ()
    code = Code(scheme="acled", code=sub, spans=s.trigger, basis=basis, rule=rule, why=(*before, why))
    return s if s.sub_event and s.sub_event.code == sub else replace(s, sub_event=code)


def _fired(line: Line, s: Statement) -> Statement:
    """A strike with missiles, rockets or guns and nothing that flies is one from the ground or the sea."""
    own = {w.kind for w in s.weapons if w.kind}
    flown, fired = acled("from_the_air"), acled("fired")
    if s.sub_event is None or s.sub_event.code != flown or not own or not own <= _weapons_of(fired):
        return s
    near = {m.label for m in line.ctx.mentions(MentionKind.WEAPON)}
    if near & _weapons_of(flown) or any(k.key in _FROM_THE_AIR for k in _kinds(line, s)):
        return s
    return _with(s, fired, FIRED, f"{', '.join(w.name for w in s.weapons)}: fired, and nothing in the sentence flies")


@cache
def _weapons_of(sub: str) -> frozenset[str]:
    """The classes of weapon that make a general attack one of this sub-event (happenings.yaml)."""
    cases = (c for c in happenings()[_GENERAL].cases if c.sub == sub)
    return frozenset(w for c in cases for w in c.when.get("weapon", ()))


def _ground(line: Line, s: Statement) -> Statement:
    """Ground that state forces took was regained, what an armed group took was overtaken."""
    regained, overtaken = acled("regained"), acled("overtaken")
    if s.sub_event is None or s.sub_event.code not in (regained, overtaken):
        return s
    sides = {actor_kinds()[k].side for k in _sorts(line, s.actors) & actor_kinds().keys()} & {"state", "group"}
    if len(sides) != 1:
        return s
    quoted = " and ".join(f"“{p.name}”" for p in s.actors)
    if sides == {"state"}:
        return _with(s, regained, GROUND, f"{quoted}: forces of a state")
    return _with(s, overtaken, GROUND, f"{quoted}: no forces of a state")


def _war(line: Line, s: Statement) -> Statement:
    """A toll that no single attack has is that of the fighting."""
    if s.event.code != "ASSAULT" or not is_war(s):
        return s
    return _with(s, acled("fighting"), TOLL, "so many die of a war and not of one attack")


def _moved(line: Line, s: Statement) -> Statement:
    """Forces sent or withdrawn are a change of an armed side's activity."""
    modes = {c.code for c in s.codes if c.scheme == "plover_mode"} or {""}
    if s.sub_event or not modes & _FORCES.get(s.event.code, frozenset()):
        return s
    return _with(s, acled("moved"), MOVED, f"“{s.trigger[0].quote}” tells of forces that move")


def _suicide(report: Report, annotation: Annotation, statements: Sequence[Statement]) -> Sequence[Statement]:
    """A blast is a suicide bombing where another statement of the happening says so."""

    def change(s: Statement, others: Sequence[Statement]) -> Statement:
        if s.sub_event is None or s.sub_event.code != acled("blast"):
            return s
        said = next((o for o in others if o.sub_event and o.sub_event.code == acled("suicide")), None)
        if said is None:
            return s
        why = f"“{said.trigger[0].quote}” tells of the same happening as the model reads it, and of a suicide attack"
        return _with(s, acled("suicide"), SUICIDE, why, Basis.CONTEXT)

    return lent(annotation, statements, change)


RULES = (
    SentenceRule(
        WORD,
        "A word that names a kind of violence says what kind it was, where the model has none.",
        "ACLED codebook, sub-event types; ontology/data/happenings.yaml has the source of each word.",
        _word,
    ),
    SentenceRule(
        GROUND,
        "Who takes ground decides what it is called: forces of a state regain it, others overtake it.",
        "ACLED codebook, “Government regains territory” and “Non-state actor overtakes territory”.",
        _ground,
    ),
    SentenceRule(
        FIRED,
        "Missiles, rockets and shells are shelling where nothing that flies launched them.",
        "ACLED codebook, “Shelling/artillery/missile attack” and “Air/drone strike”.",
        _fired,
    ),
    SentenceRule(
        TOLL,
        "Tens of thousands are not killed by one attack: their sub-event is the fighting.",
        "ACLED codebook, “Armed clash”: armed sides fight; the other sub-events are single acts.",
        _war,
    ),
    SentenceRule(
        MOVED,
        "Forces that are sent or pulled back change what their side does.",
        "ACLED codebook, strategic developments: “Change to group/activity” includes the movement of forces.",
        _moved,
    ),
)
REPORT_RULES = (
    ReportRule(
        SUICIDE,
        "A bomb that its bearer set off is a suicide bomb in every sentence that tells of it.",
        "ACLED codebook, “Suicide bomb”: explosives carried by someone who dies with them.",
        _suicide,
    ),
)
