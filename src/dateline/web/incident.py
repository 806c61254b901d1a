"""What the page of an incident shows, made from its view and its links."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dateline.errors import NotFound
from dateline.incidents.policies import POLICIES, ranges
from dateline.incidents.view import IncidentView, PublishedRange, Voiced
from dateline.incidents.worksheet import worksheet
from dateline.project import Project
from dateline.records import Link, Reason
from dateline.store.filters import Filters
from dateline.web.card import card
from dateline.web.tollplot import plots
from dateline.web.worldmap import Spot, picture, spot

MOST_LINKS = 20
MOST_STATEMENTS = 100_000


@dataclass(frozen=True, slots=True)
class Bar:
    """One step of a waterfall, in hundredths of its width."""

    reason: Reason
    left: float
    width: float


@dataclass(frozen=True, slots=True)
class End:
    """One end of a link: a statement of this incident (with its number) or of another."""

    statement_id: str
    number: int | None
    outlet: str
    words: str
    incident: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Judged:
    """A link ready to show: both ends, and a waterfall from 0 to the score with the threshold on it."""

    link: Link
    left: End
    right: End
    bars: tuple[Bar, ...]
    zero: float
    threshold: float


@dataclass(frozen=True, slots=True)
class Speaker:
    """One chain of sources at one certainty, and the numbers of the statements in which it says a value."""

    said: Voiced
    numbers: tuple[int, ...]


def speakers(said_by: Sequence[Voiced], numbers: Mapping[str, int]) -> tuple[Speaker, ...]:
    """Who says a value, statements of one outlet, chain and certainty together, in order of the first."""
    held: dict[tuple[object, ...], list[Voiced]] = {}
    for v in sorted(said_by, key=lambda v: numbers[v.statement_id]):
        held.setdefault((v.outlet, v.sources, v.certainty), []).append(v)
    return tuple(Speaker(group[0], tuple(numbers[v.statement_id] for v in group)) for group in held.values())


def incidents_in(project: Project, report_id: str) -> dict[str, tuple[str, str]]:
    """Statement id → (id, code) of its incident, for the statements of a report."""
    rows = project.statements(Filters(report=report_id, limit=MOST_STATEMENTS)).rows
    return {r.id: (r.incident_id, r.incident_code) for r in rows if r.incident_id and r.incident_code}


@dataclass(frozen=True, slots=True)
class Published:
    """What a policy publishes of each measure."""

    name: str
    means: str
    ranges: tuple[PublishedRange, ...]


def incident_page(project: Project, incident_id: str, policy: str | None = None) -> dict[str, Any]:
    """Everything the template needs. Raises NotFound, ConfigError for an unknown policy."""
    policy = policy or project.config.ledger.policy
    view = project.incident(incident_id, policy)
    numbers = {item.id: n for n, item in enumerate(view.items, 1)}
    links = project.links(view.incident.statements)
    joined = [x for x in links if x.same and x.left in numbers and x.right in numbers]
    near = [x for x in links if not x.same]
    ends = _ends(project, view, numbers, [*joined[:MOST_LINKS], *near[:MOST_LINKS]])
    limit = project.config.link.threshold
    return {
        "view": view,
        "numbers": numbers,
        "speakers": {(f.name, v.key): speakers(v.said_by, numbers) for f in view.fields for v in f.values},
        "cards": [card(item.statement, numbers[item.id]) for item in view.items],
        "reports_of": {item.id: item.statement.report_id for item in view.items},
        "joined": [_judged(x, ends, limit) for x in joined[:MOST_LINKS]],
        "near": [_judged(x, ends, limit) for x in near[:MOST_LINKS]],
        "left_out": (len(joined) - MOST_LINKS, len(near) - MOST_LINKS),
        "threshold": limit,
        "map": _map(view),
        "policy": policy,
        "by_policy": [Published(p, means, ranges(view.ledger, p)) for p, (means, _) in POLICIES.items()],
        "plots": defaultdict(lambda: None, plots(view)),
        "notes": view.hearing.notes(),
        "sheet": worksheet(view),
        "grades": project.grades(),
    }


def _map(view: IncidentView) -> Any:
    """All places the statements name, each once; event places and origins in different styles. None if none."""
    said: Counter[Spot] = Counter()
    for item in view.items:
        said.update({s for s in (spot(p) for p in item.statement.places) if s})
    return picture(said) if said else None


def _ends(project: Project, view: IncidentView, numbers: Mapping[str, int], links: Sequence[Link]) -> dict[str, End]:
    """Both ends of the links by statement id; those outside the incident are looked up."""
    made = {}
    for item in view.items:
        head = item.statement.trigger[0].quote
        made[item.id] = End(item.id, numbers[item.id], item.outlet or "outlet unknown", head, None)
    outside = sorted({s for x in links for s in (x.left, x.right)} - made.keys())
    for statement_id in outside:
        try:
            report, held = project.statement(statement_id)
            words = held.trigger[0].quote
        except NotFound:
            made[statement_id] = End(statement_id, None, "no longer in the project", "", None)
            continue
        elsewhere = incidents_in(project, report.id).get(statement_id)
        made[statement_id] = End(statement_id, None, report.outlet or "outlet unknown", words, elsewhere)
    return made


def _judged(link: Link, ends: Mapping[str, End], threshold: float) -> Judged:
    """The waterfall runs over every partial sum, zero and the threshold."""
    sums = [0.0]
    for reason in link.reasons:
        sums.append(sums[-1] + reason.weight)
    low, high = min(*sums, threshold), max(*sums, threshold)
    wide = (high - low) or 1.0

    def at(x: float) -> float:
        return round((x - low) / wide * 100, 2)

    steps = zip(link.reasons, sums, sums[1:], strict=False)
    bars = tuple(Bar(r, at(min(a, b)), round(abs(b - a) / wide * 100, 2)) for r, a, b in steps)
    return Judged(link, ends[link.left], ends[link.right], bars, at(0.0), at(threshold))
