"""What sets two statements apart whatever else is alike: reasons that forbid them to be one happening.

Each is a reason of reasons.yaml that says `cannot`. What is said of both sides, and of several places, is compared
between single statements only: all that a report says of one happening names both sides and every part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dateline.incidents.course import named_here
from dateline.incidents.features import Features
from dateline.incidents.names import registered
from dateline.incidents.places import POINT, TOGETHER, Relation, is_town, level, proper, relation
from dateline.incidents.vocabulary import WORD, words
from dateline.incidents.weights import Weights
from dateline.labels import Certainty, Measure
from dateline.records import Place

Found = tuple[str, float, dict[str, object]]
"""A reason's name, a factor on its weight (1 unless it grows with what is shared), and what fills its sentence: values,
or what makes them where that takes time, for most pairs are scored and never explained."""
CASUALTIES = (Measure.KILLED, Measure.INJURED, Measure.KILLED_OR_INJURED, Measure.DISPLACED)
MANY_TIMES = 5
"""How many times the one's count the other's must be to be that of a whole war."""
_APART = frozenset({Relation.APART, Relation.FAR})


def because(name: str, factor: float = 1.0, **said: object) -> Found:
    """A reason that was found."""
    return name, factor, said


def listed(keys: frozenset[str]) -> Callable[[], str]:
    """What makes the names of parties in a sentence: that of the register where it has the id, else the key."""
    return lambda: ", ".join(sorted(registered().get(k, k) for k in keys))


def firmly_apart(a: Features, b: Features) -> Iterator[Found]:
    """What happened beside what is planned, and the first beside the second."""
    if a.ahead != b.ahead:
        yield because("certainty.ahead")
    if a.ordinal and b.ordinal and a.ordinal != b.ordinal:
        yield because("ordinal.differ", a=a.ordinal, b=b.ordinal)


def set_apart(a: Features, b: Features, w: Weights) -> Iterator[Found]:
    """What else forbids the two in one incident, but places and days that exclude each other."""
    within = a.item.statement.report_id == b.item.statement.report_id
    yield from _supposed(a, b, within)
    if w.two_deeds(a.deed(w.general), b.deed(w.general)):
        yield because("event.apart", a=a.sub_event, b=b.sub_event)
    if (a.lasting or (within and _long(a, w))) != (b.lasting or (within and _long(b, w))):
        yield because("date.period")
    x, y = _casualties(a), _casualties(b)
    if max(x, y) >= w.war_toll and min(x, y) * MANY_TIMES <= max(x, y):
        yield because("figure.of_war", x=max(x, y))
    if a.size == b.size == 1:
        yield from _opposed(a, b)
        if within:
            yield from _other_place(a, b, w)
        yield from _part(a, b, w)


def _supposed(a: Features, b: Features, within: bool) -> Iterator[Found]:
    """What is but supposed beside anything, save its own reprint."""
    reprint = not within and a.sentences & b.sentences and a.triggers & b.triggers
    if Certainty.HYPOTHETICAL in (a.item.statement.certainty.label, b.item.statement.certainty.label) and not reprint:
        yield because("certainty.supposed")


def _long(f: Features, w: Weights) -> bool:
    """Whether its own time is longer than one happening; what points back has the time of what it points to."""
    if f.definite or f.earliest is None or f.latest is None:
        return False
    return (f.latest - f.earliest).days > w.wide_days


def _casualties(f: Features) -> int:
    """The largest number of people it counts as harmed."""
    return max((t.min or t.max or 0 for t in f.tolls if t.measure in CASUALTIES), default=0)


def _opposed(a: Features, b: Features) -> Iterator[Found]:
    """The doer of the one suffers the other: what two sides do to each other is two things, unless it is a fight. What
    is denied nobody did."""
    if Certainty.DENIED in (a.item.statement.certainty.label, b.item.statement.certainty.label):
        return
    crossed = ((a.actors & b.targets) | (b.actors & a.targets)) & a.known & b.known
    if crossed and a.actors and b.actors and not a.actors & b.actors and not a.mutual and not b.mutual:
        yield because("side.opposed", x=listed(crossed))


def _other_place(a: Features, b: Features, w: Weights) -> Iterator[Found]:
    """Each of two statements of one report names a town of its own, or each a quarter or a building, and the later does
    not point back; or the later is set apart by a word ("meanwhile")."""
    later = a if a.item.order > b.item.order else b
    ours, theirs = named_here(a.item), named_here(b.item)
    if not ours or not theirs or later.definite or a.head or b.head:
        return
    lie = {relation(p, q, w.near_km, w.far_km) for p in ours for q in theirs}
    unknown = {p.place_id is None for p in (*ours, *theirs)} == {True}  # else the one may lie in the other
    alike = unknown and len({is_town(p.name) if proper(p.name) else None for p in (*ours, *theirs)} - {None}) == 1
    told = later.another and all(proper(p.name) for p in (*ours, *theirs))
    if not lie & TOGETHER and (told or alike or not lie - _APART):
        yield because("place.another", a=ours[0].name, b=theirs[0].name)


def _part(a: Features, b: Features, w: Weights) -> Iterator[Found]:
    """The one names several towns side by side, the other only one of them: a total and its part."""
    for whole, part in ((a, b), (b, a)):
        told = sorted((p for p in named_here(whole.item) if level(p) == POINT), key=lambda p: p.spans[0])
        met = [p for p in told if any(relation(p, q, w.near_km, w.far_km) in TOGETHER for q in named_here(part.item))]
        for other in told:
            beside = [p for p in met if _side_by_side(whole, p, other)]
            if beside and all(
                relation(other, q, w.near_km, w.far_km) in _APART for q in (*met, *named_here(part.item))
            ):
                yield because("place.several", a=beside[0].name, b=other.name)
                return


def _side_by_side(f: Features, p: Place, q: Place) -> bool:
    """Whether nothing but names and words that join them stand between two places of a sentence."""
    first, last = sorted((p.spans[0], q.spans[0]))
    start = f.item.statement.sentence.start
    between = WORD.findall(f.item.statement.sentence.quote[first.end - start : last.start - start])
    return all(x[0].isupper() or x in words().joining for x in between)
