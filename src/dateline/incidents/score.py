"""How strongly two statements look like one happening, with the reasons.

`score(a, b)` is symmetric: the pair is put in id order before anything is compared. The score is the sum of
the weights of its reasons, each rounded to three decimals. A reason that says `cannot` in reasons.yaml forbids
the two in one incident. Weights are learned such that `probability` of a score is the share of such pairs that
are one happening.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache, partial
from math import exp, inf

from dateline.config import LinkConfig
from dateline.incidents.apart import Found, because, firmly_apart, listed, set_apart
from dateline.incidents.features import Features, Tolls, features
from dateline.incidents.items import Linkable
from dateline.incidents.mains import both_main, years_apart
from dateline.incidents.onereport import one_report
from dateline.incidents.places import POINT, Relation, distance_km, is_town, level, relation
from dateline.incidents.vocabulary import RARE, UNSEEN, stemmed, words
from dateline.incidents.weights import Weights, weights
from dateline.labels import Basis
from dateline.records import Link, Place, Reason

ALIKE = 0.1
"""Likeness below which two sentences are not said to be alike."""
MUCH_ALIKE = 0.3
"""Likeness above which two reports are as good as about one thing."""
MOST_NAMES = 6
"""What shared names can count at most."""
SAME_PEOPLE = 2
"""Names that much alike reports of two outlets share if they are of one thing, though one of them may be misread."""
MOST_RARE = 4.0
"""What shared rare words can count at most: ten say no more than four, for they come from one list of names."""


def _days(first: date | None, last: date | None) -> str:
    return str(first) if first == last else f"{first or '..'}/{last or '..'}"


def _report(a: Features, b: Features, w: Weights) -> Iterator[Found]:
    """Same report, update by one outlet, trigger, reprint, words shared."""
    x, y = a.item.statement, b.item.statement
    if x.report_id == y.report_id:
        yield from one_report(a, b, w)
    else:
        yield because("prior.across")
        apart = _published_apart(a, b)
        if a.item.outlet and a.item.outlet == b.item.outlet and apart is not None and apart <= 1:
            yield because("outlet.update")
        yield from _stories(a, b)
        if apart is not None and apart > w.reprint_days:
            if a.sentences & b.sentences:
                yield because("sentence.background")
            return  # what an outlet repeats for months is background, not news of one happening
    if both := a.triggers & b.triggers:
        yield because("trigger.same", x=partial(_worded, a, b, min(both)))
    if x.report_id != y.report_id and a.sentences & b.sentences:
        yield because("sentence.same_words")
    elif x.sentence != y.sentence:
        yield from _wording(a, b)


def _stories(a: Features, b: Features) -> Iterator[Found]:
    """Whether the two reports as wholes are about the same things."""
    x, y = a.story, b.story
    alike = round(x.likeness(y), 3)
    if names := x.names & y.names:
        known = min(len(names), MOST_NAMES)
        yield because("report.names", known, x=lambda: ", ".join(sorted(names)[:6]))
        if a.item.outlet and a.item.outlet == b.item.outlet:
            yield because("outlet.names", known)
    share = round(min(a.share, b.share), 3)
    yield because("report.share", share, x=round(100 * share))
    if alike < ALIKE:
        yield because("report.unlike")
        return
    yield because("report.alike", alike, x=lambda: _shared(x.bag, y.bag))
    if a.item.outlet and a.item.outlet == b.item.outlet:
        yield because("outlet.alike", alike)
    if alike > MUCH_ALIKE:
        yield because("report.much_alike", alike - MUCH_ALIKE)
    if marks := [t for t in x.marks if t in y.marks]:
        yield because("report.marks", len(marks), x=", ".join(marks))
    if a.head and b.head:
        yield because("report.heads", alike)
    yield because("report.one_thing", round(alike * share, 3))


def same_people(a: Features, b: Features) -> bool:
    """Whether two outlets name the same people throughout. A day or a place that differs was misread, then, or is that
    of what came of it: a trial, a funeral."""
    if a.item.outlet == b.item.outlet or a.item.statement.report_id == b.item.statement.report_id:
        return False
    x, y = a.story, b.story
    return len(x.names & y.names) >= SAME_PEOPLE and x.likeness(y) > MUCH_ALIKE


def _wording(a: Features, b: Features) -> Iterator[Found]:
    """Words shared: the cosine of the two, each word counted by its rarity; and the rare words themselves."""
    shared = a.bag.keys() & b.bag.keys()
    alike = sum(a.bag[t] ** 2 for t in shared) / (a.norm * b.norm) if shared else 0.0
    if alike >= ALIKE:
        yield because("sentence.overlap", alike, x=lambda: _shared(a.bag, b.bag))
    else:
        yield because("sentence.unlike")
    places = a.where | b.where
    if rare := {t: a.bag[t] for t in shared if a.bag[t] >= RARE and t not in places}:
        worth = sum(level - RARE + 1 for level in rare.values()) / (UNSEEN - RARE + 1)
        yield because("words.rare", min(worth, MOST_RARE), x=lambda: _shared(rare, rare))


def _shared(x: Mapping[str, float], y: Mapping[str, float]) -> str:
    """The words of most weight in both, the six first of them."""
    return ", ".join(sorted(x.keys() & y.keys(), key=lambda t: (-x[t] * y[t], t))[:6])


def _published_apart(a: Features, b: Features) -> int | None:
    """Days between the publications, None if one is unknown."""
    p, q = a.item.published, b.item.published
    return abs((p - q).days) if p and q else None


def _event(a: Features, b: Features, w: Weights) -> Iterator[Found]:
    """Family and sub-event."""
    if a.family != b.family:
        yield because("event.other_family", a=a.family, b=b.family)
        return
    x, y = a.sub_event, b.sub_event
    if x is None or y is None:
        yield because("event.same", x=a.family)
    elif x == y:
        yield because("event.same" if x in w.general else "event.same_sub", x=x)
    elif x in w.general or y in w.general:
        yield because("event.general", a=x if x in w.general else y, b=y if x in w.general else x)
    elif any(x in group and y in group for group in w.alike):
        yield because("event.alike", a=x, b=y)
    else:
        yield because("event.differ", a=x, b=y)


_BEST = (Relation.SAME, Relation.NEAR, Relation.WITHIN, Relation.ALIKE, Relation.APART, Relation.FAR, Relation.UNKNOWN)


def _place(a: Features, b: Features, w: Weights) -> Iterator[Found]:
    """The closest relation between any two event places."""
    pairs = [(relation(p, q, w.near_km, w.far_km), p, q) for p in a.places for q in b.places]
    if not pairs:
        if a.item.statement.report_id != b.item.statement.report_id:
            yield because("place.unsaid")
        return
    found, p, q = min(pairs, key=lambda r: (_BEST.index(r[0]), -_fineness(r[1]), -_fineness(r[2])))
    coarse = min(_fineness(p), _fineness(q))
    match found:
        case Relation.SAME:
            name = "place.same_country" if coarse == 0 else "place.same_area" if coarse < POINT else "place.same"
            if name == "place.same" and Basis.CONTEXT in (p.basis, q.basis):
                name = "place.lent"
            yield because(name, x=p.name)
        case Relation.WITHIN:
            inner, outer = (p, q) if _fineness(p) > _fineness(q) else (q, p)
            yield because("place.within" if coarse else "place.within_country", a=inner.name, b=outer.name)
        case Relation.NEAR:
            yield because("place.near", a=p.name, b=q.name, x=round(distance_km(p, q) or 0))
        case Relation.APART:
            yield because("place.apart", a=p.name, b=q.name)
        case Relation.FAR:
            said = p.basis is Basis.TEXT is q.basis  # a place carried over may be the wrong one
            said = said and not same_people(a, b)
            far = "place.remote" if both_main(a, b) else "place.far"
            yield because(far if said else "place.apart", a=p.name, b=q.name)
        case Relation.ALIKE:
            yield because("place.alike", a=p.name, b=q.name)
        case Relation.UNKNOWN:
            named = all(x.basis is Basis.TEXT and is_town(x.name) for x in (p, q))
            yield because("place.other_name" if named else "place.unlike", a=p.name, b=q.name)


def _fineness(p: Place) -> int:
    """The level of a place; one that is not resolved counts as a town."""
    found = level(p)
    return POINT if found is None else found


def _date(a: Features, b: Features, w: Weights, max_days: int) -> Iterator[Found]:
    """Dates where both have one; else a date against the other's publication; else the publications."""
    ours = [x for x in (a, b) if x.earliest or x.latest]
    if len(ours) == 2:
        yield from _both_dated(a, b, w, max_days)
    elif len(ours) == 1:
        dated = ours[0]
        published = (b if dated is a else a).item.published
        day = dated.latest or dated.earliest
        if published is None or day is None:
            return
        name = "date.fits" if -1 <= (published - day).days <= max_days + 1 else "date.stale"
        yield because(name, a=partial(_days, dated.earliest, dated.latest), b=published)
    elif a.item.statement.report_id != b.item.statement.report_id:
        apart = _published_apart(a, b)
        if apart is None:
            return
        name = "published.close" if apart <= 1 else "published.near" if apart <= max_days else "published.apart"
        yield because(name, x=apart)


def _both_dated(a: Features, b: Features, w: Weights, max_days: int) -> Iterator[Found]:
    first = max(a.earliest or date.min, b.earliest or date.min)
    last = min(a.latest or date.max, b.latest or date.max)
    x, y = (partial(_days, f.earliest, f.latest) for f in (a, b))
    gap = (first - last).days
    said = a.day_said and b.day_said
    sure = a.item.statement.report_id == b.item.statement.report_id and a.one_day and b.one_day
    if gap > (w.lent_days if not said else 1 if sure else max_days) and not same_people(a, b):
        yield because("date.remote" if both_main(a, b) else "date.disjoint", a=x, b=y)
    elif gap > 1:
        yield because("date.apart", a=x, b=y)
    elif gap == 1:
        yield because("date.next", a=x, b=y)
    elif (a.earliest, a.latest) == (b.earliest, b.latest) and a.dated and (a.latest or first) == (a.earliest or last):
        yield because("date.same" if said else "date.lent", x=x)
    elif -gap <= w.wide_days:
        yield because("date.overlap", a=x, b=y)


def _parties(a: Features, b: Features) -> Iterator[Found]:
    """Who did it, to whom, with what."""
    for name, x, y, crossed in (
        ("actor", a.actors, b.actors, (a.actors & b.targets) | (a.targets & b.actors)),
        ("target", a.targets, b.targets, frozenset[str]()),
        ("weapon", a.weapons, b.weapons, frozenset[str]()),
    ):
        if both := x & y:
            sure = name == "weapon" or both & a.known
            yield because(f"{name}.same" if sure else f"{name}.alike", x=listed(both))
        elif crossed:
            yield because("party.crossed", x=listed(crossed))
        elif (known_x := x & a.known) and (known_y := y & b.known):
            yield because(f"{name}.differ", a=listed(known_x), b=listed(known_y))
    if a.people and b.people:
        if same := a.people & b.people:
            yield because("person.same", x=listed(same))
        else:
            yield because("person.differ", a=listed(a.people), b=listed(b.people))


def _worded(a: Features, b: Features, both: str) -> str:
    """The trigger of one as its report writes it, where that is what both share; else the stems."""
    held = (" ".join(x.item.statement.trigger[0].quote.casefold().split()) for x in (a, b))
    return next((quote for quote in held if stemmed(quote, words()) == both), both)


def _told(t: Tolls) -> str:
    bounds = str(t.min) if t.min == t.max else f"{'..' if t.min is None else t.min}-{'..' if t.max is None else t.max}"
    return f"{bounds} {t.measure}"


def _figures(a: Features, b: Features, w: Weights) -> Iterator[Found]:
    """The best agreement between totals of one measure."""
    pairs = [(x, y) for x in a.tolls for y in b.tolls if x.measure is y.measure]
    same = [x for x, y in pairs if x == y]
    fits = [(x, y) for x, y in pairs if x.overlaps(y)]
    if same:
        best = max(same, key=lambda t: (t.min or t.max or 0, t.measure))
        large = (best.min or best.max or 0) >= w.toll_worth
        yield because("figure.same_large" if large else "figure.same", x=partial(_told, best))
    elif fits:
        yield because("figure.fits", a=partial(_told, fits[0][0]), b=partial(_told, fits[0][1]))
    elif pairs:
        yield because("figure.differ", a=partial(_told, pairs[0][0]), b=partial(_told, pairs[0][1]))


_AGREED = frozenset({"event.same_sub", "place.same", "place.lent", "place.near", "date.same", "date.lent"})
"""One of each of what, where and when can hold of a pair: three hold if all agree."""


def reasons(a: Features, b: Features, config: LinkConfig, w: Weights) -> Iterator[Found]:
    """Every reason that applies to the pair; those that can forbid a link come first."""
    if b.id < a.id:
        a, b = b, a
    agreed = 0
    for found in _facts(a, b, config, w):
        agreed += found[0] in _AGREED
        yield found
    yield from set_apart(a, b, w)
    if agreed == 3:
        yield because("event.agreed")
    yield from _parties(a, b)
    yield from _figures(a, b, w)
    yield from _report(a, b, w)
    if a.size + b.size > 2:
        yield because("report.whole", a=a.size, b=b.size)


def _facts(a: Features, b: Features, config: LinkConfig, w: Weights) -> Iterator[Found]:
    """What, when, where."""
    yield from _event(a, b, w)
    yield from firmly_apart(a, b)
    yield from _date(a, b, w, config.max_days)
    if years_apart(a, b):
        yield because("date.years")
    yield from _place(a, b, w)


def _weighed(a: Features, b: Features, w: Weights) -> Mapping[str, float]:
    if both_main(a, b):
        return w.mains
    return w.within if a.item.statement.report_id == b.item.statement.report_id else w.across


def strength(a: Features, b: Features, config: LinkConfig, w: Weights) -> float:
    """The score alone, -inf where the two must not be one; what `explain` gives, without the sentences."""
    rules, held, total = w.reasons, _weighed(a, b, w), 0.0
    for name, factor, _ in reasons(a, b, config, w):
        if rules[name].cannot:
            return -inf
        total += round(held[name] * factor, 3)
    return round(total, 3)


def forbidden(a: Features, b: Features, config: LinkConfig, w: Weights) -> bool:
    """Whether two statements must not be one, whatever else their reports say: by what, when and where. What else sets
    them apart (`apart.set_apart`) is asked of all that the reports say, lest one misread statement keep them apart."""
    first, second = (a, b) if a.id <= b.id else (b, a)
    return any(w.reasons[name].cannot for name, _, _ in _facts(first, second, config, w))


def explain(a: Features, b: Features, config: LinkConfig, w: Weights) -> Link:
    """The link of two statements whose features are known. `same` says whether the threshold is reached and
    nothing forbids it."""
    held = _weighed(a, b, w)
    named = tuple(
        _reason(
            n,
            w.reasons[n].text.format(**{k: v() if callable(v) else v for k, v in said.items()}),
            round(held[n] * factor, 3),
        )
        for n, factor, said in reasons(a, b, config, w)
    )
    total = round(sum(r.weight for r in named), 3)
    same = total >= needed(a, b, config, w) and not any(w.reasons[r.name].cannot for r in named)
    return Link(left=min(a.id, b.id), right=max(a.id, b.id), same=same, score=total, reasons=named)


@lru_cache(maxsize=1 << 16)  # most links give the same few reasons, and there are many links
def _reason(name: str, text: str, weight: float) -> Reason:
    return Reason(name=name, text=text, weight=weight)


def probability(score: float, w: Weights) -> float:
    """How likely two statements of that score are one happening, as learned from annotated pairs."""
    return 1 / (1 + exp(w.even - score))


def needed(a: Features, b: Features, config: LinkConfig, w: Weights) -> float:
    """The score the two need to be one happening."""
    within = a.item.statement.report_id == b.item.statement.report_id
    return config.threshold + (w.within_more if within else 0.0)


def forbidding(link: Link) -> Reason | None:
    """The reason that forbids the two in one incident, None if there is none."""
    rules = weights().reasons
    return next((r for r in link.reasons if r.name in rules and rules[r.name].cannot), None)


def cannot(link: Link) -> bool:
    """Whether a reason forbids the two in one incident."""
    return forbidding(link) is not None


def score(a: Linkable, b: Linkable, config: LinkConfig) -> Link:
    """The explained score of two statements. Symmetric in its arguments."""
    w, vocabulary = weights(), words()
    x, y = (features(i, w.family(i.statement.event.code), vocabulary) for i in (a, b))
    return explain(x, y, config, w)
