"""How well each entry of a name fits, as a sum of named weights; the order follows what human coders are told to do.

The country under report comes first, then the nearest place of that name, then the largest.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from dateline.resolve.gazetteer.base import Candidate
from dateline.resolve.gazetteer.normal import ARTICLES, normal
from dateline.resolve.gazetteer.source import distance

AREA, STATE, NATION = 6.0, 3.4, 3.5
"""What waters and regions, first-order regions, and countries are worth by themselves."""
CAPITAL = 1.8
"""What a national capital is worth beside its size."""
NAMESAKE = 0.5
"""A name that a region shares with its main town means the town, and is better known than either's size says."""
MAIN_TOWN = 5_000
"""Least population of such a town."""
SAME_SPOT_KM = 60.0
HAMLET = 15_000
"""Places smaller than this are taken only where the report is about their country, or where no other bears the name."""
LARGE = 100_000
"""A place so large may lie in a country that the report does not name."""
WIDE = ("country", "admin1")
"""Kinds that a name after a comma stands for."""
CITY = 50_000
"""A place so large is taken by a merely similar name in a report that names no country."""
ALIKE = 0.6
"""How alike (0 to 1) a merely similar name must be to the entry's own, where the report does not name its country."""
HELD = 5.0
"""What it weighs that the text says what holds a name."""
HEAT = 0.5
"""Score by which one candidate must lead another to be e (2.7) times as likely."""
UNLISTED = 1.0
"""Score of a place that the gazetteer lacks."""
COUNTRY, BESIDE, REGION, NEAR, SAME = 3.0, 0.6, 1.5, 1.5, 2.0
"""What it weighs that the report is about a candidate's country, one beside it, its region, or places near it, and
that the same name with more words around it means this candidate."""


@dataclass(slots=True)
class Scored:
    """A candidate with what speaks for it. What the other names of the report say is each 0 to 1."""

    entry: Candidate
    prior: float
    reasons: list[str] = field(default_factory=list)
    score: float = 0.0
    held: float = 0.0
    country: float = 0.0
    beside: bool = False
    region: float = 0.0
    near: float = 0.0
    same: float = 0.0
    share: float = 0.0


def prior(c: Candidate, kind: str | None) -> float:
    """What the name alone says for a candidate: size, kind of entry, quality of the match."""
    if c.kind in ("water", "region"):
        score = AREA
    elif c.id.startswith("dateline:place"):
        score = 2.2
    elif c.kind == "admin1":
        # The source's population of a region counts listed towns only: a weak measure.
        score = STATE + 0.25 * math.log10(c.population + 10)
    else:
        score = 0.5 * math.log10(c.population + 10)
    score += {"country": NATION, "admin1": -0.7, "admin2": -1.2}.get(c.kind, 0.0)
    score += {0: 0.5, 1: 0.0}.get(c.level, -0.5)
    if c.level == 1 and c.kind == "place" and c.population < CITY:
        score -= 0.5  # old and local names of small towns are seldom meant
    score += CAPITAL if c.feature == "P.PPLC" else 0.0
    return score + _kind_bonus(c, kind)


def candidates(found: Sequence[Candidate], kind: str | None) -> list[Scored]:
    """The entries of a name, scored by the name alone ("Aleppo" means the town before the province)."""
    made = [Scored(c, worth, score=worth) for c in found for worth in (prior(c, kind),)]
    if kind in ("admin1", "admin2"):
        return made
    regions = {(s.entry.iso2, s.entry.admin1_code): s.prior for s in made if s.entry.kind == "admin1"}
    for s in made:
        c = s.entry
        if c.kind == "place" and c.population >= MAIN_TOWN and (c.iso2, c.admin1_code) in regions:
            s.prior = s.score = max(s.prior, regions.pop((c.iso2, c.admin1_code)) + NAMESAKE)
    return made


def weigh(s: Scored) -> float:
    """What the report says for a candidate, in the units of `prior`."""
    return COUNTRY * s.country + BESIDE * s.beside + REGION * s.region + NEAR * s.near + SAME * s.same


def likely(scored: Sequence[Scored]) -> None:
    """Set how likely each candidate is, an unlisted place among them."""
    if not scored:
        return
    top = max(s.score for s in scored)
    odds = [math.exp((s.score - top) / HEAT) for s in scored]
    total = sum(odds) + math.exp((UNLISTED - top) / HEAT)
    for s, o in zip(scored, odds, strict=True):
        s.share = o / total


def _kind_bonus(c: Candidate, kind: str | None) -> float:
    wanted = {
        "admin1": {"admin1": 3.0, "region": 1.5, "admin2": 1.0, "country": -1.0, "place": -0.5},
        "admin2": {"admin2": 3.0, "admin1": 1.0},
        "place": {"place": 3.0, "admin1": -2.0, "admin2": -2.0},
        "part": {"place": 1.0},
        "country": {"country": 3.0},
        "nation": {"country": 3.0, "region": 1.0},
        "water": {"water": 3.0},
    }
    return wanted.get(kind or "", {}).get(c.kind, 0.0)


def alike(c: Candidate, name: str) -> bool:
    """Whether a name is spelt much as an entry's own, articles aside."""
    own, given = (" ".join(w for w in normal(n).split() if w not in ARTICLES) for n in (c.name, name))
    return bool(SequenceMatcher(None, own, given).ratio() >= ALIKE)


def holds(c: Candidate) -> bool:
    """Whether an entry is large enough to say where another place lies ("in May" names no village of that name)."""
    return c.kind != "place" or c.population >= HAMLET or c.id.startswith("dateline:")


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


def rank(s: Scored) -> tuple[float, int, str]:
    """Sorts the best first."""
    return (-round(s.score, 6), -s.entry.population, s.entry.id)


def leader(scored: list[Scored], margin: float) -> Candidate | None:
    """The best candidate if no rival elsewhere comes within the margin."""
    if not scored:
        return None
    ranked = sorted(scored, key=rank)
    best = ranked[0]
    if best.score < 0:
        return None
    rival = next((s for s in ranked[1:] if elsewhere(s.entry, best.entry)), None)
    small = best.entry.kind in ("place", "admin2") and best.entry.population < HAMLET and not best.reasons
    alone = rival is None or best.score - rival.score >= margin
    return best.entry if alone and not (small and rival) and not (small and best.entry.population < 1000) else None


def elsewhere(c: Candidate, other: Candidate) -> bool:
    """Whether two entries are not the same spot, such as a town and the district around it."""
    if c.iso2 == other.iso2 and c.admin1_code == other.admin1_code and {c.kind, other.kind} != {"place"}:
        return False
    return c.country != other.country or distance(c.lat, c.lon, other.lat, other.lon) > SAME_SPOT_KM
