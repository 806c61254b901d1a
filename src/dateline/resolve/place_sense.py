"""Which entry each place name of a report means, decided once over all names of the report.

Every candidate gets a score that is the sum of named weights: what the name alone says (size, kind, whether
the name is the entry's own) and what the report says (its countries, neighbouring places, what holds it).
Two passes: the first takes what is certain without the others, the second lets the certain ones speak.
The order of evidence follows what human coders of conflict data are told to do: the country under report
first, then the nearest place of that name, then the largest.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from heapq import merge

from dateline.resolve.gazetteer.base import Candidate, Gazetteer
from dateline.resolve.gazetteer.source import distance

MARGIN = 0.2
"""A choice must lead its rival elsewhere by so much; 0.2 is a factor of 2.5 in population."""
SURE = 1.2
"""With so great a lead on its name alone a place speaks for its country."""
SAME_SPOT_KM = 60.0
NEAR_KM = 150.0
_CELL = 2
"""Degrees a cell of places is high and wide: more than NEAR_KM is high."""
_COLUMNS = 360 // _CELL
_POLE = 90.0
HAMLET = 15_000
"""Places smaller than this are taken only where the report is about their country, or where no other bears the name."""
CITY = 50_000
"""A place so large is taken by a merely similar name in a report that names no country."""


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


@dataclass(slots=True)
class _Scored:
    entry: Candidate
    prior: float
    reasons: list[str] = field(default_factory=list)
    score: float = 0.0


def prior(c: Candidate, kind: str | None) -> float:
    """What the name alone says for a candidate: size, kind of entry, quality of the match."""
    if c.kind in ("water", "region"):
        score = 4.5
    elif c.id.startswith("dateline:place"):
        score = 2.2
    elif c.kind == "admin1":
        # The source's population of a region counts listed towns only: a weak measure.
        score = 2.0 + 0.25 * math.log10(c.population + 10)
    else:
        score = 0.5 * math.log10(c.population + 10)
    score += {"country": 2.5, "admin1": -0.7, "admin2": -1.2}.get(c.kind, 0.0)
    score += {0: 0.5, 1: 0.0}.get(c.level, -0.5)
    score += 0.6 if c.feature == "P.PPLC" else 0.0
    return score + _kind_bonus(c, kind)


def _kind_bonus(c: Candidate, kind: str | None) -> float:
    wanted = {
        "admin1": {"admin1": 3.0, "region": 1.5, "admin2": 1.0, "country": -1.0, "place": -0.5},
        "admin2": {"admin2": 3.0, "admin1": 1.0},
        "place": {"place": 3.0},
        "part": {"place": 1.0},
        "country": {"country": 3.0},
        "water": {"water": 3.0},
    }
    return wanted.get(kind or "", {}).get(c.kind, 0.0)


def inside(c: Candidate, holder: Candidate) -> bool:
    """Whether a candidate lies in a holder, as far as the gazetteer knows."""
    if c.id == holder.id:
        return False
    if holder.kind == "country":
        return c.country == holder.country or holder.country in c.countries
    if holder.kind == "admin1":
        return c.iso2 == holder.iso2 and c.admin1_code == holder.admin1_code
    away = distance(c.lat, c.lon, holder.lat, holder.lon)
    if holder.kind == "admin2":
        return c.iso2 == holder.iso2 and (c.admin2 == holder.admin2 or away <= holder.radius + 10)
    if holder.kind in ("region", "water"):
        return away <= 1.3 * holder.radius + 20
    return away <= 30.0


class Surroundings:
    """The entries that some names mean, by region and by where they lie, so that a long list of places stays quick.

    Both questions are answered with the first entry that fits, in the order given, other names' entries only.
    """

    def __init__(self, known: Iterable[tuple[str, Candidate]]) -> None:
        self._regions: dict[tuple[str, str], list[tuple[str, Candidate]]] = defaultdict(list)
        self._cells: dict[tuple[int, int], list[tuple[int, str, Candidate]]] = defaultdict(list)
        for rank, (name, c) in enumerate(known):
            if c.admin1_code:
                self._regions[c.iso2, c.admin1_code].append((name, c))
            if c.kind == "place":
                self._cells[_cell(c.lat, c.lon)].append((rank, name, c))

    def same_region(self, c: Candidate, name: str) -> Candidate | None:
        """An entry of another name in the same first-order region."""
        return next((o for n, o in self._regions.get((c.iso2, c.admin1_code), ()) if n != name), None)

    def near(self, c: Candidate, name: str) -> Candidate | None:
        """A place of another name within NEAR_KM."""
        row, column = _cell(c.lat, c.lon)
        reach = NEAR_KM / 111.2
        farthest = abs(c.lat) + reach
        narrow = math.cos(math.radians(farthest)) if farthest < _POLE else 0.0
        steps = min(_COLUMNS // 2, math.ceil(reach / narrow / _CELL)) if narrow else _COLUMNS // 2
        columns = {(column + i) % _COLUMNS for i in range(-steps, steps + 1)}
        cells = (self._cells.get((r, k), ()) for r in range(row - 1, row + 2) for k in columns)
        ordered = merge(*cells, key=lambda held: held[0])
        return next(
            (o for _, n, o in ordered if n != name and distance(c.lat, c.lon, o.lat, o.lon) <= NEAR_KM),
            None,
        )


def _cell(lat: float, lon: float) -> tuple[int, int]:
    return math.floor(lat / _CELL), math.floor(lon / _CELL) % _COLUMNS


class Senses:
    """Decides the queries of one report. `countries` weighs countries the report's actors belong to."""

    def __init__(self, gazetteer: Gazetteer, queries: Mapping[Query, int], countries: Mapping[str, float]) -> None:
        self._gazetteer = gazetteer
        self._countries = dict(countries)
        self._counts = dict(queries)
        self._scored = {q: [_Scored(c, prior(c, q.kind)) for c in gazetteer.lookup(q.name)] for q in queries}
        self._holders = {q: self._holding(q) for q in queries}

    def decide(self) -> dict[Query, Choice]:
        """A choice for every query."""
        for scored in self._scored.values():
            for s in scored:
                s.score = s.prior
        for q, scored in self._scored.items():
            self._hold(q, scored)
        sure = {q: found for q, s in self._scored.items() if (found := _leader(s, SURE))}
        self._pass(sure)
        led = {q: found for q, s in self._scored.items() if (found := _leader(s, MARGIN))}
        votes = self._pass(led)
        return {q: self._choice(q, votes) for q in self._scored}

    def _pass(self, known: Mapping[Query, Candidate]) -> dict[Query, dict[str, float]]:
        """Score all candidates given the entries known so far; returns the countries' support for each query."""
        total: dict[str, float] = dict(self._countries)
        by_query: dict[Query, dict[str, float]] = {}
        for q, c in known.items():
            named = c.kind == "country"
            weight = (2.0 if named else 1.0) * (1 + 0.2 * min(5, self._counts[q] - 1))
            by_query[q] = dict.fromkeys([c.country] if c.country else c.countries, weight)
            for k, v in by_query[q].items():
                total[k] = total.get(k, 0.0) + v
        support: dict[Query, dict[str, float]] = {}
        around = Surroundings((q.name, c) for q, c in known.items())
        for q, scored in self._scored.items():
            own = by_query.get(q, {})
            votes = {k: v - own.get(k, 0.0) for k, v in total.items() if v - own.get(k, 0.0) > 1e-9}
            support[q] = votes
            for s in scored:
                s.score, s.reasons = s.prior, []
                self._context(s, votes, around, q.name)
            self._hold(q, scored)
        return support

    def _context(self, s: _Scored, votes: Mapping[str, float], around: Surroundings, name: str) -> None:
        """Add what the report says of a candidate's country and surroundings."""
        c = s.entry
        most = max(votes.values(), default=0.0)
        if most and c.kind != "country":
            share = max((votes.get(k, 0.0) for k in ([c.country] if c.country else c.countries)), default=0.0) / most
            if share:
                s.score += 3.0 * share
                s.reasons.append(f"the report is about {c.country or ', '.join(c.countries)}")
            elif any(n in votes for n in self._gazetteer.neighbours(c.country)):
                s.score += 0.6
                s.reasons.append(f"{c.country} borders a country of the report")
        elif c.kind == "country" and any(n in votes for n in self._gazetteer.neighbours(c.country)):
            s.score += 0.6
        if c.kind not in ("place", "admin1", "admin2"):
            return
        if same := around.same_region(c, name):
            s.score += 0.7
            named = (
                f"its region, {same.name}, is named" if same.kind == "admin1" else f"{same.name} is in {c.admin1} too"
            )
            s.reasons.append(named)
        if near := around.near(c, name):
            s.score += 0.8
            s.reasons.append(f"{near.name} is {round(distance(c.lat, c.lon, near.lat, near.lon))} km away")

    def _holding(self, q: Query) -> list[tuple[str, bool, list[Candidate]]]:
        made = []
        for name, optional in q.holders:
            found = [c for c in self._gazetteer.lookup(name) if not optional or c.kind in ("country", "admin1")]
            if found:
                made.append((name, optional, found))
        return made

    def _hold(self, q: Query, scored: list[_Scored]) -> None:
        """Let what holds a name decide: candidates inside gain, all others lose."""
        for name, optional, holders in self._holders[q]:
            within = [any(inside(s.entry, h) for h in holders) for s in scored]
            if optional and not any(within):
                continue
            for s, held in zip(scored, within, strict=True):
                s.score += 5.0 if held else -5.0
                if held:
                    s.reasons.append(f"the text places it in {name}")

    def _choice(self, q: Query, votes: Mapping[Query, Mapping[str, float]]) -> Choice:
        scored = sorted(self._scored[q], key=_rank)
        if not scored:
            return Choice(why=(f"{q.name!r} is not in the gazetteer",))
        listing = f"{q.name!r} names {_count(len(scored))}: " + "; ".join(describe(s.entry) for s in scored[:4])
        best = _town_first(scored, q)
        required = [h for _, optional, h in self._holders[q] if not optional]
        if required and not all(any(inside(best.entry, h) for h in hs) for hs in required):
            held = ", ".join(name for name, optional, _ in self._holders[q] if not optional)
            return Choice(why=(listing, f"none of them lies in {held}"))
        if self._unlikely(best.entry, scored, votes[q]) and not self._held(q, best):
            return Choice(why=(listing, f"too small to be meant where the report is not about {best.entry.country}"))
        rival = next((s for s in scored if _elsewhere(s.entry, best.entry)), None)
        if rival and best.score - rival.score < MARGIN:
            return self._undecided(scored, listing, best, rival)
        reasons = best.reasons or [_alone(scored)]
        return Choice(
            best.entry, best.entry.country or None, (listing, f"{describe(best.entry)}: {'; '.join(reasons)}")
        )

    def _held(self, q: Query, best: _Scored) -> bool:
        return any(inside(best.entry, h) for _, _, hs in self._holders[q] for h in hs)

    def _unlikely(self, c: Candidate, scored: list[_Scored], votes: Mapping[str, float]) -> bool:
        """Whether a small place, or a merely similar name, would be taken against what the report is about."""
        if c.kind not in ("place", "admin2") or c.feature == "P.PPLC":
            return False
        if c.level == 3:
            return c.country not in votes if votes else c.population < CITY
        backed = c.country in votes or any(n in votes for n in self._gazetteer.neighbours(c.country))
        if backed or c.population >= HAMLET or c.id.startswith("dateline:place"):
            return False
        unique = len({s.entry.country for s in scored}) == 1
        own = c.level == 0 and c.population >= 1000
        return not (unique and (own or not votes))

    def _undecided(self, scored: list[_Scored], listing: str, best: _Scored, rival: _Scored) -> Choice:
        close = [s.entry for s in scored if best.score - s.score < 1.0]
        countries = {c.country for c in close}
        only = countries.pop() if len(countries) == 1 else None
        said = f"nothing in the report decides between {describe(best.entry)} and {describe(rival.entry)}"
        return Choice(None, only or None, (listing, said))


def _rank(s: _Scored) -> tuple[float, int, str]:
    return (-round(s.score, 6), -s.entry.population, s.entry.id)


def _town_first(ranked: list[_Scored], q: Query) -> _Scored:
    """The best candidate; where a region and its town share a bare name, the town ("Aleppo")."""
    best = ranked[0]
    if best.entry.kind not in ("admin1", "admin2") or (q.kind or "").startswith("admin"):
        return best
    towns = (s for s in ranked if s.entry.kind == "place" and inside(s.entry, best.entry))
    return next((s for s in towns if best.score - s.score < 1.0), best)


def _leader(scored: list[_Scored], margin: float) -> Candidate | None:
    """The best candidate if no rival elsewhere comes within the margin."""
    if not scored:
        return None
    ranked = sorted(scored, key=_rank)
    best = ranked[0]
    if best.score < 0:
        return None
    rival = next((s for s in ranked[1:] if _elsewhere(s.entry, best.entry)), None)
    small = best.entry.kind in ("place", "admin2") and best.entry.population < HAMLET and not best.reasons
    alone = rival is None or best.score - rival.score >= margin
    return best.entry if alone and not (small and rival) and not (small and best.entry.population < 1000) else None


def _elsewhere(c: Candidate, other: Candidate) -> bool:
    """Whether two entries are not the same spot, such as a town and the district around it."""
    if c.iso2 == other.iso2 and c.admin1_code == other.admin1_code and {c.kind, other.kind} != {"place"}:
        return False
    return c.country != other.country or distance(c.lat, c.lon, other.lat, other.lon) > SAME_SPOT_KM


def _count(n: int) -> str:
    return "one entry" if n == 1 else f"{n} entries"


def _alone(scored: list[_Scored]) -> str:
    return "the only entry of that name" if len(scored) == 1 else "the largest or best known of that name"


def describe(c: Candidate) -> str:
    """An entry for people: name, kind, where."""
    where = ", ".join(x for x in ("" if c.admin1 == c.name else c.admin1, c.country or "/".join(c.countries)) if x)
    people = f", population {c.population}" if c.population and c.kind == "place" else ""
    kind = "" if c.kind == "place" else f", {c.kind}"
    return f"{c.name} ({where}{kind}{people})" if where else f"{c.name} ({c.kind})"
