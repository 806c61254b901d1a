"""Which entry each place name of a report means, decided once over all names of the report.

Every candidate gets a score that is the sum of named weights (`place_scores`): what the name alone says, and what the
report's other names say, each in proportion to how likely it is meant (`place_votes`). Some rounds of this settle
names that only make sense together: Paris and Henry County are both in Tennessee.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dateline.resolve.gazetteer.base import Candidate, Gazetteer
from dateline.resolve.gazetteer.normal import normal
from dateline.resolve.gazetteer.source import distance
from dateline.resolve.place_scores import (
    CITY,
    HAMLET,
    HELD,
    LARGE,
    WIDE,
    Scored,
    alike,
    candidates,
    elsewhere,
    holds,
    inside,
    leader,
    likely,
    rank,
    weigh,
)
from dateline.resolve.place_votes import Surroundings, Votes

ROUNDS = 4
"""Most rounds; one that changes nothing is the last."""
MARGIN = 0.2
"""A choice must lead its rival elsewhere by so much; 0.2 is a factor of 2.5 in population."""
NATION_WEIGHT = 0.5
"""A word for nationals says less of where a report is than a place name."""
SUPPORT = 0.3
"""What the places around must say (0 to 1) for a land or water to lie by the town of its name."""


_REGION = "admin1"
STREET = "street"
"""Kind of a query for a street: what it is named after may lie anywhere, or be nobody's place."""


@dataclass(frozen=True, slots=True)
class Query:
    """One name to decide: the kind its words ask for, and names that hold it (optional: after a comma)."""

    name: str
    kind: str | None = None
    holders: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """What a name means. `entry` None: not decided, then `country` is set if all candidates share it."""

    entry: Candidate | None = None
    country: str | None = None
    why: tuple[str, ...] = ()
    among: frozenset[str] = frozenset()
    """Countries of the entries that could not be told apart."""


@dataclass(slots=True, eq=False)
class _Asked:
    """A query with its candidates. `holders`: each name that holds it, whether only perhaps, and its entries."""

    query: Query
    name: str
    weight: float
    scored: list[Scored]
    holders: list[tuple[str, bool, list[Candidate]]]


class Senses:
    """Decides the queries of one report. `countries` weighs countries the report's actors belong to."""

    def __init__(self, gazetteer: Gazetteer, queries: Mapping[Query, int], countries: Mapping[str, float]) -> None:
        self._gazetteer = gazetteer
        self._countries = dict(countries)
        self._asked = [self._ask(q, n) for q, n in queries.items()]
        self._open = [a for a in self._asked if len(a.scored) > 1]
        often = Counter(a.name for a in self._asked)
        self._shared = {name for name, n in often.items() if n > 1}
        self._meant: dict[tuple[str, str], list[tuple[float, _Asked]]] = {}

    def decide(self) -> dict[Query, Choice]:
        """A choice for every query."""
        settled = Votes(self._countries)
        self._vote((a for a in self._asked if len(a.scored) == 1), settled)
        best: list[str] = []
        for _ in range(ROUNDS):
            votes = Votes({}, settled)
            self._meant = defaultdict(list)
            self._vote(self._open, votes)
            for a in self._open:
                self._score(a, votes)
            before, best = best, [min(a.scored, key=rank).entry.id for a in self._open]
            if best == before:
                break
        for a in self._asked:
            if len(a.scored) == 1:
                self._score(a, votes)
        known = ((a.name, found) for a in self._asked if (found := leader(a.scored, MARGIN)))
        around = Surroundings(known)
        return {a.query: self._choice(a, votes, around) for a in self._asked}

    def _ask(self, q: Query, times: int) -> _Asked:
        weight = (1 + 0.2 * min(5, times - 1)) * (NATION_WEIGHT if q.kind == "nation" else 1.0)
        scored = candidates(self._entries(q), q.kind) if q.kind != STREET else []
        made = _Asked(q, normal(q.name), weight, scored, self._holding(q))
        _hold(made)
        return made

    def _entries(self, q: Query) -> Sequence[Candidate]:
        """The entries of a name; if a region is asked for and none has it, the regions named after a town that has."""
        found = self._gazetteer.lookup(q.name)
        if q.kind != _REGION or any(c.kind == _REGION for c in found):
            return found
        return (*found, *(r for c in found if c.kind == "place" for r in self._named_after(c)))

    def _named_after(self, town: Candidate) -> Iterator[Candidate]:
        """The region of a town, if it bears a name of the town: Al Qasrayn, the region of Kasserine."""
        for r in self._gazetteer.lookup(town.admin1) if town.admin1 else ():
            own = r.kind == _REGION and (r.iso2, r.admin1_code) == (town.iso2, town.admin1_code)
            if own and any(c.id == town.id for c in self._gazetteer.lookup(r.name)):
                yield r

    def _holding(self, q: Query) -> list[tuple[str, bool, list[Candidate]]]:
        made = []
        for name, optional in q.holders:
            found = [c for c in self._gazetteer.lookup(name) if holds(c) and not (optional and c.kind not in WIDE)]
            if found:
                made.append((name, optional, found))
        return made

    def _vote(self, asked: Iterable[_Asked], votes: Votes) -> None:
        """Let names say what they mean with the scores they have now."""
        for a in asked:
            likely(a.scored)
            votes.add(a.name, a.weight, ((s.entry, s.share) for s in a.scored))
            if len(a.scored) > 1 and a.name in self._shared and a.query.kind not in ("admin1", "admin2"):
                for s in a.scored:
                    held = self._meant[a.name, s.entry.id]
                    held.append((s.share, a))
                    if len(held) > 2:
                        held.sort(key=lambda x: -x[0])
                        held.pop()

    def _score(self, a: _Asked, votes: Votes) -> None:
        """Score the candidates of a name by what the others say."""
        said = votes.countries(a.name)
        most = max(said.values(), default=0.0)
        strong = {k for k, v in said.items() if v > most / 4}
        for s in a.scored:
            c = s.entry
            if most:
                held = (
                    said.get(c.country, 0.0) if c.country else max((said.get(k, 0.0) for k in c.countries), default=0)
                )
                s.country = held / most
            s.beside = not s.country and any(n in strong for n in self._gazetteer.neighbours(c.country))
            s.region = 1 - math.exp(-votes.region(c, a.name))
            s.near = 1 - math.exp(-votes.near(c, a.name)) if c.kind in ("place", "admin2") else 0.0
            s.same = self._also(a, c)
            s.score = s.prior + s.held + weigh(s)

    def _also(self, a: _Asked, c: Candidate) -> float:
        """How likely the same name with other words around it means a candidate."""
        held = self._meant.get((a.name, c.id), ()) if a.name in self._shared else ()
        return max((share for share, other in held if other is not a), default=0.0)

    def _choice(self, a: _Asked, votes: Votes, around: Surroundings) -> Choice:
        q, scored = a.query, sorted(a.scored, key=rank)
        if q.kind == STREET:
            return Choice(why=(f"a street may be named {q.name!r} anywhere",))
        if not scored:
            return Choice(why=(f"{q.name!r} is not in the gazetteer",))
        listing = f"{q.name!r} names {_count(len(scored))}: " + "; ".join(describe(s.entry) for s in scored[:4])
        best = scored[0]
        required = [h for _, optional, h in a.holders if not optional]
        if required and not all(any(inside(best.entry, h) for h in hs) for hs in required):
            held = ", ".join(name for name, optional, _ in a.holders if not optional)
            return Choice(why=(listing, f"none of them lies in {held}"))
        if self._unlikely(q.name, best.entry, scored, votes.countries(a.name)) and not _held(a, best):
            return Choice(why=(listing, f"too small to be meant where the report is not about {best.entry.country}"))
        if q.kind == "natural" and best.entry.kind == "place" and max(best.near, best.held) < SUPPORT:
            return Choice(why=(listing, "nothing shows that a land or water of that name lies by the place"))
        rival = next((s for s in scored if elsewhere(s.entry, best.entry)), None)
        if rival and best.score - rival.score < MARGIN:
            return self._undecided(scored, listing, best, rival)
        reasons = [*best.reasons, *self._reasons(a, best, around)] or [_alone(scored)]
        return Choice(
            best.entry, best.entry.country or None, (listing, f"{describe(best.entry)}: {'; '.join(reasons)}")
        )

    def _reasons(self, a: _Asked, s: Scored, around: Surroundings) -> Iterator[str]:
        """What in the report speaks for a candidate."""
        c, name = s.entry, a.name
        if s.country and c.kind != "country":
            yield f"the report is about {c.country or ', '.join(c.countries)}"
        elif s.beside:
            yield f"{c.country} borders a country of the report"
        if c.kind not in ("place", "admin1", "admin2"):
            return
        if same := around.same_region(c, name):
            region = same.kind == "admin1"
            yield f"its region, {same.name}, is named" if region else f"{same.name} is in {c.admin1} too"
        if near := around.near(c, name):
            yield f"{near.name} is {round(distance(c.lat, c.lon, near.lat, near.lon))} km away"

    def _unlikely(self, name: str, c: Candidate, scored: list[Scored], votes: Mapping[str, float]) -> bool:
        """Whether a small place, or a merely similar name, would be taken against what the report is about."""
        if c.level == 3 and c.kind == "place":
            return c.country not in votes and (bool(votes) or c.population < CITY or not alike(c, name))
        if c.kind not in ("place", "admin2") or c.feature == "P.PPLC":
            return False
        backed = c.country in votes or any(n in votes for n in self._gazetteer.neighbours(c.country))
        if backed or c.id.startswith("dateline:place") or c.population >= (LARGE if votes else HAMLET):
            return False
        return bool(votes) or len({s.entry.country for s in scored}) > 1

    def _undecided(self, scored: list[Scored], listing: str, best: Scored, rival: Scored) -> Choice:
        close = [s.entry for s in scored if best.score - s.score < 1.0]
        among = frozenset(c.country for c in close)
        only = next(iter(among)) if len(among) == 1 else None
        said = f"nothing in the report decides between {describe(best.entry)} and {describe(rival.entry)}"
        return Choice(None, only or None, (listing, said), among)


def _hold(a: _Asked) -> None:
    """Let what holds a name decide: candidates inside gain, all others lose."""
    for name, optional, holders in a.holders:
        within = [any(inside(s.entry, h) for h in holders) for s in a.scored]
        if optional and not any(within):
            continue
        for s, held in zip(a.scored, within, strict=True):
            s.held += HELD if held else -HELD
            s.score = s.prior + s.held
            if held:
                s.reasons.append(f"the text places it in {name}")


def _held(a: _Asked, best: Scored) -> bool:
    return any(inside(best.entry, h) for _, _, hs in a.holders for h in hs)


def _count(n: int) -> str:
    return "one entry" if n == 1 else f"{n} entries"


def _alone(scored: list[Scored]) -> str:
    return "the only entry of that name" if len(scored) == 1 else "the largest or best known of that name"


def describe(c: Candidate) -> str:
    """An entry for people: name, kind, where."""
    where = ", ".join(x for x in ("" if c.admin1 == c.name else c.admin1, c.country or "/".join(c.countries)) if x)
    people = f", population {c.population}" if c.population and c.kind == "place" else ""
    kind = "" if c.kind == "place" else f", {c.kind}"
    return f"{c.name} ({where}{kind}{people})" if where else f"{c.name} ({c.kind})"
