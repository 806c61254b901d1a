"""Pages that list: incidents, reports, statements, search results, issues; and help."""

from __future__ import annotations

import re
from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from dateline.errors import NotFound
from dateline.labels import Basis
from dateline.project import Project
from dateline.records import Place
from dateline.store.queries import IncidentRow
from dateline.web.asked import LAST_PAGE, Asked, asked
from dateline.web.desk import desk_of
from dateline.web.vendor import lock
from dateline.web.worldmap import Picture, picture, spot

SIZE = 25
SEARCH_SIZE = 20
PASSED_OVER = 500
"""How many reports that triage passed over are listed."""


def incidents(request: Request) -> Response:
    """Incidents, latest first, with filters and a map of those on the page."""
    desk, question = desk_of(request), asked(request.query_params, SIZE)
    held = None if question.problems else desk.project.incidents(question.filters)
    rows = held.rows if held else ()
    return desk.page(
        request,
        "incidents.html",
        400 if question.problems else 200,
        asked=question,
        found=held,
        pager=_pager(question, held.total if held else 0),
        choices=desk.project.choices(),
        counts=desk.project.counts(),
        map=_overview(rows),
    )


def _overview(rows: Sequence[IncidentRow]) -> Picture:
    """A map of the rows' summary places."""
    found = (spot(_place(row), f"{row.code}: {row.summary}", f"/incidents/{row.id}") for row in rows if row.place)
    return picture([s for s in found if s], least=20.0)


def _place(row: IncidentRow) -> Place:
    return Place(
        name=row.place or "",
        lat=row.lat,
        lon=row.lon,
        geo_precision=row.geo_precision,
        where_prec=row.where_prec,
        basis=Basis.METADATA,
        rule="incident.summary.v1",
    )


def reports(request: Request) -> Response:
    """Reports in order of publication, with filters."""
    desk, question = desk_of(request), asked(request.query_params, SIZE)
    held = None if question.problems else desk.project.reports(question.filters)
    return desk.page(
        request,
        "reports.html",
        400 if question.problems else 200,
        asked=question,
        found=held,
        pager=_pager(question, held.total if held else 0),
        choices=desk.project.choices(),
        counts=desk.project.counts(),
    )


def statements(request: Request) -> Response:
    """Statements in order of publication and place in the text, with filters."""
    desk, question = desk_of(request), asked(request.query_params, SIZE)
    held = None if question.problems else desk.project.statements(question.filters)
    return desk.page(
        request,
        "statements.html",
        400 if question.problems else 200,
        asked=question,
        found=held,
        pager=_pager(question, held.total if held else 0),
        choices=desk.project.choices(),
        counts=desk.project.counts(),
    )


def search(request: Request) -> Response:
    """Reports that hold the words, best first, and the record whose id, key or code was typed."""
    desk = desk_of(request)
    question = asked(request.query_params, SEARCH_SIZE)
    words = " ".join(request.query_params.get("q", "").replace("\x00", " ").split())
    hits = desk.project.search(words, SEARCH_SIZE + 1, (question.page - 1) * SEARCH_SIZE) if words else []
    return desk.page(
        request,
        "search.html",
        400 if "page" in question.problems else 200,
        words=words,
        page=question.page,
        problems=question.problems,
        hits=[(report, _snippet(hit.snippet)) for report, hit in hits[:SEARCH_SIZE]],
        more=len(hits) > SEARCH_SIZE,
        named=_named(desk.project, words) if words else None,
    )


def _snippet(text: str) -> list[tuple[bool, str]]:
    """The stretches of a snippet, and whether each is a match (between U+0002 and U+0003)."""
    return [(i % 2 == 1, part) for i, part in enumerate(re.split("[\x02\x03]", text)) if part]


def _named(project: Project, name: str) -> tuple[str, str] | None:
    try:
        return project.find(name)
    except NotFound:
        return None


def issues(request: Request) -> Response:
    """What went wrong with inputs and reports, and what triage passed over."""
    desk = desk_of(request)
    passed_over = desk.project.passed_over(PASSED_OVER)
    return desk.page(request, "issues.html", issues=desk.project.faults(), passed_over=passed_over)


def help_page(request: Request) -> Response:
    """Keys, legend, maps and borders, intended use, licences of what the desk serves."""
    return desk_of(request).page(request, "help.html", vendor=lock())


def healthz(request: Request) -> Response:
    """ "ok" if the database can be read."""
    desk_of(request).project.counts()
    return PlainTextResponse("ok\n")


def _pager(question: Asked, total: int) -> dict[str, int]:
    """Numbers of a pager: this page, the last, and which rows are shown."""
    last = min(LAST_PAGE, max(1, -(-total // question.size)))
    first = (question.page - 1) * question.size + 1
    return {"page": question.page, "last": last, "first": first, "to": min(total, first + question.size - 1)}
