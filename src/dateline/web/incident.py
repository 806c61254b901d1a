"""What the page of an incident shows, made from its view and its links."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dateline.incidents.policies import POLICIES, ranges
from dateline.incidents.view import IncidentView, PublishedRange, Voiced
from dateline.incidents.worksheet import worksheet
from dateline.project import Project
from dateline.store.filters import Filters
from dateline.web.card import card
from dateline.web.tollplot import plots
from dateline.web.why import BESIDE, pages, why
from dateline.web.worldmap import Spot, picture, spot

MOST_STATEMENTS = 100_000


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


def incident_page(project: Project, incident_id: str, policy: str | None = None, page: int = 1) -> dict[str, Any]:
    """Everything the template needs, with one page of the statements side by side. Raises NotFound, ConfigError for an
    unknown policy."""
    policy = policy or project.config.ledger.policy
    view = project.incident(incident_id, policy)
    numbers = {item.id: n for n, item in enumerate(view.items, 1)}
    beside = pages(page, len(view.items), BESIDE)

    def at(number: int) -> str:
        if beside.first <= number <= beside.to:
            return f"#s{number}"
        return f"?policy={policy}&page={(number - 1) // BESIDE + 1}#s{number}"

    return {
        **why(project, incident_id),
        "at": at,
        "view": view,
        "numbers": numbers,
        "speakers": {(f.name, v.key): speakers(v.said_by, numbers) for f in view.fields for v in f.values},
        "cards": [card(item.statement, numbers[item.id]) for item in view.items[beside.first - 1 : beside.to]],
        "beside": beside,
        "reports_of": {item.id: item.statement.report_id for item in view.items},
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
