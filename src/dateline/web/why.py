"""Why statements are one incident: how each came in, what nearly did, and what people said of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from dateline.incidents.verdicts import Verdict
from dateline.incidents.why import (
    CameIn,
    Kind,
    apart,
    aside,
    barrier,
    came_in,
    chance,
    conclusion,
    judged,
    kind,
    needed,
    other_end,
    steps,
)
from dateline.project import Project
from dateline.records import Link, Reason, Report, Statement

SIZE = 20
"""Statements, or near misses, on a page."""
BESIDE = 50
"""Statements side by side on a page of the incident."""
MOST_OTHERS = 8
"""Further links of a statement that are named."""
WEAKEST = "weakest"
ORDERS = {WEAKEST: "weakest first", "reading": "in order of publication"}


@dataclass(frozen=True, slots=True)
class Bar:
    """One step of a waterfall, in hundredths of its width."""

    reason: Reason
    left: float
    width: float


@dataclass(frozen=True, slots=True)
class End:
    """One side of a link: its sentence, who published it, and its number in this incident or the code of its own."""

    id: str
    number: int | None
    sentence: str
    trigger: tuple[int, int]
    outlet: str | None
    published: date | None
    code: str | None

    @property
    def pieces(self) -> tuple[str, str, str]:
        """The sentence before the word that names the event, that word, and the rest."""
        start, end = self.trigger
        return self.sentence[:start], self.sentence[start:end], self.sentence[end:]


@dataclass(frozen=True, slots=True)
class Shown:
    """A link ready to show, ours first: a waterfall from 0 to the score, with what is needed marked on it (`zero`,
    `need_at` and `sum_at` are where on its width), and what `decided` it whatever the sum."""

    link: Link
    ours: End
    theirs: End
    bars: tuple[Bar, ...]
    sum: float
    sum_at: float
    zero: float
    need: float
    need_at: float
    chance: float
    decided: tuple[str, ...]
    because: str
    barrier: str | None


@dataclass(frozen=True, slots=True)
class Member:
    """A statement of the incident, how it came in, and the numbers and scores of its other links."""

    own: End
    shown: Shown | None
    others: tuple[tuple[int, float], ...]
    more: int


@dataclass(frozen=True, slots=True)
class Miss:
    """Another incident that is alike: the link that comes closest, and how many others there are."""

    code: str
    shown: Shown
    more: int


@dataclass(frozen=True, slots=True)
class Pages:
    """Which page of how many, and which of all things it shows; numbers count from 1."""

    page: int
    last: int
    first: int
    to: int
    total: int


def pages(asked: int, total: int, size: int = SIZE) -> Pages:
    """The page asked for; one past the end is the last."""
    last = max(1, -(-total // size))
    page = min(asked, last)
    return Pages(page, last, (page - 1) * size + 1, min(total, page * size), total)


def address(incident_id: str, number: int) -> str:
    """Where a statement of an incident stands beside the others."""
    page = (number - 1) // BESIDE + 1
    return f"/incidents/{incident_id}{f'?page={page}' if page > 1 else ''}#s{number}"


def why(project: Project, incident_id: str, order: str = WEAKEST, page: int = 1, near: int = 1) -> dict[str, Any]:
    """What the template needs: one page of the statements and one of the incidents that are alike. Raises NotFound."""
    code, members = project.members(incident_id)
    links = project.links(members)
    numbers = {s: n for n, s in enumerate(members, 1)}
    came = _in_order(came_in(members, links), order)
    out = _by_incident(project, members, links)
    followed, misses = out[Kind.FOLLOWS], out[Kind.MISS]
    came_pages, near_pages = pages(page, len(came)), pages(near, len(misses))
    shown = came[came_pages.first - 1 : came_pages.to]
    alike = misses[near_pages.first - 1 : near_pages.to]
    drawn = [c.link for c in shown] + [held[0] for _, held in (*followed[:SIZE], *alike)]
    ends = _ends(project, numbers, [c.statement for c in shown], drawn)
    need = project.config.link.threshold
    return {
        "code": code,
        "incident_id": incident_id,
        "order": order,
        "orders": ORDERS,
        "at": partial(address, incident_id),
        "came": [_member(c, ends, numbers, need) for c in shown],
        "came_pages": came_pages,
        "weakest": min((chance(c.link) for c in came if c.link and not judged(c.link)), default=None),
        "near": [_miss(code, held, ends, need) for code, held in alike],
        "near_pages": near_pages,
        "kept": None,
        "followed": [_miss(code, held, ends, need) for code, held in followed[:SIZE]],
        "followed_more": max(len(followed) - SIZE, 0),
        "said": [_told(v, numbers) for v in project.verdicts(members)],
    }


def kept(project: Project, incident_id: str) -> dict[str, Any]:
    """What would belong, did nothing forbid it: by incident, the most alike first. Raises NotFound."""
    _, members = project.members(incident_id)
    found = {(k.link.left, k.link.right): k for k in project.kept_out(incident_id)}
    out = _by_incident(project, members, [k.link for k in found.values()])
    held = [x for links in out.values() for x in links]
    ends = _ends(project, {s: n for n, s in enumerate(members, 1)}, (), [links[0] for _, links in held])
    need = project.config.link.threshold
    made = [_miss(code, links, ends, need) for code, links in held]
    because = [found[m.shown.link.left, m.shown.link.right].because for m in made]
    return {
        "kept": [replace(m, shown=replace(m.shown, because=b, barrier=b)) for m, b in zip(made, because, strict=True)]
    }


def _in_order(came: Sequence[CameIn], order: str) -> Sequence[CameIn]:
    """As they are; or the first, then those without a link, then by how likely it is that they belong."""

    def likely(c: CameIn) -> float:
        return -1.0 if c.link is None else 2.0 if judged(c.link) else chance(c.link)

    return came if order != WEAKEST else [*came[:1], *sorted(came[1:], key=likely)]


def _by_incident(
    project: Project, members: Sequence[str], links: Iterable[Link]
) -> dict[Kind, list[tuple[str, list[Link]]]]:
    """The links that lead out, by kind and the code of the incident they lead to, the closest first."""
    out = list(apart(members, links))
    codes = project.codes([end for end, _ in out])
    held: dict[Kind, dict[str, list[Link]]] = {k: {} for k in Kind}
    for end, x in out:
        if end in codes:
            held[kind(x)].setdefault(codes[end], []).append(x)
    return {k: list(found.items()) for k, found in held.items()}


def _ends(
    project: Project, numbers: Mapping[str, int], members: Iterable[str], links: Iterable[Link | None]
) -> dict[str, End]:
    """Both ends of the links, and the members, by id."""
    ids = {*members, *(end for x in links if x for end in (x.left, x.right))}
    held = project.statements_of(sorted(ids))
    codes = project.codes([s for s in held if s not in numbers])
    return {s: _end(r, own, numbers.get(s), codes.get(s)) for s, (r, own) in held.items()}


def _end(report: Report, s: Statement, number: int | None, code: str | None) -> End:
    start, head = s.sentence.start, s.trigger[0]
    at = (max(head.start - start, 0), max(head.end - start, 0))
    return End(s.id, number, s.sentence.quote, at, report.outlet, report.published, code)


def _member(c: CameIn, ends: Mapping[str, End], numbers: Mapping[str, int], threshold: float) -> Member:
    others = tuple((numbers[other_end(x, c.statement)], x.score) for x in c.others)
    shown = _shown(c.link, c.statement, ends, threshold) if c.link else None
    return Member(ends[c.statement], shown, others[:MOST_OTHERS], max(len(others) - MOST_OTHERS, 0))


def _miss(code: str, links: Sequence[Link], ends: Mapping[str, End], threshold: float) -> Miss:
    closest = links[0]
    ours = closest.left if ends[closest.left].number else closest.right
    shown = _shown(closest, ours, ends, threshold)
    return Miss(code, shown, len(links) - 1)


def _shown(x: Link, ours: str, ends: Mapping[str, End], threshold: float) -> Shown:
    """The waterfall runs over every partial sum, zero and what is needed. What decides by itself is no part of it: it
    outweighs everything, so that nothing else could be seen."""
    decided = aside(x)
    made = steps([r for r in x.reasons if r not in decided])
    need, total = needed(x, threshold), made[-1].after if made else 0.0
    sums = [0.0, need, *(s.after for s in made)]
    low, wide = min(sums), (max(sums) - min(sums)) or 1.0

    def at(score: float) -> float:
        return round((score - low) / wide * 100, 2)

    bars = tuple(
        Bar(s.reason, at(min(s.before, s.after)), round(abs(s.after - s.before) / wide * 100, 2)) for s in made
    )
    return Shown(
        link=x,
        ours=ends[ours],
        theirs=ends[other_end(x, ours)],
        bars=bars,
        sum=total,
        sum_at=at(total),
        zero=at(0.0),
        need=need,
        need_at=at(need),
        chance=chance(x),
        decided=tuple(r.text for r in decided),
        because=conclusion(x, threshold),
        barrier=None if x.same else barrier(x, threshold),
    )


@dataclass(frozen=True, slots=True)
class Told:
    """What a person said: the numbers of the statements of this incident it speaks of, how many of each side, and how
    many statements of others."""

    verdict: Verdict
    numbers: tuple[int, ...]
    elsewhere: int

    @property
    def brief(self) -> str:
        """The numbers, those that follow on one another as a range: "1–3, 7"."""
        runs: list[list[int]] = []
        for n in self.numbers:
            if runs and runs[-1][-1] == n - 1:
                runs[-1][1:] = [n]
            else:
                runs.append([n])
        return ", ".join("–".join(map(str, run)) for run in runs)


def _told(v: Verdict, numbers: Mapping[str, int]) -> Told:
    spoken = [s for side in v.sides for s in side]
    here = sorted(numbers[s] for s in spoken if s in numbers)
    return Told(v, tuple(here), len(spoken) - len(here))
